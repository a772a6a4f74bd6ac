/**
 * @file Hours of chips from operations, and back.
 *
 * Source: the definition of utilisation, as in the PaLM paper (arXiv 2204.02311, appendix B): useful operations over what the
 * chips could have done in the hours that were paid.
 */
import type { Range } from '../crossing.ts';
import { divisor, exactly, product, quantity, quotient, share, span } from './quantity.ts';

/**
 * Hours of one chip: operations / (peak × utilisation) / 3600. Fewest where the chip is used best.
 * @param peak operations a second at most; @param utilisation share of it, above 0 and at most 1
 * @throws RangeError for what is no range of finite numbers
 */
export function chipHours(operations: Range, peak: Range, utilisation: Range): Range {
	const anHour = product(
		span(peak, 'peak', divisor),
		span(utilisation, 'utilisation', share),
		exactly(3600)
	);
	return quotient(span(operations, 'operations'), anHour);
}

/**
 * The share of the peak that a run of known operations and hours used.
 * @throws RangeError for anything but finite numbers above 0
 */
export function utilisationOf(operations: number, hours: number, peak: number): number {
	const could = divisor(hours, 'hours') * 3600 * divisor(peak, 'peak');
	return quantity(operations, 'operations') / could;
}

/** So many chips, all at work for so many days. */
export function chipHoursOf(chips: number, days: number): number {
	return quantity(chips, 'chips') * quantity(days, 'days') * 24;
}

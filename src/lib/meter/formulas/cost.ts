/**
 * @file What a training cost, by each of the methods that headlines mix up. None of them is an invoice.
 *
 * Sources: Cottier et al., The rising costs of training frontier AI models, arXiv 2405.21015 (amortised, staff); DeepSeek-V3
 * Technical Report, arXiv 2412.19437 (hours × rent); ledger `development-cost-shares`, `final-run-share-of-rnd`.
 */
import type { Range } from '../crossing.ts';
import { divisor, exactly, product, quantity, quotient, share, span } from './quantity.ts';

/**
 * At cloud prices: hours × rent. It holds the landlord's profit, and what a chip costs while nobody uses it.
 * @param rent dollars for an hour of one chip
 * @throws RangeError for what is no range of finite numbers
 */
export function rented(hours: Range, rent: Range): Range {
	return product(span(hours, 'hours'), span(rent, 'rent'));
}

/** What a chip of one's own costs, and for how long it serves. */
export type Owned = {
	/** Dollars for one chip, with its share of the machine and the network around it. */
	price: Range;
	/** Years until it is written off. */
	years: Range;
	/** Share of those years in which it is at work, above 0 and at most 1. */
	busy: Range;
};

/**
 * Amortised: the part of the chips' life that the run took, of the chips' price. Energy comes on top.
 * Dearest where a chip serves shortest and idles most.
 * @throws RangeError for what is no range of finite numbers
 */
export function amortised(hours: Range, { price, years, busy }: Owned): Range {
	const life = product(
		span(years, 'years', divisor),
		span(busy, 'busy', share),
		exactly(365.25 * 24)
	);
	return quotient(product(span(hours, 'hours'), span(price, 'the price of a chip')), life);
}

/**
 * The hardware bought: every chip at its full price, as if it served for this one run and then never again.
 * @throws RangeError for what is no range of finite numbers
 */
export function bought(chips: number, price: Range): Range {
	return product(exactly(quantity(chips, 'chips')), span(price, 'the price of a chip'));
}

/**
 * Electricity of a run: kilowatt-hours × price.
 * @throws RangeError for what is no range of finite numbers
 */
export function electricity(kilowattHours: Range, price: Range): Range {
	return product(span(kilowattHours, 'kilowatt-hours'), span(price, 'the price of electricity'));
}

/**
 * With those who made it: where pay is a share of all, all is the rest over what that share leaves.
 * @param machines dollars for all that is not pay; @param staff share of the whole, below 1
 * @throws RangeError for what is no range of shares below 1
 */
export function withStaff(machines: Range, staff: Range): Range {
	const { low, high } = span(staff, 'the share of pay');
	const left = { low: 1 - high, high: 1 - low };
	return quotient(span(machines, 'machines'), span(left, 'what pay leaves', divisor));
}

/**
 * Dollars for one token of use: rent of the chips over the tokens they compute.
 * @param speed tokens a second, of all readers together
 * @throws RangeError where nothing is computed
 */
export function servedToken(chips: number, rent: Range, speed: number): Range {
	const anHour = product(exactly(quantity(chips, 'chips')), span(rent, 'rent'));
	return quotient(anHour, exactly(divisor(speed, 'speed') * 3600));
}

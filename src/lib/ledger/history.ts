/**
 * @file Which price held on which day. Days are days of the calendar in UTC, written `2026-09-22`, wherever the reader is: a
 * price list has a date and no time zone.
 */
import type { Condition, Price } from './price.ts';

export type PriceAt = {
	price: Price;
	/** Those of its conditions that held on that day. */
	conditions: readonly Condition[];
	/** It was promised for a time, which was over by then, and what came after is not on record. */
	lapsed: boolean;
};

/** The prices of one model at one vendor, oldest first. */
export function historyOf<P extends Pick<Price, 'vendor' | 'model' | 'from'>>(
	history: readonly P[],
	vendor: string,
	model: string
): P[] {
	return history
		.filter((price) => price.vendor === vendor && price.model === model)
		.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/**
 * The price that held on `day`, or nothing before the first one on record.
 * @throws RangeError for what is no day of the calendar
 */
export function priceAt(
	history: readonly Price[],
	vendor: string,
	model: string,
	day: string
): PriceAt | undefined {
	checkDay(day);
	const price = historyOf(history, vendor, model).findLast(({ from }) => from <= day);
	if (!price) return undefined;
	const conditions = (price.conditions ?? []).filter(
		({ since = '', until = '9999' }) => since <= day && day <= until
	);
	return { price, conditions, lapsed: price.until !== undefined && price.until < day };
}

/** Prices that had been announced by `day` and had not yet taken effect, the next one first. */
export function comingAt(
	history: readonly Price[],
	vendor: string,
	model: string,
	day: string
): Price[] {
	checkDay(day);
	return historyOf(history, vendor, model).filter(
		({ announced, from }) => announced !== undefined && announced <= day && day < from
	);
}

/**
 * The day of the calendar on which a moment lies, in UTC.
 * @param at milliseconds since 1970
 * @throws RangeError for a moment that no calendar of four-digit years has
 */
export function dayOf(at: number): string {
	const date = new Date(at);
	const year = date.getUTCFullYear();
	if (!(year >= 0 && year <= 9999)) throw new RangeError('not a moment of the calendar');
	return date.toISOString().slice(0, 10);
}

function checkDay(day: string): void {
	const right = typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day);
	const at = right ? Date.parse(`${day}T00:00:00Z`) : NaN;
	if (Number.isNaN(at) || dayOf(at) !== day) {
		throw new RangeError(`not a day of the calendar: ${String(day).slice(0, 40)}`);
	}
}

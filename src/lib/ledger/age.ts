/** @file How old a number may grow before one should look again. Reckoned when the site is built, never by the reader's clock. */
import type { Figure, Kind } from './figure.ts';

/** Months after which a number of this kind wants another look. Rules and geometry keep. */
export const keeps: Partial<Record<Kind, number>> = {
	'list-price': 6,
	measured: 24,
	reported: 24,
	estimate: 24,
	definition: 24,
	assumption: 24
};

type Dated = Pick<Figure, 'asOf' | 'kind'>;

/** Months from the time a number speaks of (the end of it, where only a year is known) to a day. */
export function monthsBefore(asOf: string, day: string): number {
	const [year, month = '12'] = asOf.split('-');
	const [toYear, toMonth] = day.split('-');
	return (Number(toYear) - Number(year)) * 12 + Number(toMonth) - Number(month);
}

/** Whether a number is older than its kind allows. What has no date does not age. */
export function isOld({ asOf, kind }: Dated, day: string): boolean {
	const months = keeps[kind];
	return asOf !== 'undated' && months !== undefined && monthsBefore(asOf, day) > months;
}

/** `six months`, `two years`: how long numbers of this kind keep. */
export function keepsInWords(kind: Kind): string | undefined {
	const months = keeps[kind];
	if (months === undefined) return undefined;
	return months < 12 ? 'six months' : 'two years';
}

/**
 * The day on which the ledger is read. A clock that stands before the newest number of the ledger, or ten
 * years behind the end of it, is wrong: then that number's day is taken.
 * @param clock milliseconds of the machine that builds
 * @param dates days, months and years that stand in the ledger
 */
export function dayOfReading(clock: number, dates: Iterable<string>): string {
	let newest = '0000-00-00';
	for (const date of dates) {
		const day = `${date}-01-01`.slice(0, 10);
		if (/^\d{4}-\d\d-\d\d$/.test(day) && day > newest) newest = day;
	}
	const day = Number.isFinite(clock) ? new Date(clock).toISOString().slice(0, 10) : '';
	const latest = `${Number(newest.slice(0, 4)) + 10}${newest.slice(4)}`;
	return day >= newest && day <= latest && day.length === 10 ? day : newest;
}

/** @file How the exhibit writes numbers. */
import type { Range } from '#lib/meter/crossing.ts';

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
/** By significant digits; making one takes longer than all its writing. */
const significant: Intl.NumberFormat[] = [];
const scales: [number, string, string][] = [
	[1e12, ' trillion', ' tn'],
	[1e9, ' billion', ' bn'],
	[1e6, ' million', ' M']
];

/** A count in full: "368,098". */
export function count(n: number): string {
	return Number.isFinite(n) ? grouped.format(n) : 'no number of';
}

/** A number to `digits` significant digits, without an exponent and without idle zeros: "0.0093". */
export function rounded(n: number, digits = 3): string {
	if (!Number.isFinite(n)) return 'no number of';
	const value = Number(n.toPrecision(digits));
	significant[digits] ??= new Intl.NumberFormat('en', { maximumSignificantDigits: digits });
	return significant[digits].format(value);
}

/** A large number as one says it, "2.5 billion"; below a million in full. */
export function many(n: number, digits = 2): string {
	const scale = scaleOf(n);
	return scale ? rounded(n / scale[0], digits) + scale[1] : count(n);
}

/** A count in full as long as one can read it: "368,098,000", "12 trillion". */
export function countOrMany(n: number): string {
	return n < 1e9 ? count(n) : many(n, 3);
}

/** As `many`, for the narrow margin of an axis: "60 M", "0.5". */
export function tickLabel(n: number): string {
	const scale = scaleOf(n);
	return scale ? rounded(n / scale[0]) + scale[2] : rounded(n);
}

/** "368,098" where the two ends are one number, else "4.1 to 9 billion". */
export function range({ low, high }: Range, digits = 2): string {
	if (low === high) return high < 1e7 ? count(high) : many(high, 3);

	const scale = scaleOf(low);
	if (!scale || scale !== scaleOf(high)) return `${many(low, digits)} to ${many(high, digits)}`;
	return `${rounded(low / scale[0], digits)} to ${rounded(high / scale[0], digits)}${scale[1]}`;
}

/** Dollars to as many digits as two significant ones need: "$37 to $82 million", "$0.00001". */
export function dollarRange({ low, high }: Range, digits = 2): string {
	const scale = scaleOf(low);
	if (low === high) return dollarsAbout(high, digits);
	if (!scale || scale !== scaleOf(high))
		return `${dollarsAbout(low, digits)} to ${dollarsAbout(high, digits)}`;
	return `$${rounded(low / scale[0], digits)} to $${rounded(high / scale[0], digits)}${scale[1]}`;
}

/** A rounded amount: "$22.7 million", "$90.9", "$0.10". */
export function dollarsAbout(n: number, digits = 3): string {
	const scale = scaleOf(n);
	if (scale) return `$${rounded(n / scale[0], digits)}${scale[1]}`;
	const plain = rounded(n, digits);
	return '$' + (/\.\d$/.test(plain) ? plain + '0' : plain);
}

/** "2.7 %", "28 % to 61 %"; very small shares as "1 part in 368,098". */
export function percent({ low, high }: Range): string {
	const [a, b] = [low, high].map((part) => `${rounded(part * 100, 2)}\u00a0%`);
	return a === b ? a : `${a} to ${b}`;
}

/** How much `part` is of `whole`, for shares too small to be a percentage: "1 part in 368,098". */
export function partIn(ratio: number): string {
	return `1 part in ${ratio < 1e7 ? count(ratio) : many(ratio)}`;
}

/** A length of time as one says it: "0.15 seconds", "35 minutes", "3.2 days". */
export function duration(seconds: number): string {
	if (!Number.isFinite(seconds)) return 'for ever';
	if (seconds < 1) return `${rounded(seconds, 2)} seconds`;
	if (seconds < 100) return unit(seconds < 10 ? Number(rounded(seconds, 2)) : seconds, 'second');
	if (seconds < 100 * 60) return unit(seconds / 60, 'minute');
	if (seconds < 48 * 3600) return unit(seconds / 3600, 'hour');
	if (seconds < 730 * 86400) return unit(seconds / 86400, 'day');
	const years = seconds / (365.25 * 86400);
	return years < 1e4 ? unit(years, 'year') : `${many(years)} years`;
}

function unit(n: number, name: string): string {
	const value = n < 10 ? Number(rounded(n, 2)) : Math.round(n);
	return `${count(value) === String(value) || value >= 1000 ? count(value) : value} ${name}${value === 1 ? '' : 's'}`;
}

/** A date of a record, "22 Nov 2026". */
export function day(iso: string): string {
	return new Intl.DateTimeFormat('en-GB', {
		day: 'numeric',
		month: 'short',
		year: 'numeric',
		timeZone: 'UTC'
	}).format(new Date(iso));
}

/** "one", "ten", "1,000": how many tokens a square stands for. */
export function each(unit: number): string {
	return ({ 1: 'a', 10: 'ten', 100: 'a hundred' } as Record<number, string>)[unit] ?? count(unit);
}

function scaleOf(n: number) {
	return scales.find(([size]) => Math.abs(n) >= size);
}

/** @file When use has taken as much as making. It says nothing of revenue: nothing is paid off. */

/** A number known only to lie between two; equal where it is known. */
export type Range = { low: number; high: number };

/** How many askings, each taking `one`, it takes to reach a bar (same unit). Infinite if one takes nothing. */
export function crossing(bar: Range, one: number): Range {
	if (one <= 0) return { low: Infinity, high: Infinity };
	return { low: bar.low / one, high: bar.high / one };
}

/** Which part of the bar `use` is; the low end is measured against the bar's high one. */
export function share(use: number, bar: Range): Range {
	return { low: use / bar.high, high: use / bar.low };
}

/** Seconds after midnight at which a day's use, spread evenly, reaches the bar's high end; may exceed a day. */
export function secondsIntoDay(bar: Range, dayOfUse: number): number {
	return (bar.high / dayOfUse) * 24 * 60 * 60;
}

/** @file An axis of steps: each mark is so many times the one before. For dots and the lines between two of them, never for bars. */
import type { Range } from '#lib/meter/crossing.ts';

export type Mark = {
	/** Watt-hours. */
	value: number;
	/** 0 at the left end, 1 at the right. */
	at: number;
};

export type Axis = {
	/** Watt-hours at both ends. */
	from: number;
	to: number;
	/** How many times the one before each mark is. */
	step: 10 | 1000;
	marks: Mark[];
};

/** More marks than this are not drawn. */
const MOST_MARKS = 40;

/**
 * The axis on which all `ranges` have room, from `least` to `most` at least; all in watt-hours, all powers of the step.
 * What is 0 has no place on such an axis and does not widen it.
 */
export function axisOf(
	ranges: readonly Range[],
	step: Axis['step'],
	{ low: least, high: most }: Range
): Axis {
	const above = ranges.flatMap(({ low, high }) => [low, high]).filter((n) => n > 0);
	const power = (n: number) => Math.log10(n) / Math.log10(step);
	// A power of the step is its own mark, although its logarithm may come out a hair beside it.
	const first = Math.floor(power(Math.min(least, ...above)) + 1e-9);
	const last = Math.ceil(power(Math.max(most, ...above)) - 1e-9);
	const count = Math.min(last - first, MOST_MARKS);
	const zeros = Math.round(Math.log10(step));
	const marks = Array.from({ length: count + 1 }, (_, i) => ({
		value: Number(`1e${(first + i) * zeros}`),
		at: i / count
	}));
	return { from: marks[0].value, to: marks[count].value, step, marks };
}

/** Where `wattHours` lie, from 0 to 1; what is beyond an end lies on it. */
export function placeOf(wattHours: number, { from, to }: Pick<Axis, 'from' | 'to'>): number {
	if (!(wattHours > from)) return 0;
	return Math.min(Math.log10(wattHours / from) / Math.log10(to / from), 1);
}

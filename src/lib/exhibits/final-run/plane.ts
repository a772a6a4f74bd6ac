/** @file The plane: tokens to the right, parameters upwards, each line ten times the one before. Only dots stand on it: a length means nothing here. */
import { OPERATIONS_A_PASS, PASSES_TO_LEARN } from '#lib/meter/formulas/operations.ts';
import type { Range } from '#lib/meter/crossing.ts';
import type { Run } from './sums.ts';

/** Powers of ten at the edges. */
export const TOKENS = { from: 7, to: 14 } as const;
export const PARAMETERS = { from: 5, to: 13 } as const;

type Axis = { readonly from: number; readonly to: number };

/** A place on the plane, 0 to 1 from the left and from the foot. */
export type Place = { x: number; y: number };

const share = (n: number, { from, to }: Axis) => (Math.log10(n) - from) / (to - from);

export function placeOf({ parameters, tokens }: Run): Place {
	return { x: share(tokens, TOKENS), y: share(parameters, PARAMETERS) };
}

/** The number at a share of an axis, to two digits; at its ends outside of it. */
export function numberAt(part: number, axis: Axis): number {
	const at = Math.min(Math.max(Number.isFinite(part) ? part : 0, 0), 1);
	return Number((10 ** (axis.from + at * (axis.to - axis.from))).toPrecision(2));
}

export function runAt({ x, y }: Place): Run {
	return { parameters: numberAt(y, PARAMETERS), tokens: numberAt(x, TOKENS) };
}

/** Whether a number stands on its axis. */
export function within(n: number, { from, to }: Axis): boolean {
	return n >= 10 ** from && n <= 10 ** to;
}

/** Where a line is drawn: every power of ten, `at` as a share. */
export function lines({ from, to }: Axis): { value: number; at: number }[] {
	return Array.from({ length: to - from + 1 }, (_, i) => ({
		value: 10 ** (from + i),
		at: i / (to - from)
	}));
}

/** Steps of a slider: fifty for a factor of ten. */
export const stepsOf = ({ from, to }: Axis) => (to - from) * 50;

export function stepOf(n: number, axis: Axis): number {
	return Math.round(share(n, axis) * stepsOf(axis));
}

/** One key of the keyboard further along an axis: so much of a factor of ten, and never off the plane. */
export function moved(n: number, axis: Axis, by: number): number {
	return numberAt(share(n, axis) + by / (axis.to - axis.from), axis);
}

const rule = Math.log10(OPERATIONS_A_PASS * PASSES_TO_LEARN);

/** On which diagonal of the plane so many operations lie: log N + log D is the same all along it. */
export const diagonal = (operations: number) => Math.log10(operations) - rule;

/** Between two diagonals, as a polygon of a box one wide and one high, y downwards; it may reach beyond. */
export function band(operations: Range): string {
	const at = (sum: number, x: number) => {
		const log = sum - (TOKENS.from + x * (TOKENS.to - TOKENS.from));
		return 1 - (log - PARAMETERS.from) / (PARAMETERS.to - PARAMETERS.from);
	};
	const [low, high] = [diagonal(operations.low), diagonal(operations.high)];
	return [
		[0, at(low, 0)],
		[1, at(low, 1)],
		[1, at(high, 1)],
		[0, at(high, 0)]
	]
		.map(([x, y]) => `${x},${y.toFixed(4)}`)
		.join(' ');
}

/** Where the amount of a band is written: in its middle, near the upper left edge of the plane. */
export function amountPlace(operations: Range): Place | undefined {
	const sum = (diagonal(operations.low) + diagonal(operations.high)) / 2;
	const high = PARAMETERS.to - 0.45;
	const left = TOKENS.from + 0.85;
	const tokens = Math.max(sum - high, left);
	const place = placeOf({ parameters: 10 ** (sum - tokens), tokens: 10 ** tokens });
	return place.x > 0.95 || place.y < 0.1 ? undefined : place;
}

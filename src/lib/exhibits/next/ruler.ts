/**
 * @file The ruler: one pass of the model as a line from 0 to 1, on which every token has a part as wide
 * as its probability. The likeliest lies first, then the next; of equals the one with the smaller id. A
 * number from 0 to 1 falls into one part, and that token is written.
 */
import { exp } from '#lib/tiny/exact.ts';
import type { Random } from '#lib/tiny/random.ts';
import type { DrawOptions } from '#lib/tiny/sample.ts';

/** Candidates that have a name on the ruler; all others share one part. */
export const NAMED = 5;

export type Ruler = {
	/** Tokens from left to right; with top-k only so many. */
	ids: Uint32Array;
	/** Where the part of each ends, 0 to 1; the last is 1. */
	ends: Float64Array;
};

/** A stretch of the ruler: a named candidate, or all the others together. */
export type Part = {
	/** Undefined for the others. */
	id: number | undefined;
	from: number;
	to: number;
	share: number;
	/** Tokens in it. */
	count: number;
};

/**
 * Temperature bends: every probability p becomes p^(1/temperature), and all are made to add up to 1
 * again. At 0 the line belongs to the likeliest alone. The same sum, in the same order, as `draw` of
 * tiny/sample.ts does with a top-k.
 *
 * @param logprobs natural logarithms at temperature 1, one a token
 */
export function rulerOf(logprobs: Float32Array, { temperature, topK }: DrawOptions): Ruler {
	const sorted = orderOf(logprobs);
	const kept = temperature === 0 ? 1 : topK > 0 ? topK : sorted.length;
	const ids = sorted.slice(0, kept);
	const ends = new Float64Array(ids.length);
	const best = logprobs[ids[0]];

	let sum = 0;
	for (let rank = 0; rank < ids.length; rank++) {
		sum += temperature === 0 ? 1 : exp((logprobs[ids[rank]] - best) / temperature);
		ends[rank] = sum;
	}
	for (let rank = 0; rank < ends.length; rank++) ends[rank] /= sum;
	return { ids, ends };
}

/** The last one: a ruler is bent many times. */
let known: { of: Float32Array; order: Uint32Array } | undefined;

/** Beyond the number of tokens of any model. */
const IDS = 2 ** 20;

/**
 * The ids, likeliest first. Each becomes one number, its 32 bits turned so that they stand in the order of the values, and its id
 * behind them: a real model has a quarter of a million, and sorting numbers needs no function to be called.
 */
function orderOf(logprobs: Float32Array): Uint32Array {
	if (known?.of === logprobs) return known.order;
	const bits = new Uint32Array(Float32Array.from(logprobs).buffer);
	const keys = new Float64Array(bits.length);
	for (let id = 0; id < bits.length; id++) {
		// no probability is over 1: of two negative numbers the one of the smaller bits is the larger, and 0 comes first
		keys[id] = bits[id] * IDS + id;
	}
	keys.sort();
	const order = new Uint32Array(keys.length);
	for (let rank = 0; rank < keys.length; rank++) order[rank] = keys[rank] % IDS;
	known = { of: logprobs, order };
	return order;
}

/** The place, from 0, of the token on whose part `number` (0 to below 1) falls. */
export function rankAt({ ends }: Ruler, number: number): number {
	let low = 0;
	let high = ends.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (number < ends[middle]) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** The part of the token at a place. */
export function partAt({ ids, ends }: Ruler, rank: number): Part {
	const from = rank ? ends[rank - 1] : 0;
	const to = ends[rank];
	return { id: ids[rank], from, to, share: to - from, count: 1 };
}

/** The place of a token on the ruler; undefined when top-k left it out. */
export function rankOf({ ids }: Ruler, id: number): number | undefined {
	const rank = ids.indexOf(id);
	return rank < 0 ? undefined : rank;
}

/** The named candidates from left to right, and then the others, if there are any. */
export function partsOf(ruler: Ruler): Part[] {
	const named = Math.min(NAMED, ruler.ids.length);
	const parts = Array.from({ length: named }, (_, rank) => partAt(ruler, rank));
	const count = ruler.ids.length - named;
	if (count === 1) parts.push(partAt(ruler, named));
	else if (count) {
		const from = ruler.ends[named - 1];
		parts.push({ id: undefined, from, to: 1, share: 1 - from, count });
	}
	return parts;
}

/** Which of `partsOf` the token at a place is in. */
export const partIndex = (rank: number) => Math.min(rank, NAMED);

/** Many draws from one ruler: the numbers, and how many fell into each of `partsOf`. */
export type Tally = { numbers: number[]; came: number[] };

export function tally(ruler: Ruler, random: Random, draws: number): Tally {
	const numbers = Array.from({ length: draws }, () => random.next());
	const came = partsOf(ruler).map(() => 0);
	for (const number of numbers) came[partIndex(rankAt(ruler, number))]++;
	return { numbers, came };
}

/** Two ten-sided dice, 00 to 99, as a number on the ruler. */
export const ofDice = (dice: number) => dice / 100;

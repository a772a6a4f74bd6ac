import { exp, log } from './exact.ts';
import type { Random } from './random.ts';

/** Natural logarithms of the probabilities that logits stand for, at temperature 1. */
export function logProbabilities(logits: ArrayLike<number>): Float32Array {
	let largest = -Infinity;
	for (let i = 0; i < logits.length; i++) largest = Math.max(largest, logits[i]);

	let sum = 0;
	for (let i = 0; i < logits.length; i++) sum += exp(logits[i] - largest);

	const total = largest + log(sum);
	// a loop: `Float32Array.from` takes ten times as long, and real models have 150,000 scores
	const result = new Float32Array(logits.length);
	for (let i = 0; i < logits.length; i++) result[i] = logits[i] - total;
	return result;
}

/**
 * The most probable tokens, best first; equal ones in the order of their ids. One pass that keeps the
 * best so far: sorting the whole vocabulary would cost as much as the model's own step.
 */
export function largest(
	logProbabilities: ArrayLike<number>,
	count: number
): { id: number; logprob: number }[] {
	const best: { id: number; logprob: number }[] = [];
	if (!(count > 0)) return best;

	for (let id = 0; id < logProbabilities.length; id++) {
		const logprob = logProbabilities[id];
		if (best.length === count && !(logprob > best[count - 1].logprob)) continue;
		let at = best.length;
		while (at > 0 && logprob > best[at - 1].logprob) at--;
		best.splice(at, 0, { id, logprob });
		if (best.length > count) best.pop();
	}
	return best;
}

export interface DrawOptions {
	/** 0 always takes the most probable token; 1 draws as the model thinks; more is bolder */
	temperature: number;
	/** how many of the most probable tokens may be drawn; 0 for all */
	topK: number;
}

/** Draws the next token. */
export function draw(
	logits: ArrayLike<number>,
	{ temperature, topK }: DrawOptions,
	random: Random
): number {
	if (!(temperature >= 0)) throw new Error(`A temperature of ${temperature} makes no sense`);

	let best = 0;
	for (let id = 1; id < logits.length; id++) if (logits[id] > logits[best]) best = id;
	if (temperature === 0 || topK === 1) return best;

	const ids =
		topK > 0 && topK < logits.length ? largest(logits, topK).map(({ id }) => id) : undefined;
	const count = ids?.length ?? logits.length;
	const weights = new Float64Array(count);
	let sum = 0;
	for (let i = 0; i < count; i++) {
		weights[i] = exp((logits[ids ? ids[i] : i] - logits[best]) / temperature);
		sum += weights[i];
	}

	let left = random.next() * sum;
	for (let i = 0; i < count; i++) {
		left -= weights[i];
		if (left < 0) return ids ? ids[i] : i;
	}
	return best; // only when rounding used up the last weight
}

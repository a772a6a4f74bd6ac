/** @file Two jobs, counted in words, weighed against each other at one card. */
import type { Prices } from './money.ts';
import { bill, toNumber, type BilledUsage, type Money } from './money.ts';

export type Job = {
	name: string;
	/** Words read, and words written. */
	reads: number;
	writes: number;
};

export type Weighed = Job & { usage: BilledUsage; sum: Money };

/** @param ratio words per token; a part of a token is billed as one */
export function weigh({ reads, writes, name }: Job, card: Prices, ratio: number): Weighed {
	const tokens = (words: number) => Math.ceil(words / ratio - 1e-9);
	const usage = { promptTokens: tokens(reads), cachedTokens: 0, outputTokens: tokens(writes) };
	return { name, reads, writes, usage, sum: bill(usage, card) };
}

/** How many times the second bill goes into the first. */
export function times(first: Weighed, second: Weighed): number {
	return toNumber(first.sum) / toNumber(second.sum);
}

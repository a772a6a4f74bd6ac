/** @file Whose crossing it is, and what is counted on both sides. */
import type { Figure } from '#lib/ledger/figure.ts';
import llama from 'virtual:ledger/figure/llama31-405b-tokens';
import qwen from 'virtual:ledger/figure/qwen3-06b-tokens';
import smollm from 'virtual:ledger/figure/smollm2-360m-tokens';
import alone from 'virtual:ledger/figure/crossing-served-alone';
import busy from 'virtual:ledger/figure/crossing-served-busy';
import finalRuns from 'virtual:ledger/figure/final-run-share-of-rnd';
import three from 'virtual:ledger/figure/crossing-tokens';
import { withTrials } from '#lib/meter/formulas/crossing-tokens.ts';
import { rangeOf } from '#lib/meter/trained.ts';
import type { Way } from './line.ts';

export type Model = {
	key: 'smollm2' | 'llama' | 'qwen3';
	name: string;
	/** How many parameters, in words. */
	size: string;
	/** Tokens of its final training run. */
	tokens: Figure;
};

/** In the order of their size; the smallest crosses neither first nor last. */
export const models: readonly Model[] = [
	{ key: 'smollm2', name: 'SmolLM2 360M', size: '0.36 billion weights', tokens: smollm },
	{ key: 'qwen3', name: 'Qwen3 0.6B', size: '0.6 billion weights', tokens: qwen },
	{ key: 'llama', name: 'Llama 3.1 405B', size: '405 billion weights', tokens: llama }
];

/** What can be counted, and after how many times its training tokens use has caught up. */
export const ways: readonly Way[] = [
	{
		key: 'work',
		name: 'operations of the final run',
		times: rangeOf(three),
		bar: 'its final training run',
		took: 'as much work as its final training run',
		why: 'Learning from a token takes three passes through the model, using one takes one.',
		figure: three
	},
	{
		key: 'trials',
		name: 'operations, trial runs too',
		times: withTrials(rangeOf(three), {
			low: rangeOf(finalRuns).low / 100,
			high: rangeOf(finalRuns).high / 100
		}),
		bar: 'its training with all trial runs',
		took: 'as much work as its training with all the trial runs before it',
		why: 'Supposing that the final run was the same part of all research as in three labs that are known.',
		figure: finalRuns
	},
	{
		key: 'busy',
		name: 'dollars, one busy service',
		times: rangeOf(busy),
		bar: 'the price of its final run',
		took: 'as many dollars as its final training run',
		why: 'Supposing that it is served as DeepSeek served its own model on one published day.',
		figure: busy
	},
	{
		key: 'alone',
		name: 'dollars, alone on a chip',
		times: rangeOf(alone),
		bar: 'the price of its final run',
		took: 'as many dollars as its final training run',
		why: 'Supposing that each person has a large rented chip all alone, which then waits for its memory nearly all the time.',
		figure: alone
	}
];

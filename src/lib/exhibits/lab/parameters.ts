/** @file Everything about each number that a run may be given, in one place. */
import { pocket } from '#lib/engine/pocket/summary.ts';
import { paces } from '../run/pace.ts';

export type NumberKey = 'seed' | 'temperature' | 'topK' | 'maxTokens';

export type Parameter = {
	label: string;
	min: number;
	max: number;
	whole: boolean;
	/** By how much the arrow keys change it. */
	step: number;
	/** Its name in the fragment. */
	short: string;
	/** What it does, in a line. */
	hint: string;
};

const { context, vocabulary } = pocket.config;

export const parameters: Readonly<Record<NumberKey, Parameter>> = {
	seed: {
		short: 'seed',
		label: 'Seed',
		min: 0,
		max: 2 ** 32 - 1,
		whole: true,
		step: 1,
		hint: 'The same seed draws the same words, on every machine.'
	},
	temperature: {
		short: 't',
		label: 'Temperature',
		min: 0,
		max: 2,
		whole: false,
		step: 0.1,
		hint: 'At 0 always the likeliest; above 1 bolder than the model itself.'
	},
	topK: {
		short: 'k',
		label: 'Top-k',
		min: 0,
		max: vocabulary,
		whole: true,
		step: 1,
		hint: `Only so many of the likeliest may be drawn. 0: all ${vocabulary.toLocaleString('en')}.`
	},
	maxTokens: {
		short: 'n',
		label: 'Length',
		min: 1,
		max: context,
		whole: true,
		step: 10,
		hint: `Tokens at most. Prompt and answer share a window of ${context}.`
	}
};

/** How a run is watched: at a pace, or by hand. */
export const watching = {
	slow: paces.slow,
	reading: paces.reading,
	fast: paces.fast,
	step: { label: 'one token a press', rate: Infinity }
} as const;

export type Watching = keyof typeof watching;

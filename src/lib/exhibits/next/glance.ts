import type { Insides } from '#lib/tiny/generate.ts';
import type { Pass } from './passes.ts';

/** Numbers of a row that are shown; the rest is counted. */
export const SHOWN = 5;

/** What is shown of the inside of one pass: the way of the last token through the model. */
export type Glance = {
	/** Numbers of a row: the width of the model. */
	width: number;
	/** The first of the row that stands for the token, then of what each layer made of it. */
	rows: number[][];
	/** How much it looked at each token of the text, itself the last: the mean over all heads and layers; adds up to 1. */
	looks: number[];
	/** Heads in all layers together. */
	heads: number;
	/** What every score is lowered by to be a logarithm of a probability. */
	level: number;
};

/** @param level the difference between a score and its log-probability, the same for every token */
export function glanceAt({ embedding, layers }: Insides, level: number): Glance {
	const heads = layers.flatMap(({ attention }) => attention);
	const beginning = (row: Float32Array) => Array.from(row.slice(0, SHOWN), (x) => rounded(x, 3));
	return {
		width: embedding.length,
		rows: [embedding, ...layers.map(({ output }) => output)].map(beginning),
		looks: Array.from(heads[0], (_, i) =>
			rounded(heads.reduce((sum, head) => sum + head[i], 0) / heads.length, 5)
		),
		heads: heads.length,
		level: rounded(level, 3)
	};
}

/** A glance, where the model lets one: of what it computes on the GPU only the end is handed over. */
export function glanceInto({ insides, logits, logprobs }: Pass): { glance?: Glance } {
	return insides && logits ? { glance: glanceAt(insides, logits[0] - logprobs[0]) } : {};
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

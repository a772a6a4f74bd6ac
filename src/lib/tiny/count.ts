/**
 * How many multiplications and additions a model needs, as formulas: exactly what the backend
 * counts while it works. A product of [m × k] by [k × n] is 2·m·k·n; nothing else is counted.
 */

import { blocks } from './attention.ts';
import type { Config } from './gpt.ts';

export interface Operations {
	/** products with the weights of the layers */
	layers: number;
	/** products with the embedding, which score every token as the next one */
	scoring: number;
	/** products of queries, keys and values with each other: the part that grows with the text */
	attention: number;
	total: number;
}

const withTotal = (layers: number, scoring: number, attention: number): Operations => ({
	layers,
	scoring,
	attention,
	total: layers + scoring + attention
});

const layerParameters = ({ width, layers }: Config) => 12 * width * width * layers;

/** Pairs of positions that attention computes when `rows` positions are read after `start` others. */
function forwardPairs(rows: number, start: number): number {
	let pairs = 0;
	for (const [first, end] of blocks(rows)) pairs += (end - first) * (start + end);
	return pairs;
}

/** Pairs of the backward pass that start from a key: it meets its own block and all later rows. */
function keyPairs(rows: number): number {
	let pairs = 0;
	for (const [first, end] of blocks(rows)) pairs += (end - first) * (rows - first);
	return pairs;
}

/**
 * Reading a prompt in one go and writing an answer: one `read`, then a `step` for each token of
 * the answer but the last, which nobody reads any more.
 */
export function operationsOfUse(
	config: Config,
	promptTokens: number,
	outputTokens: number
): Operations {
	const { vocabulary, width, layers } = config;
	const steps = Math.max(0, outputTokens - 1);
	let pairs = forwardPairs(promptTokens, 0);
	for (let i = 0; i < steps; i++) pairs += promptTokens + i + 1;

	return withTotal(
		2 * layerParameters(config) * (promptTokens + steps),
		2 * vocabulary * width * (1 + steps),
		4 * width * layers * pairs
	);
}

/** One forward pass without learning over sequences of so many tokens each (targets: one less). */
export function operationsOfEvaluation(config: Config, lengths: number[]): Operations {
	return passes(config, lengths, 1, forwardPairs);
}

/**
 * Forward and backward over sequences of so many tokens each. The backward pass needs every
 * product twice, once for the gradient of each factor; hence the usual estimate of 6 per parameter
 * and token, which leaves attention out.
 */
export function operationsOfTraining(config: Config, lengths: number[]): Operations {
	return passes(config, lengths, 3, (rows) => 2 * forwardPairs(rows, 0) + keyPairs(rows));
}

function passes(
	config: Config,
	lengths: number[],
	times: number,
	pairsOf: (rows: number, start: number) => number
): Operations {
	const { vocabulary, width, layers } = config;
	let targets = 0;
	let pairs = 0;
	for (const length of lengths) {
		targets += length - 1;
		pairs += pairsOf(length - 1, 0);
	}
	return withTotal(
		times * 2 * layerParameters(config) * targets,
		times * 2 * vocabulary * width * targets,
		4 * width * layers * pairs
	);
}

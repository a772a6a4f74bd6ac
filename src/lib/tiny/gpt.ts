/**
 * The transformer: a decoder of the GPT kind, with root-mean-square normalisation before each
 * part, rotary positions, keys that also tell the token before, squared ReLU, no biases, and one
 * table that serves to read tokens in and to score them at the end.
 */

import type { Past } from './attention.ts';
import type { Angles } from './rotary.ts';
import type { Tape } from './tape.ts';
import type { Tensor, Weight } from './tensor.ts';

export interface Config {
	/** different tokens */
	vocabulary: number;
	/** positions it can look back on, itself included */
	context: number;
	/** numbers that stand for one position */
	width: number;
	/** parts of the width that attend separately */
	heads: number;
	layers: number;
}

export interface Layer {
	query: Weight; // [width × width]
	key: Weight; // [width × width]
	value: Weight; // [width × width]
	output: Weight; // [width × width]
	up: Weight; // [width × 4 width]
	down: Weight; // [4 width × width]
}

export interface Gpt {
	config: Config;
	embedding: Weight; // [vocabulary × width]
	layers: Layer[];
	angles: Angles;
}

/** Numbers that training sets. */
export function parameterCount({ vocabulary, width, layers }: Config): number {
	return vocabulary * width + layers * 12 * width * width;
}

/**
 * What the model makes of each token, given those before it. [tokens × width]
 *
 * @param past one for each layer when the tokens continue what was read before
 * @param watch is shown the rows that went in, and what attention and the feed-forward part of each
 * layer made of them
 */
export function think(
	tape: Tape,
	gpt: Gpt,
	tokens: ArrayLike<number>,
	past?: Past[],
	watch?: (x: Tensor) => void
): Tensor {
	let x = tape.embed(gpt.embedding, tokens);
	watch?.(x);

	gpt.layers.forEach((layer, index) => {
		x = tape.add(x, lookBack(tape, gpt, layer, tape.normalise(x), past?.[index]));
		watch?.(x);
		x = tape.add(x, workOut(tape, layer, tape.normalise(x)));
		watch?.(x);
	});

	return tape.normalise(x);
}

/** A score (logit) for every token of the vocabulary as the next one. [rows × vocabulary] */
export function score(tape: Tape, gpt: Gpt, x: Tensor): Tensor {
	return tape.unembed(x, gpt.embedding);
}

/** Attention: each position fetches what it needs from earlier ones. */
function lookBack(tape: Tape, gpt: Gpt, layer: Layer, x: Tensor, past?: Past): Tensor {
	const start = past?.length ?? 0; // position of the first token

	const query = tape.rotate(tape.project(x, layer.query), gpt.angles, start);
	const key = tape.rotate(tape.project(tape.shift(x, past), layer.key), gpt.angles, start);
	const value = tape.project(x, layer.value);

	const mixed = tape.attend(query, key, value, gpt.config.heads, past);
	return tape.project(mixed, layer.output);
}

/** The feed-forward part: each position by itself. */
export function workOut(tape: Tape, layer: Layer, x: Tensor): Tensor {
	return tape.project(tape.squaredReLU(tape.project(x, layer.up)), layer.down);
}

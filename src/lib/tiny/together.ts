/**
 * Several texts written at once: the weights are read from memory once for all of them, which is why a
 * provider serves many people in one batch. Each text has keys and values of its own, and comes out as if
 * it were written alone, to the last bit.
 */

import type { Past } from './attention.ts';
import { bytesFor } from './backend.ts';
import { type Config, type Gpt, type Layer, parameterCount, score, workOut } from './gpt.ts';
import { Tape } from './tape.ts';
import type { Tensor } from './tensor.ts';
import type { Weights } from './weights.ts';

/** The vectors of one new token of each text. [texts × width] */
function thinkTogether(tape: Tape, gpt: Gpt, tokens: number[], pasts: Past[][]): Tensor {
	let x = tape.embed(gpt.embedding, tokens);
	gpt.layers.forEach((layer, index) => {
		const each = pasts.map((past) => past[index]);
		x = tape.add(x, lookBackEach(tape, gpt, layer, tape.normalise(x), each));
		x = tape.add(x, workOut(tape, layer, tape.normalise(x)));
	});
	return tape.normalise(x);
}

/** Attention: the products with weights for all texts at once, looking back in each by itself. */
function lookBackEach(tape: Tape, gpt: Gpt, layer: Layer, x: Tensor, pasts: Past[]): Tensor {
	const query = tape.project(x, layer.query);
	const value = tape.project(x, layer.value);
	const starts = pasts.map(({ length }) => length);
	const shifted = tape.stack(pasts.map((past, i) => tape.shift(row(x, i), past)));
	const key = tape.project(shifted, layer.key);

	const mixed = tape.stack(
		pasts.map((past, i) =>
			tape.attend(
				tape.rotate(row(query, i), gpt.angles, starts[i]),
				tape.rotate(row(key, i), gpt.angles, starts[i]),
				row(value, i),
				gpt.config.heads,
				past
			)
		)
	);
	return tape.project(mixed, layer.output);
}

function row({ value, gradient }: Tensor, i: number): Tensor {
	const slice = value.slice(i, i + 1);
	return { value: slice, gradient: gradient === value ? slice : gradient.slice(i, i + 1) };
}

export class Together {
	readonly config: Config;
	readonly #weights: Weights;
	readonly #pasts: Past[][];
	readonly #tape: Tape;
	#operations = 0;

	/**
	 * @param weights its backend needs room for this too; see `Together.bytesNeeded`
	 * @param count of texts
	 */
	constructor(
		weights: Weights,
		readonly count: number
	) {
		const { config, backend } = weights;
		this.config = config;
		this.#weights = weights;
		this.#pasts = Array.from({ length: count }, () =>
			weights.layers.map(() => ({
				keys: backend.allocate(config.width, config.context),
				values: backend.allocate(config.context, config.width),
				inputs: backend.allocate(config.context, config.width),
				length: 0
			}))
		);
		this.#tape = new Tape(backend);
	}

	/** Bytes of memory that a backend needs to hold weights and write so many texts with them. */
	static bytesNeeded(config: Config, count: number): number {
		const { context, width, heads, layers, vocabulary } = config;
		const weights = parameterCount(config) + vocabulary * width + context * (width / heads);
		const past = 3 * context * width * layers * count;
		const results = count * (3 * width + vocabulary + layers * (30 * width + context));
		return bytesFor(weights + past + results + 16 * count * (3 + 12 * layers) + 16 * 60 * layers);
	}

	/** Multiplications and additions so far, as counted. */
	get operations(): number {
		return this.#operations;
	}

	/** How many tokens of a text have been read. */
	position(text: number): number {
		return this.#pasts[text][0].length;
	}

	/** Begins a text anew. */
	reset(text: number): void {
		for (const past of this.#pasts[text]) past.length = 0;
	}

	/**
	 * Reads one token of each text.
	 *
	 * @returns the logits for the token after it, [texts × vocabulary], good until the next step
	 * @throws when there is not one token for each text, or a window is full
	 */
	step(tokens: number[]): Float32Array {
		const { context, vocabulary } = this.config;
		if (tokens.length !== this.count) throw new Error(`${this.count} texts need a token each`);
		for (let i = 0; i < this.count; i++) {
			if (this.position(i) >= context) throw new Error(`The window of text ${i} is full`);
			if (!(tokens[i] >= 0 && tokens[i] < vocabulary)) {
				throw new Error(`There is no token ${tokens[i]}`);
			}
		}
		const { backend } = this.#weights;
		const before = backend.operations;
		this.#tape.reset();
		const x = thinkTogether(this.#tape, this.#weights, tokens, this.#pasts);
		const logits = score(this.#tape, this.#weights, x).value.values;
		this.#operations += backend.operations - before;
		return logits;
	}
}

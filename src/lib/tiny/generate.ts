import { BLOCK, type Past } from './attention.ts';
import { type Backend, bytesFor } from './backend.ts';
import { type Config, parameterCount, score, think } from './gpt.ts';
import type { Matrix } from './matrix.ts';
import { Tape } from './tape.ts';
import type { Tensor } from './tensor.ts';
import type { Weights } from './weights.ts';

/** What one token became on its way through the model: numbers of the forward pass itself. */
export type Insides = {
	/** The token's row of the table. [width] */
	embedding: Float32Array;
	layers: {
		/** How much each head looked at each position so far, itself included; sums to 1. [heads][positions] */
		attention: Float32Array[];
		/** What the layer left. [width] */
		output: Float32Array;
	}[];
};

/**
 * What all tokens of a text became, read in one go: a row a token. The first rows are the same to the
 * last bit whatever comes after them, because no token looks ahead.
 */
export type Workings = {
	tokens: number;
	/** [tokens × width] */
	embedding: Float32Array;
	layers: {
		/** How much each token looked at each: nothing at those after it. [heads][tokens × tokens] */
		attention: Float32Array[];
		/** With what attention fetched added to it. [tokens × width] */
		looked: Float32Array;
		/** The middle of the feed-forward part, negative numbers cut to 0, the others squared. [tokens × 4 width] */
		middle: Float32Array;
		/** With what the feed-forward part made added to that. [tokens × width] */
		output: Float32Array;
	}[];
};

/**
 * Reads tokens and scores what could come next. Keys and values of all that was read are kept, so
 * that a new token costs one pass for itself alone; the scores are the same to the last bit as if
 * everything were read again.
 */
export class Generator {
	readonly config: Config;
	readonly backend: Backend;
	readonly weights: Weights;

	readonly #past: Past[];
	readonly #tape: Tape;
	#watch: ((x: Tensor) => void) | undefined;
	#operations = 0;

	/** @param weights its backend needs room for this too; see `Generator.bytesNeeded` */
	constructor(weights: Weights) {
		const { config, backend } = weights;
		this.config = config;
		this.backend = backend;
		this.weights = weights;
		this.#past = weights.layers.map(() => ({
			keys: backend.allocate(config.width, config.context),
			values: backend.allocate(config.context, config.width),
			inputs: backend.allocate(config.context, config.width),
			length: 0
		}));
		this.#tape = new Tape(backend);
	}

	/**
	 * Bytes of memory that a backend needs to hold weights and generate with them, by so many generators
	 * that take turns. To generate with the weights of a trainer, in its backend, add `Trainer.bytesNeeded`.
	 */
	static bytesNeeded(config: Config, generators = 1): number {
		const { context, width, heads, layers, vocabulary } = config;
		const weights = parameterCount(config) + vocabulary * width + context * (width / heads);
		const past = 3 * context * width * layers * generators;
		const results =
			BLOCK * (3 * width + layers * (21 * width + Math.max(context, heads * BLOCK))) + vocabulary;
		return bytesFor(weights + past + results + 16 * (60 * layers + 30));
	}

	/** Tokens read so far. */
	get position(): number {
		return this.#past[0].length;
	}

	/** Multiplications and additions so far, as counted. */
	get operations(): number {
		return this.#operations;
	}

	/** Forgets all tokens but the first few. */
	reset(position = 0): void {
		if (position > this.position) throw new Error(`Only ${this.position} tokens have been read`);
		for (const past of this.#past) past.length = position;
	}

	/**
	 * Reads on from where it stands.
	 *
	 * @returns the logits for the token after the last one, [vocabulary]
	 * @throws when nothing is read, or more than the context holds
	 */
	read(tokens: ArrayLike<number>): Float32Array {
		const { context, vocabulary } = this.config;
		if (!tokens.length) throw new Error('There is nothing to read');
		if (this.position + tokens.length > context) {
			throw new Error(
				`The context holds ${context} tokens: ${tokens.length} more do not fit behind ${this.position}`
			);
		}
		for (let i = 0; i < tokens.length; i++) {
			if (!(tokens[i] >= 0 && tokens[i] < vocabulary)) {
				throw new Error(`There is no token ${tokens[i]}`);
			}
		}

		const before = this.backend.operations;
		const tape = this.#tape;
		const all = Array.from(tokens);
		let x: Tensor;
		let first = 0;
		do {
			tape.reset(); // a block at a time, so that a long prompt needs no more memory
			x = think(tape, this.weights, all.slice(first, first + BLOCK), this.#past, this.#watch);
			first += BLOCK;
		} while (first < all.length);

		// only what follows the last token is asked for
		const last = x.value.slice(x.value.rows - 1, x.value.rows);
		const logits = score(tape, this.weights, { value: last, gradient: last }).value.values.slice();

		tape.reset();
		this.#operations += this.backend.operations - before;
		return logits;
	}

	/** Reads one token; see `read`. */
	step(token: number): Float32Array {
		return this.read([token]);
	}

	/** Reads one token, and tells what became of it on the way. The logits are those of `step`. */
	inspect(token: number): { logits: Float32Array; insides: Insides } {
		const last = (matrix: Matrix) => matrix.slice(matrix.rows - 1, matrix.rows).values.slice();
		const { logits, rows, attention } = this.#watched([token], last);
		const outputs = rows.filter((_, i) => i && i % 2 === 0);
		const layers = outputs.map((output, layer) => ({ attention: attention[layer], output }));
		return { logits, insides: { embedding: rows[0], layers } };
	}

	/**
	 * Reads a text from its beginning, and tells what became of every token of it. The logits are those
	 * of `read`. What was read before is forgotten.
	 *
	 * @throws when the text is longer than a block (32 tokens)
	 */
	inspectAll(tokens: ArrayLike<number>): { logits: Float32Array; workings: Workings } {
		if (tokens.length > BLOCK) throw new Error(`Only ${BLOCK} tokens can be looked into at once`);
		this.reset();
		const { logits, rows, attention, middle } = this.#watched(tokens, (matrix) =>
			matrix.values.slice()
		);
		const layers = attention.map((heads, layer) => ({
			attention: heads,
			looked: rows[1 + 2 * layer],
			middle: middle[layer],
			output: rows[2 + 2 * layer]
		}));
		return { logits, workings: { tokens: tokens.length, embedding: rows[0], layers } };
	}

	/** Reads, and keeps a copy of everything on the way. @param copy what is kept of a matrix */
	#watched(tokens: ArrayLike<number>, copy: (matrix: Matrix) => Float32Array) {
		const rows: Float32Array[] = []; // what went in, then two a layer
		const attention: Float32Array[][] = [];
		const middle: Float32Array[] = [];
		this.#watch = (x) => rows.push(copy(x.value));
		this.#tape.watch = {
			attention: (heads) => attention.push(heads.map(copy)),
			middle: (x) => middle.push(copy(x))
		};
		try {
			return { logits: this.read(tokens), rows, attention, middle };
		} finally {
			this.#watch = this.#tape.watch = undefined;
		}
	}
}

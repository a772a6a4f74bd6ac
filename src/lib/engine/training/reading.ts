/** @file A text made ready to be learnt from: cut into tokens, a part held out, sequences drawn by seed and step. */
import { Random } from '#lib/tiny/random.ts';
import { type Tokenizer, tokenizerOf } from '#lib/tiny/tokenizer.ts';
import type { Material } from './material.ts';
import { PAIRS, type Recipe, sizes } from './recipe.ts';
import { tooShort } from './sentences.ts';
import { documentsOf, texts } from './texts/texts.ts';

/** Marks where a document ends, and stands before the first. */
export const END = '<end>';

/** One document in so many is held out: the model never learns from it. */
const HELD_OUT = 10;
/** Sequences by which the loss on held-out text is measured. */
const HELD_SEQUENCES = 16;
/** Of another series of random numbers than the weights. */
const SHUFFLE = 0x5eed;

export class Reading implements Material {
	readonly tokenizer: Tokenizer;
	readonly beginning: readonly number[];
	/** What the pictures are finished from. */
	readonly prompt: string;
	readonly documents: number;
	/** Tokens to learn from, and held out. */
	readonly learnt: Uint16Array;
	readonly held: Uint16Array;
	/** Bytes of a reader's own text that were too many. */
	readonly left: number;
	/** Sequences of held-out text; of the text itself where it is too short to hold anything out. */
	readonly heldOut: Uint16Array[];

	readonly #seed: number;
	readonly #length: number;
	readonly #batch: number;

	/** @throws Told when the text is too short to learn from */
	constructor({ text, cut, size, seed }: Recipe) {
		const { context, batch } = sizes[size];
		this.#seed = seed;
		this.#length = context + 1;
		this.#batch = batch;

		let all: string[];
		if (typeof text === 'string') {
			all = texts[text].write();
			this.prompt = texts[text].prompt;
			this.left = 0;
		} else {
			const own = documentsOf(text.own);
			all = own.documents;
			this.left = own.left;
			this.prompt = beginningOf(all[0] ?? '');
		}
		this.documents = all.length;
		this.tokenizer = tokenizerOf(all, [END], cut === 'pairs' ? PAIRS : undefined);

		this.beginning = [this.tokenizer.special(END), ...this.tokenizer.encode(this.prompt)];
		this.learnt = this.#stream(all.filter((_, i) => i % HELD_OUT !== HELD_OUT - 1));
		if (this.learnt.length <= this.#length) throw tooShort(this.#length);
		const held = this.#stream(all.filter((_, i) => i % HELD_OUT === HELD_OUT - 1));
		this.held = held.length > this.#length ? held : new Uint16Array();
		this.heldOut = this.#draw(
			this.held.length ? this.held : this.learnt,
			new Random(SHUFFLE),
			HELD_SEQUENCES
		);
	}

	/** The sequences of a step: the same for everybody with this seed. [batch][context + 1] */
	batch(step: number): Uint16Array[] {
		const random = new Random(
			Math.imul(this.#seed + SHUFFLE, 0x9e3779b1) ^ Math.imul(step + 1, 0x85ebca6b)
		);
		return this.#draw(this.learnt, random, this.#batch);
	}

	#draw(stream: Uint16Array, random: Random, count: number): Uint16Array[] {
		return Array.from({ length: count }, () => {
			const start = random.below(stream.length - this.#length + 1);
			return stream.subarray(start, start + this.#length);
		});
	}

	#stream(documents: string[]): Uint16Array {
		const end = this.tokenizer.special(END);
		const ids = [end];
		for (const document of documents) {
			for (const id of this.tokenizer.encode(document)) ids.push(id);
			ids.push(end);
		}
		return Uint16Array.from(ids);
	}
}

/** The first words of a text, up to two: enough to begin with, and it says little by itself. */
function beginningOf(text: string): string {
	return /^\S+\s+\S*\s?/.exec(text)?.[0].slice(0, 24).trimEnd() ?? text.slice(0, 12);
}

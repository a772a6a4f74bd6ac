/** @file What the pocket model learns from when a reader goes on with its training: a few lines of theirs. */
import { Random } from '#lib/tiny/random.ts';
import type { Tokenizer } from '#lib/tiny/tokenizer.ts';
import { Told } from '../told.ts';
import type { Material, Plan } from './material.ts';

/** One thing to learn: what is asked, and what shall be said. */
export type Line = { ask: string; say: string };

export type Tuning = {
	lines: Line[];
	steps: number;
	seed: number;
	/** The highest learning rate. */
	rate: number;
};

/** What is learnt from little is learnt in few steps: the rate rises over two and falls to nothing. */
export function planOfTuning({ steps, rate }: Tuning): Plan {
	return {
		steps,
		schedule: { peak: rate, warmUp: Math.min(2, steps), steps, floor: 0.05 },
		pictures: [...Array(steps + 1).keys()],
		heldEvery: 1
	};
}

/** Sequences a step, of at most so many tokens. */
export const BATCH = 4;
const LENGTH = 96;
export const MOST_LINES = 8;
const MOST_TOKENS = 200; // of a line
const LONGEST = 200; // characters of what is asked, and of what is said

/**
 * The lines over and over, each time in another order, as the conversations that the model was taught to read:
 * `<you> ask <reply> say <end>`.
 */
export class TuningMaterial implements Material {
	readonly tokenizer: Tokenizer;
	readonly beginning: readonly number[];
	readonly heldOut: ArrayLike<number>[];
	/** How many there are to learn, and tokens in them. */
	readonly lines: number;
	readonly learnt: number;
	readonly #lines: number[][];
	readonly #seed: number;

	/**
	 * @param old conversations of the text that the model was trained on: by them it is measured what it forgets
	 * @throws Told when there is nothing to learn
	 */
	constructor({ lines, seed }: Tuning, tokenizer: Tokenizer, old: readonly string[][]) {
		const kept = lines
			.slice(0, MOST_LINES)
			.map(({ ask, say }) => [ask.trim().slice(0, LONGEST), say.trim().slice(0, LONGEST)])
			.filter(([ask, say]) => ask && say);
		if (!kept.length) {
			throw new Told('There is nothing to learn yet. Write what is asked, and what it shall say.');
		}
		this.tokenizer = tokenizer;
		// what is mostly signs without tokens of their own is cut: a sequence must fit the model's window
		this.#lines = kept.map((turns) => idsOf(turns, tokenizer).slice(0, MOST_TOKENS));
		this.lines = kept.length;
		this.learnt = this.#lines.reduce((sum, { length }) => sum + length, 0);
		this.#seed = seed;
		this.heldOut = old.map((turns) => idsOf(turns, tokenizer));
		this.beginning = idsOf([kept[0][0]], tokenizer).concat(tokenizer.special('<reply>'));
	}

	batch(step: number): Uint16Array[] {
		const random = new Random(
			Math.imul(this.#seed + 1, 0x9e3779b1) ^ Math.imul(step + 1, 0x85ebca6b)
		);
		return Array.from({ length: BATCH }, () => {
			const ids: number[] = [];
			let line = random.below(this.#lines.length);
			do {
				ids.push(...this.#lines[line]);
				line = random.below(this.#lines.length);
			} while (ids.length + this.#lines[line].length <= LENGTH);
			return Uint16Array.from(ids);
		});
	}
}

/** A conversation as the pocket model reads it. */
function idsOf(turns: readonly string[], tokenizer: Tokenizer): number[] {
	return turns.flatMap((turn, i) => [
		tokenizer.special(i % 2 ? '<reply>' : '<you>'),
		...tokenizer.encode(turn),
		...(i % 2 ? [tokenizer.special('<end>')] : [])
	]);
}

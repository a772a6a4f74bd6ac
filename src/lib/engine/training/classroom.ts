import { fastestBackend } from '#lib/tiny/fastest.ts';
import type { Config } from '#lib/tiny/gpt.ts';
import { Random } from '#lib/tiny/random.ts';
import { draw } from '#lib/tiny/sample.ts';
import { Together } from '#lib/tiny/together.ts';
import { StreamDecoder, type Tokenizer } from '#lib/tiny/tokenizer.ts';
import { Weights } from '#lib/tiny/weights.ts';
import { END } from './reading.ts';

export type Asking = {
	/** Everybody asks the same. */
	prompt: string;
	temperature: number;
	/** 0 for all tokens. */
	topK: number;
	/** Of the first question of the first pupil; every question has one of its own. */
	seed: number;
	/** How many ask at once. */
	pupils: number;
};

/** What came of one pull. */
export type Came = {
	/** Tokens of prompts, and of answers, that were computed. */
	sent: number;
	came: number;
	/** Answers that ended. */
	answers: number;
	/** What each pupil's stream has got more: the first part goes on with the answer, each further one begins another. */
	texts: string[][];
	/** Milliseconds of computing. */
	ms: number;
};

type Pupil = {
	/** Tokens of the prompt that are still to be read. */
	unread: number[];
	/** The last token drawn, to be read next. */
	drawn: number;
	random: Random;
	decoder: StreamDecoder;
};

/**
 * A class at one model: all write at once, a token each, and whoever's answer has ended asks again. The
 * weights are read from memory once for all of them.
 */
export class Classroom {
	readonly #weights: Weights;
	readonly #together: Together;
	readonly #tokenizer: Tokenizer;
	readonly #asking: Asking;
	readonly #prompt: number[];
	readonly #pupils: Pupil[] = [];
	#asked = 0;

	/** @param values of all weights, in the order of `shapes` */
	constructor(config: Config, values: Float32Array, tokenizer: Tokenizer, asking: Asking) {
		const backend = fastestBackend(Together.bytesNeeded(config, asking.pupils));
		const weights = new Weights(config, backend, false);
		weights.values.set(values);
		weights.changed();
		this.#weights = weights;
		this.#together = new Together(weights, asking.pupils);
		this.#tokenizer = tokenizer;
		this.#asking = asking;
		const ids = tokenizer.encode(asking.prompt);
		this.#prompt = [tokenizer.special(END), ...ids.slice(-Math.floor(config.context / 2))];
		for (let i = 0; i < asking.pupils; i++) this.#pupils.push(this.#ask());
	}

	/** The weights that answer, as they lie in memory. */
	get values(): Float32Array {
		return this.#weights.values;
	}

	get operations(): number {
		return this.#together.operations;
	}

	/** Computes for so many milliseconds, one step at least. */
	compute(burst: number, now: () => number = () => performance.now()): Came {
		const start = now();
		const came: Came = {
			sent: 0,
			came: 0,
			answers: 0,
			texts: this.#pupils.map(() => ['']),
			ms: 0
		};
		do this.#step(came);
		while (now() - start < burst);
		came.ms = now() - start;
		return came;
	}

	#step(came: Came): void {
		const { context, vocabulary } = this.#together.config;
		const read = this.#pupils.map(({ unread, drawn }) => unread[0] ?? drawn);
		const logits = this.#together.step(read);

		this.#pupils.forEach((pupil, i) => {
			if (pupil.unread.length) {
				pupil.unread.shift();
				came.sent++;
				if (pupil.unread.length) return;
			}
			pupil.drawn = draw(
				logits.subarray(i * vocabulary, (i + 1) * vocabulary),
				this.#asking,
				pupil.random
			);
			came.came++; // the end of a text is a token too
			const parts = came.texts[i];
			const special = this.#tokenizer.isSpecial(pupil.drawn);
			if (!special) parts[parts.length - 1] += pupil.decoder.push(pupil.drawn);
			if (!special && this.#together.position(i) < context) return;
			came.answers++;
			parts[parts.length - 1] += pupil.decoder.flush();
			parts.push('');
			this.#together.reset(i);
			this.#pupils[i] = this.#ask();
		});
	}

	#ask(): Pupil {
		return {
			unread: [...this.#prompt],
			drawn: 0,
			random: new Random(this.#asking.seed + this.#asked++),
			decoder: new StreamDecoder(this.#tokenizer)
		};
	}
}

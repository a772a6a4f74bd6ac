import { fastestBackend } from '#lib/tiny/fastest.ts';
import { Generator } from '#lib/tiny/generate.ts';
import type { Config } from '#lib/tiny/gpt.ts';
import { exp } from '#lib/tiny/exact.ts';
import { Random } from '#lib/tiny/random.ts';
import { draw, largest, logProbabilities } from '#lib/tiny/sample.ts';
import { StreamDecoder, type Tokenizer } from '#lib/tiny/tokenizer.ts';
import { Weights } from '#lib/tiny/weights.ts';

export type Candidate = { text: string; probability: number };

/** What the model makes of one place of a text. */
export type Guess = {
	/** Probability of the token that really comes next. */
	target: number;
	/** The most probable ones. */
	candidates: Candidate[];
};

/** As the pocket model's: likely words, and not always the same. */
const TEMPERATURE = 0.7;

/** Looks at a model while it learns, through a copy of its weights, so that looking changes nothing. */
export class Viewer {
	readonly generator: Generator;
	readonly #tokenizer: Tokenizer;

	constructor(config: Config, tokenizer: Tokenizer) {
		const backend = fastestBackend(Generator.bytesNeeded(config));
		this.generator = new Generator(new Weights(config, backend, false));
		this.#tokenizer = tokenizer;
	}

	/** Multiplications and additions spent on looking. */
	get operations(): number {
		return this.generator.operations;
	}

	/** The weights to look at from now on. */
	show(weights: Float32Array): void {
		this.generator.weights.values.set(weights);
		this.generator.weights.changed();
		this.generator.reset();
	}

	/**
	 * How the model goes on with a prompt as it reads it, until a document ends or `most` tokens are written. The same
	 * random numbers each time, so that what differs between two steps is the model.
	 */
	finish(prompt: readonly number[], most: number, seed = 1): string {
		const { context } = this.generator.config;
		const decoder = new StreamDecoder(this.#tokenizer);
		const random = new Random(seed);
		this.generator.reset();
		let logits = this.generator.read(prompt.slice(-Math.floor(context / 2)));
		let text = '';
		for (let i = 0; i < most && this.generator.position < context; i++) {
			const id = draw(logits, { temperature: TEMPERATURE, topK: 0 }, random);
			if (this.#tokenizer.isSpecial(id)) break;
			text += decoder.push(id);
			logits = this.generator.step(id);
		}
		return text + decoder.flush();
	}

	/** What comes after `context`, and how probable `target` is. */
	guess(context: ArrayLike<number>, target: number, count = 3): Guess {
		this.generator.reset();
		const logprobs = logProbabilities(this.generator.read(context));
		return {
			target: exp(logprobs[target]),
			candidates: largest(logprobs, count).map(({ id, logprob }) => ({
				text: this.#tokenizer.text(id),
				probability: exp(logprob)
			}))
		};
	}
}

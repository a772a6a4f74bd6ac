import type { Generator } from '#lib/tiny/generate.ts';
import { logProbabilities } from '#lib/tiny/sample.ts';
import type { Tokenizer } from '#lib/tiny/tokenizer.ts';
import { Told } from '../told.ts';
import { promptOf } from './chat.ts';
import { commonLength } from './common-length.ts';
import type { Look, LookRequest } from './protocol.ts';
import { sentences } from './sentences.ts';

/**
 * Looks at what may come next after a text, one text at a time. A text that goes on from the last one
 * is read from where they part.
 */
export class Looker {
	readonly #generator: Generator;
	readonly #tokenizer: Tokenizer;
	/** What the generator has read. */
	#read: number[] = [];
	#steps = 0;

	/** @param generator this looker's alone */
	constructor(generator: Generator, tokenizer: Tokenizer) {
		this.#generator = generator;
		this.#tokenizer = tokenizer;
	}

	/** Tokens read in all. */
	get steps(): number {
		return this.#steps;
	}

	/**
	 * @param written ids of the tokens that came after the prompt
	 * @throws {Told} the window is full, or there is no such token
	 */
	look(request: LookRequest, written: readonly number[], insides: boolean): Look {
		const { context, vocabulary } = this.#generator.config;
		const { ids: prompt, forgotten } = promptOf(request, this.#tokenizer, context);
		const ids = [...prompt, ...written];
		if (ids.length > context) {
			throw new Told(sentences.full(context));
		}
		if (written.some((id) => !(Number.isInteger(id) && id >= 0 && id < vocabulary))) {
			throw new Told(sentences.noToken());
		}

		const started = performance.now();
		// the last token is always read: its scores are what is asked for
		const start = Math.min(commonLength(this.#read, ids), ids.length - 1);
		const last = ids.length - 1;
		this.#read = [];
		this.#generator.reset(start);
		const { logits, insides: found } = insides
			? this.#inspect(ids.slice(start, last), ids[last])
			: { logits: this.#generator.read(ids.slice(start)), insides: undefined };
		this.#read = ids;
		this.#steps += ids.length - start;

		return {
			ids,
			promptTokens: prompt.length,
			forgotten,
			logits,
			logprobs: logProbabilities(logits),
			ms: performance.now() - started,
			...(found ? { insides: found } : {})
		};
	}

	#inspect(before: number[], last: number): ReturnType<Generator['inspect']> {
		if (before.length) this.#generator.read(before);
		return this.#generator.inspect(last);
	}
}

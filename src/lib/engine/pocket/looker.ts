import { BLOCK } from '#lib/tiny/attention.ts';
import type { Generator, Workings, Insides } from '#lib/tiny/generate.ts';
import { logProbabilities } from '#lib/tiny/sample.ts';
import type { Tokenizer } from '#lib/tiny/tokenizer.ts';
import { Told } from '../told.ts';
import { promptOf } from './chat.ts';
import { commonLength } from './common-length.ts';
import type { Look, LookRequest, Pass, Retraced, Wanted } from './protocol.ts';
import { sentences } from './sentences.ts';

const ROUNDS = 3;

/**
 * Looks at what may come next after a text, one text at a time. A text that goes on from the last one
 * is read from where they part.
 */
export class Looker {
	readonly #generator: Generator;
	readonly #tokenizer: Tokenizer;
	readonly #promptOf: typeof promptOf;
	/** What the generator has read. */
	#read: number[] = [];
	#steps = 0;

	/**
	 * @param generator this looker's alone
	 * @param read how its model reads a request
	 */
	constructor(generator: Generator, tokenizer: Tokenizer, read = promptOf) {
		this.#generator = generator;
		this.#tokenizer = tokenizer;
		this.#promptOf = read;
	}

	/** Tokens read in all. */
	get steps(): number {
		return this.#steps;
	}

	/**
	 * @param written ids of the tokens that came after the prompt
	 * @throws {Told} the window is full, there is no such token, or too much is to be looked into
	 */
	look(request: LookRequest, written: readonly number[], insides: Wanted): Look {
		const { ids, promptTokens, forgotten } = this.#textOf(request, written);
		if (insides === 'all' && ids.length > BLOCK) throw new Told(sentences.tooMuchToShow(BLOCK));

		const started = performance.now();
		// the last token is always read: its scores are what is asked for
		const start = insides === 'all' ? 0 : Math.min(commonLength(this.#read, ids), ids.length - 1);
		this.#read = [];
		this.#generator.reset(start);
		const { logits, ...found } = this.#find(ids.slice(start), insides);
		this.#read = ids;
		this.#steps += ids.length - start;

		return {
			ids,
			promptTokens,
			forgotten,
			logits,
			logprobs: logProbabilities(logits),
			ms: performance.now() - started,
			...found
		};
	}

	/**
	 * Reads a text as it was written, with the cache and then without, three times. The text is short:
	 * all of it is about as much work as reading three prompts that fill the window.
	 *
	 * @throws {Told} as `look`
	 */
	retrace(request: LookRequest, written: readonly number[]): Retraced {
		const { ids, promptTokens } = this.#textOf(request, written);
		if (ids.length > BLOCK) throw new Told(sentences.tooMuchToShow(BLOCK));
		this.#read = [];
		const lengths = Array.from({ length: written.length + 1 }, (_, i) => promptTokens + i);
		const scores: Float32Array[] = [];
		const kept: Pass[] = [];
		const again: Pass[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			lengths.forEach((length, i) => {
				if (i === 0) this.#generator.reset();
				this.#pass(kept, i, ids.slice(i ? length - 1 : 0, length), scores);
			});
			lengths.forEach((length, i) => {
				this.#generator.reset();
				this.#pass(again, i, ids.slice(0, length), scores);
			});
		}
		const same = scores.every((row, i) => {
			const first = scores[i % lengths.length];
			return row.every((score, id) => score === first[id]);
		});
		this.#read = ids;
		return { kept, again, same };
	}

	/** One pass; of several rounds the shortest time counts, as what is measured is the program. */
	#pass(passes: Pass[], at: number, tokens: number[], scores: Float32Array[]): void {
		const before = this.#generator.operations;
		const started = performance.now();
		scores.push(this.#generator.read(tokens));
		const ms = Math.min(performance.now() - started, passes[at]?.ms ?? Infinity);
		this.#steps += tokens.length;
		passes[at] = { tokens: tokens.length, operations: this.#generator.operations - before, ms };
	}

	#textOf(request: LookRequest, written: readonly number[]) {
		const { context, vocabulary } = this.#generator.config;
		const { ids: prompt, forgotten } = this.#promptOf(request, this.#tokenizer, context);
		const ids = [...prompt, ...written];
		if (ids.length > context) {
			throw new Told(sentences.full(context));
		}
		if (written.some((id) => !(Number.isInteger(id) && id >= 0 && id < vocabulary))) {
			throw new Told(sentences.noToken());
		}
		return { ids, promptTokens: prompt.length, forgotten };
	}

	#find(
		tokens: number[],
		insides: Wanted
	): { logits: Float32Array; insides?: Insides; workings?: Workings } {
		if (insides === 'none') return { logits: this.#generator.read(tokens) };
		if (insides === 'all') return this.#generator.inspectAll(tokens);
		const before = tokens.slice(0, -1);
		if (before.length) this.#generator.read(before);
		return this.#generator.inspect(tokens[tokens.length - 1]);
	}
}

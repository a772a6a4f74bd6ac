import type { Request, Token } from '#lib/events.ts';
import type { Generator } from '#lib/tiny/generate.ts';
import { Random } from '#lib/tiny/random.ts';
import { draw, largest, logProbabilities } from '#lib/tiny/sample.ts';
import { StreamDecoder, type Tokenizer } from '#lib/tiny/tokenizer.ts';
import type { Over } from '../pulled-run.ts';
import { promptOf } from './chat.ts';
import { commonLength } from './common-length.ts';

const ALTERNATIVES = 5;

/**
 * A small model's answer to one request, token by token, computed only when asked for. Knows no
 * worker and no clock: Node computes the same tokens by it, bit for bit.
 *
 *     const answer = new Answer(generator, tokenizer, request);
 *     answer.read();
 *     while (!answer.over) console.log(answer.next().text);
 */
export class Answer {
	/** Tokens of the prompt, markers included. */
	readonly prompt: readonly number[];
	readonly promptTokens: number;
	/** Tokens of the prompt that the generator had read for an earlier answer, and does not read again. */
	readonly cachedTokens: number;
	/** The conversation was longer than the window, and its oldest part fell out. */
	readonly forgotten: boolean;
	over: Over | undefined;

	readonly #generator: Generator;
	readonly #tokenizer: Tokenizer;
	readonly #decoder: StreamDecoder;
	readonly #random: Random;
	readonly #temperature: number;
	readonly #topK: number;
	readonly #limit: number; // tokens of the answer

	#unread: number[];
	readonly #read: number[];
	/** The last token drawn, to be read when the one after it is asked for. */
	#drawn: number | undefined;
	#logits: Float32Array | undefined;
	#index = 0;

	/**
	 * @param generator this answer's alone until it is over
	 * @param before the answer that this generator wrote last: what the new prompt and its conversation
	 * begin with alike is not read again. Without it everything is read, so that times and operations
	 * are those of the request and do not depend on what was asked before.
	 * @param read how a request becomes tokens: as a conversation, unless the model was taught otherwise
	 */
	constructor(
		generator: Generator,
		tokenizer: Tokenizer,
		request: Request,
		before?: Answer,
		read = promptOf
	) {
		const { context, vocabulary } = generator.config;
		const maxTokens = Math.floor(bounded(request.maxTokens, context));
		const { ids, forgotten } = read({ ...request, maxTokens }, tokenizer, context);

		this.prompt = ids;
		this.promptTokens = ids.length;
		this.forgotten = forgotten;
		this.#generator = generator;
		this.#tokenizer = tokenizer;
		this.#decoder = new StreamDecoder(tokenizer);
		this.#random = new Random(request.seed);
		this.#temperature = bounded(request.temperature, 100);
		this.#topK = Math.floor(bounded(request.topK, vocabulary));
		this.#limit = Math.min(maxTokens, context - ids.length);
		if (this.#limit === 0) this.over = 'length';

		// the last token is always read: its scores are what the answer is drawn from
		const kept = before ? Math.min(commonLength(before.#read, ids), ids.length - 1) : 0;
		this.cachedTokens = kept;
		this.#read = ids.slice(0, kept);
		this.#unread = ids.slice(kept);
		generator.reset(kept);
	}

	/** Tokens of the prompt that are still to be read. */
	get unread(): number {
		return this.#unread.length;
	}

	/** Reads on in the prompt. In how many parts it is read changes no bit of the answer. */
	read(tokens = this.unread): void {
		const ids = this.#unread.splice(0, tokens);
		this.#logits = this.#generator.read(ids);
		this.#read.push(...ids);
	}

	/**
	 * Draws a token.
	 *
	 * @throws when the prompt is not read yet, the answer is over, or the model computes no numbers
	 */
	next(): Omit<Token, 'at'> {
		if (this.over || this.unread) throw new Error('There is no next token');
		if (this.#drawn !== undefined) {
			this.#logits = this.#generator.step(this.#drawn);
			this.#read.push(this.#drawn);
		}
		if (!this.#logits) throw new Error('The prompt has not been read');

		const logprobs = logProbabilities(this.#logits);
		const id = draw(
			this.#logits,
			{ temperature: this.#temperature, topK: this.#topK },
			this.#random
		);
		if (!Number.isFinite(logprobs[id])) throw new Error('the scores are not numbers');

		const index = this.#index++;
		const special = this.#tokenizer.isSpecial(id);
		// `<end>` ends; a marker of the next turn would make the model speak for the reader
		if (special) this.over = 'finished';
		else if (this.#index === this.#limit) this.over = 'length';
		else this.#drawn = id;

		return {
			index,
			text: special ? '' : this.#text(id),
			id,
			...(special ? { special } : {}),
			logprob: logprobs[id],
			alternatives: largest(logprobs, ALTERNATIVES).map((alternative) => ({
				text: this.#tokenizer.text(alternative.id),
				...alternative
			}))
		};
	}

	#text(id: number): string {
		const text = this.#decoder.push(id);
		// a character that the limit leaves incomplete shows as U+FFFD
		return this.over ? text + this.#decoder.flush() : text;
	}
}

function bounded(value: number, most: number): number {
	return value > 0 ? Math.min(value, most) : 0; // NaN is no number to obey
}

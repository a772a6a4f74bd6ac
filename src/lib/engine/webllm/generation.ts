/**
 * @file One answer of a model on the GPU, token by token. web-llm computes the scores; what is drawn from them is drawn here, so
 * that a seed means the same as with the pocket model, every token has its id, and no probability was changed on its way.
 */
import type { Request, Token } from '#lib/events.ts';
import { Random } from '#lib/tiny/random.ts';
import { draw, largest, logProbabilities } from '#lib/tiny/sample.ts';
import { StreamDecoder } from '#lib/tiny/tokenizer.ts';
import type { Over, Spent } from '../pulled-run.ts';
import { Told } from '../told.ts';
import { asTyped } from './as-typed.ts';
import { messagesFor } from './messages.ts';
import { type Held, inPieces, type Layout, layoutOf, wholeOf } from './prompt.ts';
import type { Chunk, LlmEngine, LogitProcessor, Pipeline } from './seam.ts';
import { telling } from './telling.ts';
import type { Vocabulary } from './vocabulary.ts';

const ALTERNATIVES = 5;

/**
 * What all other tokens score once one is drawn: as unlikely as can be in 32 bits, and yet a number, as GPUs need not compute
 * with infinities.
 */
export const NEVER = -1e4;

/** The engine is asked to stop, and this is how it hears of it. No fault. */
class Stopped extends Error {}

/** A model that lies on the GPU, with what is needed to read it. */
export type OnGpu = {
	readonly engine: LlmEngine;
	readonly pipeline: Pipeline;
	readonly vocabulary: Vocabulary;
	readonly turns: Turns;
	/** Tokens that prompt and answer share. */
	readonly context: number;
};

/** Who takes part in a step of the model. */
export interface Step {
	/** @returns scores by which web-llm can draw one token alone */
	choose(logits: Float32Array): Float32Array;
	/** web-llm has taken a token. */
	confirm(id: number): void;
}

/** web-llm wants one processor for a model; this one hands each step to the answer that is being written. */
export class Turns implements LogitProcessor {
	current: Step | undefined;
	/** What the GPU holds, as far as it was seen to read it. */
	held: Held | undefined;

	processLogits(logits: Float32Array): Float32Array {
		if (!this.current) throw new Stopped();
		return this.current.choose(logits);
	}

	processSampledToken(id: number): void {
		this.held?.ids.push(id);
		this.current?.confirm(id);
	}

	/** Nothing is forgotten here: what is held is told anew by the prompt that comes next. */
	resetState(): void {}
}

export type Made = {
	token: Omit<Token, 'at'>;
	/** When it was drawn, by the clock. */
	at: number;
	spent: Spent;
};

/** An answer. `begin` reads nothing yet; the first `next` reads the prompt and draws one token. */
export class Generation implements Step {
	/** Ids of what is still to be read. */
	prompt: readonly number[] = [];
	/** All tokens of the conversation, those included that the GPU still holds. */
	promptTokens = 0;
	cachedTokens = 0;
	/** Their ids, where all of them are known. */
	ids: readonly number[] | undefined;
	layout: Layout | undefined;
	over: Over | undefined;
	/** The prompt has been read, and what is computed from then on is the answer. */
	read = false;

	readonly #model: OnGpu;
	readonly #now: () => number;
	readonly #random: Random;
	readonly #decoder: StreamDecoder;
	readonly #temperature: number;
	readonly #topK: number;
	readonly #limit: number;

	#stream: AsyncIterator<Chunk> | undefined;
	/** The first step of the stream, which waits at the gate until a token is asked for. */
	#first: Promise<IteratorResult<Chunk>> | undefined;
	#gate: { open(): void; shut(reason: Error): void } | undefined;
	#chosen: Omit<Token, 'at' | 'index' | 'text'> & { id: number } = { id: -1 };
	#made: Made[] = [];
	#index = 0;
	#stopped = false;
	#ended: Promise<void> | undefined;
	#spent: Spent = { prefillMs: 0, decodeMs: 0 };
	/** Since when computing has not been counted yet; undefined while nothing is computed. */
	#since: number | undefined;

	private constructor(model: OnGpu, request: Request, now: () => number) {
		this.#model = model;
		this.#now = now;
		this.#random = new Random(request.seed);
		this.#decoder = new StreamDecoder(model.vocabulary);
		this.#temperature = bounded(request.temperature, 100);
		this.#topK = Math.floor(bounded(request.topK, 1e9));
		this.#limit = Math.floor(bounded(request.maxTokens, 1e9));
	}

	/**
	 * Has the conversation cut into tokens. The GPU must be at rest: the answer before has been ended.
	 *
	 * @param reuse go on from what the GPU holds of a conversation, where this one goes on from it
	 * @throws what web-llm throws: among others, when the conversation is longer than the model's window
	 */
	static async begin(
		model: OnGpu,
		request: Request,
		{ reuse, now = () => performance.now() }: { reuse: boolean; now?: () => number }
	): Promise<Generation> {
		const generation = new Generation(model, request, now);
		await generation.#begin(messagesFor(request.messages), reuse);
		return generation;
	}

	async #begin(messages: Request['messages'], reuse: boolean): Promise<void> {
		const { engine, turns } = this.#model;
		if (!reuse) await engine.resetChat();
		turns.current = this;
		const { counted, restore } = this.#waitForPrompt();
		try {
			const stream = await engine.chat.completions.create({
				messages,
				stream: true,
				max_tokens: Math.max(1, this.#limit),
				// the token is drawn here; web-llm takes it as the only one there is
				temperature: 1,
				top_p: 1,
				repetition_penalty: 1,
				frequency_penalty: 0,
				presence_penalty: 0
			});
			this.#stream = stream[Symbol.asyncIterator]();
			this.#first = this.#stream.next();
			await Promise.race([counted, this.#first]);
		} finally {
			restore();
		}
		if (!this.#limit) {
			this.over = 'length';
			await this.end();
		}
	}

	/** Holds web-llm between cutting the prompt into tokens and reading it. */
	#waitForPrompt(): { counted: Promise<void>; restore(): unknown } {
		const { turns } = this.#model;
		const pipeline: Partial<Pipeline> & Pipeline = this.#model.pipeline;
		const cut = pipeline.getInputData;
		const counted = new Promise<void>((resolve) => {
			pipeline.getInputData = async () => {
				const cached = (this.cachedTokens = pipeline.filledKVCacheLength);
				const { data, pieces } = await inPieces(pipeline.tokenizer, () =>
					asTyped(pipeline.conversation, () => cut.call(pipeline))
				);
				this.prompt = (data[0] as (number | readonly number[])[]).flat();
				this.promptTokens = cached + this.prompt.length;
				const { length: messages } = pipeline.conversation.messages;
				const part = { ids: this.prompt, pieces, messages };
				this.ids = wholeOf(part, cached, turns.held);
				this.layout = layoutOf(part, cached, turns.held);
				turns.held = this.ids && {
					ids: [...this.ids],
					promptTokens: this.promptTokens,
					layout: this.layout
				};
				const gate = new Promise<void>((open, shut) => (this.#gate = { open, shut }));
				resolve();
				await gate;
				return data;
			};
		});
		return { counted, restore: () => Reflect.deleteProperty(pipeline, 'getInputData') };
	}

	/** What has been spent up to now, also in the midst of a step. */
	get spent(): Spent {
		this.#count();
		return { ...this.#spent };
	}

	/**
	 * Computes until a token is there, and then on until the clock says `until`. One step may give several: those that are
	 * parts of one character come together.
	 *
	 * @throws what web-llm throws, or a `Told` when the scores are no numbers
	 */
	async next(until = 0): Promise<Made[]> {
		this.#since = this.#now();
		try {
			do await this.#step();
			while (!this.over && (!this.#made.length || (this.#index > 1 && this.#now() < until)));
		} catch (error) {
			// web-llm was not to be stopped in any other way
			if (!(error instanceof Stopped) || this.#stopped) throw error;
			this.over = 'length';
		} finally {
			this.#count();
			this.#since = undefined;
		}
		if (this.over) {
			this.#flush();
			await this.end();
		}
		return this.#made.splice(0);
	}

	async #step(): Promise<void> {
		const first = this.#first;
		this.#first = undefined;
		this.#gate?.open();
		const { done, value } = await (first ?? this.#stream!.next());
		const reason = value?.choices[0]?.finish_reason;
		if (done || reason) this.over = reason === 'length' ? 'length' : 'finished';
		// where the end is known already, its chunk comes without computing
		else if (this.#model.pipeline.stopped()) await this.#step();
		else if (this.#index >= this.#limit) this.over = 'length';
	}

	/** A character that the end leaves incomplete shows as U+FFFD, with the last token that belongs to it. */
	#flush(): void {
		const last = this.#made.findLast(({ token }) => !token.special);
		if (last) last.token.text += this.#decoder.flush();
	}

	/** Draws the next token from the scores. @returns scores by which web-llm can draw no other */
	choose(logits: Float32Array): Float32Array {
		this.#count();
		this.read = true;
		if (this.#stopped || this.#index >= this.#limit) throw new Stopped();

		const logprobs = logProbabilities(logits);
		const best = largest(logprobs, ALTERNATIVES);
		if (!best.length || !best.every(({ logprob }) => Number.isFinite(logprob))) {
			throw new Told(telling.wrong());
		}
		const id = draw(logits, { temperature: this.#temperature, topK: this.#topK }, this.#random);
		const { vocabulary } = this.#model;
		this.#chosen = {
			id,
			logprob: logprobs[id],
			alternatives: best.map((one) => ({ text: vocabulary.text(one.id), ...one }))
		};
		logits.fill(NEVER);
		logits[id] = 0;
		return logits;
	}

	/** web-llm has taken a token. */
	confirm(id: number): void {
		if (id !== this.#chosen.id) throw new Told(telling.otherToken());
		this.#count();
		const { vocabulary } = this.#model;
		const special = vocabulary.isSpecial(id);
		this.#made.push({
			token: {
				index: this.#index++,
				text: special ? '' : this.#decoder.push(id),
				...(special ? { special } : {}),
				...this.#chosen
			},
			at: this.#now(),
			spent: { ...this.#spent }
		});
	}

	/**
	 * Has nothing more computed than the token that is being computed. Settles when the GPU is free for the next answer; rejects
	 * never. Later calls do nothing more: there may be another answer by then.
	 */
	end(): Promise<void> {
		return (this.#ended ??= this.#end());
	}

	async #end(): Promise<void> {
		this.#stopped = true;
		this.#gate?.shut(new Stopped());
		this.#model.engine.interruptGenerate();
		// waits for the step that is being computed; without it the model would stay locked
		await this.#stream?.return?.().catch(() => {});
		this.#model.turns.current = undefined;
	}

	/** Adds what has passed since it was last added. */
	#count(): void {
		if (this.#since === undefined) return;
		const now = this.#now();
		this.#spent[this.read ? 'decodeMs' : 'prefillMs'] += now - this.#since;
		this.#since = now;
	}
}

function bounded(value: number, most: number): number {
	return value > 0 ? Math.min(value, most) : 0; // NaN is no number to obey
}

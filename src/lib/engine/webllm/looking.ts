/**
 * @file Looks at what may come next after a text: all probabilities, and nothing is drawn. web-llm cannot wait between the scores
 * and the token it takes, so that it is given one in passing, in whose place the next look puts the one that was written.
 */
import type { Request } from '#lib/events.ts';
import { largest, logProbabilities } from '#lib/tiny/sample.ts';
import { Told } from '../told.ts';
import { Generation, NEVER, type OnGpu, type Step } from './generation.ts';
import type { Chunk, Pipeline } from './seam.ts';
import { telling } from './telling.ts';

export type LookRequest = Pick<Request, 'messages' | 'maxTokens'>;

/** What the model makes of a text: how likely each token is to come next. */
export type GpuLook = {
	/** The text as the model reads it: tokens of the prompt, signs of who speaks included, then those written since. */
	ids: number[];
	promptTokens: number;
	/** What does not fit is refused. */
	forgotten: false;
	/** Natural logarithms of the probabilities at temperature 1, of all tokens and of what the model has scores for besides. */
	logprobs: Float32Array;
	/** Milliseconds of computing. What an earlier look has read is not read again. */
	ms: number;
};

/** A conversation as it is read: an answer at its end is left open, for the model to go on with. */
export type Cut = {
	ids: number[];
	/** How many of them are that beginning of an answer. */
	begun: number;
};

/** A token came to be computed that nobody asked for. No fault. */
class Uninvited extends Error {}

/** One for a model that lies on the GPU. While it looks nothing else may be computed with the model. */
export class Looking implements Step {
	readonly #model: OnGpu;
	/** The ids of a conversation without the beginning of an answer, by its messages. */
	readonly #heads = new Map<string, readonly number[]>();
	#stream: AsyncIterator<Chunk> | undefined;
	/** What the model has read. */
	#read: readonly number[] = [];
	#invited = false;
	#logprobs: Float32Array | undefined;

	constructor(model: OnGpu) {
		this.#model = model;
	}

	/** Whether a conversation can be cut without the GPU. */
	knows({ messages }: LookRequest): boolean {
		return this.#heads.has(keyOf(messages));
	}

	/**
	 * Has a conversation cut into tokens. The first time the GPU must be at rest; nothing is computed.
	 *
	 * @throws what web-llm throws, or {Told} where there is nothing to answer
	 */
	async cut({ messages, maxTokens }: LookRequest): Promise<Cut> {
		const last = messages.at(-1);
		const begun = last?.role === 'assistant' ? last.content : '';
		const key = keyOf(messages);
		let head = this.#heads.get(key);
		if (!head) {
			await this.end();
			const request = { messages: askedIn(messages), maxTokens, temperature: 0, topK: 0, seed: 0 };
			const generation = await Generation.begin(this.#model, request, { reuse: false });
			head = generation.ids ?? [];
			await generation.end();
			this.#heads.set(key, head);
		}
		const opening = begun ? Array.from(this.#model.pipeline.tokenizer.encode(begun)) : [];
		return { ids: [...head, ...opening], begun: opening.length };
	}

	/**
	 * @param written ids of the tokens that came after the prompt
	 * @throws {Told} when the window is full, there is no such token, or the device computes wrongly; and what web-llm throws
	 */
	async look(request: LookRequest, written: readonly number[]): Promise<GpuLook> {
		const { ids: prompt } = await this.cut(request);
		const ids = [...prompt, ...written];
		const { context, pipeline } = this.#model;
		if (ids.length > context) throw new Told(telling.full());
		const { size } = this.#model.vocabulary;
		if (
			written.some((id) => !(Number.isInteger(id) && id >= 0 && id < Math.max(size, this.#scores)))
		) {
			throw new Told(telling.noToken());
		}

		const started = performance.now();
		if (!same(this.#read, ids)) {
			const goesOn = this.#stream && !pipeline.stopped() && same(this.#read, ids.slice(0, -1));
			if (goesOn) await this.#goOn(ids);
			else await this.#begin(asOne(request), ids);
		}
		return {
			ids,
			promptTokens: prompt.length,
			forgotten: false,
			logprobs: this.#logprobs!.slice(),
			ms: performance.now() - started
		};
	}

	get #scores(): number {
		return this.#logprobs?.length ?? 0;
	}

	/** Has all of it read, in one go. */
	async #begin(messages: Request['messages'], ids: readonly number[]): Promise<void> {
		await this.end();
		const { engine, turns, context } = this.#model;
		turns.current = this;
		const pipeline: Partial<Pipeline> & Pipeline = this.#model.pipeline;
		// in the place of what web-llm would read, which may end before the beginning of the answer
		pipeline.getInputData = async () => [[[...ids]], ids.length, () => 0];
		try {
			const stream = await engine.chat.completions.create({
				messages,
				stream: true,
				max_tokens: context,
				temperature: 1,
				top_p: 1,
				repetition_penalty: 1,
				frequency_penalty: 0,
				presence_penalty: 0
			});
			this.#stream = stream[Symbol.asyncIterator]();
			await this.#step(ids);
		} finally {
			Reflect.deleteProperty(pipeline, 'getInputData');
		}
	}

	/** Has one more token read, in the place of the one that web-llm was given in passing. */
	async #goOn(ids: readonly number[]): Promise<void> {
		const { outputIds } = this.#model.pipeline;
		outputIds[outputIds.length - 1] = ids[ids.length - 1];
		await this.#step(ids);
	}

	async #step(ids: readonly number[]): Promise<void> {
		this.#invited = true;
		this.#read = [];
		await this.#stream!.next();
		if (this.#invited) throw new Told(telling.wrong()); // it ended without a score
		this.#read = ids;
	}

	choose(logits: Float32Array): Float32Array {
		// web-llm goes on by itself within a character: it would read what nobody wrote
		if (!this.#invited) throw new Uninvited();
		this.#invited = false;
		const logprobs = logProbabilities(logits);
		const [best] = largest(logprobs, 1);
		if (!Number.isFinite(best?.logprob) || logprobs.some(Number.isNaN)) {
			throw new Told(telling.wrong());
		}
		this.#logprobs = logprobs;
		// it ends no character, no answer, and nothing else
		const letter = this.#model.pipeline.tokenizer.encode('a');
		logits.fill(NEVER);
		logits[letter[letter.length - 1]] = 0;
		return logits;
	}

	confirm(): void {}

	/** Gives the GPU back. What was read is read again by the next look. Rejects never. */
	async end(): Promise<void> {
		const stream = this.#stream;
		this.#stream = undefined;
		this.#read = [];
		await stream?.return?.().catch(() => {});
	}
}

/** Without the beginning of an answer. */
const askedIn = (messages: Request['messages']) =>
	messages.at(-1)?.role === 'assistant' ? messages.slice(0, -1) : messages;

const keyOf = (messages: Request['messages']) => JSON.stringify(askedIn(messages));

/** web-llm wants a question last; what it makes of it is not read. */
function asOne({ messages }: LookRequest): Request['messages'] {
	const user = messages.find(({ role }) => role === 'user');
	return [{ role: 'user', content: user?.content ?? '' }];
}

function same(one: readonly number[], other: readonly number[]): boolean {
	return one.length > 0 && one.length === other.length && one.every((id, i) => id === other[i]);
}

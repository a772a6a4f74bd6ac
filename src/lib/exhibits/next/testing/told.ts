/** @file A model for tests of this exhibit: it finds likely what it is told, pass after pass. */
import type { Engine } from '#lib/engine/engine.ts';
import type { RunEvent } from '#lib/events.ts';
import type { Look, LookRequest } from '#lib/engine/pocket/protocol.ts';
import { logProbabilities } from '#lib/tiny/sample.ts';
import type { Cut } from '#lib/engine/webllm/looking.ts';
import type { Lexicon } from '#lib/engine/webllm/vocabulary.ts';
import type { GpuLooker, Looker, Pass } from '../passes.ts';
import { sentFor } from '../tokens.ts';

const VOCABULARY = 1024;

/** Probabilities by token; what they leave is shared by all others. */
export type Likely = Record<number, number>;

export class ToldLooker implements Looker {
	readonly name = 'told';
	readonly model = { name: 'told', parameters: 1 };
	/** What each pass was given as written. */
	readonly read: number[][] = [];
	/** Held passes wait until they are let go. */
	hold: Promise<void> | undefined;
	/** Thrown by every pass. */
	fault: string | undefined;
	readonly #passes: readonly Likely[];

	/** @param passes the last one is given again and again */
	constructor(passes: readonly Likely[]) {
		this.#passes = passes;
	}

	async look(request: LookRequest, written: readonly number[]): Promise<Look> {
		await this.hold;
		if (this.fault) throw new Error(this.fault);
		this.read.push([...written]);
		const { ids: prompt, forgotten } = sentFor({ ...request, temperature: 1, topK: 0, seed: 0 });
		const ids = [...prompt, ...written];
		const logits = scores(this.#passes[Math.min(written.length, this.#passes.length - 1)]);
		const heads = () => [0, 1].map(() => new Float32Array(ids.length).fill(1 / ids.length));
		const row = () => Float32Array.from({ length: 8 }, (_, i) => i / 10);
		return {
			ids,
			promptTokens: prompt.length,
			forgotten,
			logits,
			logprobs: logProbabilities(logits),
			ms: 1,
			insides: {
				embedding: row(),
				layers: [0, 1].map(() => ({ attention: heads(), output: row() }))
			}
		};
	}
}

const LARGE = 151_936;
export const GPU_END = 150_000;

/** A model on the reader's GPU, of which the token `n` reads " wn": two tokens before every text, and one a word. */
export class ToldGpu implements GpuLooker, Engine {
	readonly name = 'webllm';
	readonly model = { name: 'SmolLM2 360M', parameters: 361_821_120 };
	readonly context = 4096;
	readonly read: number[][] = [];
	fault: string | undefined;
	/** Held texts are cut when they are let go. */
	hold: Promise<void> | undefined;
	readonly #passes: readonly Likely[];

	constructor(passes: readonly Likely[]) {
		this.#passes = passes;
	}

	async cut({ messages }: LookRequest): Promise<Cut> {
		await this.hold;
		if (this.fault) throw new Error(this.fault);
		const words = messages.at(-1)!.content.split(' ').filter(Boolean);
		return { ids: [GPU_END, 149_999, ...words.map((_, i) => i)], begun: words.length };
	}

	async lexicon(): Promise<Lexicon> {
		const texts = Array.from({ length: GPU_END + 1 }, (_, id) => (id === GPU_END ? '<|im_end|>' : ` w${id}`)); // prettier-ignore
		let end = 0;
		return {
			bytes: new TextEncoder().encode(texts.join('')),
			ends: Uint32Array.from(texts, ({ length }) => (end += length)),
			specials: [GPU_END]
		};
	}

	async look(request: LookRequest, written: readonly number[]): Promise<Pass> {
		const { ids } = await this.cut(request);
		this.read.push([...written]);
		const likely = this.#passes[Math.min(written.length, this.#passes.length - 1)];
		const logprobs = logProbabilities(scores(likely, LARGE));
		return { ids: [...ids, ...written], logprobs, ms: 1 };
	}

	async *run(): AsyncGenerator<RunEvent, void, void> {}
	dispose() {}
}

function scores(likely: Likely, vocabulary = VOCABULARY): Float32Array {
	const given = Object.values(likely).reduce((sum, p) => sum + p, 0);
	const rest = Math.log((1 - given) / (vocabulary - Object.keys(likely).length));
	const logits = new Float32Array(vocabulary).fill(rest);
	for (const [id, p] of Object.entries(likely)) logits[Number(id)] = Math.log(p);
	return logits;
}

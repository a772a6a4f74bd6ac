/** @file A model for tests of this exhibit: it finds likely what it is told, pass after pass. */
import type { Look, LookRequest } from '#lib/engine/pocket/protocol.ts';
import { logProbabilities } from '#lib/tiny/sample.ts';
import type { Looker } from './passes.ts';
import { sentFor } from './tokens.ts';

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

function scores(likely: Likely): Float32Array {
	const given = Object.values(likely).reduce((sum, p) => sum + p, 0);
	const rest = Math.log((1 - given) / (VOCABULARY - Object.keys(likely).length));
	const logits = new Float32Array(VOCABULARY).fill(rest);
	for (const [id, p] of Object.entries(likely)) logits[Number(id)] = Math.log(p);
	return logits;
}

/** @file A model and a trainer that do as they are told. */
import type { News } from '#lib/engine/training/client.ts';
import type { Request, RunEvent } from '#lib/events.ts';
import type { Fingerprinted } from '../asking.svelte.ts';
import type { LearningDoor } from '../freeze.svelte.ts';
import { Learning, type Trainer } from '../learning.ts';

export const sha = (n: number) => n.toString(16).padStart(64, '0');

/** An engine that answers with a sentence it is given, and whose weights change when it is told to. */
export function told({
	answer = () => ['An', ' answer', '.'],
	weights = () => sha(7),
	error
}: {
	answer?: (request: Request) => string[];
	weights?: (asked: number) => string;
	error?: string;
} = {}) {
	const asked: Request[] = [];
	const engine: Fingerprinted = {
		name: 'told',
		model: { name: 'told', parameters: 1234567 },
		fingerprint: async () => weights(asked.length),
		async *run(request: Request, signal: AbortSignal): AsyncGenerator<RunEvent, void, void> {
			asked.push(request);
			const promptTokens = 5 * request.messages.length;
			yield { type: 'started', at: 0, promptTokens, cachedTokens: 0 };
			const texts = answer(request);
			let index = 0;
			while (index < texts.length && !signal.aborted) {
				yield { type: 'token', index, at: index, text: texts[index] };
				index++;
			}
			yield {
				type: 'settled',
				at: index,
				usage: { promptTokens, cachedTokens: 0, outputTokens: index, prefillMs: 1, decodeMs: 1 },
				reason: signal.aborted ? 'cancelled' : error ? 'failed' : 'finished',
				...(error ? { error } : {})
			};
		},
		dispose() {}
	};
	return { engine, asked };
}

/** A trainer whose weights are another at every step. */
export function trainer({ fails }: { fails?: number } = {}): LearningDoor {
	const client = (hear: (news: News) => void): Trainer => ({
		prepare: async () =>
			({ prepared: { sha256: sha(1000), parameters: 25472, steps: 0 }, on: 'plain' }) as never,
		learn(until) {
			const spent = { steps: until } as never;
			queueMicrotask(() =>
				hear(
					until === fails
						? { type: 'lost', sentence: 'The training stopped answering and was ended.' }
						: { type: 'stands', why: 'paused', spent, sha256: sha(1000 + until) }
				)
			);
		},
		dispose() {}
	});
	return async () => ({ Learning, client });
}

import { flushSync } from 'svelte';
import { expect, test, vi } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import type { News, TrainingClient } from '#lib/engine/training/client.ts';
import type { Request, RunEvent } from '#lib/events.ts';
import recorded from './recorded.json';
import type { Shown } from './shown.ts';
import { Tuned } from './tuned.svelte.ts';
import { finding } from './words.ts';

const spent = { steps: 2, tokens: 700, learning: 5e9, looking: 0, learningMs: 240, lookingMs: 0 };
const lines = [{ ask: 'Who?', say: 'Me.' }];

const engineThatSays = (text: () => string): Engine => ({
	name: 'told',
	model: { name: 'told', parameters: 1 },
	async *run(request: Request, signal: AbortSignal): AsyncGenerator<RunEvent, void, void> {
		yield { type: 'started', at: 0, promptTokens: 3, cachedTokens: 0 };
		yield { type: 'token', index: 0, at: 1, text: text() };
		yield {
			type: 'settled',
			at: 2,
			usage: { promptTokens: 3, cachedTokens: 0, outputTokens: 1, prefillMs: 1, decodeMs: 1 },
			reason: signal.aborted ? 'cancelled' : 'finished'
		};
	},
	dispose() {}
});

/** A client that says what a test has it say. */
function scripted({ fails }: { fails?: string } = {}) {
	let hear: (news: News) => void = () => {};
	let learnt = false;
	const client = {
		tune: vi.fn(async () => {
			if (fails) throw new Error(fails);
			return { on: 'wasm', prepared: { sha256: 'a'.repeat(64), parameters: 917504 } };
		}),
		engine: () => engineThatSays(() => (learnt ? 'after' : 'before')),
		learn: vi.fn(),
		pause: vi.fn(),
		dispose: vi.fn()
	};
	const watched: string[] = [];
	const tuned = new Tuned(
		{
			watch: (run, { model }) => {
				watched.push(model);
				return run;
			},
			pocket: async () => engineThatSays(() => 'as ever'),
			weights: () => 'https://example.org/weights.bin',
			client: (listener) => {
				hear = listener;
				return client as unknown as TrainingClient;
			}
		},
		recorded as Shown
	);
	const say = (news: News) => {
		if (news.type === 'stands') learnt = true;
		hear(news);
		flushSync();
	};
	return { tuned, client, say, watched };
}

const stands = (steps = 2): News => ({
	type: 'stands',
	why: steps < 2 ? 'paused' : 'done',
	spent: { ...spent, steps },
	sha256: (steps ? 'b' : 'a').repeat(64)
});

test('shows a recorded one, and cannot be asked, before anybody trains', () => {
	const { tuned } = scripted();
	expect(tuned.phase).toBe('rest');
	expect(tuned.live).toBe(false);
	expect(tuned.shown.said.at(-1)).toBe('Your cat is called Biscuit.');
	expect(finding(tuned.shown).bold).toBe('It has learnt your lines, and lost some of the rest.');
});

test('trains on the lines, and shows what is said, what is forgotten and what it takes', async () => {
	const { tuned, client, say, watched } = scripted();
	await tuned.train(lines, 2);
	expect(client.learn).toHaveBeenCalledWith(2);
	expect(tuned.phase).toBe('learning');
	expect(tuned.shown.other).toEqual({ ask: 'What is a token?', before: 'before', after: '' });

	['Hm', 'Mo', 'Me.'].forEach((text, step) => {
		say({ type: 'held', step, loss: 0.8 + step / 10 });
		say({ type: 'picture', step, text });
	});
	say({
		type: 'progress',
		spent,
		losses: Float32Array.of(2, 1),
		gradientNorm: 1,
		rate: 1e-3,
		look: { step: 2, sha256: 'c'.repeat(64) }
	});
	expect(tuned.shown.sha256.now).toBe('c'.repeat(64));
	say(stands());
	await vi.waitFor(() => expect(tuned.phase).toBe('done'));
	expect(tuned.shown).toMatchObject({
		said: ['Hm', 'Mo', 'Me.'],
		sha256: { before: 'a'.repeat(64), now: 'b'.repeat(64) },
		other: { before: 'before', after: 'after' },
		spent: { steps: 2, tokens: 700, operations: 5e9, ms: 240 }
	});
	expect(watched).toEqual(['told', 'told']);
	expect(tuned.live).toBe(true);

	await tuned.ask('And now?');
	expect(tuned.asked).toEqual({ ask: 'And now?', before: 'as ever', after: 'after' });
});

test('stopped before its first step it takes none, and says so', async () => {
	const { tuned, client, say } = scripted();
	const training = tuned.train(lines, 2);
	tuned.stop();
	await training;
	expect(client.learn).toHaveBeenCalledWith(0);
	say(stands(0));
	await vi.waitFor(() => expect(tuned.phase).toBe('done'));
	expect(finding(tuned.shown).bold).toBe('Nothing has been learnt.');
});

test('says why it could not, and can be tried again', async () => {
	const { tuned } = scripted({ fails: 'The file did not come.' });
	await tuned.train(lines, 2);
	expect(tuned.error).toBe('The file did not come.');
	expect(tuned.phase).toBe('rest');
	expect(tuned.shown.recorded).toBeDefined();
});

test('a worker that is lost is said, and the copy with it is gone', async () => {
	const { tuned, say } = scripted();
	await tuned.train(lines, 2);
	say({ type: 'lost', sentence: 'It was ended.' });
	expect(tuned.error).toBe('It was ended.');
	expect(tuned.live).toBe(false);
	await tuned.ask('And now?');
	expect(tuned.asked).toBeUndefined();
});

test('ends its worker when it is left', () => {
	const { tuned, client } = scripted();
	tuned.leave();
	expect(client.dispose).toHaveBeenCalled();
});

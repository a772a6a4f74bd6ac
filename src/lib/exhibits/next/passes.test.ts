import { describe, expect, test } from 'vitest';
import type { Look } from '#lib/engine/pocket/protocol.ts';
import type { RunEvent } from '#lib/events.ts';
import { passes, type Hand, type Looker } from './passes.ts';
import { requestOf } from './request.ts';

const END = 2;
const request = { ...requestOf('so', { temperature: 1, topK: 0, seed: 1 }), maxTokens: 5 };

/** A model of three tokens, whose passes take a millisecond. */
function looker(fails?: number): Looker & { read: number[][] } {
	const read: number[][] = [];
	return {
		name: 'told',
		model: { name: 'told', parameters: 1 },
		read,
		async look(_, written) {
			read.push([...written]);
			if (read.length === fails) throw new Error('It broke.');
			const logprobs = Float32Array.of(-1, -1, -1);
			return {
				ids: [7, 8, ...written],
				promptTokens: 2,
				forgotten: false,
				logits: logprobs,
				logprobs,
				ms: 1
			} as Look;
		}
	};
}

/** Draws the tokens it is told, one a pass. */
function hand(ids: number[]): Hand & { done: number[] } {
	const done: number[] = [];
	return {
		done,
		written: () => done,
		ended: () => done.at(-1) === END,
		draw: async () => {
			const id = ids[done.length];
			if (id === undefined) return null;
			done.push(id);
			return { id, text: `t${id}`, logprob: -1, special: id === END };
		}
	};
}

async function all(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
	const list: RunEvent[] = [];
	for await (const event of events) list.push(event);
	return list;
}

const go = (model: Looker, drawn: Hand, signal = new AbortController().signal, room = 256) =>
	all(passes(model, request, drawn, signal, room));

describe('a run of single passes', () => {
	test('starts with what is read, counts every token and says that it finished', async () => {
		const events = await go(looker(), hand([0, 1, END]));
		expect(events.map(({ type }) => type)).toEqual([
			'started',
			'token',
			'token',
			'token',
			'settled'
		]);
		expect(events[0]).toMatchObject({ promptTokens: 2, cachedTokens: 0 });
		expect(events[3]).toMatchObject({ index: 2, special: true, text: '' });
		expect(events[4]).toMatchObject({
			reason: 'finished',
			usage: { promptTokens: 2, outputTokens: 3, prefillMs: 1, decodeMs: 2 }
		});
	});

	test('makes no pass before the token is asked for', async () => {
		const model = looker();
		const run = passes(model, request, hand([0, 1]), new AbortController().signal, 256);
		await run.next();
		await run.next();
		expect(model.read).toEqual([[]]);
		await run.next();
		expect(model.read).toEqual([[], [0]]);
		await run.return();
	});

	test('what was written before is sent with the prompt', async () => {
		const drawn = hand([0, 1, END]);
		drawn.done.push(0, 1);
		const events = await go(looker(), drawn);
		expect(events[0]).toMatchObject({ type: 'started', promptTokens: 4 });
		expect(events.at(-1)).toMatchObject({ usage: { promptTokens: 4, outputTokens: 1 } });
	});

	test('stops at its limit, and where the window is full', async () => {
		const end = async (...given: Parameters<typeof go>) => (await go(...given)).at(-1);
		const ones = () => hand([1, 1, 1, 1, 1, 1, 1, 1]);
		const none = new AbortController().signal;
		expect(await end(looker(), ones())).toMatchObject({
			reason: 'length',
			usage: { outputTokens: 5 }
		});
		expect(await end(looker(), ones(), none, 5)).toMatchObject({
			reason: 'length',
			usage: { outputTokens: 3 }
		});
	});

	test('a pass that fails settles it with the sentence, and what has come counts', async () => {
		expect((await go(looker(1), hand([0]))).map(({ type }) => type)).toEqual(['settled']);
		const events = await go(looker(2), hand([0, 1]));
		expect(events.at(-1)).toMatchObject({
			reason: 'failed',
			error: 'It broke.',
			usage: { promptTokens: 2, outputTokens: 1 }
		});
	});

	test('stopping ends it at once, also while a number is awaited', async () => {
		const stop = new AbortController();
		const waits: Hand = { ...hand([]), draw: () => new Promise(() => {}) };
		const events = go(looker(), waits, stop.signal);
		setTimeout(() => stop.abort(), 20);
		expect((await events).at(-1)).toMatchObject({
			reason: 'cancelled',
			usage: { promptTokens: 2 }
		});
	});
});

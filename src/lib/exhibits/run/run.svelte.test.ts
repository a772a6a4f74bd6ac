import { expect, test, vi } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import type { Request, RunEvent } from '#lib/events.ts';
import { library } from './library.ts';
import { Pace } from './pace.ts';
import record from '../spike/recorded.json';
import { Run } from './run.svelte.ts';
import type { Recording } from './shown.ts';

const request = { ...record.request, messages: [] };
const usage = { promptTokens: 3, cachedTokens: 0, prefillMs: 1, decodeMs: 1 };

/** An engine whose tokens come when they are let through. */
function gated(texts: string[]) {
	const waiting: (() => void)[] = [];
	const engine: Engine = {
		name: 'gated',
		model: { name: 'gated', parameters: 1 },
		async *run(): AsyncGenerator<RunEvent, void, void> {
			yield { type: 'started', at: 0, promptTokens: 3, cachedTokens: 0 };
			for (const [index, text] of texts.entries()) {
				await new Promise<void>((resolve) => waiting.push(resolve));
				yield { type: 'token', index, at: index, text };
			}
			const outputTokens = texts.length;
			yield { type: 'settled', at: 9, usage: { ...usage, outputTokens }, reason: 'finished' };
		},
		dispose() {}
	};
	return {
		engine,
		async pass() {
			await expect.poll(() => waiting.length).toBeGreaterThan(0);
			waiting.shift()!();
		}
	};
}

const start = (engine: Engine, bySentence: boolean) => {
	const run = new Run(record as never, new Pace(Infinity), {
		engine: async () => engine,
		watch: (events) => events,
		bySentence: () => bySentence
	});
	return { run, over: run.start(request as never) };
};

test('a token is shown in the frame after it came', async () => {
	const { engine, pass } = gated(['A', ' b', ' c.']);
	const { run, over } = start(engine, false);
	for (const came of [1, 2, 3]) {
		await pass();
		await expect.poll(() => run.shown.counts.came).toBe(came);
	}
	await over;
});

test('with less motion text comes by sentences, and all of it in the end', async () => {
	const { engine, pass } = gated(['A', ' b', ' c', '.', ' D']);
	const { run, over } = start(engine, true);
	await pass();
	await expect.poll(() => run.shown.counts.came).toBe(1);
	await pass();
	await pass();
	await new Promise((resolve) => setTimeout(resolve, 250));
	expect(run.shown.counts.came).toBe(1);
	await pass();
	await expect.poll(() => run.shown.counts.came).toBe(4);
	await pass();
	await over;
	expect(run.shown.counts.came).toBe(5);
});

test('one run at a time: a second start does nothing', async () => {
	const { engine, pass } = gated(['A']);
	const { run, over } = start(engine, false);
	expect(await run.start(request as never)).toBe(false);
	await pass();
	expect(await over).toBe(true);
	expect(run.shown.counts).toEqual({ sent: 3, came: 1 });
});

test('a stop before anything came brings back what was there', async () => {
	let open = () => {};
	const run = new Run(record as never, new Pace(Infinity), {
		engine: () => new Promise((resolve) => (open = () => resolve(gated([]).engine))),
		watch: (events) => events
	});
	const over = run.start(request as never);
	expect(run.shown.counts).toEqual({ sent: 0, came: 0 });
	run.stop();
	open();
	await over;
	expect(run.shown.source).toBe('recorded');
	expect(run.phase).toBe('rest');
});

test('nothing is played while a run goes on', async () => {
	const { engine, pass } = gated(['A']);
	const { run, over } = start(engine, false);
	expect(await run.play()).toBe(false);
	expect(run.open(record as never)).toBe(false);
	await pass();
	await over;
	expect(run.shown.source).toBe('live');
	expect(run.shown.counts.came).toBe(1);
});

const recording = (text: string, content: string) =>
	({
		...record,
		request: { ...record.request, messages: [{ role: 'user', content }] },
		tokens: [{ index: 0, at: 0, text }],
		usage: { ...usage, outputTokens: 1 },
		cuts: undefined
	}) as never as Recording;

test('cuts that are found later are put with the run they are of, and with no other', async () => {
	const { run } = start(gated([]).engine, false);
	run.stop();
	const one = new Run(recording('A', 'Hello'), new Pace(Infinity), {
		engine: async () => gated([]).engine,
		watch: (events) => events
	});
	one.cut({ ...one.record.request }, ['no']);
	await new Promise((resolve) => setTimeout(resolve, 60)); // a few frames
	expect(one.record.cuts).toBeUndefined();
	expect(one.shown.cuts).toBeUndefined();
	one.cut(one.record.request, ['Hel', 'lo']);
	expect(one.record.cuts).toEqual(['Hel', 'lo']);
	await expect.poll(() => one.shown.cuts).toEqual(['Hel', 'lo']);
});

test('where no model comes, what plays is the recording on screen if it is of the same prompt, else that of the library', async () => {
	const fetched = vi.spyOn(window, 'fetch');
	const [{ prompt, tokens }] = library;
	const run = new Run(recording('of the screen', prompt), new Pace(Infinity), {
		engine: () => Promise.reject(new Error('no')),
		watch: (events) => events
	});
	const asked = (content: string) =>
		({ ...record.request, messages: [{ role: 'user', content }] }) as Request;
	await run.start(asked(prompt));
	expect(run.shown.tokens.map(({ text }) => text)).toEqual(['of the screen']);
	expect(run.shown.error).toBeTruthy();
	expect(fetched).not.toHaveBeenCalled();

	const other = new Run(recording('of the screen', 'Another prompt'), new Pace(Infinity), {
		engine: () => Promise.reject(new Error('no')),
		watch: (events) => events
	});
	await other.start(asked(prompt));
	expect(other.shown.tokens).toHaveLength(tokens);
	await other.start(asked('of no library'));
	expect(other.shown.tokens.map(({ text }) => text)).toEqual(['of the screen']);
	fetched.mockRestore();
});

test('whoever leaves is shown nothing more; the run settles all the same', async () => {
	const { engine, pass } = gated(['A', ' b']);
	const { run, over } = start(engine, false);
	await pass();
	await expect.poll(() => run.shown.counts.came).toBe(1);
	run.leave();
	await pass();
	expect(await over).toBe(false);
	await new Promise((resolve) => setTimeout(resolve, 60));
	expect(run.shown.counts.came).toBe(1);
	expect(run.shown.usage).toBeUndefined();
});

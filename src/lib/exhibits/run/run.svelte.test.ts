import { expect, test } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import type { RunEvent } from '#lib/events.ts';
import { Pace } from './pace.ts';
import record from '../spike/recorded.json';
import { Run } from './run.svelte.ts';

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

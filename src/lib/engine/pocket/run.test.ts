import { expect, test } from 'vitest';
import type { Request, RunEvent } from '#lib/events.ts';
import { Random } from '#lib/tiny/random.ts';
import type { FromWorker } from './protocol.ts';
import { type Carrier, PocketRun } from './run.ts';

const request: Request = { messages: [], temperature: 1, topK: 0, seed: 1, maxTokens: 9 };
const spent = (decodeMs: number) => ({ prefillMs: 3, decodeMs });
const started = {
	type: 'started',
	run: 1,
	promptTokens: 5,
	cachedTokens: 0,
	forgotten: false
} as const;
const token = (index: number, over?: 'finished' | 'length') =>
	({
		type: 'tokens',
		run: 1,
		tokens: [{ index, text: 'a', id: 97, ago: 0 }],
		spent: spent(index + 1),
		...(over ? { over } : {})
	}) satisfies FromWorker;

function trial(burst?: () => number) {
	const bursts: number[] = [];
	const calls = { begin: 0, pull: 0, end: 0 };
	const carrier: Carrier = {
		begin: () => calls.begin++,
		pull: (_, burst) => {
			calls.pull++;
			bursts.push(burst);
		},
		end: () => calls.end++
	};
	const abort = new AbortController();
	return { run: new PocketRun(request, abort.signal, carrier, burst), abort, calls, bursts };
}

const zero = { promptTokens: 0, cachedTokens: 0, outputTokens: 0, prefillMs: 0, decodeMs: 0 };

test('nothing happens before the first `next()`, and every further one pulls one token', async () => {
	const { run, calls } = trial();
	expect(calls.begin).toBe(0);

	const first = run.next();
	expect(calls).toEqual({ begin: 1, pull: 0, end: 0 });
	run.hear(started);
	expect((await first).value).toMatchObject({ type: 'started', at: 0, promptTokens: 5 });
	expect(calls.pull).toBe(0);

	const second = run.next();
	expect(calls.pull).toBe(1);
	run.hear(token(0, 'finished'));
	expect((await second).value).toMatchObject({ type: 'token', index: 0, text: 'a' });

	expect((await run.next()).value).toMatchObject({
		type: 'settled',
		reason: 'finished',
		usage: { promptTokens: 5, cachedTokens: 0, outputTokens: 1, prefillMs: 3, decodeMs: 1 }
	});
	expect(await run.next()).toEqual({ done: true, value: undefined });
	expect(calls).toEqual({ begin: 1, pull: 1, end: 1 });
});

test('whoever asks ahead gets the events in order', async () => {
	const { run, calls } = trial();
	const asked = [run.next(), run.next(), run.next(), run.next(), run.next()];
	run.hear(started);
	expect(calls.pull).toBe(4);
	run.hear(token(0));
	run.hear(token(1, 'length'));

	const results = await Promise.all(asked);
	expect(results.map(({ value }) => value?.type)).toEqual([
		'started',
		'token',
		'token',
		'settled',
		undefined
	]);
});

test('aborting before the first `next()` settles without a start, and computes nothing', async () => {
	const { run, abort, calls } = trial();
	abort.abort();
	expect((await run.next()).value).toEqual({
		type: 'settled',
		at: 0,
		usage: zero,
		reason: 'cancelled'
	});
	expect((await run.next()).done).toBe(true);
	expect(calls.begin).toBe(0);
});

test('aborting before `started` settles the `next()` that waits', async () => {
	const { run, abort, calls } = trial();
	const first = run.next();
	abort.abort();
	expect((await first).value).toMatchObject({ type: 'settled', reason: 'cancelled', usage: zero });
	run.hear(started);
	expect((await run.next()).done).toBe(true);
	expect(calls.end).toBe(1);
});

test('aborting in mid-answer settles at once, with the tokens that were handed out', async () => {
	const { run, abort } = trial();
	const first = run.next();
	run.hear(started);
	await first;
	const second = run.next();
	run.hear(token(0));
	await second;

	const third = run.next();
	abort.abort();
	expect((await third).value).toMatchObject({
		type: 'settled',
		reason: 'cancelled',
		usage: { promptTokens: 5, outputTokens: 1, decodeMs: 1 }
	});
	run.hear(token(1)); // was on its way
	expect((await run.next()).done).toBe(true);
});

test('aborting after the end changes nothing', async () => {
	const { run, abort } = trial();
	const asked = [run.next(), run.next()];
	run.hear(started);
	run.hear(token(0, 'finished'));
	await Promise.all(asked);
	abort.abort();
	expect((await run.next()).value).toMatchObject({ type: 'settled', reason: 'finished' });
});

test('leaving the loop ends the run, also while a token is awaited', async () => {
	const { run, calls } = trial();
	const first = run.next();
	run.hear(started);
	await first;

	const second = run.next();
	expect(await run.return()).toEqual({ done: true, value: undefined });
	expect((await second).value).toMatchObject({ type: 'settled', reason: 'cancelled' });
	expect((await run.next()).done).toBe(true);
	expect(calls.end).toBe(1);
});

test('leaving before the first `next()` starts nothing', async () => {
	const { run, calls } = trial();
	await run.return();
	expect((await run.next()).done).toBe(true);
	expect(calls).toEqual({ begin: 0, pull: 0, end: 0 });
});

test('an error thrown into the run ends it and comes back', async () => {
	const { run, calls } = trial();
	const first = run.next();
	run.hear(started);
	await first;
	await expect(run.throw(new Error('mine'))).rejects.toThrow('mine');
	expect(calls.end).toBe(1);
});

test('a failure carries its sentence, and the time the prompt took so far', async () => {
	const { run } = trial();
	const asked = [run.next(), run.next()];
	run.hear(started);
	run.hear({ type: 'reading', run: 1, spent: { prefillMs: 2, decodeMs: 0 } });
	run.settle('failed', 'It broke.');
	expect((await asked[1]).value).toMatchObject({
		type: 'settled',
		reason: 'failed',
		error: 'It broke.',
		usage: { promptTokens: 5, outputTokens: 0, prefillMs: 2 }
	});
});

test('in whatever order things happen, a run that was asked settles exactly once and last', async () => {
	const random = new Random(1);
	for (let round = 0; round < 200; round++) {
		const { run, abort, calls } = trial();
		const asked: Promise<IteratorResult<RunEvent, void>>[] = [];
		const script: FromWorker[] = [started, token(0), token(1), token(2, 'finished')];
		let left = false;

		for (let step = 0; step < 14; step++) {
			switch (random.below(6)) {
				case 0:
				case 1:
					asked.push(run.next());
					break;
				case 2:
				case 3:
					if (calls.begin && script[0] && (script[0] === started || calls.pull)) {
						run.hear(script.shift() as never);
					}
					break;
				case 4:
					if (random.below(4) === 0) abort.abort();
					break;
				case 5:
					if (random.below(6) === 0) run.settle('failed', 'x');
					if (random.below(6) === 0) left = !!(await run.return());
			}
		}
		if (!left) abort.abort();
		for (let i = 0; i < 3; i++) asked.push(run.next());

		const results = await Promise.all(asked);
		const types = results.flatMap(({ value }) => (value ? [value.type] : []));
		expect(types.filter((type) => type === 'settled').length).toBeLessThanOrEqual(1);
		if (types.length) expect(['settled', left ? types.at(-1) : '']).toContain(types.at(-1));
		expect(types.lastIndexOf('started')).toBeLessThanOrEqual(0);
		expect(results.findIndex(({ done }) => done)).toBe(types.length);
		expect(calls.end).toBe(calls.begin);
	}
});

/** Tokens that come in one message, each drawn a millisecond after the one before. */
const together = (from: number, to: number, over?: 'finished' | 'length') =>
	({
		type: 'tokens',
		run: 1,
		tokens: Array.from({ length: to - from }, (_, i) => ({
			index: from + i,
			text: 'a',
			id: 97,
			ago: to - from - i
		})),
		spent: spent(to),
		...(over ? { over } : {})
	}) satisfies FromWorker;

test('tokens that came together are handed out one by one, without another pull', async () => {
	let burst = 50;
	const { run, calls, bursts } = trial(() => burst);
	const first = run.next();
	run.hear(started);
	await first;
	await new Promise((resolve) => setTimeout(resolve, 20));
	const events = [run.next()];
	run.hear(together(0, 4));
	for (let i = 1; i < 4; i++) events.push(run.next());
	expect(calls.pull).toBe(1);
	const tokens = (await Promise.all(events)).map(({ value }) => value as RunEvent & { at: number });
	expect(tokens).toMatchObject([0, 1, 2, 3].map((index) => ({ type: 'token', index })));
	tokens.slice(1).forEach(({ at }, i) => expect(at - tokens[i].at).toBeCloseTo(1, 6));

	burst = 0;
	void run.next();
	expect(bursts).toEqual([50, 0]);
});

test('a time before the start, or before the token before, is never told', async () => {
	const { run } = trial(() => 50);
	const first = run.next();
	run.hear(started);
	await first;
	const events = [run.next(), run.next()];
	run.hear({ ...together(0, 2), tokens: together(0, 2).tokens.map((t) => ({ ...t, ago: 1e6 })) });
	for (const { value } of await Promise.all(events)) expect((value as RunEvent).at).toBe(0);
});

test('a run that came to its end in one message settles behind its last token', async () => {
	const { run, calls } = trial(() => 50);
	const seen: string[] = [];
	const loop = (async () => {
		for await (const event of run) {
			seen.push(event.type);
			if (event.type === 'settled') expect(event.usage.outputTokens).toBe(3);
		}
	})();
	run.hear(started);
	await new Promise((resolve) => setTimeout(resolve));
	run.hear(together(0, 3, 'finished'));
	await loop;
	expect(seen).toEqual(['started', 'token', 'token', 'token', 'settled']);
	expect(calls.end).toBe(1);
});

test('Stop counts what was handed out, and drops what was held', async () => {
	const { run, abort } = trial(() => 50);
	const first = run.next();
	run.hear(started);
	await first;
	const token = run.next();
	run.hear(together(0, 9, 'length'));
	await token;
	abort.abort();
	const { value } = await run.next();
	expect(value).toMatchObject({
		type: 'settled',
		reason: 'cancelled',
		usage: { outputTokens: 1 }
	});
	expect((await run.next()).done).toBe(true);
});

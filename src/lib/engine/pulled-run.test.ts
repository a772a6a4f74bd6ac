import { expect, test, vi } from 'vitest';
import type { Request, RunEvent } from '#lib/events.ts';
import { Random } from '#lib/tiny/random.ts';
import { type Carrier, type Drawn, PulledRun, type RunMessage } from './pulled-run.ts';

const request: Request = { messages: [], temperature: 1, topK: 0, seed: 1, maxTokens: 9 };
const spent = (decodeMs: number) => ({ prefillMs: 3, decodeMs });
const started = {
	type: 'started',
	promptTokens: 5,
	cachedTokens: 0
} satisfies RunMessage;
const drawn = (index: number, ago = 0): Drawn => ({
	token: { index, text: 'a', id: 97 },
	ago,
	spent: spent(index + 1)
});
const tokens = (tokens: Drawn[], over?: 'finished' | 'length') =>
	({ type: 'tokens', tokens, ...(over ? { over } : {}) }) as const;
const token = (index: number, over?: 'finished' | 'length') => tokens([drawn(index)], over);

function trial(burst?: () => number) {
	const calls = { begin: 0, pull: 0, end: 0 };
	const bursts: number[] = [];
	const carrier: Carrier = {
		begin: () => calls.begin++,
		pull: (_, burst) => {
			calls.pull++;
			bursts.push(burst);
		},
		end: () => calls.end++
	};
	const abort = new AbortController();
	return { run: new PulledRun(request, abort.signal, carrier, burst), abort, calls, bursts };
}

/** A run that has started, and has been asked for its first token. */
async function begun(burst?: () => number) {
	const all = trial(burst);
	const first = all.run.next();
	all.run.hear(started);
	await first;
	return { ...all, asked: all.run.next() };
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
	run.hear({ type: 'reading', spent: { prefillMs: 2, decodeMs: 0 } });
	run.settle('failed', 'It broke.');
	expect((await asked[1]).value).toMatchObject({
		type: 'settled',
		reason: 'failed',
		error: 'It broke.',
		usage: { promptTokens: 5, outputTokens: 0, prefillMs: 2 }
	});
});

test('tokens of a burst are handed out one by one, and none is asked for before the last is gone', async () => {
	const { run, asked, calls } = await begun(() => 100);
	run.hear(tokens([drawn(0), drawn(1), drawn(2)]));
	const events = [await asked, await run.next(), await run.next()];
	expect(events.map(({ value }) => value?.type === 'token' && value.index)).toEqual([0, 1, 2]);
	expect(calls.pull).toBe(1);

	const last = run.next();
	expect(calls.pull).toBe(2);
	run.hear(tokens([drawn(3), drawn(4)], 'finished'));
	expect((await last).value).toMatchObject({ index: 3 });
	expect(calls.end).toBe(0); // it goes on until its last token is handed out
	expect((await run.next()).value).toMatchObject({ index: 4 });
	expect((await run.next()).value).toMatchObject({
		type: 'settled',
		reason: 'finished',
		usage: { outputTokens: 5, decodeMs: 5 }
	});
	expect(calls).toEqual({ begin: 1, pull: 2, end: 1 });
});

test('how long to compute is asked anew every time; what is no duration is none', async () => {
	const answers = [0, 100, 7.5, NaN, -5, Infinity];
	let times = 0;
	const { run, asked, bursts } = await begun(() => answers[times++]);
	let last = asked;
	for (let index = 0; index < answers.length; index++) {
		run.hear(token(index));
		await last;
		last = run.next();
	}
	expect(bursts.slice(0, 6)).toEqual([0, 100, 7.5, 0, 0, Infinity]);
});

test('a token has the time at which it was drawn, and time does not go back', async () => {
	const { run, asked } = await begun(() => 100);
	await new Promise((resolve) => setTimeout(resolve, 60));
	run.hear(tokens([drawn(0, 50), drawn(1, 20), drawn(2)]));
	run.hear(tokens([drawn(3, 1e6), drawn(4)])); // slow to come
	const ats = [(await asked).value!.at];
	for (let i = 0; i < 4; i++) ats.push((await run.next()).value!.at);

	expect(ats[1] - ats[0]).toBeCloseTo(30, 6);
	expect(ats[2] - ats[1]).toBeCloseTo(20, 6);
	expect(ats).toEqual([...ats].sort((a, b) => a - b));
	const { value } = await Promise.race([run.return(), run.next()]);
	expect(value === undefined || value.at >= ats[4]).toBe(true);
});

test('Stop in the middle of a burst settles at once, with the tokens that were handed out', async () => {
	const { run, asked, abort, calls } = await begun(() => 100);
	run.hear(tokens([drawn(0), drawn(1), drawn(2)], 'length'));
	await asked;
	await run.next();
	abort.abort();
	expect((await run.next()).value).toMatchObject({
		type: 'settled',
		reason: 'cancelled',
		usage: { outputTokens: 2, decodeMs: 2 }
	});
	expect((await run.next()).done).toBe(true);
	expect(calls.end).toBe(1);
});

test('a failure loses no token that had come', async () => {
	const { run, asked } = await begun(() => 100);
	run.hear(tokens([drawn(0), drawn(1), drawn(2)]));
	await asked;
	run.settle('failed', 'It broke.');
	expect((await run.next()).value).toMatchObject({ type: 'token', index: 1 });
	expect((await run.next()).value).toMatchObject({ type: 'token', index: 2 });
	expect((await run.next()).value).toMatchObject({
		type: 'settled',
		reason: 'failed',
		error: 'It broke.',
		usage: { outputTokens: 3 }
	});
});

test('whoever asks ahead with bursts has one computed at a time', async () => {
	const { run, asked, calls } = await begun(() => 100);
	const more = [run.next(), run.next(), run.next(), run.next()];
	expect(calls.pull).toBe(1);
	run.hear(tokens([drawn(0)]));
	await asked;
	expect(calls.pull).toBe(2); // they wait, and were not satisfied
	run.hear(tokens([drawn(1), drawn(2), drawn(3), drawn(4), drawn(5)]));
	await Promise.all(more);
	expect(calls.pull).toBe(2);
});

test('in whatever order things happen, a run that was asked settles exactly once and last', async () => {
	const random = new Random(1);
	for (let round = 0; round < 200; round++) {
		const { run, abort, calls } = trial(() => (random.below(2) ? 100 : 0));
		const asked: Promise<IteratorResult<RunEvent, void>>[] = [];
		const script: RunMessage[] = [
			started,
			token(0),
			tokens([drawn(1), drawn(2), drawn(3)]),
			tokens([drawn(4), drawn(5)], 'finished')
		];
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

test('times are milliseconds since the start, whatever the clock on the wall does', async () => {
	const now = vi.spyOn(performance, 'now').mockReturnValue(1000);
	const wall = vi.spyOn(Date, 'now').mockReturnValue(5e12);
	try {
		const { run, asked } = await begun();
		now.mockReturnValue(1040);
		wall.mockReturnValue(0);
		run.hear(tokens([drawn(0, 15)]));
		expect((await asked).value).toMatchObject({ type: 'token', at: 25 });
		const last = run.next();
		now.mockReturnValue(1100);
		run.settle('cancelled');
		expect((await last).value).toMatchObject({ type: 'settled', at: 100 });
	} finally {
		vi.restoreAllMocks();
	}
});

import { expect, test } from 'vitest';
import type { Request, RunEvent, RunRecord } from '#lib/events.ts';
import { readRecord } from './record.ts';
import { type Clock, replay } from './replay.ts';

const record: RunRecord = {
	schema: 1,
	engine: 'pocket',
	model: { name: 'small', parameters: 12, sha256: 'a'.repeat(64) },
	request: {
		messages: [{ role: 'user', content: 'Hello <b>' }],
		temperature: 0.7,
		topK: 40,
		seed: 4294967295,
		maxTokens: 4
	},
	tokens: [
		{ index: 0, at: 400, text: 'The', id: 5, logprob: -0.5 },
		{
			index: 1,
			at: 450,
			text: '',
			id: 6,
			logprob: -1,
			alternatives: [{ text: 'a', id: 7, logprob: -0.9 }]
		},
		{ index: 2, at: 500, text: '🌙', id: 8 },
		{ index: 3, at: 700, text: '', id: 256, special: true }
	],
	usage: { promptTokens: 6, cachedTokens: 2, outputTokens: 4, prefillMs: 300, decodeMs: 200 },
	reason: 'finished',
	device: { cpu: 'some', cores: 2 },
	date: '2026-11-22T10:00:00Z',
	version: '1'
};
const request: Request = { messages: [], temperature: 1, topK: 0, seed: 1, maxTokens: 1 };
const never = new AbortController().signal;

/** Time that passes only by waiting, and by what a test adds. */
function ticking(): Clock & { time: number } {
	return {
		time: 1000,
		now() {
			return this.time;
		},
		async wait(ms, signal) {
			if (!signal.aborted) this.time += ms;
		}
	};
}

async function play(speed?: number) {
	const clock = ticking();
	const options = speed === undefined ? { clock } : { clock, speed };
	const events: [at: number, event: RunEvent][] = [];
	for await (const event of replay(record, options).run(request, never)) {
		events.push([clock.time - 1000, event]);
	}
	return { times: events.map(([at]) => at), events: events.map(([, event]) => event) };
}

test('a recording is played as the run it was, by name and model of who ran it', async () => {
	const engine = replay(record);
	expect(engine).toMatchObject({ name: record.engine, model: record.model });

	const { events } = await play();
	expect(events).toEqual([
		{ type: 'started', at: 0, promptTokens: 6, cachedTokens: 2 },
		...record.tokens.map((token) => ({ type: 'token', ...token })),
		{ type: 'settled', at: 700, usage: record.usage, reason: 'finished' }
	]);
});

test('every token comes at the time it had, or sooner at a higher speed', async () => {
	expect((await play()).times).toEqual([0, 400, 450, 500, 700, 700]);
	expect((await play(2)).times).toEqual([0, 200, 225, 250, 350, 350]);
	for (const speed of [0, Infinity, -1, NaN]) {
		const { times, events } = await play(speed);
		expect(times).toEqual([0, 0, 0, 0, 0, 0]);
		expect(events).toEqual((await play()).events);
	}
});

test('a late listener catches up, but after a pause the recording goes on from where it stood', async () => {
	const clock = ticking();
	const run = replay(record, { clock }).run(request, never);
	await run.next();
	await run.next();
	clock.time += 70; // busy with drawing
	await run.next();
	expect(clock.time).toBe(1470);
	await run.next();
	expect(clock.time).toBe(1500);
	clock.time += 60_000; // paused
	await run.next();
	expect(clock.time).toBe(61_700);
});

test('aborting settles with what was reached', async () => {
	const clock = ticking();
	const abort = new AbortController();
	const events: RunEvent[] = [];
	for await (const event of replay(record, { clock }).run(request, abort.signal)) {
		events.push(event);
		if (event.type === 'token' && event.index === 1) abort.abort();
	}
	expect(events.at(-1)).toEqual({
		type: 'settled',
		at: 450,
		reason: 'cancelled',
		usage: { promptTokens: 6, cachedTokens: 2, outputTokens: 2, prefillMs: 300, decodeMs: 150 }
	});
	expect(events.filter(({ type }) => type === 'settled')).toHaveLength(1);
});

test('aborting while it waits ends the wait', async () => {
	const abort = new AbortController();
	const slow = structuredClone(record);
	slow.tokens.forEach((token) => (token.at += 3_600_000));
	const run = replay(slow).run(request, abort.signal);
	await run.next();
	const token = run.next();
	setTimeout(() => abort.abort(), 5);
	expect((await token).value).toMatchObject({
		type: 'settled',
		reason: 'cancelled',
		usage: { outputTokens: 0, prefillMs: 0, decodeMs: 0 }
	});
	expect((await run.next()).done).toBe(true);
});

test('aborting before it starts settles without a start', async () => {
	const events = [];
	for await (const event of replay(record).run(request, AbortSignal.abort())) events.push(event);
	expect(events).toEqual([
		{
			type: 'settled',
			at: 0,
			reason: 'cancelled',
			usage: { promptTokens: 0, cachedTokens: 0, outputTokens: 0, prefillMs: 0, decodeMs: 0 }
		}
	]);
});

test('a recording of a failure ends as one, with a sentence', async () => {
	const failed = { ...record, reason: 'failed' };
	const events = [];
	for await (const event of replay(failed, { speed: 0 }).run(request, never)) events.push(event);
	expect(events.at(-1)).toMatchObject({ reason: 'failed', error: expect.stringContaining(' ') });
});

test('a record is read as it was written, and nothing but its known fields', () => {
	expect(readRecord(record)).toEqual(record);
	const more = JSON.parse(
		JSON.stringify({
			...record,
			extra: 1,
			device: { cpu: 'x', nested: { a: 1 }, long: 'x'.repeat(501) }
		})
			// as only JSON can say it
			.replace('"cpu"', '"__proto__":{"polluted":1},"cpu"')
	);
	const read = readRecord(more);
	expect(read).toEqual({ ...record, device: { cpu: 'x' } });
	expect(Object.getPrototypeOf(read.device)).toBe(Object.prototype);
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any
test.for<[string, (broken: any) => void]>([
	['schema', (broken) => (broken.schema = 2)],
	['engine', (broken) => (broken.engine = 7)],
	['model.name', (broken) => (broken.model.name = 'x'.repeat(201))],
	['model.parameters', (broken) => (broken.model.parameters = -1)],
	['model', (broken) => (broken.model = null)],
	['tokens', (broken) => (broken.tokens = {})],
	['tokens', (broken) => (broken.tokens = new Array(100_001).fill(broken.tokens[0]))],
	['tokens[1].index', (broken) => (broken.tokens[1].index = 0)],
	['tokens[1].text', (broken) => (broken.tokens[1].text = { toString: () => 'x' })],
	['tokens[1].at', (broken) => (broken.tokens[1].at = -1)],
	['tokens[1].at', (broken) => (broken.tokens[1].at = 399)],
	['tokens[1].at', (broken) => (broken.tokens[1].at = NaN)],
	['tokens[1].at', (broken) => (broken.tokens[1].at = Infinity)],
	['tokens[1].at', (broken) => (broken.tokens[1].at = '450')],
	['tokens[3].at', (broken) => (broken.tokens[3].at = 1e12)],
	['tokens[0].logprob', (broken) => (broken.tokens[0].logprob = 3)],
	[
		'tokens[1].alternatives[0].logprob',
		(broken) => delete broken.tokens[1].alternatives[0].logprob
	],
	['usage.outputTokens', (broken) => (broken.usage.outputTokens = 3)],
	['usage.promptTokens', (broken) => (broken.usage.promptTokens = 1.5)],
	['usage.cachedTokens', (broken) => (broken.usage.cachedTokens = 7)],
	['usage.decodeMs', (broken) => (broken.usage.decodeMs = null)],
	['request.seed', (broken) => (broken.request.seed = 2 ** 32)],
	['request.messages[0].role', (broken) => (broken.request.messages[0].role = 'tool')],
	['date', (broken) => (broken.date = 'yesterday')],
	['version', (broken) => delete broken.version]
])('a record with a bad %s is refused by a sentence that names it', ([field, spoil]) => {
	const broken = structuredClone(record);
	spoil(broken);
	expect(() => replay(broken)).toThrow(`This is not a run that can be played: ${field} `);
});

test('what is no record at all is refused', () => {
	for (const value of [undefined, null, 7, 'run', [], [record], JSON.stringify(record)]) {
		expect(() => replay(value)).toThrow('This is not a run that can be played');
	}
});

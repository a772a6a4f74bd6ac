import { afterEach, expect, test } from 'vitest';
import type { PocketEngine } from './client.ts';
import type { FromWorker } from './protocol.ts';
import {
	all,
	askLong,
	best,
	pause,
	settledOf,
	slow,
	standsStill,
	tokensOf,
	trialEngine
} from './testing/engines.ts';

const never = new AbortController().signal;

const engines: PocketEngine[] = [];

function engine(...parameters: Parameters<typeof trialEngine>) {
	const made = trialEngine(...parameters);
	engines.push(made);
	return made;
}

afterEach(() => {
	for (const engine of engines.splice(0)) engine.dispose();
});

/** How many tokens each message of the worker brings. */
function listen(pocket: ReturnType<typeof engine>): number[] {
	const counts: number[] = [];
	const [worker] = pocket.alive;
	worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
		if (data.type === 'tokens') counts.push(data.tokens.length);
	});
	return counts;
}

test('in bursts the same tokens come in few messages, the first alone, each with its own time', async () => {
	const pocket = engine();
	const request = askLong('Hello', 50);
	const plain = tokensOf(await all(pocket.run(request, never)));
	const messages = listen(pocket);
	const burst = await all(pocket.run(request, never, { burst: () => 1000 }));
	await pause(0); // the page's own listener is the first to hear

	expect(messages).toEqual([1, 49]);
	const tokens = tokensOf(burst);
	expect(tokens.map(({ at: _at, ...token }) => token)).toEqual(
		plain.map(({ at: _at, ...token }) => token)
	);
	const times = burst.map(({ at }) => at);
	expect(times).toEqual([...times].sort((a, b) => a - b));
	// the clock of a page is coarse: several may share a moment, but not all of them
	expect(new Set(tokens.map(({ at }) => at)).size).toBeGreaterThan(5);
	expect(settledOf(burst)).toMatchObject({ reason: 'length', usage: { outputTokens: 50 } });
});

test('a burst takes as long as was asked, and so may change while a run goes on', async () => {
	const pocket = engine(slow);
	const request = askLong('Hello', 40, slow.shape);
	await all(pocket.run({ ...request, maxTokens: 1 }, never));
	const messages = listen(pocket);
	let burst = 15;
	for await (const event of pocket.run(request, never, { burst: () => burst })) {
		if (event.type === 'token' && event.index >= 20) burst = 0;
	}
	expect(messages[0]).toBe(1);
	expect(Math.max(...messages)).toBeGreaterThan(1);
	expect(Math.max(...messages)).toBeLessThan(20);
	expect(messages.slice(-5)).toEqual([1, 1, 1, 1, 1]);
});

test('Stop in the middle of a long burst acts within 100 ms, in the worker too', async () => {
	const pocket = engine(slow);
	const request = askLong('Hello', 500, slow.shape);
	const ms = await best(async () => {
		const before = await pocket.steps();
		const abort = new AbortController();
		const run = pocket.run(request, abort.signal, { burst: () => 1e6 });
		const started = await run.next();
		await run.next();
		const token = run.next();
		await pause(100);
		const stopped = performance.now();
		abort.abort();
		expect((await token).value).toMatchObject({ reason: 'cancelled', usage: { outputTokens: 1 } });
		await pocket.steps();
		const ms = performance.now() - stopped;
		const read = (await standsStill(pocket)) - before;
		const prompt = started.value?.type === 'started' ? started.value.promptTokens : 0;
		expect(read).toBeGreaterThan(prompt);
		expect(read).toBeLessThan(prompt + 400);
		return ms;
	});
	expect(ms).toBeLessThan(100);
});

test('a pause computes no more than the burst that was asked for', async () => {
	const pocket = engine(slow);
	const run = pocket.run(askLong('Hello', 500, slow.shape), never, { burst: () => 50 });
	await run.next();
	await run.next();
	const inFlight = run.next();
	const computed = await standsStill(pocket, 200); // nobody asks: the burst is over, and no other begins
	await inFlight;

	// what has been made waits
	let waiting = 0;
	while ((await pocket.steps()) === computed) {
		await run.next();
		waiting++;
	}
	expect(waiting).toBeGreaterThan(1);
});

test('while a burst is computed the worker answers', async () => {
	const pocket = engine(slow);
	const run = pocket.run(askLong('Hello', 500, slow.shape), never, { burst: () => 1e6 });
	await run.next();
	await run.next();
	const waiting = run.next();
	const ms = await best(async () => {
		const asked = performance.now();
		await pocket.steps();
		return performance.now() - asked;
	});
	expect(ms).toBeLessThan(100);
	await run.return();
	expect((await waiting).value).toMatchObject({ type: 'settled' });
});

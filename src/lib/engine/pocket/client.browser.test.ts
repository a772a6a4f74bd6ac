import { afterEach, expect, test } from 'vitest';
import { Answer } from './answer.ts';
import type { Arrival, PocketEngine } from './client.ts';
import { sentences } from './sentences.ts';
import {
	all,
	ask,
	askLong,
	best,
	pause,
	settledOf,
	slow,
	standsStill,
	tokensOf,
	trialEngine
} from './testing/engines.ts';
import golden from './testing/golden.json';
import { generatorOf, smallModel } from './testing/small-model.ts';
import type { Trial } from './testing/worker.ts';

const never = new AbortController().signal;

/** Writes 20 tokens. */
const long = askLong('Hello');

const engines: PocketEngine[] = [];

function engine(...parameters: Parameters<typeof trialEngine>) {
	const made = trialEngine(...parameters);
	engines.push(made);
	return made;
}

afterEach(() => {
	for (const engine of engines.splice(0)) engine.dispose();
});

test('a run starts, writes and settles, and its counts are those of its events', async () => {
	const events = await all(engine().run(long, never));
	const settled = settledOf(events);

	expect(events[0]).toMatchObject({ type: 'started', at: 0, cachedTokens: 0 });
	expect(tokensOf(events)).toHaveLength(20);
	expect(settled).toMatchObject({ reason: 'length', usage: { outputTokens: 20, cachedTokens: 0 } });
	if (events[0].type === 'started') {
		expect(settled.usage.promptTokens).toBe(events[0].promptTokens);
	}
	expect(settled.usage.prefillMs).toBeGreaterThan(0);
	expect(settled.usage.decodeMs).toBeGreaterThan(0);

	const times = events.map(({ at }) => at);
	expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('the worker writes the tokens that Node writes', async () => {
	const pocket = engine();
	for (const { ids, ...options } of golden) {
		const request = ask('Who read the clock?', { ...options, maxTokens: 40 });
		const events = await all(pocket.run(request, never));
		expect(
			tokensOf(events)
				.map(({ id }) => id)
				.join(' ')
		).toBe(ids);
	}
});

test('tokens, texts and log-probabilities are those of the same model in this page, to the last bit', async () => {
	const { bytes, tokenizer } = smallModel();
	const request = ask('مرحبا 🌙 <end>\u0000', { seed: 9, temperature: 1.3, maxTokens: 30 });
	const answer = new Answer(generatorOf(bytes, 'plain'), tokenizer, request);
	answer.read();
	const expected = [];
	while (!answer.over) expected.push(answer.next());

	const tokens = tokensOf(await all(engine().run(request, never)));
	expect(tokens.map(({ type: _type, at: _at, ...token }) => token)).toEqual(expected);
});

test.for<NonNullable<Trial['webAssembly']>>(['missing', 'blocked'])(
	'with WebAssembly %s plain TypeScript writes the same tokens',
	async (webAssembly) => {
		const pocket = engine({ webAssembly });
		const { ids, ...options } = golden[0];
		const request = ask('Who read the clock?', { ...options, maxTokens: 40 });
		const events = await all(pocket.run(request, never));
		expect(
			tokensOf(events)
				.map(({ id }) => id)
				.join(' ')
		).toBe(ids);
		expect(pocket.arrival).toEqual({ state: 'here', backend: 'plain' });
	}
);

test('nothing is computed that was not asked for', async () => {
	const pocket = engine();
	const run = pocket.run(long, never);
	expect(pocket.made).toBe(0);

	await run.next(); // started
	await pause(50);
	expect(await pocket.steps()).toBe(0);

	await run.next();
	await pause(50);
	const afterOne = await pocket.steps();
	await run.next();
	await pause(50);
	expect(await pocket.steps()).toBe(afterOne + 1);
});

test('time spent waiting to be asked is not time spent computing', async () => {
	const run = engine().run({ ...long, maxTokens: 3 }, never);
	const events = [];
	for await (const event of run) {
		events.push(event);
		await pause(100);
	}
	const { at, usage } = settledOf(events);
	expect(at).toBeGreaterThan(250);
	expect(usage.prefillMs + usage.decodeMs).toBeLessThan(at / 2);
});

test('weights report how far they are, in bytes that end at the length of the file', async () => {
	const pocket = engine();
	const seen: Arrival[] = [];
	const stop = pocket.onarrival((arrival) => seen.push(arrival));
	await all(pocket.run(ask('Hello'), never));
	stop();

	expect(seen[0]).toEqual({ state: 'untouched' });
	const coming = seen.filter((arrival) => arrival.state === 'coming');
	const total = smallModel().bytes.length;
	expect(coming.every((arrival) => arrival.total === total)).toBe(true);
	expect(coming.at(-1)).toMatchObject({ bytes: total });
	expect(seen.at(-1)).toEqual({ state: 'here', backend: 'wasm' });

	pocket.dispose();
	expect(seen.at(-1)).toEqual({ state: 'here', backend: 'wasm' });
});

test('Stop while it writes acts within 100 ms: the run settles and the worker’s count stands still', async () => {
	const pocket = engine();
	const request = askLong('Hello', 50);
	const ms = await best(async () => {
		const abort = new AbortController();
		const events = [];
		let stopped = 0;
		for await (const event of pocket.run(request, abort.signal)) {
			events.push(event);
			if (event.type === 'token' && event.index === 5) {
				setTimeout(() => {
					stopped = performance.now();
					abort.abort();
				});
			}
			await pause(1);
		}
		expect(settledOf(events)).toMatchObject({
			reason: 'cancelled',
			usage: { outputTokens: tokensOf(events).length }
		});
		await pocket.steps();
		const ms = performance.now() - stopped;
		await standsStill(pocket);
		return ms;
	});
	expect(ms).toBeLessThan(100);
});

test('Stop while it reads a long prompt on a slow machine acts within 100 ms, in the worker too', async () => {
	const pocket = engine(slow);
	const ms = await best(async () => {
		const before = await pocket.steps();
		const abort = new AbortController();
		const run = pocket.run(ask('The moon read the boat. '.repeat(200)), abort.signal);
		const started = await run.next();
		const prompt = started.value?.type === 'started' ? started.value.promptTokens : 0;
		expect(prompt).toBeGreaterThan(500);

		const token = run.next();
		await pause(100);
		const stopped = performance.now();
		abort.abort();
		expect((await token).value).toMatchObject({ type: 'settled', reason: 'cancelled' });
		await pocket.steps(); // the worker has heard Stop when it answers what came after
		const ms = performance.now() - stopped;

		const read = (await standsStill(pocket)) - before;
		expect(read).toBeGreaterThan(0);
		expect(read).toBeLessThan(prompt);
		return ms;
	});
	expect(ms).toBeLessThan(100);
});

test('tokens that were asked for ahead are not computed after Stop', async () => {
	const pocket = engine(slow);
	const abort = new AbortController();
	const run = pocket.run(askLong('Hello', 150, slow.shape), abort.signal);
	await run.next();
	const asked = Array.from({ length: 150 }, () => run.next());
	await asked[0];
	abort.abort();
	const results = await Promise.all(asked);
	expect(results.filter(({ value }) => value?.type === 'settled')).toHaveLength(1);

	expect(await standsStill(pocket)).toBeLessThan(100);
});

test('a run after a Stop writes, and is not disturbed by what was on its way', async () => {
	const pocket = engine();
	const undisturbed = tokensOf(await all(pocket.run(long, never))).map(({ id }) => id);

	for (let i = 0; i < 20; i++) {
		const abort = new AbortController();
		const stopped = pocket.run(ask('The boat', { seed: 3 }), abort.signal);
		for (let j = 0; j <= i % 4; j++) await stopped.next();
		void stopped.next();
		abort.abort();
		const events = await all(pocket.run(long, never));
		expect(tokensOf(events).map(({ id }) => id)).toEqual(undisturbed);
	}
	expect(pocket.made).toBe(1);
});

test('50 quick starts and stops settle 50 times and leave one worker', async () => {
	const pocket = engine();
	const runs = Array.from({ length: 50 }, async (_, i) => {
		await pause(2 * i);
		const abort = new AbortController();
		setTimeout(() => abort.abort(), i % 5);
		return settledOf(await all(pocket.run(ask('Hello', { maxTokens: 60 }), abort.signal)));
	});
	const settled = await Promise.all(runs);
	expect(settled).toHaveLength(50);
	expect(pocket.made).toBe(1);
	expect(pocket.alive.size).toBe(1);

	const events = await all(pocket.run(long, never));
	expect(tokensOf(events)).toHaveLength(20);
});

test('a new run cancels and settles the one before', async () => {
	const pocket = engine();
	const first = pocket.run(long, never);
	await first.next();
	await first.next();
	const second = await all(pocket.run(long, never));

	expect(settledOf(second).reason).toBe('length');
	expect((await first.next()).value).toMatchObject({
		type: 'settled',
		reason: 'cancelled',
		usage: { outputTokens: 1 }
	});
	expect((await first.next()).done).toBe(true);
});

test('leaving the loop stops the worker', async () => {
	const pocket = engine();
	for await (const event of pocket.run(long, never)) {
		if (event.type === 'token' && event.index === 2) break;
	}
	await standsStill(pocket);
	expect(pocket.alive.size).toBe(1);
});

test('`dispose` ends the worker and settles the run; the next run starts another', async () => {
	const pocket = engine();
	const run = pocket.run(long, never);
	await run.next();
	const token = run.next();
	pocket.dispose();
	expect(['token', 'settled']).toContain((await token).value?.type);
	expect(pocket.alive.size).toBe(0);

	expect(tokensOf(await all(pocket.run(long, never)))).toHaveLength(20);
	expect(pocket.made).toBe(2);
});

test.for<NonNullable<Trial['fault']>>(['closes', 'hangs'])(
	'a worker that %s without a word fails the run within 3 seconds; text stays, the next run works',
	async (fault) => {
		const pocket = engine({ fault });
		const begun = performance.now();
		const events = await all(pocket.run(long, never));

		expect(tokensOf(events)).toHaveLength(3);
		expect(settledOf(events)).toMatchObject({
			reason: 'failed',
			error: sentences.silent(),
			usage: { outputTokens: 3 }
		});
		expect(performance.now() - begun).toBeLessThan(5000); // with the time to start
		expect(pocket.alive.size).toBe(0);

		const again = await all(pocket.run({ ...long, maxTokens: 3 }, never));
		expect(settledOf(again).reason).toBe('length');
		expect(pocket.made).toBe(2);
	}
);

test.for<NonNullable<Trial['fault']>>(['throws', 'breaks'])(
	'a worker that %s fails the run with a sentence; text stays, the next run works',
	async (fault) => {
		const pocket = engine({ fault });
		const events = await all(pocket.run(long, never));
		const settled = settledOf(events);

		expect(tokensOf(events)).toHaveLength(3);
		expect(settled.reason).toBe('failed');
		expect(settled.error).toMatch(/stopped with an error \(.*boom\)/);
		expect(pocket.alive.size).toBe(0);

		const again = await all(pocket.run({ ...long, maxTokens: 3 }, never));
		expect(settledOf(again).reason).toBe('length');
	}
);

test('a worker that died at rest is noticed by the next run, which fails, and the one after works', async () => {
	const pocket = engine({ fault: 'closes' });
	const run = pocket.run(long, never);
	for (let i = 0; i < 4; i++) await run.next();
	void run.next();
	await pause(100); // dead by now
	await run.return();

	expect(settledOf(await all(pocket.run(ask('Hello'), never)))).toMatchObject({
		reason: 'failed',
		error: sentences.silent(),
		usage: { outputTokens: 0 }
	});
	const again = await all(pocket.run({ ...long, maxTokens: 3 }, never));
	expect(settledOf(again).reason).toBe('length');
});

test('a program that is missing fails the run with a sentence', async () => {
	const pocket = engine();
	const lost = engine({}, { script: 'missing' });
	expect(settledOf(await all(lost.run(ask('Hello'), never)))).toMatchObject({
		reason: 'failed',
		error: sentences.noProgram()
	});
	expect(lost.arrival).toEqual({ state: 'failed', sentence: sentences.noProgram() });
	// This one's program is there, and the run comes to an end of its own.
	const { reason } = settledOf(await all(pocket.run(ask('Hello'), never)));
	expect(['finished', 'length']).toContain(reason);
});

test('weights that are truncated, altered, missing or a web page fail the run with a sentence', async () => {
	const { bytes } = smallModel();
	const altered = bytes.slice();
	altered[bytes.length >> 1] ^= 4;
	const html = '<!doctype html><title>Sign in</title>';

	const cases: [weights: BlobPart, sentence: string][] = [
		[bytes.slice(0, 999), sentences.notWhole(999, bytes.length)],
		[altered, sentences.altered()],
		[html, sentences.webPage()],
		[new Blob([html], { type: 'text/html' }), sentences.webPage()]
	];
	for (const [weights, sentence] of cases) {
		const pocket = engine({}, { weights });
		const events = await all(pocket.run(ask('Hello'), never));
		expect(events).toHaveLength(1);
		expect(settledOf(events)).toMatchObject({
			at: 0,
			reason: 'failed',
			error: sentence,
			usage: { promptTokens: 0, outputTokens: 0 }
		});
		expect(pocket.arrival).toEqual({ state: 'failed', sentence });
		expect(pocket.alive.size).toBe(0);
	}

	const gone = engine({}, { revoked: true });
	expect(settledOf(await all(gone.run(ask('Hello'), never))).error).toBe(sentences.unreachable());
});

test('weights that failed to come are asked for again by the next run', async () => {
	const pocket = engine({}, { revoked: true });
	for (let i = 1; i <= 3; i++) {
		expect(settledOf(await all(pocket.run(ask('Hello'), never))).reason).toBe('failed');
		expect(pocket.made).toBe(i);
	}
});

test('Stop while the weights are on their way settles at once, and the next run finds them', async () => {
	const pocket = engine();
	const abort = new AbortController();
	const first = pocket.run(ask('Hello', { maxTokens: 0 }), abort.signal).next();
	abort.abort();
	expect((await first).value).toMatchObject({ type: 'settled', reason: 'cancelled' });
	expect(settledOf(await all(pocket.run(long, never))).reason).toBe('length');
	expect(pocket.made).toBe(1);
});

test('a run that asks for no tokens starts, and settles without one', async () => {
	const run = engine().run(ask('Hello', { maxTokens: 0 }), never);
	const asked = await Promise.all([run.next(), run.next(), run.next()]);
	expect(asked.map(({ value }) => value?.type)).toEqual(['started', 'settled', undefined]);
	expect(asked[1].value).toMatchObject({ reason: 'length', usage: { outputTokens: 0 } });
});

test('a conversation longer than the window is cut, and the engine says so', async () => {
	const pocket = engine();
	await all(pocket.run(ask('Short'), never));
	expect(pocket.forgotten).toBe(false);

	const before = performance.now();
	const run = pocket.run(ask('The moon 🌙. '.repeat(80_000)), never);
	const events = await all(run);
	expect(performance.now() - before).toBeLessThan(1000);
	expect(pocket.forgotten).toBe(true);
	expect(settledOf(events).usage).toMatchObject({ promptTokens: 64 - 20, outputTokens: 20 });
});

test.for([
	['nothing', ''],
	['white space', ' \n\t '],
	['emoji', '👩‍👩‍👧‍👦🏴‍☠️'],
	['right-to-left', 'مرحبا \u202eabc'],
	['HTML', '<img src=x onerror=alert(1)><end><you><reply>'],
	['control characters', '\u0000\u0001\u001b[2J\u0007'],
	['half a surrogate pair', '\ud83d and \ude00']
])('a prompt of %s runs like any other', async ([, content]) => {
	const events = await all(engine().run(ask(content, { maxTokens: 10 }), never));
	expect(['length', 'finished']).toContain(settledOf(events).reason);
	expect(tokensOf(events).length).toBeGreaterThan(0);
});

test('the state of a component, a proxy, can be asked as it is', async () => {
	const proxied = <T extends object>(value: T): T =>
		new Proxy(value, {
			get: (target, key) => {
				const inner: unknown = Reflect.get(target, key);
				return typeof inner === 'object' && inner ? proxied(inner) : inner;
			}
		});
	const events = await all(engine().run(proxied(ask('Hello')), never));
	expect(settledOf(events).reason).not.toBe('failed');
});

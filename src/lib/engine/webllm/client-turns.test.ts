import { afterEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '#lib/events.ts';
import { Losses } from './losses.ts';
import type { Fate } from './lost.ts';
import type { Progress } from './download/download.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { telling } from './telling.ts';
import { WebLlmClient } from './client.ts';
import { ScriptedWorker } from '../testing/scripted-worker.ts';
import { all, ask, bytes, never, settledOf, textOf } from './testing/asking.ts';
import { complete, home, inProcess, model } from './testing/in-process.ts';

test('one run at a time: a new one ends the one before', async () => {
	const { client, counts } = inProcess({ says: bytes('abcdefgh') });
	const engine = await client.load(model, home);
	const first = engine.run(ask(), never);
	await first.next();
	await first.next();
	const second = await all(engine.run(ask(), never));
	expect(textOf(second)).toBe('abcdefgh');
	expect((await first.next()).value).toMatchObject({ type: 'settled', reason: 'cancelled' });
	expect(counts.open).toBe(0);
});

test('200 starts and stops: one worker, exact counts, and the last run is whole', async () => {
	const trial = inProcess({ says: bytes('a🙂bcdefgh') });
	const engine = await trial.client.load(model, home);
	for (let i = 0; i < 200; i++) {
		const abort = new AbortController();
		const run = engine.run(ask(), abort.signal);
		const events: RunEvent[] = [];
		for (let j = 0; j < i % 6; j++) events.push((await run.next()).value as RunEvent);
		if (i % 2) abort.abort();
		else await run.return();
		expect(events.slice(1).every(({ type }) => type === 'token')).toBe(true);
	}
	expect(textOf(await all(engine.run(ask(), never)))).toBe('a🙂bcdefgh');
	expect(trial.counts.open).toBe(0);
	expect(trial.made).toBe(1);
	expect(trial.alive.size).toBe(1);
	// two of the trial, and no reset but one for each run that reached the worker
	expect(trial.counts.resets).toBeLessThanOrEqual(2 + 201);
});

test('50 loads and unloads: never more than one worker, and no model is left', async () => {
	const trial = inProcess();
	for (let i = 0; i < 50; i++) {
		const engine = await trial.client.load(model, home);
		expect(trial.alive.size).toBe(1);
		if (i % 5 === 0) expect(textOf(await all(engine.run(ask(), never)))).toBe('Hi');
		// every second time another is loaded in its place
		if (i % 2) trial.client.unload();
	}
	trial.client.unload();
	expect(trial.alive.size).toBe(0);
	expect(trial.counts).toMatchObject({ reloads: 50, open: 0, engines: 50 });
	expect(trial.counts.unloads).toBe(25); // the others went with their worker
	expect(trial.client.stage).toEqual({ at: 'nothing' });
});

test('a model that is loaded in the place of another: the first load says so', async () => {
	const { client } = inProcess({ reload: () => new Promise((resolve) => setTimeout(resolve, 5)) });
	const first = expect(client.load(model, home)).rejects.toThrow(telling.replaced());
	const second = client.load({ ...model, id: 'other' }, home);
	await first;
	const engine = await second;
	expect(client.stage).toEqual({ at: 'ready', model: 'other' });
	expect(textOf(await all(engine.run(ask(), never)))).toBe('Hi');
});

test('what the worker still says of an earlier run is nothing to the present one', async () => {
	const worker = new ScriptedWorker<ToWorker, FromWorker>();
	const starts = { looping: () => false, begin: () => () => {} };
	const client = new WebLlmClient({ createWorker: () => worker.asWorker(), starts });
	const loading = client.load(model, home);
	worker.say({ type: 'hello' });
	worker.say({ type: 'ready', load: 1 });
	const engine = await loading;
	const first = engine.run(ask(), never);
	const started = first.next();
	worker.say({ type: 'started', run: 1, promptTokens: 1, cachedTokens: 0 });
	await started;
	const second = engine.run(ask(), never);
	const asked = second.next();
	worker.say({ type: 'started', run: 1, promptTokens: 1, cachedTokens: 0 });
	worker.say({ type: 'refused', run: 1, sentence: 'Of the first.' });
	worker.say({ type: 'started', run: 2, promptTokens: 2, cachedTokens: 0 });
	expect((await asked).value).toMatchObject({ type: 'started', promptTokens: 2 });
	await second.return();
});

describe('a stop', () => {
	test('before the first token, while the model is loading, computes no answer', async () => {
		const trial = inProcess({ reload: () => new Promise((resolve) => setTimeout(resolve, 20)) });
		const engine = await trial.client.load(model, home);
		trial.client.unload();
		const abort = new AbortController();
		const events = all(engine.run(ask(), abort.signal));
		abort.abort();
		expect(await events).toMatchObject([{ type: 'settled', reason: 'cancelled', usage: { promptTokens: 0 } }]); // prettier-ignore
		await vi.waitFor(() => expect(trial.client.stage.at).toBe('ready'));
		expect(trial.counts.requests.length).toBe(4); // the known question, twice in two loads
	});

	test('while the prompt is cut into tokens leaves the model free, and nothing is said of that run', async () => {
		for (const maxTokens of [50, 0]) {
			const trial = inProcess();
			const engine = await trial.client.load(model, home);
			let go = () => {};
			trial.script.create = () => new Promise((resolve) => (go = resolve));
			const abort = new AbortController();
			const first = all(engine.run(ask({ maxTokens }), abort.signal));
			await vi.waitFor(() => expect(trial.asked.at(-1)!.type).toBe('run'));
			await new Promise((resolve) => setTimeout(resolve, 10));
			abort.abort();
			expect(settledOf(await first).reason).toBe('cancelled');
			delete trial.script.create;
			const second = all(engine.run(ask(), never));
			await new Promise((resolve) => setTimeout(resolve, 10));
			go();
			expect(textOf(await second)).toBe('Hi');
			expect(trial.posted.filter(({ type }) => type === 'started')).toHaveLength(1);
			expect(trial.counts.open).toBe(0);
		}
	});

	test('while the prompt is read settles at once, with the time spent on it', async () => {
		vi.useFakeTimers();
		const { client, script } = inProcess();
		const loading = client.load(model, home);
		await vi.advanceTimersByTimeAsync(100);
		const engine = await loading;
		script.compute = () => new Promise(() => {});
		const abort = new AbortController();
		const events = all(engine.run(ask(), abort.signal));
		await vi.advanceTimersByTimeAsync(1000);
		abort.abort();
		const settled = settledOf(await events);
		expect(settled).toMatchObject({ reason: 'cancelled', usage: { promptTokens: 7 } });
		expect(settled.usage.prefillMs).toBeGreaterThan(800);
		expect(settled.usage.decodeMs).toBe(0);
	});
});

describe('a run that is waited for settles', () => {
	const waiting = async () => {
		const trial = inProcess({ says: bytes('abcdef') });
		const engine = await trial.client.load(model, home);
		const run = engine.run(ask(), never);
		await run.next();
		trial.script.compute = () => new Promise(() => {});
		return { ...trial, asked: run.next() };
	};

	test('when its model is taken off the GPU', async () => {
		const { client, asked } = await waiting();
		client.unload();
		expect((await asked).value).toMatchObject({ type: 'settled', reason: 'cancelled' });
	});

	test('when another model is loaded', async () => {
		const { client, asked, script } = await waiting();
		const other = client.load({ ...model, id: 'other' }, home).catch(() => {});
		expect((await asked).value).toMatchObject({ type: 'settled', reason: 'cancelled' });
		delete script.compute;
		client.unload();
		await other;
	});
});

describe('while a token is being computed', () => {
	const computing = async () => {
		let tell: ((fate: Fate) => void) | undefined;
		let now = 0;
		const trial = inProcess(
			{ says: bytes('abcdef'), reload: () => void (tell = trial.take()) },
			{},
			{ losses: new Losses(() => (now += 61_000)) }
		);
		const engine = await trial.client.load(model, home);
		const run = engine.run(ask(), never);
		await run.next();
		await run.next();
		let go = () => {};
		let breaks: (error: unknown) => void = () => {};
		trial.script.compute = () => new Promise((resolve, reject) => ([go, breaks] = [resolve, reject])); // prettier-ignore
		const { steps } = trial.counts;
		const asked = run.next();
		await vi.waitFor(() => expect(trial.counts.steps).toBe(steps + 1));
		delete trial.script.compute;
		const later = () => new Promise((resolve) => setTimeout(resolve, 30));
		return { ...trial, engine, asked, later, go, breaks, lose: () => tell!('lost') };
	};

	test('the next run waits for it, and is whole', async () => {
		const { client, engine, later, go, counts } = await computing();
		const second = all(engine.run(ask(), never));
		await later();
		const { resets } = counts;
		go();
		expect(textOf(await second)).toBe('abcdef');
		// what is being read is not thrown away
		expect(counts.resets).toBe(resets + 1);
		expect(client.stage.at).toBe('ready');
	});

	test('another model waits for it before it takes the GPU', async () => {
		const { client, later, go, counts } = await computing();
		const loading = client.load({ ...model, id: 'other' }, home);
		await later();
		expect(counts.unloads).toBe(0);
		go();
		await loading;
		expect(counts).toMatchObject({ unloads: 1, open: 0 });
	});

	test('a look at the device waits for no run, but for a model that is being loaded', async () => {
		const { client, script, asked, go } = await computing();
		expect(await client.check()).toEqual({ secure: true });
		let loaded = () => {};
		script.reload = () => new Promise((resolve) => (loaded = resolve));
		go();
		const loading = client.load({ ...model, id: 'other' }, home);
		await asked;
		await vi.waitFor(() => expect(client.stage).toMatchObject({ phase: 'starting' }));
		let looked = false;
		const look = client.check().then(() => (looked = true));
		await new Promise((resolve) => setTimeout(resolve, 30));
		expect(looked).toBe(false);
		loaded();
		await loading;
		await look;
	});

	test('a loss is told once, though web-llm notices it too', async () => {
		const { lose, breaks, asked, later, posted } = await computing();
		lose();
		breaks('Module has already been disposed');
		await asked;
		await later();
		expect(posted.filter(({ type }) => type === 'lost')).toHaveLength(1);
	});

	test('a loss is told at once, and the next run does not wait for what never comes', async () => {
		const { lose, asked, engine, client } = await computing();
		lose();
		expect((await asked).value).toMatchObject({ reason: 'failed', error: telling.lost() });
		expect(textOf(await all(engine.run(ask(), never)))).toBe('abcdef');
		expect(client.stage.at).toBe('ready');
	});
});

test('nothing is gone on from that another model held', async () => {
	const { client, counts } = inProcess();
	const first = await client.load(model, home);
	await all(first.run(ask(), never, { reuse: true }));
	const second = await client.load({ ...model, id: 'other' }, home);
	const { resets } = counts;
	await all(second.run(ask(), never, { reuse: true }));
	expect(counts.resets).toBe(resets + 1);
	await all(second.run(ask(), never, { reuse: true }));
	expect(counts.resets).toBe(resets + 1);
});

test('a model that is tried out while another is wanted by now is taken off, and never ready', async () => {
	const trial = inProcess();
	let go = () => {};
	trial.script.compute = () => new Promise((resolve) => (go = resolve));
	const first = expect(trial.client.load(model, home)).rejects.toThrow(telling.replaced());
	await vi.waitFor(() => expect(trial.counts.steps).toBe(1));
	delete trial.script.compute;
	const second = trial.client.load({ ...model, id: 'other' }, home);
	await first;
	await new Promise((resolve) => setTimeout(resolve, 10));
	go();
	await second;
	expect(trial.counts).toMatchObject({ unloads: 1, reloads: 2 });
	expect(trial.posted.filter(({ type }) => type === 'ready')).toHaveLength(1);
	expect(trial.posted.filter(({ type }) => type === 'unloaded')).toHaveLength(0);
});

test('what the worker says of an earlier load is nothing to the present one', async () => {
	const worker = new ScriptedWorker<ToWorker, FromWorker>();
	const starts = { looping: () => false, begin: () => () => {} };
	const client = new WebLlmClient({ createWorker: () => worker.asWorker(), starts });
	const first = expect(client.load(model, home)).rejects.toThrow(telling.replaced());
	worker.say({ type: 'hello' });
	const second = client.load({ ...model, id: 'other' }, home);
	await first;
	const stage = { at: 'loading', model: 'other', phase: 'checking', part: 0 };
	worker.say({ type: 'loading', load: 1, phase: 'trying', part: 0.5 });
	expect(client.stage).toEqual(stage);
	worker.say({ type: 'ready', load: 1 });
	expect(client.stage).toEqual(stage);
	worker.say({ type: 'unloaded', load: 1, sentence: 'Of the first.' });
	expect(client.stage).toEqual(stage);
	worker.say({ type: 'ready', load: 2 });
	await second;
	expect(client.stage).toEqual({ at: 'ready', model: 'other' });
});

test('what the worker says of what nobody wants any more changes nothing', async () => {
	const worker = new ScriptedWorker<ToWorker, FromWorker>();
	const starts = { looping: () => false, begin: () => () => {} };
	const client = new WebLlmClient({ createWorker: () => worker.asWorker(), starts });
	const progress: Progress = { state: 'downloading', bytes: 5, total: 9, file: 'a.bin' };
	const outcome = client.download({ ...model, id: 'other' }, home);
	const loading = expect(client.load(model, home)).rejects.toThrow(telling.ended());
	worker.say({ type: 'hello' });
	client.unload();
	await loading; // while the worker lives on, for the download
	worker.say({ type: 'loading', load: 1, phase: 'weights', part: 0.5 });
	worker.say({ type: 'ready', load: 1 });
	expect(client.stage).toMatchObject({ at: 'downloading', model: 'other' });
	worker.say({ type: 'downloaded', outcome: complete });
	expect(await outcome).toEqual(complete);
	worker.say({ type: 'progress', progress });
	expect(client.stage).toEqual({ at: 'nothing' });
});

afterEach(() => void vi.useRealTimers());

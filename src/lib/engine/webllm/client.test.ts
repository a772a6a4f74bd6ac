import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Request, RunEvent } from '#lib/events.ts';
import type { Stage } from './door.ts';
import { Losses } from './losses.ts';
import type { Fate } from './lost.ts';
import { Told } from '../told.ts';
import type { Outcome, Plan, Progress } from './download/download.ts';
import type { InMemory } from './download/kept.ts';
import type { Place } from './place.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { starts } from './starts.ts';
import { telling } from './telling.ts';
import { WebLlmClient } from './client.ts';
import { ScriptedWorker } from '../testing/scripted-worker.ts';
import { complete, home, inProcess, model } from './testing/in-process.ts';
import { END, SCORES, tokenizerFile } from './testing/scripted-llm.ts';

const never = new AbortController().signal;
const bytes = (text: string) => [...new TextEncoder().encode(text)];
const ask = (changes: Partial<Request> = {}): Request => ({
	messages: [{ role: 'user', content: 'Hello' }],
	temperature: 0,
	topK: 0,
	seed: 1,
	maxTokens: 50,
	...changes
});

async function all(run: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
	const events = [];
	for await (const event of run) events.push(event);
	return events;
}

const textOf = (events: RunEvent[]) =>
	events.map((event) => (event.type === 'token' ? event.text : '')).join('');

function settledOf(events: RunEvent[]) {
	const settled = events.at(-1)!;
	if (settled.type !== 'settled') throw new Error('it did not settle');
	expect(settled.usage.outputTokens).toBe(events.filter(({ type }) => type === 'token').length);
	return settled;
}

function stagesOf(client: { onstage(listener: (stage: Stage) => void): unknown }) {
	const stages: string[] = [];
	client.onstage((stage) => {
		const said = stage.at === 'loading' ? `${stage.at} ${stage.phase}` : stage.at;
		if (stages.at(-1) !== said) stages.push(said);
	});
	return stages;
}

const gone = (error: unknown) => () => {
	throw error;
};

test('a model is loaded, tried out, and writes; one worker does it all', async () => {
	const trial = inProcess({ says: bytes('Hi 🙂') });
	const stages = stagesOf(trial.client);
	expect(trial.made).toBe(0);
	const engine = await trial.client.load(model, home);
	expect(engine).toMatchObject({ name: 'webllm', model: { name: 'Scripted 1', parameters: 1000 } });
	expect(stages).toEqual([
		'nothing',
		'loading checking',
		'loading starting',
		'loading weights',
		'loading programs',
		'loading trying',
		'ready'
	]);
	const steps = trial.counts.steps;
	expect(steps).toBe(4); // the known question, twice two tokens

	const events = await all(engine.run(ask(), never));
	expect(events[0]).toEqual({ type: 'started', at: 0, promptTokens: 7, cachedTokens: 0 });
	expect(textOf(events)).toBe('Hi 🙂');
	expect(settledOf(events)).toMatchObject({
		reason: 'finished',
		usage: { promptTokens: 7, cachedTokens: 0, outputTokens: 8 }
	});
	expect(trial.counts.steps).toBe(steps + 8);
	expect(trial.made).toBe(1);
});

test('of a run it is told of which tokens its prompt is made, and how they lie', async () => {
	const { client } = inProcess({ says: bytes('Hi') });
	const engine = await client.load(model, home);
	expect(engine).toMatchObject({ context: 256, cuts: undefined, layout: undefined });
	await all(engine.run(ask(), never, { reuse: true }));
	expect(engine.cuts).toEqual(['<|extra|>', ...'Hello', '<|im_end|>']);
	const messages: Request['messages'] = [
		...ask().messages,
		{ role: 'assistant', content: 'Hi' },
		{ role: 'user', content: '🦭?' }
	];
	const events = await all(engine.run(ask({ messages }), never, { reuse: true }));
	expect(engine.cuts).toEqual(['<|extra|>', ...'Hello', '<|im_end|>', ...'Hi', '', '', '', '🦭', '?', '<|im_end|>']); // prettier-ignore
	expect(events[0]).toMatchObject({ promptTokens: engine.cuts!.length, cachedTokens: 9 });
	expect(engine.layout).toEqual({ head: 1, messages: [5, 3, 5], open: 1 });
});

test('nothing is computed beyond what is asked for, and a burst brings several', async () => {
	const { client, counts, posted } = inProcess({ says: bytes('abcdefgh') });
	const engine = await client.load(model, home);
	const steps = counts.steps;
	const run = engine.run(ask(), never);
	await run.next();
	await new Promise((resolve) => setTimeout(resolve, 30));
	expect(counts.steps).toBe(steps);
	await run.next();
	await run.next();
	await new Promise((resolve) => setTimeout(resolve, 30));
	expect(counts.steps).toBe(steps + 2);
	await run.return();

	const burst = await all(engine.run(ask(), never, { burst: () => 1000 }));
	expect(textOf(burst)).toBe('abcdefgh');
	const sizes = posted.filter((message) => message.type === 'tokens').map(({ tokens }) => tokens.length); // prettier-ignore
	expect(sizes.slice(-2)).toEqual([1, 8]);
});

test('whoever asks ahead gets one token after another, and how long reading takes is told while it lasts', async () => {
	const { client, counts, script, posted } = inProcess({ says: bytes('abcdef') });
	const engine = await client.load(model, home);
	const steps = counts.steps;
	let computing = 0;
	script.compute = async (step) => {
		expect(++computing).toBe(1);
		await new Promise((resolve) => setTimeout(resolve, step === 0 || step === 2 ? 250 : 5));
		computing--;
	};
	const run = engine.run(ask(), never);
	await run.next();
	const asked = await Promise.all([run.next(), run.next(), run.next()]);
	expect(textOf(asked.map(({ value }) => value as RunEvent))).toBe('abc');
	expect(counts.steps).toBe(steps + 3);
	const said = posted.map(({ type }) => type).filter((type) => /reading|tokens/.test(type));
	expect(said).toEqual([...said.slice(0, -3), 'tokens', 'tokens', 'tokens']);
	expect(said.length).toBeGreaterThan(3);
	await run.return();
});

test('who asked beyond the end is told that it is over, and nothing is computed for it', async () => {
	const { client, counts, posted } = inProcess({ says: bytes('a') });
	const engine = await client.load(model, home);
	const { steps } = counts;
	const run = engine.run(ask(), never);
	await run.next();
	const events = await Promise.all([run.next(), run.next(), run.next(), run.next()]);
	expect(events.map(({ value }) => value?.type)).toEqual(['token', 'token', 'settled', undefined]);
	await new Promise((resolve) => setTimeout(resolve, 10));
	expect(posted.filter(({ type }) => type === 'tokens')).toHaveLength(2);
	expect(counts.steps).toBe(steps + 2);
});

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

test('a run that is begun at the news of a loss is not stopped by the end of the one before', async () => {
	let tell: ((fate: Fate) => void) | undefined;
	const trial = inProcess({ says: bytes('abcdef'), reload: () => void (tell = trial.take()) });
	const engine = await trial.client.load(model, home);
	const first = engine.run(ask(), never);
	for (let i = 0; i < 3; i++) await first.next();
	let second: Promise<RunEvent[]> | undefined;
	trial.client.onstage(({ at }) => {
		if (at === 'failed') second ??= all(engine.run(ask(), never));
	});
	tell!('lost');
	await vi.waitFor(() => expect(second).toBeDefined());
	expect((await first.next()).value).toMatchObject({ reason: 'failed' });
	expect(textOf(await second!)).toBe('abcdef');
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

test('a loss while a model is loaded that never comes leaves the way free for the next', async () => {
	const trial = inProcess();
	let tell: ((fate: Fate) => void) | undefined;
	trial.script.reload = () => {
		tell = trial.take();
		return new Promise(() => {});
	};
	const loading = expect(trial.client.load(model, home)).rejects.toThrow(telling.lost());
	await vi.waitFor(() => expect(tell).toBeDefined());
	tell!('lost');
	await loading;
	expect(trial.take()).toBeUndefined(); // nothing is being loaded
	delete trial.script.reload;
	const engine = await trial.client.load(model, home);
	expect(textOf(await all(engine.run(ask(), never)))).toBe('Hi');
	expect(trial.made).toBe(1);
});

test('what a lost GPU still says is nothing to anybody', async () => {
	let tell: ((fate: Fate) => void) | undefined;
	const trial = inProcess({ reload: () => void (tell = trial.take()) });
	const engine = await trial.client.load(model, home);
	for (const fate of ['lost', 'memory', 'lost'] as const) tell!(fate);
	await vi.waitFor(() => expect(trial.client.stage.at).toBe('failed'));
	expect(textOf(await all(engine.run(ask(), never)))).toBe('Hi');
	expect(trial.made).toBe(1);
	expect(trial.posted.filter(({ type }) => type === 'lost')).toHaveLength(1);
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

test('a GPU that cannot be given back stands in nobody’s way', async () => {
	const trial = inProcess({ scores: () => new Float32Array(SCORES), unload: gone('No GPU.') });
	await expect(trial.client.load(model, home)).rejects.toThrow(telling.wrong());
	delete trial.script.scores;
	await trial.client.load(model, home);
	await trial.client.load({ ...model, id: 'other' }, home);
	expect(trial.counts.unloads).toBe(2);
	expect(trial.made).toBe(1);
});

test('a loss that web-llm alone notices while it loads is told as one, and the worker lives', async () => {
	const trial = inProcess({ reload: gone('DeviceLostError: The WebGPU device was lost') });
	await expect(trial.client.load(model, home)).rejects.toThrow(telling.lost());
	expect(trial.alive.size).toBe(1);
});

test('how far the files have been checked is told', async () => {
	const parts: number[] = [];
	const checking = { state: 'checking', file: 'a', total: 4 } as const;
	const trial = inProcess(
		{},
		{
			verify: async (_, { onprogress }) => {
				for (const bytes of [1, 3]) onprogress!({ ...checking, bytes });
				return complete;
			}
		}
	);
	trial.client.onstage((stage) => {
		if (stage.at === 'loading' && stage.phase === 'checking') parts.push(stage.part);
	});
	await trial.client.load(model, home);
	expect(parts.slice(-2)).toEqual([0.25, 0.75]);
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

describe('a device that computes wrongly is told so', () => {
	const same = (value: number) => new Float32Array(SCORES).fill(value);
	let pass = 0;
	test.each<[string, () => Float32Array]>([
		['no numbers', () => same(NaN)],
		['all scores the same', () => same(1)],
		['another answer each time', () => { const s = same(-9); s[pass++ % 250] = 9; return s; }] // prettier-ignore
	])('%s', async (_, scores) => {
		const { client, counts, alive } = inProcess({ scores });
		await expect(client.load(model, home)).rejects.toThrow(telling.wrong());
		expect(client.stage).toEqual({ at: 'failed', model: model.id, sentence: telling.wrong() });
		expect(counts).toMatchObject({ unloads: 1, open: 0 });
		expect(alive.size).toBe(1);
	});

	test('an answer that is not the known one', async () => {
		const { client } = inProcess({ says: [72] });
		await client.load({ ...model, firstToken: 72 }, home);
		await expect(client.load({ ...model, firstToken: 73 }, home)).rejects.toThrow(telling.wrong());
	});

	test('in the midst of a run', async () => {
		const { client, script } = inProcess({ says: bytes('abc') });
		const engine = await client.load(model, home);
		delete script.says;
		script.scores = (step) => {
			const scores = same(-9);
			scores[step] = step === 2 ? NaN : 9;
			return scores;
		};
		const events = await all(engine.run(ask(), never));
		expect(settledOf(events)).toMatchObject({ reason: 'failed', error: telling.wrong(), usage: { outputTokens: 2 } }); // prettier-ignore
	});
});

describe('what concerns one run leaves the model where it is', () => {
	test('a conversation that is too long', async () => {
		const { client, counts } = inProcess();
		const engine = await client.load(model, home);
		const long = ask({ messages: [{ role: 'user', content: 'x'.repeat(300) }] });
		expect(settledOf(await all(engine.run(long, never)))).toMatchObject({
			reason: 'failed',
			error: telling.tooLong(),
			usage: { promptTokens: 0 }
		});
		expect(textOf(await all(engine.run(ask(), never)))).toBe('Hi');
		expect(counts.reloads).toBe(1);
	});

	test('a conversation that asks nothing', async () => {
		const { client } = inProcess();
		const engine = await client.load(model, home);
		const settled = settledOf(await all(engine.run(ask({ messages: [] }), never)));
		expect(settled).toMatchObject({ reason: 'failed', error: telling.nothingAsked() });
	});
});

describe('a GPU that is lost', () => {
	let tell: ((fate: Fate) => void) | undefined;
	let now = 0;
	const breaking = () => {
		now = 0;
		const trial = inProcess(
			{ says: bytes('abcdefgh'), reload: () => void (tell = trial.take()) },
			{},
			{ losses: new Losses(() => now) }
		);
		return trial;
	};

	test('in the midst of a run: the text stays, and the next run loads from what is stored', async () => {
		const trial = breaking();
		const engine = await trial.client.load(model, home);
		const events: RunEvent[] = [];
		for await (const event of engine.run(ask(), never)) {
			events.push(event);
			if (events.length === 4) tell!('lost');
		}
		expect(textOf(events)).toBe('abc');
		expect(settledOf(events)).toMatchObject({ reason: 'failed', error: telling.lost() });
		expect(trial.client.stage).toMatchObject({ at: 'failed', sentence: telling.lost() });

		now = 61_000;
		expect(textOf(await all(engine.run(ask(), never)))).toBe('abcdefgh');
		expect(trial.made).toBe(1);
		expect(trial.counts.reloads).toBe(2);
		expect(trial.client.stage.at).toBe('ready');
	});

	test('is noticed by web-llm’s own error too, also where that is a string', async () => {
		for (const error of [
			new Error('NDArray has already been disposed'),
			'DeviceLostError: The WebGPU device was lost'
		]) {
			// prettier-ignore
			const trial = breaking();
			const engine = await trial.client.load(model, home);
			trial.script.compute = (step) => (step === 2 ? gone(error)() : undefined);
			const events = await all(engine.run(ask(), never));
			expect(textOf(events)).toBe('ab');
			expect(settledOf(events).error).toBe(telling.lost());
			tell!('lost'); // the news of the same loss, later
			await new Promise((resolve) => setTimeout(resolve, 10));
			expect(trial.client.stage.at).toBe('failed');
		}
	});

	test('twice within a minute is left alone for the rest of the visit', async () => {
		const trial = breaking();
		const engine = await trial.client.load(model, home);
		const sentences = [];
		for (let i = 0; i < 3; i++) {
			const events: RunEvent[] = [];
			for await (const event of engine.run(ask(), never)) {
				events.push(event);
				if (events.length === 3) tell!('lost');
			}
			sentences.push(settledOf(events).error);
			now += 50_000;
		}
		expect(sentences).toEqual([telling.lost(), telling.givenUp(), telling.givenUp()]);
		expect(trial.client.stage).toMatchObject({ at: 'given-up', sentence: telling.givenUp() });
		expect(trial.alive.size).toBe(0);
		expect(trial.counts.reloads).toBe(2);
		await expect(trial.client.load(model, home)).rejects.toThrow(telling.givenUp());
		trial.client.unload();
		expect(trial.client.stage.at).toBe('given-up');
	});

	test('just as a run begins: the run says so, and the worker is as good as before', async () => {
		const trial = breaking();
		const engine = await trial.client.load(model, home);
		tell!('lost');
		const [settled] = await all(engine.run(ask(), never));
		expect(settled).toMatchObject({ reason: 'failed', error: telling.lost() });
		now = 61_000;
		expect(textOf(await all(engine.run(ask(), never)))).toBe('abcdefgh');
		expect(trial.made).toBe(1);
	});

	test('while it loads for a run counts once', async () => {
		const trial = breaking();
		const engine = await trial.client.load(model, home);
		tell!('lost');
		await vi.waitFor(() => expect(trial.client.stage.at).toBe('failed'));
		now = 61_000;
		const { reload } = trial.script;
		trial.script.reload = gone('DeviceLostError: The WebGPU device was lost');
		expect(settledOf(await all(engine.run(ask(), never))).error).toBe(telling.lost());
		await new Promise((resolve) => setTimeout(resolve, 10));
		expect(trial.posted.filter(({ type }) => type === 'lost').length).toBe(2);
		now = 122_000;
		trial.script.reload = reload!;
		expect(textOf(await all(engine.run(ask(), never)))).toBe('abcdefgh');
	});

	test('while it loads: the load says so', async () => {
		const trial = breaking();
		trial.script.reload = () => {
			trial.take()!('lost');
			throw new Error('Module has already been disposed');
		};
		await expect(trial.client.load(model, home)).rejects.toThrow(telling.lost());
		expect(trial.posted.filter(({ type }) => type === 'lost').length).toBe(1);
	});

	test('is none when it is given back: for another model, or by unloading', async () => {
		const trial = breaking();
		await trial.client.load(model, home);
		const first = tell!;
		const loading = trial.client.load({ ...model, id: 'other' }, home);
		await vi.waitFor(() => expect(trial.counts.unloads).toBe(1));
		first('lost');
		await loading;
		first('lost');
		first('memory');
		await new Promise((resolve) => setTimeout(resolve, 10));
		expect(trial.client.stage).toEqual({ at: 'ready', model: 'other' });
		expect(trial.take()).toBeUndefined(); // what takes a GPU only to look at it
	});
});

describe('a worker that is of no more use', () => {
	test('is replaced after an error in the midst of a run', async () => {
		const trial = inProcess({ says: bytes('abcdefgh') });
		const engine = await trial.client.load(model, home);
		trial.script.compute = (step) => (step === 2 ? gone('RuntimeError: unreachable')() : undefined);
		const events = await all(engine.run(ask(), never));
		expect(textOf(events)).toBe('ab');
		expect(settledOf(events)).toMatchObject({
			reason: 'failed',
			error: telling.broke('RuntimeError: unreachable')
		});
		expect(trial.alive.size).toBe(0);
		delete trial.script.compute;
		expect(textOf(await all(engine.run(ask(), never)))).toBe('abcdefgh');
		expect(trial.made).toBe(2);
	});

	test('counts as a loss of the GPU where a model was on it, and only then', async () => {
		const trial = inProcess({ says: bytes('abc'), reload: gone('of the first kind') });
		for (let i = 0; i < 3; i++) {
			await expect(trial.client.load(model, home)).rejects.toThrow(/first kind/);
		}
		delete trial.script.reload;
		const engine = await trial.client.load(model, home);
		trial.script.compute = (step) => (step === 1 && trial.client.stage.at === 'ready' ? gone('of the second kind')() : undefined); // prettier-ignore
		const errors = [];
		for (let i = 0; i < 3; i++) errors.push(settledOf(await all(engine.run(ask(), never))).error);
		expect(errors).toEqual([telling.broke('of the second kind'), telling.givenUp(), telling.givenUp()]); // prettier-ignore
	});

	test('counts as none where no model was wanted', async () => {
		const losses = new Losses();
		const { client } = inProcess({}, {}, { losses, createWorker: gone(new Error('no')) });
		for (let i = 0; i < 3; i++) await client.stored().catch(() => {});
		expect(losses.givenUp).toBe(false);
	});

	test('is ended when memory is short: at a load, and in the midst of a run', async () => {
		const trial = inProcess({ reload: gone(new RangeError('Array buffer allocation failed')) });
		await expect(trial.client.load(model, home)).rejects.toThrow(telling.memory());
		expect(trial.alive.size).toBe(0);

		let tell: ((fate: Fate) => void) | undefined;
		trial.script.reload = () => void (tell = trial.take());
		const engine = await trial.client.load(model, home);
		const events: RunEvent[] = [];
		for await (const event of engine.run(ask(), never)) {
			events.push(event);
			if (event.type === 'token') tell!('memory');
		}
		expect(textOf(events)).toBe('H');
		expect(settledOf(events).error).toBe(telling.memory());
		expect(trial.alive.size).toBe(0);
	});

	test('is ended when web-llm itself says that memory is short', async () => {
		const trial = inProcess({ says: bytes('abc') });
		const engine = await trial.client.load(model, home);
		trial.script.compute = (step) => (step === 1 ? gone(new Error('Out of memory'))() : undefined);
		expect(settledOf(await all(engine.run(ask(), never))).error).toBe(telling.memory());
		expect(trial.alive.size).toBe(0);
	});

	test('is not ended by a load that fails for the files’ sake', async () => {
		const sentence = 'The file is not there.';
		const trial = inProcess({}, { verify: async () => ({ state: 'failed', sentence, file: 'a' }) });
		await expect(trial.client.load(model, home)).rejects.toThrow(sentence);
		expect(trial.alive.size).toBe(1);
		expect(trial.counts.engines).toBe(0);
	});

	test('a load that web-llm drops without a word fails as well', async () => {
		const { client } = inProcess({ empty: true });
		await expect(client.load(model, home)).rejects.toThrow(telling.ended());
	});

	test('web-llm that does not come, and tokens that are missing, are told', async () => {
		const noProgram = inProcess({}, { webLlm: () => Promise.reject(new TypeError('Failed')) });
		await expect(noProgram.client.load(model, home)).rejects.toThrow(telling.noProgram());
		for (const text of [undefined, '<html>', '{}', 'null']) {
			const { client } = inProcess({}, { storedText: async () => text });
			await expect(client.load(model, home)).rejects.toThrow(telling.noTokenizer());
		}
	});
});

describe('silence', () => {
	beforeEach(() => void vi.useFakeTimers());

	test('of a worker that compiles is borne for nearly a minute, and no longer', async () => {
		const trial = inProcess({ reload: () => new Promise(() => {}) });
		const loading = expect(trial.client.load(model, home)).rejects.toThrow(telling.silent());
		await vi.advanceTimersByTimeAsync(1000);
		for (const worker of trial.alive) worker.dead = true;
		await vi.advanceTimersByTimeAsync(55_000);
		expect(trial.client.stage.at).toBe('loading');
		await vi.advanceTimersByTimeAsync(10_000);
		await loading;
		expect(trial.alive.size).toBe(0);
	});

	test('in the midst of a run is borne for some seconds', async () => {
		const trial = inProcess({ says: bytes('abcdefgh') });
		const loading = trial.client.load(model, home);
		await vi.advanceTimersByTimeAsync(1000);
		const engine = await loading;
		const run = engine.run(ask(), never);
		const events: RunEvent[] = [];
		const reading = (async () => {
			for await (const event of run) {
				events.push(event);
				if (events.length === 3) for (const worker of trial.alive) worker.dead = true;
			}
		})();
		await vi.advanceTimersByTimeAsync(4000);
		expect(events.length).toBe(3);
		await vi.advanceTimersByTimeAsync(3000);
		await reading;
		expect(settledOf(events)).toMatchObject({ reason: 'failed', error: telling.silent() });
		expect(textOf(events)).toBe('ab');
	});

	test('before the first token is borne for longer: programs are first used then', async () => {
		const trial = inProcess();
		const loading = trial.client.load(model, home);
		await vi.advanceTimersByTimeAsync(1000);
		const events = all((await loading).run(ask(), never));
		for (const worker of trial.alive) worker.dead = true;
		await vi.advanceTimersByTimeAsync(27_000);
		expect(trial.alive.size).toBe(1);
		await vi.advanceTimersByTimeAsync(5000);
		expect(settledOf(await events).error).toBe(telling.silent());
	});

	test('to a question is borne as long: it may be the first that uses the programs', async () => {
		const trial = inProcess();
		const loading = trial.client.load(model, home);
		await vi.advanceTimersByTimeAsync(1000);
		const looked = (await loading).look(ask()).catch(({ message }: Error) => message);
		for (const worker of trial.alive) worker.dead = true;
		await vi.advanceTimersByTimeAsync(27_000);
		expect(trial.alive.size).toBe(1);
		await vi.advanceTimersByTimeAsync(5000);
		expect(await looked).toBe(telling.silent());
	});

	test('is none where the worker answers, however long a token takes', async () => {
		const trial = inProcess({ compute: () => new Promise((r) => setTimeout(r, 16_000)) });
		const loading = trial.client.load(model, home);
		await vi.advanceTimersByTimeAsync(70_000);
		const events = all((await loading).run(ask(), never));
		await vi.advanceTimersByTimeAsync(60_000);
		expect(textOf(await events)).toBe('Hi');
	});
});

describe('files', () => {
	test('a download is told as it goes, can be held, and hides the model’s own stage', async () => {
		let finish = () => {};
		const calls: string[] = [];
		const progress: Progress = { state: 'downloading', bytes: 5, total: 9, file: 'a.bin' };
		const trial = inProcess(
			{},
			{
				download: (plan, { signal, gate, onprogress }) =>
					new Promise((resolve) => {
						expect(plan).toEqual({ model: 'other', place: { folder: model.home, library: model.library }, bytes: 5_000_000 }); // prettier-ignore
						onprogress!(progress);
						signal.addEventListener('abort', () => resolve({ state: 'cancelled' }));
						finish = () => {
							calls.push(gate!.closed ? 'closed' : 'open');
						};
					})
			}
		);
		await trial.client.load(model, home);
		const outcome = trial.client.download({ ...model, id: 'other' }, home);
		await vi.waitFor(() => expect(trial.client.stage).toEqual({ at: 'downloading', model: 'other', progress })); // prettier-ignore
		expect(await trial.client.download(model, home)).toMatchObject({ sentence: telling.busy() });
		trial.client.pause();
		await new Promise((resolve) => setTimeout(resolve, 10));
		finish();
		trial.client.resume();
		await new Promise((resolve) => setTimeout(resolve, 10));
		finish();
		expect(calls).toEqual(['closed', 'open']);
		trial.client.unload();
		expect(trial.alive.size).toBe(1);
		trial.client.cancel();
		expect(await outcome).toEqual({ state: 'cancelled' });
		expect(trial.client.stage).toEqual({ at: 'nothing' });
	});

	test('one that was stopped while it was held is not held when it begins again', async () => {
		const held: boolean[] = [];
		const trial = inProcess(
			{},
			{
				download: (_, { signal, gate }) =>
					new Promise((resolve) => {
						held.push(gate!.closed);
						signal.addEventListener('abort', () => resolve({ state: 'cancelled' }));
					})
			}
		);
		for (let i = 0; i < 2; i++) {
			const outcome = trial.client.download(model, home);
			trial.client.pause();
			trial.client.cancel();
			expect(await outcome).toEqual({ state: 'cancelled' });
		}
		expect(held).toEqual([false, false]);
	});

	test('a download that fails is told, until one is complete; a model on the GPU stays what it is', async () => {
		const failed: Outcome = { state: 'failed', sentence: 'No.', file: 'a' };
		let outcome: Outcome = failed;
		const trial = inProcess({}, { download: async () => outcome });
		expect(await trial.client.download(model, home)).toEqual(failed);
		expect(trial.client.stage).toEqual({ at: 'failed', model: model.id, sentence: 'No.' });
		outcome = complete;
		await trial.client.download(model, home);
		expect(trial.client.stage).toEqual({ at: 'nothing' });
		outcome = failed;
		await trial.client.load(model, home);
		await trial.client.download({ ...model, id: 'other' }, home);
		expect(trial.client.stage).toEqual({ at: 'ready', model: model.id });

		const broken = inProcess({}, {}, { createWorker: gone(new Error('no')) });
		expect(await broken.client.download(model, home)).toEqual({
			state: 'failed',
			sentence: telling.noProgram(),
			file: ''
		});
	});

	test('a mirror’s are looked for where it keeps them, with its list of them', async () => {
		const plans: unknown[] = [];
		const keep = async (plan: unknown) => {
			plans.push(plan);
			return complete;
		};
		const { client } = inProcess({}, { download: keep, verify: keep });
		const mirror = { at: 'mirror', base: 'https://s.example/m/' } as const;
		expect(await client.download(model, mirror)).toEqual(complete);
		await client.load(model, mirror);
		const folder = `https://s.example/m/${model.id}/`;
		const plan = {
			model: model.id,
			place: { folder: `${folder}resolve/main/`, library: `${folder}v0_2_86-m.wasm` },
			bytes: 5_000_000,
			manifestAt: `${folder}manifest.json`
		};
		expect(plans).toEqual([plan, plan]);
	});

	test('a model is loaded from where it was stored from, whatever source is chosen by now', async () => {
		const school = {
			folder: 'https://s.example/m/resolve/main/',
			library: 'https://s.example/m.wasm'
		};
		const atHome = { folder: model.home, library: model.library };
		const mirror = { at: 'mirror', base: 'https://other.example/' } as const;
		const entry = (place?: Place, id = model.id) => ({ model: id, bytes: 1, date: '', ...(place ? { place } : {}) }); // prettier-ignore
		const other = 'https://other.example/m-q4f32_1-MLC/resolve/main/';
		for (const [stored, from, folder] of [
			[[entry(school)], home, school.folder],
			[[entry(school)], mirror, school.folder],
			[[entry(school), entry(atHome)], home, atHome.folder],
			[[entry(atHome), entry(school)], mirror, atHome.folder],
			// nobody knows where that came from, or it is of another model
			[[entry(), entry(school, 'another')], mirror, other],
			[[], home, atHome.folder]
		] as const) {
			const plans: Plan[] = [];
			const texts: string[] = [];
			const trial = inProcess(
				{},
				{
					stored: async () => [...stored],
					verify: async (plan) => (plans.push(plan), complete),
					storedText: async (address) => (texts.push(address), JSON.stringify(tokenizerFile()))
				}
			);
			const engine = await trial.client.load(model, from);
			expect(textOf(await all(engine.run(ask(), never)))).toBe('Hi');
			expect(plans.map(({ place }) => place.folder)).toEqual([folder]);
			expect(texts).toEqual([`${folder}tokenizer.json`]);
			expect(trial.counts.records.map((one) => one.model)).toEqual([folder]);
			// a list of files is of the place it was asked from
			expect(plans[0].manifestAt).toBe(folder === other ? 'https://other.example/m-q4f32_1-MLC/manifest.json' : undefined); // prettier-ignore
		}
	});

	test('a model that another tab is at is not deleted, and the worker is as good as before', async () => {
		let refuse = true;
		const trial = inProcess(
			{},
			{
				remove: async () => {
					if (refuse) throw new Told('Another tab is at it.');
				}
			}
		);
		await trial.client.load(model, home);
		await expect(trial.client.remove(model.id)).rejects.toThrow(/^Another tab is at it\.$/);
		expect(trial.client.stage).toEqual({ at: 'ready', model: model.id });
		refuse = false;
		await trial.client.remove(model.id);
		expect(trial.made).toBe(1);
	});

	test('an error of a deletion that is no answer is the worker’s end', async () => {
		const trial = inProcess({}, { remove: gone(new TypeError('x')) });
		await expect(trial.client.remove()).rejects.toThrow(telling.broke('TypeError: x'));
		expect(trial.alive.size).toBe(0);
	});

	test('what the browser does not keep outlives its worker, and is freed when it is deleted', async () => {
		const workers: { files: InMemory[]; tell(change: InMemory): void }[] = [];
		const trial = inProcess(
			{},
			{
				watchMemory: (tell) => void workers.push({ files: [], tell }),
				hold: (files) => void workers.at(-1)!.files.push(...files)
			}
		);
		const held = { blob: new Blob(['x']), headers: {}, refusal: 'full' as const };
		const file = (address: string) => ({ cache: 'webllm/model', address });
		await trial.client.stored();
		for (const name of ['a', 'b']) workers[0].tell({ ...file(name), held });
		workers[0].tell({ ...file('a'), held: { ...held, headers: { second: 'time' } } });
		workers[0].tell({ cache: 'webllm/config', address: 'a', held });
		await trial.client.stored();
		trial.client.unload();
		expect(trial.alive.size).toBe(0);

		await trial.client.stored();
		expect(workers[1].files.map(({ cache, address }) => [cache, address])).toEqual([
			['webllm/model', 'a'],
			['webllm/model', 'b'],
			['webllm/config', 'a']
		]);
		expect(workers[1].files[0].held!.headers).toEqual({ second: 'time' });
		expect(await workers[1].files[1].held!.blob.text()).toBe('x');
		// before anything else is asked
		expect(trial.asked.map(({ type }) => type).slice(-2)).toEqual(['hold', 'list']);

		for (const { cache, address } of workers[1].files) workers[1].tell({ cache, address });
		await trial.client.stored();
		trial.client.unload();
		await trial.client.stored();
		expect(workers[2].files).toEqual([]);
	});

	test('what is stored is listed and deleted; the device is looked at; a broken worker rejects', async () => {
		const removed: (string | undefined)[] = [];
		const stored = [{ model: 'a', bytes: 1, date: '' }];
		const trial = inProcess(
			{},
			{
				stored: async () => stored,
				remove: async (model) => { removed.push(model); } // prettier-ignore
			}
		);
		expect(await trial.client.stored()).toEqual(stored);
		await trial.client.remove('a');
		await trial.client.remove();
		expect(removed).toEqual(['a', undefined]);
		expect(await trial.client.check()).toEqual({ secure: true });

		const broken = inProcess(
			{},
			{},
			{ createWorker: gone(new DOMException('no', 'SecurityError')) }
		);
		expect(await broken.client.check()).toEqual({ secure: false });
		await expect(broken.client.stored()).rejects.toThrow(telling.noProgram());
	});
});

describe('a system that closes the page', () => {
	function tab() {
		const kept = new Map<string, string>();
		let now = 0;
		const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) }; // prettier-ignore
		return {
			page: (target?: EventTarget) => starts(() => storage, () => now, target), // prettier-ignore
			pass: (ms: number) => (now += ms)
		};
	}

	test('twice while a model starts has it not started a third time within a minute', async () => {
		const { page, pass } = tab();
		page().begin();
		pass(20_000);
		expect(page().looping()).toBe(false);
		page().begin();
		expect(page().looping()).toBe(true);

		const trial = inProcess({}, {}, { starts: page() });
		await expect(trial.client.load(model, home)).rejects.toThrow(telling.crashing());
		expect(trial.made).toBe(0);
		pass(41_000);
		await trial.client.load(model, home);
		expect(page().looping()).toBe(false);
	});

	test('is told from a page that is left, and from loads that end', async () => {
		const { page } = tab();
		for (let i = 0; i < 3; i++) {
			const target = new EventTarget();
			page(target).begin();
			target.dispatchEvent(new Event('pagehide'));
		}
		expect(page().looping()).toBe(false);
		const own = page();
		const trial = inProcess({ empty: true }, {}, { starts: own });
		for (let i = 0; i < 3; i++) await trial.client.load(model, home).catch(() => {});
		expect(own.looping()).toBe(false);
	});

	test('cannot be remembered where nothing can be, and damaged memory is none', () => {
		const forbidden = starts(gone(new DOMException('no', 'SecurityError')), () => 0, undefined);
		forbidden.begin();
		expect(forbidden.looping()).toBe(false);
		for (const kept of ['', '{}', '[1', '["a","b"]']) {
			const odd = { getItem: () => kept, setItem() {}, removeItem() {} };
			expect(starts(() => odd, () => 0, undefined).looping()).toBe(false); // prettier-ignore
		}
	});
});

test('what is sent is a copy of strings and numbers', async () => {
	const { client, asked } = inProcess();
	const engine = await client.load(model, home);
	const proxy = <T extends object>(value: T): T => new Proxy(value, {});
	const request = proxy({ ...ask(), messages: [proxy({ role: 'user', content: 'Hello', extra: () => {} })] }); // prettier-ignore
	expect(textOf(await all(engine.run(request as Request, never)))).toBe('Hi');
	expect(asked.find(({ type }) => type === 'run')).toEqual({ type: 'run', run: 1, request: ask(), reuse: false }); // prettier-ignore
});

test('every sentence for readers is a sentence, and says what to do', () => {
	for (const make of Object.values(telling)) {
		const said = make('Error: x');
		expect(said).toMatch(/^[A-Z].*\.\)?$/);
		expect(said).not.toMatch(/undefined|web-llm|WebGPU/);
		expect(said.length).toBeLessThan(280);
	}
	expect(END).toBe(256);
});

afterEach(() => void vi.useRealTimers());

/** @file What the worker still hears of a model, a run or a question that nobody wants any more. */
import { describe, expect, test } from 'vitest';
import type { Request, RunEvent } from '#lib/events.ts';
import type { Outcome } from './download/download.ts';
import type { Fate } from './lost.ts';
import { telling } from './telling.ts';
import { bytes } from './testing/answers.ts';
import { complete, home, inProcess, model } from './testing/in-process.ts';
import { END, EXTRA, SCORES } from './testing/scripted-llm.ts';

const never = new AbortController().signal;
const question: Request['messages'] = [{ role: 'user', content: 'Hello' }];
const ask: Request = { messages: question, temperature: 0, topK: 0, seed: 1, maxTokens: 50 };
const other = { ...model, id: 'other' };
const LOST = 'DeviceLostError: The WebGPU device was lost';
const later = () => new Promise((resolve) => setTimeout(resolve, 30));

async function textOf(run: AsyncIterable<RunEvent>): Promise<string> {
	let text = '';
	for await (const event of run) if (event.type === 'token') text += event.text;
	return text;
}

/** A promise, and what settles it. */
function held<T = void>() {
	let [go, breaks]: [(value: T) => void, (error: unknown) => void] = [() => {}, () => {}];
	const wait = new Promise<T>((resolve, reject) => ([go, breaks] = [resolve, reject]));
	return { wait, go, breaks };
}

/** A trial whose GPUs tell `tell` of their fate. */
function watched(...[script, around, options]: Parameters<typeof inProcess>) {
	let tell: (fate: Fate) => void = () => {};
	const trial = inProcess(
		{ reload: () => void (tell = trial.take()!), ...script },
		around,
		options
	);
	const losses = () => trial.posted.filter(({ type }) => type === 'lost').length;
	return { ...trial, losses, tell: (fate: Fate) => tell(fate), made: () => trial.made };
}

describe('one loss is told as one', () => {
	test('where the GPU and web-llm tell of it while a model is loaded', async () => {
		const trial = watched();
		const reload = trial.script.reload!;
		trial.script.reload = async (report) => {
			await reload(report);
			throw LOST;
		};
		await expect(trial.client.load(model, home)).rejects.toThrow(telling.lost());
		trial.tell('lost');
		await later();
		expect(trial.losses()).toBe(1);
	});

	test('where a run waits for that model', async () => {
		const trial = watched();
		const engine = await trial.client.load(model, home);
		trial.client.unload();
		trial.script.reload = () => Promise.reject(LOST);
		const events = [];
		for await (const event of engine.run(ask, never)) events.push(event);
		expect(events).toMatchObject([{ type: 'settled', error: telling.lost() }]);
		await later();
		expect(trial.losses()).toBe(1);
		expect(trial.alive.size).toBe(1);
	});
});

test('a loss that a look waits behind is told as one too', async () => {
	const trial = watched();
	const engine = await trial.client.load(model, home);
	trial.client.unload();
	trial.script.reload = () => Promise.reject(LOST);
	await expect(engine.look(ask)).rejects.toThrow(telling.lost());
	await later();
	expect(trial.losses()).toBe(1);
});

describe('a GPU that is given back is not lost', () => {
	test('when the model on it computes wrongly', async () => {
		const trial = watched({ scores: () => new Float32Array(SCORES) });
		trial.script.unload = () => trial.tell('lost');
		await expect(trial.client.load(model, home)).rejects.toThrow(telling.wrong());
		await later();
		expect(trial.losses()).toBe(0);
	});

	test('when its model is taken off while the worker goes on downloading', async () => {
		const trial = watched({}, { download: () => new Promise(() => {}) });
		await trial.client.load(model, home);
		void trial.client.download(other, home);
		trial.script.unload = () => trial.tell('lost');
		trial.client.unload();
		await later();
		expect(trial.counts.unloads).toBe(1);
		expect(trial.losses()).toBe(0);
	});
});

test('a GPU that is lost while its model is tried out is not waited for', async () => {
	const trial = watched({
		compute: () => Promise.reject(LOST),
		unload: () => new Promise(() => {})
	});
	await expect(trial.client.load(model, home)).rejects.toThrow(telling.lost());
	expect(trial.losses()).toBe(1);
});

test('a model that is taken off while it is loaded may break: a download goes on', async () => {
	const [file, weights] = [held<Outcome>(), held()];
	const trial = watched({ reload: () => weights.wait }, { download: () => file.wait });
	const outcome = trial.client.download(other, home);
	const loading = expect(trial.client.load(model, home)).rejects.toThrow(telling.ended());
	await later();
	trial.client.unload();
	await loading;
	await later();
	weights.breaks(new Error('Engine.unload() is called.'));
	await later();
	expect(trial.alive.size).toBe(1);
	expect(trial.posted.some(({ type }) => type === 'unloaded')).toBe(false);
	file.go(complete);
	expect(await outcome).toEqual(complete);
});

test('a run that was stopped while its prompt was cut may break: the worker is as good as before', async () => {
	const trial = watched();
	const engine = await trial.client.load(model, home);
	const { wait, breaks } = held();
	trial.script.create = () => wait;
	const stop = new AbortController();
	const run = textOf(engine.run(ask, stop.signal));
	await later();
	stop.abort();
	await run;
	await later();
	breaks(new Error('x'));
	delete trial.script.create;
	expect(await textOf(engine.run(ask, never))).toBe('Hi');
	expect(trial.made()).toBe(1);
});

test('the last token of a run that was stopped does not end the next one', async () => {
	const trial = watched({ says: bytes('abcdef') });
	const engine = await trial.client.load(model, home);
	const first = engine.run({ ...ask, maxTokens: 2 }, never);
	await first.next();
	await first.next();
	const { wait, go } = held();
	const { steps } = trial.counts;
	trial.script.takes = (id) => wait.then(() => id); // it is drawn, and not taken yet
	void first.next();
	await expect.poll(() => trial.counts.steps).toBe(steps + 1);
	await later();
	delete trial.script.takes;
	const second = textOf(engine.run(ask, never));
	await later();
	go();
	expect(await second).toBe('abcdef');
});

test('a run waits for a text that is being cut, and both are right', async () => {
	const trial = watched();
	const engine = await trial.client.load(model, home);
	const { wait, go } = held();
	trial.script.create = () => wait;
	const cut = engine.cut({ messages: [{ role: 'user', content: 'Ho' }], maxTokens: 9 });
	await later();
	delete trial.script.create;
	const written = textOf(engine.run(ask, never));
	await later();
	go();
	expect(await cut).toEqual({ ids: [EXTRA, ...bytes('Ho'), END], begun: 0 });
	expect(await written).toBe('Hi');
	expect(engine.cuts).toEqual(['<|extra|>', ...'Hello', '<|im_end|>']);
	expect(trial.made()).toBe(1);
});

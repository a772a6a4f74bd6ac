import { describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '#lib/events.ts';
import { Losses } from './losses.ts';
import type { Fate } from './lost.ts';
import { telling } from './telling.ts';
import { all, ask, bytes, gone, never, settledOf, textOf } from './testing/asking.ts';
import { home, inProcess, model } from './testing/in-process.ts';
import { SCORES } from './testing/scripted-llm.ts';

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

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '#lib/events.ts';
import { Losses } from './losses.ts';
import type { Fate } from './lost.ts';
import { telling } from './telling.ts';
import { all, ask, bytes, gone, never, settledOf, textOf } from './testing/asking.ts';
import { home, inProcess, model } from './testing/in-process.ts';
import { SCORES } from './testing/scripted-llm.ts';

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

afterEach(() => void vi.useRealTimers());

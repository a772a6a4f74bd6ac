/** @file What is asked of a model besides runs, from the page to the worker and back. */
import { describe, expect, test } from 'vitest';
import type { Request, RunEvent } from '#lib/events.ts';
import { logProbabilities } from '#lib/tiny/sample.ts';
import type { Device } from './device.ts';
import type { Fate } from './lost.ts';
import { telling } from './telling.ts';
import { bytes, scattered } from './testing/answers.ts';
import { home, inProcess, model } from './testing/in-process.ts';
import { END, EXTRA, SCORES } from './testing/scripted-llm.ts';

const never = new AbortController().signal;
const question: Request['messages'] = [{ role: 'user', content: 'Hello' }];
const ask: Request = { messages: question, temperature: 0, topK: 0, seed: 1, maxTokens: 50 };
const look = {
	messages: [...question, { role: 'assistant' as const, content: 'Ho' }],
	maxTokens: 9
};
const prompt = [EXTRA, ...bytes('Hello'), END, ...bytes('Ho')];

const later = () => new Promise((resolve) => setTimeout(resolve, 30));

async function all(run: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
	const events = [];
	for await (const event of run) events.push(event);
	return events;
}

test('a look, the next one, how a text is cut, and what its tokens stand for', async () => {
	const { client, counts } = inProcess({ scores: scattered });
	const engine = await client.load(model, home);
	const steps = counts.steps;
	expect(await engine.cut(look)).toEqual({ ids: prompt, begun: 2 });
	const first = await engine.look(look);
	expect(first).toMatchObject({ ids: prompt, promptTokens: prompt.length });
	expect(first.logprobs).toEqual(logProbabilities(scattered(0)));
	const second = await engine.look(look, [104]);
	expect(second.logprobs).toEqual(logProbabilities(scattered(1)));
	expect(counts.steps).toBe(steps + 2);

	const { bytes: texts, ends, specials } = await engine.lexicon();
	expect(ends.length).toBe(258);
	expect([...texts.slice(0, ends[104])]).toEqual([...Array(105).keys()]);
	expect(new TextDecoder().decode(texts.slice(ends[END - 1], ends[END]))).toBe('<|im_end|>');
	expect(specials).toEqual([END, EXTRA]);
	expect(engine.lexicon()).toBe(engine.lexicon());
});

test('a look ends the run that is being written, and a run reads anew what a look had left', async () => {
	const { client, counts } = inProcess({ says: bytes('Hi there') });
	const engine = await client.load(model, home);
	const run = engine.run(ask, never);
	await run.next();
	await run.next();
	const [looked, events] = await Promise.all([engine.look(look), all(run)]);
	expect(looked.ids).toEqual(prompt);
	expect(events.at(-1)).toMatchObject({ type: 'settled', reason: 'cancelled' });
	const again = await all(engine.run(ask, never, { reuse: true }));
	expect(again[0]).toMatchObject({ promptTokens: 7, cachedTokens: 0 });
	expect(again.at(-1)).toMatchObject({ reason: 'finished', usage: { outputTokens: 9 } });
	expect(counts.open).toBe(0);
	expect((await engine.look(look)).ids).toEqual(prompt);
});

test('looks that are asked for at once are answered one after another', async () => {
	const { client } = inProcess({ scores: scattered });
	const engine = await client.load(model, home);
	const looks = await Promise.all(
		[[], [1], [1, 2], [3]].map((written) => engine.look(look, written))
	);
	expect(looks.map(({ ids }) => ids.slice(prompt.length))).toEqual([[], [1], [1, 2], [3]]);
});

test('a text is not cut for the first time while something is written, and then it is', async () => {
	const { client } = inProcess({ says: bytes('Hi') });
	const engine = await client.load(model, home);
	const run = engine.run(ask, never);
	await run.next();
	await expect(engine.cut(look)).rejects.toThrow(telling.alone());
	await all(run);
	await engine.cut(look);
	const other = engine.run(ask, never);
	await other.next();
	expect(await engine.cut(look)).toEqual({ ids: prompt, begun: 2 });
	expect((await all(other)).at(-1)).toMatchObject({ reason: 'finished' });
});

describe('a look that is being computed', () => {
	/** One whose scores come when `go` is called. */
	async function computing() {
		let tell: Tell = () => {};
		const trial: Trial = inProcess({
			says: bytes('Hi there'),
			reload: () => void (tell = trial.take()!)
		});
		const engine = await trial.client.load(model, home);
		let go = () => {};
		let breaks: (error: unknown) => void = () => {};
		trial.script.compute = () => new Promise((resolve, reject) => ([go, breaks] = [resolve, reject])); // prettier-ignore
		const { steps } = trial.counts;
		const looked = engine.look(look);
		const told = looked.then(
			() => 'looked',
			({ message }: Error) => message
		);
		await expect.poll(() => trial.counts.steps).toBe(steps + 1);
		delete trial.script.compute;
		return { ...trial, engine, told, go, breaks, lose: () => tell('lost') };
	}

	test('ends before another model takes the GPU, and whoever waits behind it is told', async () => {
		const { client, engine, told, go, counts, posted } = await computing();
		const behind = expect(engine.look(look, [1])).rejects.toThrow(telling.replaced());
		const loading = client.load({ ...model, id: 'other' }, home);
		await later();
		expect(counts.unloads).toBe(0);
		go();
		expect(await told).toBe('looked');
		await behind;
		expect((await (await loading).look(look)).ids).toEqual(prompt);
		expect(counts).toMatchObject({ unloads: 1, reloads: 2 });
		expect(posted.some(({ type }) => type === 'lost')).toBe(false);
	});

	test('is cut to its end before another model takes the GPU', async () => {
		const { client, script, counts } = inProcess();
		const engine = await client.load(model, home);
		let go = () => {};
		script.create = () => new Promise((resolve) => (go = resolve));
		const cut = engine.cut(look);
		await later();
		delete script.create;
		const loading = client.load({ ...model, id: 'other' }, home);
		await later();
		expect(counts.unloads).toBe(0);
		go();
		expect(await cut).toEqual({ ids: prompt, begun: 2 });
		await loading;
		expect(counts.unloads).toBe(1);
	});

	test('is not waited for where its GPU is lost: it may never end', async () => {
		const { lose, told, engine, client } = await computing();
		lose();
		expect(await told).toBe(telling.lost());
		expect((await engine.look(look)).ids).toEqual(prompt);
		expect((await all(engine.run(ask, never))).at(-1)).toMatchObject({ reason: 'finished' });
		expect(client.stage.at).toBe('ready');
	});

	test('that breaks once its GPU is lost and another is taken is not a second loss', async () => {
		const { lose, told, engine, breaks, posted, client } = await computing();
		lose();
		expect(await told).toBe(telling.lost());
		const next = engine.look(look);
		await later();
		breaks('Module has already been disposed');
		expect((await next).ids).toEqual(prompt);
		await later();
		expect(posted.filter(({ type }) => type === 'lost')).toHaveLength(1);
		expect(client.stage.at).toBe('ready');
	});

	test('fails at the loss of its GPU with all that waits behind it, and that is one loss', async () => {
		const { script, told, go, engine, client, counts } = await computing();
		script.compute = () => Promise.reject('DeviceLostError: The WebGPU device was lost');
		const behind = engine.look(look, [1]).catch(({ message }: Error) => message);
		script.scores = () => {
			throw 'DeviceLostError: The WebGPU device was lost';
		};
		go();
		expect([await told, await behind]).toEqual([telling.lost(), telling.lost()]);
		await later();
		expect(client.stage).toMatchObject({ at: 'failed', sentence: telling.lost() });
		delete script.compute;
		delete script.scores;
		expect((await engine.look(look)).ids).toEqual(prompt);
		expect(counts.reloads).toBe(2);
	});
});

test('a GPU that was lost twice is left alone by looks too', async () => {
	let tell: Tell = () => {};
	const trial: Trial = inProcess({ reload: () => void (tell = trial.take()!) });
	const engine = await trial.client.load(model, home);
	tell('lost');
	await expect.poll(() => trial.client.stage.at).toBe('failed');
	await engine.cut(look);
	tell('lost');
	await expect.poll(() => trial.client.stage.at).toBe('given-up');
	await expect(engine.look(look)).rejects.toThrow(telling.givenUp());
	expect(trial.counts.reloads).toBe(2);
});

test('a look that crosses the news of a loss is told of it, and the worker is as good as before', async () => {
	let tell: Tell = () => {};
	const trial: Trial = inProcess({ reload: () => void (tell = trial.take()!) });
	const engine = await trial.client.load(model, home);
	tell('lost');
	await expect(engine.look(look)).rejects.toThrow(telling.lost());
	await later();
	expect((await engine.look(look)).ids).toEqual(prompt);
	expect(trial.made).toBe(1);
});

test('a run does not go on from what a look has read, though its words are the same', async () => {
	const { client } = inProcess({ says: bytes('Hi'), stop: '##' });
	const engine = await client.load(model, home);
	await all(engine.run(ask, never));
	// web-llm takes what was looked at for an answer without a word, over at its sign
	for (const written of [[], bytes('#'), bytes('##')]) await engine.look(look, written);
	const messages = [...question, { role: 'assistant' as const, content: '' }, ...question];
	const events = await all(engine.run({ ...ask, messages }, never, { reuse: true }));
	expect(events[0]).toMatchObject({ type: 'started', cachedTokens: 0 });
});

test('a look waits for the last token of the run that it ends', async () => {
	const { client, script, counts } = inProcess({ says: bytes('Hi there') });
	const engine = await client.load(model, home);
	await engine.cut(look);
	const run = engine.run(ask, never);
	await run.next();
	await run.next();
	let go = () => {};
	script.compute = () => new Promise((resolve) => (go = resolve));
	const { steps, resets } = counts;
	const token = run.next();
	await expect.poll(() => counts.steps).toBe(steps + 1);
	delete script.compute;
	const looked = engine.look(look);
	await later();
	expect(counts.resets).toBe(resets);
	go();
	expect((await looked).ids).toEqual(prompt);
	expect((await token).value).toMatchObject({ type: 'settled', reason: 'cancelled' });
	expect(client.stage.at).toBe('ready');
});

test('a look at a model that waits for the GPU does not keep it from coming there', async () => {
	let checked = () => {};
	const { client } = inProcess(
		{},
		{ checkDevice: () => new Promise((done) => (checked = () => done({ secure: true } as Device))) }
	);
	const engine = await client.load(model, home);
	const device = client.check();
	await later();
	void client.load({ ...model, id: 'other' }, home).catch(() => {});
	// which loads its own again
	const looked = engine.look(look);
	await later();
	checked();
	expect((await looked).ids).toEqual(prompt);
	await device;
});

describe('what goes wrong', () => {
	test('with one look is told, and the model is as good as before', async () => {
		const { client, alive } = inProcess();
		const engine = await client.load(model, home);
		await expect(engine.look(look, [SCORES])).rejects.toThrow(telling.noToken());
		await expect(engine.look({ messages: [], maxTokens: 1 })).rejects.toThrow(
			telling.nothingAsked()
		);
		await expect(engine.look(look, Array(250).fill(1))).rejects.toThrow(telling.full());
		const long = [{ role: 'user' as const, content: 'x'.repeat(300) }];
		await expect(engine.cut({ messages: long, maxTokens: 1 })).rejects.toThrow(telling.tooLong());
		expect((await engine.look(look)).ids).toEqual(prompt);
		expect(alive.size).toBe(1);
	});

	test.each([
		['a lost GPU', (tell: Tell) => tell('lost'), telling.lost()],
		['short memory', (tell: Tell) => tell('memory'), telling.memory()],
		['the model taken off', (_: Tell, { client }: Trial) => client.unload(), telling.ended()]
	])(
		'with %s: whoever waits is told, and the next look loads the model again',
		async (_, happen, sentence) => {
			let tell: Tell = () => {};
			let held = false;
			let go = () => {};
			const trial: Trial = inProcess({
				reload: () => void (tell = trial.take()!),
				compute: () => (held ? new Promise<void>((resolve) => (go = resolve)) : undefined)
			});
			const engine = await trial.client.load(model, home);
			held = true;
			const waits = expect(engine.look(look)).rejects.toThrow(sentence);
			await expect.poll(() => trial.counts.open).toBe(1);
			held = false;
			happen(tell, trial);
			await waits;
			go();
			expect((await engine.look(look)).ids).toEqual(prompt);
			expect(trial.counts.reloads).toBe(2);
		}
	);

	test.each([
		['DeviceLostError: The WebGPU device was lost', telling.lost()],
		['RangeError: out of memory', telling.memory()],
		['TypeError: x is not a function', telling.broke('TypeError: x is not a function')]
	])('as web-llm throws it is told: %s', async (thrown, sentence) => {
		const { client, script } = inProcess();
		const engine = await client.load(model, home);
		script.compute = () => Promise.reject(thrown);
		await expect(engine.look(look)).rejects.toThrow(sentence);
		delete script.compute;
		expect((await engine.look(look)).ids).toEqual(prompt);
	});
});

type Tell = (fate: Fate) => void;
type Trial = ReturnType<typeof inProcess>;

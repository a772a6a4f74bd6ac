import { expect, test } from 'vitest';
import type { Request, RunEvent } from '#lib/events.ts';
import { all, ask, bytes, never, settledOf, stagesOf, textOf } from './testing/asking.ts';
import { home, inProcess, model } from './testing/in-process.ts';

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

test('what is sent is a copy of strings and numbers', async () => {
	const { client, asked } = inProcess();
	const engine = await client.load(model, home);
	const proxy = <T extends object>(value: T): T => new Proxy(value, {});
	const request = proxy({ ...ask(), messages: [proxy({ role: 'user', content: 'Hello', extra: () => {} })] }); // prettier-ignore
	expect(textOf(await all(engine.run(request as Request, never)))).toBe('Hi');
	expect(asked.find(({ type }) => type === 'run')).toEqual({ type: 'run', run: 1, request: ask(), reuse: false }); // prettier-ignore
});

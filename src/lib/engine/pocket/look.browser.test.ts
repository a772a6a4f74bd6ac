import { afterEach, expect, test } from 'vitest';
import type { PocketEngine } from './client.ts';
import { sentences } from './sentences.ts';
import { all, askLong, settledOf, tokensOf, trialEngine } from './testing/engines.ts';

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

test('a chat that reuses what was read says how much, and writes what it would have written', async () => {
	const pocket = engine();
	const first = settledOf(await all(pocket.run(long, never, { reuse: true })));
	expect(first.usage.cachedTokens).toBe(0);
	const { promptTokens } = first.usage;

	const whole = await all(pocket.run(long, never));
	expect(whole[0]).toMatchObject({ type: 'started', promptTokens, cachedTokens: 0 });
	const before = await pocket.steps();
	const again = await all(pocket.run(long, never, { reuse: true }));
	const cachedTokens = promptTokens - 1;
	expect(again[0]).toMatchObject({ type: 'started', promptTokens, cachedTokens });
	expect(settledOf(again).usage).toMatchObject({ promptTokens, cachedTokens, outputTokens: 20 });
	// by the worker's own count: one token of the prompt, and all of the answer but its last
	expect((await pocket.steps()) - before).toBe(1 + 19);

	const plain = (events: typeof again) => tokensOf(events).map(({ at: _at, ...token }) => token);
	expect(plain(again)).toEqual(plain(whole));

	await pocket.look(long, [5]); // which reads with another generator
	const third = await all(pocket.run(long, never, { reuse: true }));
	expect(plain(third)).toEqual(plain(whole));
});

test('a look is answered while a run goes on, and the run writes what it would have written', async () => {
	const pocket = engine();
	const alone = tokensOf(await all(pocket.run(long, never)));
	const run = pocket.run(long, never);
	const ids: (number | undefined)[] = [];
	for await (const event of run) {
		if (event.type !== 'token') continue;
		ids.push(event.id);
		const look = await pocket.look(long, ids.slice(0, -1) as number[]);
		expect(look.logprobs[event.id!]).toBe(event.logprob);
	}
	expect(ids).toEqual(alone.map(({ id }) => id));
});

test('looks are answered in order, with insides where they are asked for', async () => {
	const pocket = engine();
	const looks = await Promise.all([
		pocket.look(long),
		pocket.look(long, [5], { insides: true }),
		pocket.look(long, [5, 6])
	]);
	expect(looks.map(({ ids, promptTokens }) => ids.length - promptTokens)).toEqual([0, 1, 2]);
	expect(looks.map(({ insides }) => insides?.layers.length)).toEqual([undefined, 2, undefined]);
	expect(looks[1].insides!.layers[0].attention[0]).toBeInstanceOf(Float32Array);
});

test('a look that cannot be is refused in a sentence, and the worker stays', async () => {
	const pocket = engine();
	await expect(pocket.look(long, [1e6])).rejects.toThrow(sentences.noToken());
	expect((await pocket.look(long, [5])).ms).toBeGreaterThan(0);
	expect(pocket.made).toBe(1);
});

test('a look at a dead worker is refused in a sentence, and the next one starts another', async () => {
	const pocket = engine({}, { script: 'missing' });
	await expect(pocket.look(long)).rejects.toThrow(sentences.noProgram());
	const living = engine();
	const look = living.look(long);
	living.dispose();
	await expect(look).rejects.toThrow(sentences.ended());
	expect((await living.look(long)).ids.length).toBeGreaterThan(0);
	expect(living.made).toBe(2);
});

test('the workings of all tokens and a retrace come through the worker; what is too long is a sentence', async () => {
	const pocket = engine();
	const [{ workings, ids }, retraced] = await Promise.all([
		pocket.look(long, [5], { insides: 'all' }),
		pocket.retrace(long, [5, 6])
	]);
	expect(workings!.layers[1].attention[0].length).toBe(ids.length ** 2);
	expect(retraced.same).toBe(true);
	expect(retraced.kept.map(({ tokens }) => tokens)).toEqual([ids.length - 1, 1, 1]);
	await expect(
		pocket.retrace(
			long,
			Array.from({ length: 32 }, () => 5)
		)
	).rejects.toThrow(sentences.tooMuchToShow(32));
	const unanswered = pocket.retrace(long, [5]);
	pocket.dispose();
	await expect(unanswered).rejects.toThrow(sentences.ended());
});

import { afterEach, expect, test } from 'vitest';
import { dequantise } from '#lib/tiny/quantise.ts';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { fingerprint } from '../training/fingerprint.ts';
import type { PocketEngine } from './client.ts';
import { sentences } from './sentences.ts';
import { all, askLong, tokensOf, trialEngine } from './testing/engines.ts';
import { smallModel } from './testing/small-model.ts';

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

/** Of the small model's weights in this page, with one number moved by a hair where it is asked. */
async function here({ moved = false } = {}): Promise<string> {
	const { bytes, config } = smallModel();
	const weights = dequantise(bytes, createBackend('plain', Generator.bytesNeeded(config)));
	const last = weights.values.length - 1;
	if (moved) weights.values[last] = Math.fround(weights.values[last] * (1 + 2 ** -20));
	return fingerprint(weights.values as Float32Array<ArrayBuffer>);
}

test('the fingerprint is of the weights as they lie in the memory of the worker', async () => {
	const pocket = engine();
	expect(await pocket.fingerprint()).toBe(await here());
	expect(await here({ moved: true })).not.toBe(await here());
	expect(await engine({ webAssembly: 'missing' }).fingerprint()).toBe(await here());
});

test('asked for in the middle of a run it comes before the run ends, and the run writes on as it would have', async () => {
	const pocket = engine();
	const alone = tokensOf(await all(pocket.run(long, never)));
	const ids: (number | undefined)[] = [];
	let seen: string | undefined;
	for await (const event of pocket.run(long, never)) {
		if (event.type !== 'token') continue;
		ids.push(event.id);
		if (event.index === 5) seen = await pocket.fingerprint();
	}
	expect(seen).toBe(await here());
	expect(ids).toEqual(alone.map(({ id }) => id));
	expect(await pocket.fingerprint()).toBe(seen);
});

test('where there is no model there is no fingerprint, but a sentence', async () => {
	await expect(engine({}, { weights: 'no weights' }).fingerprint()).rejects.toThrow(/\.$/);

	const pocket = engine();
	await pocket.fingerprint();
	const waiting = pocket.fingerprint();
	pocket.dispose();
	await expect(waiting).rejects.toThrow(sentences.ended());
});

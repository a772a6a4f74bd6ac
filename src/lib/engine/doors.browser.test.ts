import { afterEach, expect, test } from 'vitest';
import { doorTo, pocketEngine, warm } from './doors.ts';
import type { Arrival } from './pocket/client.ts';
import manifest from './pocket/manifest.json';
import record from './pocket/record.json';
import { sentences } from './pocket/sentences.ts';
import { all, ask, settledOf, tokensOf } from './pocket/testing/engines.ts';

const never = new AbortController().signal;

afterEach(async () => (await pocketEngine()).dispose());

test('the pocket model is one for all who ask, with the name and hash of its manifest', async () => {
	const engine = await pocketEngine();
	expect(await pocketEngine()).toBe(engine);
	expect(engine).toMatchObject({
		name: 'pocket',
		model: {
			name: manifest.name,
			parameters: manifest.parameters,
			sha256: manifest.sha256
		}
	});
	expect(engine.arrival).toEqual({ state: 'untouched' });
});

test('the published weights arrive, and answer in the browser as they do in the record made by Node', async () => {
	const engine = await pocketEngine();
	// the scores were made by asking prompt after prompt with the seeds 1, 2, 3 …
	for (const [i, { prompt, reply }] of record.scores.replies.slice(0, 8).entries()) {
		const { temperature } = record.scores;
		const request = ask(prompt, { temperature, topK: 0, seed: i + 1, maxTokens: 200 });
		const events = await all(engine.run(request, never));
		expect(tokensOf(events).map(({ text }) => text).join('')).toBe(reply); // prettier-ignore
	}
	expect(engine.arrival).toEqual({ state: 'here', backend: 'wasm' });
});

test('warming fetches the weights, and the run that follows fetches nothing', async () => {
	warm();
	warm();
	const engine = await pocketEngine();
	const here = await new Promise<Arrival>((resolve) =>
		engine.onarrival((arrival) => arrival.state === 'here' && resolve(arrival))
	);
	expect(here).toEqual({ state: 'here', backend: 'wasm' });

	const fetched = performance.getEntriesByType('resource').length;
	expect(tokensOf(await all(engine.run(ask('Hello'), never))).length).toBeGreaterThan(0);
	expect(performance.getEntriesByType('resource').length).toBe(fetched);
});

test('when the code does not come, runs fail with a sentence, and the next call tries again', async () => {
	let times = 0;
	const knock = doorTo(() =>
		times++ === 0
			? Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
			: import('./pocket/client.ts')
	);
	const closed = await knock();
	expect(settledOf(await all(closed.run(ask('Hello'), never)))).toMatchObject({
		reason: 'failed',
		error: sentences.noProgram()
	});
	expect(settledOf(await all(closed.run(ask('Hello'), AbortSignal.abort()))).reason).toBe(
		'cancelled'
	);
	expect(closed.arrival).toEqual({ state: 'failed', sentence: sentences.noProgram() });

	const open = await knock();
	expect(open.arrival).toEqual({ state: 'untouched' });
	expect(await knock()).toBe(open);
});

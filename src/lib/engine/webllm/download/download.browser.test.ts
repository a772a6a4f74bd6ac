import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cdp, commands } from 'vitest/browser';
import { download, verify, type Outcome, type Plan, type Progress } from './download.ts';
import { KeptCaches } from './kept.ts';
import { sentences } from './sentences.ts';
import { Sha256 } from '../../sha256.ts';
import { remove, stored } from './stored.ts';
import { surroundings, type Surroundings } from './surroundings.ts';
import type { Served } from './testing/commands.ts';

let served: Served;
let plan: Plan;

/** A tab of its own: all that the browser has, and nothing in memory. */
const tab = (): Surroundings => ({
	...surroundings,
	caches: new KeptCaches(),
	locks: navigator.locks,
	backoff: 10
});

const never = new AbortController().signal;
const complete = { state: 'complete', verified: 'first-download', kept: 'cache', renewed: [] };

/** Names of the files that are not, byte for byte, where web-llm looks for them. */
async function wrong(): Promise<string[]> {
	const found = await Promise.all(
		served.files.map(async ({ path, cache, sha256 }) => {
			const response = await (await caches.open(cache)).match(new Request(served.url + path));
			const bytes = response && new Uint8Array(await response.arrayBuffer());
			return bytes && new Sha256().update(bytes).hex() === sha256 ? [] : [path];
		})
	);
	return found.flat();
}

/** Other tests of this origin may have left something. */
async function empty() {
	for (const name of await caches.keys()) await caches.delete(name);
}

beforeEach(async () => {
	await empty();
	served = await commands.startModelServer([2_500_000, 1_300_000]);
	plan = {
		model: 'Small-q4f16_1-MLC',
		place: { folder: served.folder, library: served.library },
		bytes: served.bytes
	};
});

afterEach(async () => {
	await commands.stopModelServer(served.url);
	await empty();
});

describe('over a real network into a real Cache Storage', () => {
	test('every file comes, is kept where web-llm looks for it, and is listed', async () => {
		const progress: Progress[] = [];
		const outcome = await download(plan, {
			signal: never,
			around: tab(),
			onprogress: (one) => progress.push(one)
		});
		expect(outcome).toEqual(complete);
		expect(await wrong()).toEqual([]);
		expect(progress.at(-1)?.total).toBe(served.bytes);
		expect(await stored(tab())).toMatchObject([{ model: plan.model, bytes: served.bytes }]);
		expect((await caches.keys()).filter((name) => name.startsWith('running-tab/part'))).toEqual([]);

		const { asked } = await commands.askedOfModelServer(served.url);
		expect(asked).toHaveLength(served.files.length);
		expect(await verify(plan, { signal: never, around: tab() })).toEqual(complete);
		expect((await commands.askedOfModelServer(served.url)).asked).toHaveLength(asked.length);
	});

	test('a broken connection costs next to nothing, and another origin is asked without a preflight', async () => {
		const cuts = [300_000, 900_001, 1_777_777, 2_400_000];
		await commands.faultModelServer(
			served.url,
			cuts.map((cut) => ({ path: '_0.bin', before: cut, times: 1, fault: { cutAfter: cut } }))
		);
		expect(await download(plan, { signal: never, around: tab() })).toEqual(complete);
		const { asked, served: sent } = await commands.askedOfModelServer(served.url);
		expect(asked.some(({ path }) => path.startsWith('OPTIONS'))).toBe(false);
		// the browser may drop the last bytes before a break, so a part begins at the break or a little earlier
		const offsets = asked.filter(({ path }) => path.endsWith('_0.bin')).map(({ offset }) => offset);
		expect(offsets).toHaveLength(1 + cuts.length);
		for (const [i, cut] of cuts.entries()) expect(offsets[i + 1]).toBeLessThanOrEqual(cut);
		expect(sent).toBeGreaterThanOrEqual(served.bytes);
		expect(sent).toBeLessThanOrEqual(1.1 * served.bytes);
		expect(await wrong()).toEqual([]);
	});

	test('a closed tab costs the piece that was being filled', async () => {
		await commands.faultModelServer(served.url, [
			{ path: '_0.bin', times: 1, fault: { hangAfter: 2_200_000 } }
		]);
		const first = tab();
		const stop = new AbortController();
		let bytes = 0;
		const going = download(plan, {
			signal: stop.signal,
			around: { ...first, patience: { quiet: 300, dead: 60_000 } },
			onprogress: ({ state, bytes: here, file }) => {
				if (state === 'stalled' && file === 'params_shard_0.bin') bytes = here;
			}
		});
		await expect.poll(() => bytes, { timeout: 10_000 }).toBeGreaterThan(2_200_000);
		// what a closed tab holds in memory is lost: this one can put nothing more away
		first.caches.put = () => Promise.resolve('memory');
		stop.abort();
		expect(await going).toEqual({ state: 'cancelled' });

		expect(await download(plan, { signal: never, around: tab() })).toEqual(complete);
		const { asked, served: sent } = await commands.askedOfModelServer(served.url);
		const again = asked.filter(({ path }) => path.endsWith('_0.bin'))[1];
		expect(again.offset).toBeGreaterThan(2_200_000 - 2 * surroundings.pieceBytes);
		expect(again.offset).toBeLessThan(2_200_000);
		expect(sent).toBe(served.bytes + 2_200_000 - again.offset);
		expect(await wrong()).toEqual([]);
	});

	test('two tabs fetch a model once', async () => {
		const states: string[] = [];
		const outcomes = await Promise.all([
			download(plan, { signal: never, around: tab() }),
			download(plan, {
				signal: never,
				around: tab(),
				onprogress: ({ state }) => states.push(state)
			})
		]);
		expect(outcomes).toEqual([complete, complete]);
		expect(states[0]).toBe('waiting-for-other-tab');
		expect((await commands.askedOfModelServer(served.url)).served).toBe(served.bytes);
	});

	test('a stored file with one bit changed is found and fetched again, alone', async () => {
		await download(plan, { signal: never, around: tab() });
		const address = `${served.folder}params_shard_1.bin`;
		const cache = await caches.open('webllm/model');
		const bytes = new Uint8Array(await (await cache.match(address))!.arrayBuffer());
		bytes[777_777] ^= 16;
		await cache.put(address, new Response(bytes));
		expect(await wrong()).toHaveLength(1);
		const before = (await commands.askedOfModelServer(served.url)).asked.length;
		expect(await verify(plan, { signal: never, around: tab() })).toEqual({
			...complete,
			renewed: ['params_shard_1.bin']
		});
		expect((await commands.askedOfModelServer(served.url)).asked).toHaveLength(before + 1);
		expect(await wrong()).toEqual([]);
	});

	test('deleting leaves nothing', async () => {
		await download(plan, { signal: never, around: tab() });
		await remove(plan.model, tab());
		expect(await stored(tab())).toEqual([]);
		const left = await Promise.all(
			(await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).length)
		);
		expect(left.every((entries) => entries === 0)).toBe(true);
	});
});

describe('without room', () => {
	const quota = (bytes?: number) =>
		cdp().send('Storage.overrideQuotaForOrigin', {
			origin: location.origin,
			...(bytes === undefined ? {} : { quotaSize: bytes })
		});

	afterEach(async () => {
		await quota();
	});

	test('the model is held in memory, and web-llm finds it there, in the worker', async () => {
		await quota(2_000_000);
		const worker = new Worker(new URL('./testing/worker.ts', import.meta.url), { type: 'module' });
		const answer = await new Promise<{ outcome: Outcome; found: number[] }>((resolve, reject) => {
			worker.onmessage = ({ data }) => resolve(data);
			worker.onerror = (event) => reject(new Error(event.message));
			worker.postMessage({
				plan,
				addresses: served.files.map(({ cache, path }) => [cache, served.url + path])
			});
		});
		worker.terminate();
		expect(answer.outcome).toMatchObject({ state: 'complete', kept: 'memory' });
		const { sentence } = answer.outcome as { sentence: string };
		expect(sentence.replace(/ \(.*\)/, '')).toBe(sentences.full());
		expect(answer.found).toEqual(served.files.map(({ bytes }) => bytes));
		expect((await commands.askedOfModelServer(served.url)).served).toBe(served.bytes);
	});
});

import { afterEach, describe, expect, test } from 'vitest';
import type { Progress } from './download.ts';
import { sentences } from './sentences.ts';
import { remove, stored } from './stored.ts';
import { NodeLocks } from './testing/locks.ts';
import { cacheOf, folder, library } from './testing/model.ts';
import { trial as makeTrial, type Trial } from './testing/trial.ts';

const trials: Trial[] = [];

async function trial(...options: Parameters<typeof makeTrial>) {
	const made = await makeTrial(...options);
	trials.push(made);
	return made;
}

afterEach(async () => {
	for (const { server } of trials.splice(0)) await server.stop();
});

/** Everything in the store, but for what remembers nothing. */
function left(t: Trial): string[] {
	return [...t.storage.caches.values()].flatMap((entries) => [...entries.keys()]);
}

/** Puts the files there as web-llm does, which remembers nothing of its own. */
async function storeAsWebLlm(t: Trial): Promise<void> {
	for (const [path, bytes] of t.model.files) {
		await (await t.storage.open(cacheOf(path))).put(t.server.url + path, new Response(bytes));
	}
}

describe('the list of what is here', () => {
	test('names a model, its size, its date and its place', async () => {
		const t = await trial();
		await t.download();
		expect(await stored(t.defaults())).toEqual([
			{
				model: 'Small-q4f16_1-MLC',
				bytes: t.model.bytes,
				date: '2026-11-26T08:00:00.000Z',
				place: t.plan.place
			}
		]);
	});

	test('names no model that is here in part', async () => {
		const t = await trial();
		t.server.fault = ({ path }) => (path.includes('shard_1') ? { status: 404 } : undefined);
		await t.download();
		expect(await stored(t.defaults())).toEqual([]);
		t.server.fault = () => undefined;
		await t.download();
		expect(await stored(t.defaults())).toHaveLength(1);
		t.storage.caches.get('webllm/model')?.delete(`${t.server.url}${folder}tokenizer.json`);
		expect(await stored(t.defaults())).toEqual([]);
	});

	test('names what web-llm itself has stored', async () => {
		const t = await trial();
		await storeAsWebLlm(t);
		expect(await stored(t.defaults())).toEqual([
			{ model: 'Small-q4f16_1-MLC', bytes: 320_000, date: '' }
		]);
		t.storage.caches.get('webllm/model')?.delete(`${t.server.url}${folder}params_shard_0.bin`);
		expect(await stored(t.defaults())).toEqual([]);
	});

	test('is empty where there is nothing, and where nothing may be looked at', async () => {
		const t = await trial();
		expect(await stored(t.defaults())).toEqual([]);
	});
});

describe('deleting', () => {
	test('takes one model and leaves the others', async () => {
		const [one, other] = [await trial(), await trial()];
		await one.download();
		await other.download({ caches: one.defaults().caches });
		const both = left(one).length;
		// the second came from another server under the same name: its record is renamed for this
		await one.download({}, {});
		expect(await stored(one.defaults())).toHaveLength(2);
		await remove('No-such-model', one.defaults());
		expect(left(one)).toHaveLength(both);
		await remove('Small-q4f16_1-MLC', one.defaults());
		expect(left(one)).toEqual([]);
	});

	test('takes what is here in part, pieces included', async () => {
		const t = await trial();
		t.server.fault = ({ path, offset }) =>
			path.includes('shard_1') ? { cutAfter: offset ? 0 : 60_000 } : undefined;
		await t.download();
		expect(t.pieces()).toHaveLength(1);
		await remove('Small-q4f16_1-MLC', t.defaults());
		expect(left(t)).toEqual([]);
		expect(t.pieces()).toEqual([]);
	});

	test('of all takes what web-llm has stored, but for the program it does not name', async () => {
		const t = await trial();
		await storeAsWebLlm(t);
		await remove(undefined, t.defaults());
		expect(left(t)).toEqual([t.server.url + library]);
	});

	test('leaves other sites of the same address alone', async () => {
		const t = await trial();
		await t.download();
		const cache = await t.storage.open('webllm/model');
		await cache.put('https://elsewhere.example/other.bin', new Response('theirs'));
		await (await t.storage.open('their-cache')).put('https://elsewhere.example/', new Response(''));
		await remove(undefined, t.defaults());
		expect(left(t)).toEqual(['https://elsewhere.example/other.bin', 'https://elsewhere.example/']);
	});

	test('of what another tab is downloading is refused', async () => {
		const t = await trial();
		const locks = new NodeLocks();
		t.server.fault = ({ path }) => (path.includes('shard_1') ? { hangAfter: 10 } : undefined);
		const stop = new AbortController();
		const going = t.download({ locks }, { signal: stop.signal });
		await expect.poll(() => t.server.times(`${folder}params_shard_1.bin`)).toBe(1);
		await expect(remove(undefined, { ...t.defaults(), locks })).rejects.toThrow(
			sentences.busyElsewhere()
		);
		stop.abort();
		await going;
		await remove(undefined, { ...t.defaults(), locks });
		expect(left(t)).toEqual([]);
	});
});

describe('two tabs', () => {
	test('fetch a model once: one waits, says so, and finds it complete', async () => {
		const t = await trial();
		const locks = new NodeLocks();
		const [first, second]: Progress[][] = [[], []];
		const outcomes = await Promise.all([
			t.download({ locks }, { onprogress: (one) => first.push(one) }),
			t.download({ locks }, { onprogress: (one) => second.push(one) })
		]);
		expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'complete']);
		expect(t.server.served).toBe(t.model.bytes);
		expect(first.some(({ state }) => state === 'waiting-for-other-tab')).toBe(false);
		expect(second[0].state).toBe('waiting-for-other-tab');
		expect(await t.wrong()).toEqual([]);
	});

	test('when the first gives up, the second goes on from there', async () => {
		const t = await trial();
		const locks = new NodeLocks();
		const stop = new AbortController();
		t.server.fault = ({ path, nth }) =>
			path.includes('shard_1') && nth === 1 ? { hangAfter: 100_000 } : undefined;
		const first = t.download({ locks }, { signal: stop.signal });
		const second = t.download({ locks });
		await expect.poll(() => t.server.times(`${folder}params_shard_1.bin`)).toBe(1);
		await new Promise((resolve) => setTimeout(resolve, 100));
		stop.abort();
		expect(await first).toEqual({ state: 'cancelled' });
		expect(await second).toMatchObject({ state: 'complete' });
		expect(t.server.served).toBe(t.model.bytes);
	});

	test('waiting can be cancelled', async () => {
		const t = await trial();
		const locks = new NodeLocks();
		const stop = new AbortController();
		const first = t.download({ locks });
		const second = t.download({ locks }, { signal: stop.signal });
		stop.abort();
		expect(await second).toEqual({ state: 'cancelled' });
		expect(await first).toMatchObject({ state: 'complete' });
	});

	test('where locks are forbidden, there is but one', async () => {
		const t = await trial();
		const request = () => Promise.reject(new DOMException('insecure', 'SecurityError'));
		expect(await t.download({ locks: { request } })).toMatchObject({ state: 'complete' });
	});
});

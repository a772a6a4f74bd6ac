import { describe, expect, test } from 'vitest';
import { download, type Progress } from './download.ts';
import { KeptCaches } from './kept.ts';
import { sentences } from './sentences.ts';
import { remove, stored } from './stored.ts';
import { NodeLocks } from './testing/locks.ts';
import { cacheOf, folder, library } from './testing/model.ts';
import { trial, type Trial } from './testing/trial.ts';

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

	test.each([
		['that is no list', 'http://a.example/maker/X/resolve/main/', 'Not here'],
		[
			'with records that are none',
			'http://a.example/maker/X/resolve/main/',
			'{"records":[null,{}]}'
		],
		['without records', 'http://a.example/maker/X/resolve/main/', '{}'],
		['with an address that is none', 'http://a.example/maker/X/resolve/main/', '{"records":[{"dataPath":"http://["}]}'], // prettier-ignore
		['at an address that cannot be read', 'http://a.example/50%/resolve/main/', '{"records":[]}']
	])('is whole beside a foreign list %s', async (_, at, list) => {
		const t = await trial();
		await t.download();
		await (await t.storage.open('webllm/model')).put(`${at}tensor-cache.json`, new Response(list));
		expect(await stored(t.defaults())).toMatchObject([{ model: 'Small-q4f16_1-MLC' }]);
	});

	test.each([
		['http://a.example/maker/Some%20model/resolve/main/', 'Some model'],
		['http://a.example/models/Some-model/', 'Some-model'],
		['http://a.example/resolve/main/', 'main'],
		['http://a.example/', 'http://a.example/']
	])('names a foreign model by its folder: %s', async (at, model) => {
		const t = await trial();
		const list = new Response('{"records":[{"dataPath":"a.bin","nbytes":7},{"dataPath":"a.bin"}]}');
		const cache = await t.storage.open('webllm/model');
		await cache.put(`${at}tensor-cache.json`, list);
		expect(await stored(t.defaults())).toEqual([]);
		await cache.put(`${at}a.bin`, new Response('weights'));
		expect(await stored(t.defaults())).toEqual([{ model, bytes: 7, date: '' }]);
	});

	test('is empty where there is nothing, and where nothing may be looked at', async () => {
		const t = await trial();
		expect(await stored(t.defaults())).toEqual([]);
	});
});

describe('deleting', () => {
	test('takes one model, wherever it came from, and leaves the others', async () => {
		const [one, mirror] = [await trial(), await trial()];
		await one.download();
		await mirror.download({ caches: one.defaults().caches });
		const twin = { ...one.plan, model: 'Another-model' };
		const options = { signal: new AbortController().signal, around: one.defaults() };
		const place = { ...twin.place, folder: mirror.plan.place.folder.replace('Small', 'Other') };
		for (const [path, bytes] of mirror.model.files) {
			mirror.model.files.set(path.replace('Small', 'Other'), bytes);
		}
		await download({ ...twin, place }, options);
		expect(await stored(one.defaults())).toHaveLength(3);

		const before = left(one).length;
		await remove('No-such-model', one.defaults());
		expect(left(one)).toHaveLength(before);

		await remove(one.plan.model, one.defaults());
		expect(await stored(one.defaults())).toMatchObject([{ model: 'Another-model' }]);
		// its program is that of the model which is gone
		expect(left(one)).toContain(one.plan.place.library);
		expect(left(one)).not.toContain(mirror.plan.place.library);

		await remove('Another-model', one.defaults());
		expect(left(one)).toEqual([]);
	});

	test('of a model from two places with one program takes that program too', async () => {
		const t = await trial();
		await t.download();
		for (const [path, bytes] of t.model.files) t.model.files.set(path.replace('main', 'v2'), bytes);
		const folder2 = t.plan.place.folder.replace('main', 'v2');
		await download(
			{ ...t.plan, place: { ...t.plan.place, folder: folder2 } },
			{ signal: new AbortController().signal, around: t.defaults() }
		);
		expect(await stored(t.defaults())).toHaveLength(2);
		await remove(undefined, t.defaults());
		expect(left(t)).toEqual([]);
	});

	test('takes the pieces of a program', async () => {
		const t = await trial();
		t.server.fault = ({ path, offset }) =>
			path === library ? { cutAfter: offset ? 0 : 20_000 } : undefined;
		await t.download();
		expect(t.pieces()).toHaveLength(1);
		await remove('Small-q4f16_1-MLC', t.defaults());
		expect(t.pieces()).toEqual([]);
	});

	test('frees the memory of what was only there', async () => {
		const t = await trial();
		const around = { ...t.defaults(), caches: new KeptCaches(() => undefined) };
		await t.download(around);
		expect(await stored(around)).toHaveLength(1);
		await remove(undefined, around);
		expect(await stored(around)).toEqual([]);
		for (const name of await around.caches.names()) {
			expect(await around.caches.addresses(name)).toEqual([]);
		}
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

	test('of all takes the others where another tab is at one', async () => {
		const [t, other] = [await trial(), await trial()];
		const locks = new NodeLocks();
		await t.download();
		const twin = { ...other.plan, model: 'Another-model' };
		await download(twin, { signal: new AbortController().signal, around: t.defaults() });
		for (const model of [t.plan.model, twin.model]) {
			await download(twin, { signal: new AbortController().signal, around: t.defaults() });
			await t.download();
			let done = () => {};
			const elsewhere = locks.request(
				`running-tab/model/${model}`,
				{},
				() => new Promise<void>((resolve) => (done = resolve))
			);
			await expect(remove(undefined, { ...t.defaults(), locks })).rejects.toThrow(
				sentences.busyElsewhere()
			);
			expect(await stored(t.defaults())).toMatchObject([{ model }]);
			done();
			await elsewhere;
		}
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

	test('what fails is not tried a second time for want of a lock', async () => {
		const t = await trial();
		t.server.fault = ({ path }) => (path === library ? { status: 404 } : undefined);
		expect(await t.download({ locks: new NodeLocks() })).toMatchObject({ state: 'failed' });
		expect(t.server.times(library)).toBe(1);
	});

	test('where locks are forbidden, there is but one', async () => {
		const t = await trial();
		const request = () => Promise.reject(new DOMException('insecure', 'SecurityError'));
		expect(await t.download({ locks: { request } })).toMatchObject({ state: 'complete' });
	});
});

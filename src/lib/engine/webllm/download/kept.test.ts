import { describe, expect, test } from 'vitest';
import { KeptCaches, type InMemory } from './kept.ts';
import { sentences } from './sentences.ts';
import { remove, stored } from './stored.ts';
import { NodeCacheStorage } from './testing/cache-storage.ts';
import { cacheOf, folder } from './testing/model.ts';
import { trial, type Trial } from './testing/trial.ts';

/** As web-llm reads it: the cache of a kind, the whole address, all bytes. */
async function asWebLlmReads(caches: KeptCaches, t: Trial): Promise<string[]> {
	const scope: { caches?: CacheStorage } = {};
	caches.install(scope);
	const wrong: string[] = [];
	for (const [path, bytes] of t.model.files) {
		const cache = await scope.caches!.open(cacheOf(path));
		const response = await cache.match(new Request(t.server.url + path));
		const found = response && new Uint8Array(await response.arrayBuffer());
		const keys = (await cache.keys()).map(({ url }) => url);
		if (!found || Buffer.compare(found, bytes) !== 0 || !keys.includes(t.server.url + path)) {
			wrong.push(path);
		}
	}
	return wrong;
}

/** A disk with room for so many bytes, which says so by an error of some name. */
function room(storage: NodeCacheStorage, bytes: number, name: string) {
	storage.refuse = (cache, address, size) => {
		let used = size;
		for (const [other, entries] of storage.caches) {
			for (const [key, { blob }] of entries)
				if (other !== cache || key !== address) used += blob.size;
		}
		return used > bytes ? new DOMException('no room', name) : undefined;
	};
}

describe('a full disk', () => {
	test.each(['QuotaExceededError', 'AbortError'])(
		'(%s): the rest is held in memory, the outcome says so, and web-llm finds all of it',
		async (name) => {
			const t = await trial();
			room(t.storage, 220_000, name);
			const caches = new KeptCaches(() => t.storage as unknown as CacheStorage);
			const outcome = await t.download({ caches, free: () => Promise.resolve(10_700_000_000) });
			expect(outcome).toEqual({
				state: 'complete',
				verified: 'first-download',
				kept: 'memory',
				sentence: sentences.full(10_700_000_000),
				renewed: []
			});
			expect(sentences.full(10_700_000_000)).toContain('11 GB');
			expect(t.server.served).toBe(t.model.bytes);
			expect(await asWebLlmReads(caches, t)).toEqual([]);
		}
	);

	test('that has room for the files, if not for their pieces beside them, keeps the files', async () => {
		const t = await trial();
		room(t.storage, t.model.bytes + 4000, 'QuotaExceededError');
		expect(await t.download()).toMatchObject({ state: 'complete', kept: 'cache' });
		expect(await t.wrong()).toEqual([]);
	});

	test('loses in the next visit only what was in memory', async () => {
		const t = await trial();
		room(t.storage, 240_000, 'QuotaExceededError');
		expect(await t.download()).toMatchObject({ kept: 'memory' });
		const held = await t.wrong();
		expect(held.length).toBeGreaterThan(0);
		expect(held.length).toBeLessThan(t.model.files.size);
		t.storage.refuse = () => undefined;
		t.server.asked.length = 0;
		expect(await t.download()).toMatchObject({ state: 'complete', kept: 'cache' });
		expect(t.server.asked.map(({ path }) => path)).toEqual(held);
	});
});

describe('a private window', () => {
	test.each([
		['without Cache Storage', () => undefined],
		[
			'that forbids to look at it',
			() => {
				throw new DOMException('The operation is insecure.', 'SecurityError');
			}
		],
		[
			'whose Cache Storage refuses everything',
			() =>
				new Proxy({} as CacheStorage, {
					get: () => () => Promise.reject(new DOMException('no', 'SecurityError'))
				})
		]
	])('%s: all is held in memory, and the outcome says so', async (_, real) => {
		const t = await trial();
		const caches = new KeptCaches(real);
		expect(await t.download({ caches })).toEqual({
			state: 'complete',
			verified: 'lengths',
			kept: 'memory',
			sentence: sentences.notKept(),
			renewed: []
		});
		expect(await asWebLlmReads(caches, t)).toEqual([]);
		expect(await stored({ ...t.defaults(), caches })).toMatchObject([{ model: t.plan.model }]);

		t.server.asked.length = 0;
		expect(await t.verify({ caches })).toMatchObject({ state: 'complete', kept: 'memory' });
		expect(t.server.asked).toEqual([]);
	});
});

describe('what is in memory', () => {
	/** What a page holds by what it is told. */
	function page() {
		const files = new Map<string, InMemory>();
		return {
			files,
			tell: (change: InMemory) => {
				const key = `${change.cache} ${change.address}`;
				if (change.held) files.set(key, change);
				else expect(files.delete(key)).toBe(true);
			}
		};
	}

	test.each([
		['a full disk', 'full', sentences.full(undefined)],
		['a private window', 'refused', sentences.notKept()]
	])('of %s is found by the next worker, which says why', async (_, refusal, sentence) => {
		const t = await trial();
		const { files, tell } = page();
		t.storage.refuse = () =>
			new DOMException('no', refusal === 'full' ? 'QuotaExceededError' : 'SecurityError');
		const first = t.defaults().caches;
		first.onmemory = tell;
		expect(await t.download({ caches: first })).toMatchObject({ kept: 'memory', sentence });

		t.server.asked.length = 0;
		const next = t.defaults().caches;
		next.onmemory = tell;
		next.hold(structuredClone([...files.values()]));
		expect(await stored({ ...t.defaults(), caches: next })).toMatchObject([
			{ model: t.plan.model }
		]);
		expect(await t.verify({ caches: next })).toMatchObject({ kept: 'memory', sentence });
		expect(await t.download({ caches: next })).toMatchObject({ kept: 'memory', sentence });
		expect(await asWebLlmReads(next, t)).toEqual([]);
		expect(t.server.asked).toEqual([]);
		// the pieces in which it came are held no more
		expect([...files.values()].every(({ cache }) => !cache.startsWith('running-tab/part/'))).toBe(
			true
		);
		expect(files.size).toBe(t.model.files.size + 1);

		await remove(undefined, { ...t.defaults(), caches: next });
		expect(files.size).toBe(0);
	});

	test('that arrived in part is gone on with by the next worker', async () => {
		const t = await trial();
		const { files, tell } = page();
		t.storage.refuse = () => new DOMException('no', 'QuotaExceededError');
		t.server.fault = ({ path, nth }) =>
			path.includes('shard_0') && nth === 1 ? { status: 403 } : undefined;
		const first = t.defaults().caches;
		first.onmemory = tell;
		expect(await t.download({ caches: first })).toMatchObject({ state: 'failed' });
		const { served } = t.server;
		const next = t.defaults().caches;
		next.hold([...files.values()]);
		expect(await t.download({ caches: next })).toMatchObject({ state: 'complete' });
		expect(t.server.served - served).toBe(320_000);
	});

	test('is held no more once the browser keeps it', async () => {
		const t = await trial();
		const { files, tell } = page();
		const caches = t.defaults().caches;
		caches.onmemory = tell;
		t.storage.refuse = () => new DOMException('no', 'QuotaExceededError');
		await caches.put('webllm/model', 'https://a.example/b', new Blob(['x']));
		expect(files.size).toBe(1);
		t.storage.refuse = () => undefined;
		await caches.put('webllm/model', 'https://a.example/b', new Blob(['x']));
		expect(files.size).toBe(0);
		await caches.forget('webllm/model', 'https://a.example/b');
	});
});

test('what web-llm does not find is not fetched behind the reader’s back', async () => {
	const t = await trial();
	const scope: { caches?: CacheStorage } = {};
	t.defaults().caches.install(scope);
	const cache = await scope.caches!.open('webllm/model');
	await expect(cache.add(new Request(`${t.server.url}${folder}tokenizer.json`))).rejects.toThrow(
		'Not downloaded'
	);
	expect(t.server.asked).toEqual([]);
});

test('once installed, they still keep in the browser’s own', async () => {
	const storage = new NodeCacheStorage();
	const scope = { caches: storage as unknown as CacheStorage };
	const caches = new KeptCaches(() => scope.caches);
	caches.install(scope);
	caches.install(scope);
	expect(scope.caches).toBe(caches);
	expect(await caches.put('webllm/model', 'https://a.example/b', new Blob(['x']))).toBe('cache');
	expect(storage.caches.get('webllm/model')?.size).toBe(1);
});

test('looking makes no cache', async () => {
	const storage = new NodeCacheStorage();
	const caches = new KeptCaches(() => storage as unknown as CacheStorage);
	expect(await caches.get('webllm/model', 'https://a.example/b')).toBe(undefined);
	expect(await caches.addresses('webllm/model')).toEqual([]);
	expect(await caches.forget('webllm/model', 'https://a.example/b')).toBe(false);
	expect(storage.caches.size).toBe(0);
});

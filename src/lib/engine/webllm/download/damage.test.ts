import { describe, expect, test } from 'vitest';
import { sentences } from './sentences.ts';
import { cacheOf, folder, library } from './testing/model.ts';
import { trial } from './testing/trial.ts';

const shard = (n: number) => `${folder}params_shard_${n}.bin`;
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const paths = [
	`${folder}mlc-chat-config.json`,
	`${folder}tensor-cache.json`,
	`${folder}tokenizer.json`,
	library,
	shard(0),
	shard(1)
];

/** With one bit changed, somewhere in the middle. */
function flipped(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
	const copy = bytes.slice();
	copy[copy.length >> 1] ^= 1;
	return copy;
}

const complete = { state: 'complete', verified: 'first-download', kept: 'cache', renewed: [] };

describe('one bit changed on the way', () => {
	test.each(paths)(
		'is found in %s by its published hash; the file is fetched once more',
		async (path) => {
			const t = await trial({ published: true });
			const damaged = flipped(t.model.files.get(path)!);
			t.server.fault = (asked) =>
				asked.path === path && asked.nth === 1 ? { body: damaged } : undefined;
			expect(await t.download()).toEqual({ ...complete, verified: 'published' });
			expect(t.server.times(path)).toBe(2);
			expect(await t.wrong()).toEqual([]);
		}
	);

	test.each(paths)('for good, in %s, is told and kept nowhere', async (path) => {
		const t = await trial({ published: true });
		const damaged = flipped(t.model.files.get(path)!);
		t.server.fault = (asked) => (asked.path === path ? { body: damaged } : undefined);
		expect(await t.download()).toEqual({
			state: 'failed',
			sentence: sentences.altered(nameOf(path)),
			file: nameOf(path)
		});
		expect(t.server.times(path)).toBe(2);
		expect(await t.wrong()).toContain(path);
		expect(t.pieces()).toEqual([]);
	});

	test.each([shard(0), shard(1)])(
		'is found in %s by the model’s own list where nothing is published',
		async (path) => {
			const t = await trial();
			const damaged = flipped(t.model.files.get(path)!);
			t.server.fault = (asked) => (asked.path === path ? { body: damaged } : undefined);
			expect(await t.download()).toMatchObject({ sentence: sentences.altered(nameOf(path)) });
		}
	);

	test('before an interruption is found after it', async () => {
		const t = await trial();
		const damaged = flipped(t.model.files.get(shard(0))!);
		t.server.fault = ({ path, nth }) =>
			path === shard(0) && nth === 1 ? { body: damaged, cutAfter: 150_000 } : undefined;
		expect(await t.download()).toEqual(complete);
		expect(
			t.server.asked.filter(({ path }) => path === shard(0)).map(({ offset }) => offset)
		).toEqual([0, 150_000, 0]);
		expect(await t.wrong()).toEqual([]);
	});
});

describe('a file of which nothing is known', () => {
	test.each([
		['a truncated configuration', `${folder}mlc-chat-config.json`],
		['a truncated list of shards', `${folder}tensor-cache.json`],
		['a truncated tokenizer', `${folder}tokenizer.json`],
		['a truncated program', library]
	])('%s is fetched once more, then told', async (_, path) => {
		const t = await trial();
		const bytes = t.model.files.get(path)!;
		t.server.fault = (asked) =>
			asked.path === path ? { body: bytes.slice(0, bytes.length - 9) } : undefined;
		expect(await t.download()).toMatchObject({ sentence: sentences.unreadable(nameOf(path)) });
		expect(t.server.times(path)).toBe(2);
		expect(await t.wrong()).toContain(path);
	});

	test('a damaged program that web-llm has stored is fetched again', async () => {
		const t = await trial();
		const cache = await t.storage.open('webllm/wasm');
		await cache.put(t.server.url + library, new Response('<!doctype html>'));
		expect(await t.download()).toEqual({ ...complete, renewed: ['small-1.wasm'] });
		expect(await t.wrong()).toEqual([]);
	});
});

describe('what is stored, read again', () => {
	test.each([
		{ published: true, md5: true },
		{ published: false, md5: true },
		{ published: false, md5: false }
	])('a bit flipped in any file is found and that file fetched again, alone: %o', async (known) => {
		const t = await trial(known);
		await t.download();
		for (const path of paths) {
			t.storage.set(cacheOf(path), t.server.url + path, flipped(t.model.files.get(path)!));
			t.server.asked.length = 0;
			expect(await t.verify()).toEqual({
				...complete,
				verified: known.published ? 'published' : 'first-download',
				renewed: [nameOf(path)]
			});
			expect(t.server.asked).toEqual([{ path, offset: 0 }]);
			expect(await t.wrong()).toEqual([]);
		}
	});

	test('a truncated file, one that is gone, and one too long are fetched again', async () => {
		const t = await trial({ published: true });
		await t.download();
		const bytes = t.model.files.get(shard(0))!;
		t.storage.set('webllm/model', t.server.url + shard(0), bytes.slice(0, 1234));
		t.storage.set('webllm/wasm', t.server.url + library, new Uint8Array(40_000));
		t.storage.caches.get('webllm/model')?.delete(t.server.url + shard(1));
		expect(await t.verify()).toMatchObject({
			state: 'complete',
			renewed: ['small-1.wasm', 'params_shard_0.bin', 'params_shard_1.bin']
		});
		expect(await t.wrong()).toEqual([]);
	});

	test('a damaged file that cannot be had again is told, and is not loaded', async () => {
		const t = await trial();
		await t.download();
		t.storage.set('webllm/model', t.server.url + shard(1), flipped(t.model.files.get(shard(1))!));
		const outcome = await t.verify({
			fetch: () => Promise.reject(new TypeError('Failed to fetch')),
			online: () => false
		});
		expect(outcome).toEqual({
			state: 'failed',
			sentence: sentences.offline(),
			file: 'params_shard_1.bin'
		});
		expect(await t.storage.bytesOf('webllm/model', t.server.url + shard(1))).toBe(undefined);
	});

	test('a file that its server has changed since is not mixed with the others', async () => {
		const t = await trial();
		await t.download();
		const path = `${folder}tokenizer.json`;
		t.storage.caches.get('webllm/model')?.delete(t.server.url + path);
		t.server.fault = (asked) => (asked.path === path ? { body: '{"model":"another"}' } : undefined);
		expect(await t.verify()).toMatchObject({ sentence: sentences.changed('tokenizer.json') });
	});

	test('a model that was not downloaded, or not from there, or not to its end, is not fetched', async () => {
		const t = await trial();
		const notHere = { state: 'failed', sentence: sentences.notHere() };
		expect(await t.verify()).toMatchObject(notHere);
		expect(t.server.asked).toEqual([]);

		t.server.fault = ({ path }) => (path === shard(1) ? { status: 404 } : undefined);
		await t.download();
		t.server.asked.length = 0;
		expect(await t.verify()).toMatchObject(notHere);
		expect(t.server.asked).toEqual([]);
	});

	test('a model that web-llm itself has stored is read, and a damaged file of it fetched again', async () => {
		const t = await trial();
		for (const [path, bytes] of t.model.files) {
			const stored = path === shard(1) ? flipped(bytes) : bytes;
			await (await t.storage.open(cacheOf(path))).put(t.server.url + path, new Response(stored));
		}
		expect(await t.verify()).toEqual({ ...complete, renewed: ['params_shard_1.bin'] });
		expect(t.server.asked).toEqual([{ path: shard(1), offset: 0 }]);
	});

	test('tells how far it is, and can be cancelled', async () => {
		const t = await trial();
		await t.download();
		t.progress.length = 0;
		let now = 0;
		await t.verify({ now: () => (now += 101) });
		expect(new Set(t.progress.map(({ state }) => state))).toEqual(new Set(['checking']));
		expect(t.progress.at(-1)?.bytes).toBe(t.model.bytes);

		const stop = new AbortController();
		const outcome = await t.verify({}, { signal: stop.signal, onprogress: () => stop.abort() });
		expect(outcome).toEqual({ state: 'cancelled' });
		expect(await t.wrong()).toEqual([]);
	});

	test.each([
		['broken', '{"schema":1,'],
		[
			'later version’s',
			'{"schema":2,"model":"m","place":{"folder":"","library":""},"date":"","complete":true,"files":{}}'
		],
		[
			'hostile',
			'{"schema":1,"model":"m","place":null,"date":"","complete":true,"files":{"x":null}}'
		]
	])('a %s record is as good as none: the files are read', async (_, record) => {
		const t = await trial();
		await t.download();
		const models = t.storage.caches.get('running-tab/models')!;
		const before = await models.values().next().value!.blob.text();
		const [address] = t.storage.caches.get('running-tab/models')!.keys();
		t.storage.set(
			'running-tab/models',
			address,
			new TextEncoder().encode(record) as Uint8Array<ArrayBuffer>
		);
		t.server.asked.length = 0;
		expect(await t.download()).toEqual(complete);
		expect(t.server.asked).toEqual([]);
		expect(JSON.parse(await models.get(address)!.blob.text())).toEqual(JSON.parse(before));
	});
});

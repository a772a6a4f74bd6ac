import { beforeEach, describe, expect, test } from 'vitest';
import { KeptCaches } from './kept.ts';
import { partPrefix, Pieces } from './pieces.ts';
import { sentences } from './sentences.ts';
import { NodeCacheStorage } from './testing/cache-storage.ts';
import { folder, noise } from './testing/model.ts';
import { slowClock, trial, type Trial } from './testing/trial.ts';

const file = noise(10_000, 9);
const address = 'https://a.example/file.bin';
const cache = partPrefix + address;
const options = { pieceBytes: 1000, withMd5: false };

let storage: NodeCacheStorage;
const caches = () => new KeptCaches(() => storage as unknown as CacheStorage);

beforeEach(() => {
	storage = new NodeCacheStorage();
});

/** Six pieces of a file, of 1,000 bytes each. */
async function sixPieces() {
	const pieces = await Pieces.open(caches(), address, options);
	for (let at = 0; at < 6000; at += 500) await pieces.add(file.slice(at, at + 500));
	return pieces;
}

const offsets = () =>
	[...(storage.caches.get(cache)?.keys() ?? [])].map((key) => Number(key.split('/').at(-1)));

test('the pieces of a file are there again in the next tab, and its hash goes on', async () => {
	await sixPieces();
	const again = await Pieces.open(caches(), address, options);
	expect(again.bytes).toBe(6000);
	await again.add(file.slice(6000));
	const whole = (await again.whole())!;
	expect(new Uint8Array(await whole.blob.arrayBuffer())).toEqual(file);
	const direct = await Pieces.open(caches(), 'https://a.example/other', options);
	await direct.add(file);
	expect(whole.sha256).toBe((await direct.whole())!.sha256);
});

test('what comes after a gap is neither used nor left to be used', async () => {
	await sixPieces();
	storage.caches.get(cache)!.delete([...storage.caches.get(cache)!.keys()][2]);
	const again = await Pieces.open(caches(), address, options);
	expect(again.bytes).toBe(2000);
	expect(offsets()).toEqual([0, 1000]);
});

test('a piece that cannot be read ends them', async () => {
	await sixPieces();
	const entries = storage.caches.get(cache)!;
	entries.set([...entries.keys()][1], { blob: new Blob([]), headers: [] });
	expect((await Pieces.open(caches(), address, options)).bytes).toBe(1000);
});

/** Caches in which one piece breaks when it is read. */
function breaking(offset: number) {
	const broken = caches();
	const get = broken.get.bind(broken);
	broken.get = async (name, key) =>
		key.endsWith(`/${offset}`)
			? new Response(new ReadableStream({ pull: (stream) => stream.error(new Error('disk')) }))
			: get(name, key);
	return broken;
}

test('a piece at which the disk fails ends them, and makes the file none', async () => {
	await sixPieces();
	expect((await Pieces.open(breaking(2000), address, options)).bytes).toBe(2000);
	const pieces = await Pieces.open(breaking(7000), address, options);
	for (let at = 2000; at < 9000; at += 1000) await pieces.add(file.slice(at, at + 1000));
	expect(await pieces.whole()).toBe(undefined);
});

test('of which version the pieces are is known in the next tab', async () => {
	const pieces = await Pieces.open(caches(), address, options);
	pieces.version = { etag: '"one"', total: 10_000 };
	await pieces.add(file.slice(0, 2000));
	await pieces.flush();
	expect((await Pieces.open(caches(), address, options)).version).toEqual(pieces.version);
});

test.each([
	['gone', undefined],
	['shorter', new Blob(['short'])]
])('a piece that is %s at the end makes the file none', async (_, blob) => {
	const pieces = await sixPieces();
	const entries = storage.caches.get(cache)!;
	const second = [...entries.keys()][1];
	if (blob) entries.set(second, { blob, headers: [] });
	else entries.delete(second);
	expect(await pieces.whole()).toBe(undefined);
});

describe('in a download', () => {
	const shard = `${folder}params_shard_0.bin`;
	let t: Trial;

	beforeEach(async () => {
		t = await trial({ shards: [600_000] });
	});

	const slow = slowClock();
	const never = new AbortController().signal;

	/** Deletes the first piece whenever some bytes of the shard are here, so many times. */
	function eviction(times: number) {
		let left = times;
		return ({ bytes, file }: { bytes: number; file: string }) => {
			if (left === 0 || !file.startsWith('params') || bytes < 300_000) return;
			left--;
			const pieces = t.storage.caches.get(t.pieces()[0]);
			pieces?.delete([...pieces.keys()][0]);
		};
	}

	test('pieces that the browser takes away meanwhile are fetched again', async () => {
		const outcome = await t.download(slow, { signal: never, onprogress: eviction(1) });
		expect(outcome).toMatchObject({ state: 'complete' });
		expect(t.server.times(shard)).toBe(2);
		expect(await t.wrong()).toEqual([]);
	});

	test('pieces that it always takes away are told about', async () => {
		const outcome = await t.download(slow, { signal: never, onprogress: eviction(Infinity) });
		expect(outcome).toMatchObject({ state: 'failed', sentence: sentences.takenAway() });
		expect(t.server.times(shard)).toBe(4);
	});

	test('what was in memory at a cancel is kept, however little', async () => {
		const stop = new AbortController();
		await t.download(
			{ ...slow, pieceBytes: 1 << 20 },
			{ signal: stop.signal, onprogress: ({ bytes }) => bytes > 400_000 && stop.abort() }
		);
		expect(await t.download()).toMatchObject({ state: 'complete' });
		expect(t.server.asked.at(-1)!.offset).toBeGreaterThan(250_000);
	});

	test('more pieces than the file is long are of another file', async () => {
		const old = await Pieces.open(t.defaults().caches, t.server.url + shard, options);
		await old.add(noise(700_000, 77));
		expect(await t.download()).toMatchObject({ state: 'complete' });
		expect(t.server.asked.filter(({ path }) => path === shard)).toEqual([
			{ path: shard, offset: 0 }
		]);
		expect(await t.wrong()).toEqual([]);
	});

	test.each([shard, `${folder}tokenizer.json`])(
		'a whole file in pieces is not asked for: %s',
		async (path) => {
			const whole = await Pieces.open(t.defaults().caches, t.server.url + path, options);
			const bytes = t.model.files.get(path)!.slice();
			whole.version = { total: bytes.length };
			await whole.add(bytes);
			await whole.flush();
			expect(await t.download()).toMatchObject({ state: 'complete' });
			expect(t.server.times(path)).toBe(0);
			expect(await t.wrong()).toEqual([]);
		}
	);
});

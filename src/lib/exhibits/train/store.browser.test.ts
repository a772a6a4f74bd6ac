import { beforeEach, describe, expect, test } from 'vitest';
import { first } from '#lib/engine/training/recipe.ts';
import { isFlagged } from './flag.ts';
import { inBrowser, type Unfinished } from './store.ts';

const left: Unfinished = {
	version: 2,
	at: 1,
	recipe: { ...first },
	kept: {
		checkpoint: new Blob([new Uint8Array([1, 2, 3])]),
		spent: { steps: 2, tokens: 1, learning: 1, looking: 1, learningMs: 1, lookingMs: 1 },
		sha256: 'ab'.repeat(32)
	},
	losses: new Float32Array([3, 2]),
	held: [{ step: 1, loss: 3 }],
	pictures: [{ step: 0, text: 'noise' }]
};

const bytesOf = async ({ kept }: Unfinished) => [
	...new Uint8Array(await kept.checkpoint.arrayBuffer())
];

/** As other tabs see it: every run that is kept. */
function shelf<Result>(work: (shelf: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open('running-tab-training');
		opening.onerror = () => reject(opening.error!);
		opening.onsuccess = () => {
			const request = work(
				opening.result.transaction('unfinished', 'readwrite').objectStore('unfinished')
			);
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error!);
			opening.result.close();
		};
	});
}

beforeEach(async () => {
	await inBrowser.forget(); // there is a shelf now
	await shelf((all) => all.clear());
});

test('what is kept comes back as it was, and a sign of it stands where a page looks first', async () => {
	expect(await inBrowser.load()).toBeUndefined();
	expect(isFlagged()).toBe(false);
	await inBrowser.save(left);
	expect(isFlagged()).toBe(true);
	const found = await inBrowser.load();
	expect({ ...found, kept: { ...found!.kept, checkpoint: left.kept.checkpoint } }).toEqual(left);
	expect(await bytesOf(found!)).toEqual([1, 2, 3]);
	await inBrowser.forget();
	expect(await inBrowser.load()).toBeUndefined();
	expect(isFlagged()).toBe(false);
});

describe('another tab', () => {
	const theirs = (at: number): Unfinished => ({ ...left, at, recipe: { ...first, seed: at } });
	const seeds = async () =>
		(await shelf((all) => all.getAll())).map(({ recipe }: Unfinished) => recipe.seed);

	test('is not written over, and what it keeps is not forgotten with what this one keeps', async () => {
		await shelf((all) => all.put(theirs(5), 5));
		await inBrowser.save(left);
		await inBrowser.save({ ...left, at: 2 });
		expect(await seeds()).toEqual([5, first.seed]);
		// this tab's own, although the other is newer
		expect((await inBrowser.load())!.at).toBe(2);
		await inBrowser.forget();
		expect(await seeds()).toEqual([5]);
		expect(isFlagged(), 'there is one to go on with').toBe(true);
	});

	test('left one behind: the newest is found, and forgotten when this tab is done with it', async () => {
		await shelf((all) => all.put(theirs(9), 1));
		await shelf((all) => all.put(theirs(7), 2));
		expect((await inBrowser.load())!.at).toBe(9);
		await inBrowser.forget();
		expect(await seeds()).toEqual([7]);
	});

	test('is open and trains: what is found of it can be gone on with, and stays when this tab is done', async () => {
		await shelf((all) => all.put(theirs(9), 1));
		let close = () => {};
		const open = new Promise<void>((resolve) => (close = resolve));
		const held = navigator.locks.request('running-tab-training 1', () => open);
		expect((await inBrowser.load())!.at).toBe(9);
		await inBrowser.forget();
		expect(await seeds()).toEqual([9]);
		expect(isFlagged()).toBe(true);
		// unless its reader puts it away
		await inBrowser.forget(true);
		expect(await seeds()).toEqual([]);
		close();
		await held;
	});

	test('left many behind: the oldest make room', async () => {
		for (const key of [1, 2, 3, 4, 5]) await shelf((all) => all.put(theirs(key), key));
		await inBrowser.save(left);
		expect(await seeds()).toEqual([3, 4, 5, first.seed]);
	});
});

const spent = (more: object) => ({
	...left,
	kept: { ...left.kept, spent: { ...left.kept.spent, ...more } }
});

const bad: [string, unknown][] = [
	['nothing', null],
	['another version', { ...left, version: 1 }],
	['a part that is larger than the whole', spent({ onGpu: { steps: 3, ms: 1 } })],
	['a part that is none', spent({ onGpu: null })],
	['no recipe', { ...left, recipe: undefined }],
	['a size that does not exist', { ...left, recipe: { ...left.recipe, size: 'toString' } }],
	['too many steps', { ...left, recipe: { ...left.recipe, steps: 1e9 } }],
	['no weights', { ...left, kept: { ...left.kept, checkpoint: 'abc' } }],
	[
		'a step after the last',
		{ ...left, kept: { ...left.kept, spent: { ...left.kept.spent, steps: 1e6 } } }
	],
	[
		'a count that is no number',
		{ ...left, kept: { ...left.kept, spent: { ...left.kept.spent, tokens: NaN } } }
	],
	['a hash that is none', { ...left, kept: { ...left.kept, sha256: '<b>' } }],
	['fewer losses than steps', { ...left, losses: new Float32Array(1) }],
	['pictures of another kind', { ...left, pictures: [{ step: 0, text: { toString: 1 } }] }],
	['held-out losses that are holes', { ...left, held: [null] }]
];

for (const [what, value] of bad) {
	test(`somebody else's entry is not taken: ${what}`, async () => {
		await inBrowser.save(value as Unfinished);
		expect(await inBrowser.load()).toBeUndefined();
	});
}

/** @file An unfinished training run, kept in this browser, so that a reload can go on with it. One at a time, and only until it is done. */
import { isTextKey, MOST_BYTES } from '#lib/engine/training/texts/texts.ts';
import { MOST_STEPS, sizes, type Recipe } from '#lib/engine/training/recipe.ts';
import type { Kept } from '#lib/engine/training/client.ts';
import { flag } from './flag.ts';
import type { Held } from './losses.ts';
import type { BabyPicture } from './view.ts';

export type Unfinished = {
	version: 1;
	/** Milliseconds since 1970. */
	at: number;
	recipe: Recipe;
	kept: Kept;
	losses: Float32Array<ArrayBuffer>;
	held: Held[];
	pictures: BabyPicture[];
};

/** Where it is kept. Everything rejects where a browser keeps nothing, or has no room. */
export type Store = {
	/** What was kept; undefined where nothing was, or nothing of ours. */
	load(): Promise<Unfinished | undefined>;
	save(unfinished: Unfinished): Promise<void>;
	forget(): Promise<void>;
};

const DATABASE = 'running-tab-training';
const SHELF = 'unfinished';
const KEY = 'last';

export const inBrowser: Store = {
	async load() {
		const found = await within<unknown>('readonly', (shelf) => shelf.get(KEY));
		return isUnfinished(found) ? found : undefined;
	},
	async save(unfinished) {
		await within('readwrite', (shelf) => shelf.put(unfinished, KEY));
		flag(true);
	},
	async forget() {
		flag(false);
		await within('readwrite', (shelf) => shelf.delete(KEY));
	}
};

function within<Result>(
	mode: IDBTransactionMode,
	work: (shelf: IDBObjectStore) => IDBRequest
): Promise<Result> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(DATABASE, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore(SHELF);
		opening.onerror = () => reject(opening.error ?? new Error('not opened'));
		opening.onblocked = () => reject(new Error('another page holds it'));
		opening.onsuccess = () => {
			const database = opening.result;
			const transaction = database.transaction(SHELF, mode);
			const request = work(transaction.objectStore(SHELF));
			transaction.oncomplete = () => {
				database.close();
				resolve(request.result as Result);
			};
			// a full store aborts, and says why here
			transaction.onabort = () => {
				database.close();
				reject(transaction.error ?? new Error('not kept'));
			};
		};
	});
}

const whole = (value: unknown, most: number): value is number =>
	Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;

/** Whether it is what this version keeps. Somebody else may have written there, or an earlier version. */
function isUnfinished(found: unknown): found is Unfinished {
	const { version, at, recipe, kept, losses, held, pictures } = (found ?? {}) as Unfinished;
	return (
		version === 1 &&
		typeof at === 'number' &&
		isRecipe(recipe) &&
		kept?.checkpoint instanceof Uint8Array &&
		typeof kept.sha256 === 'string' &&
		/^[0-9a-f]{64}$/.test(kept.sha256) &&
		whole(kept.spent?.steps, recipe.steps) &&
		(['tokens', 'learning', 'looking', 'learningMs', 'lookingMs'] as const).every((key) =>
			Number.isFinite(kept.spent[key])
		) &&
		losses instanceof Float32Array &&
		losses.length >= kept.spent.steps &&
		Array.isArray(held) &&
		held.every((one) => whole(one?.step, recipe.steps) && typeof one.loss === 'number') &&
		Array.isArray(pictures) &&
		pictures.every((one) => whole(one?.step, recipe.steps) && typeof one.text === 'string')
	);
}

function isRecipe(found: unknown): found is Recipe {
	const { text, cut, size, steps, seed, rate } = (found ?? {}) as Recipe;
	const own = typeof text === 'object' && text !== null ? text.own : undefined;
	return (
		(isTextKey(text) || (typeof own === 'string' && own.length <= MOST_BYTES)) &&
		['characters', 'pairs'].includes(cut) &&
		Object.hasOwn(sizes, String(size)) &&
		whole(steps, MOST_STEPS) &&
		steps > 0 &&
		whole(seed, 2 ** 32 - 1) &&
		(rate === undefined || (rate > 0 && rate <= 1))
	);
}

/**
 * @file Unfinished training runs, kept in this browser, so that a reload can go on with one. Each tab keeps the one it trains, and
 * only until it is done: two tabs that train do not write over each other.
 */
import { isTextKey, MOST_BYTES } from '#lib/engine/training/texts/texts.ts';
import { MOST_STEPS, sizes, type Recipe } from '#lib/engine/training/recipe.ts';
import type { Spent } from '#lib/engine/training/protocol.ts';
import type { Kept } from '#lib/engine/training/client.ts';
import { flag } from './flag.ts';
import type { Held } from './losses.ts';
import { isOthers, place, takePlace } from './place.ts';
import type { BabyPicture } from './view.ts';

export type Unfinished = {
	version: 2;
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
	/** What this tab kept, or else what was kept last; undefined where nothing was, or nothing of ours. */
	load(): Promise<Unfinished | undefined>;
	save(unfinished: Unfinished): Promise<void>;
	/**
	 * Forgets what this tab kept, and what it found, unless that is another tab's that is open.
	 * @param others that as well
	 */
	forget(others?: boolean): Promise<void>;
};

const DATABASE = 'running-tab-training';
const SHELF = 'unfinished';
/** What closed tabs left is not kept for ever: so many runs besides this tab's. */
const MOST = 3;

/** Where that lies which was found and is not this tab's. */
let found: IDBValidKey | undefined;

export const inBrowser: Store = {
	async load() {
		const mine = await place();
		const [keys, values] = await within('readonly', (shelf) => [
			shelf.getAllKeys(),
			shelf.getAll()
		]);
		const ours = (keys as IDBValidKey[])
			.map((key, i) => ({ key, value: (values as unknown[])[i] }))
			.filter((one): one is { key: IDBValidKey; value: Unfinished } => isUnfinished(one.value))
			.sort((a, b) => b.value.at - a.value.at);
		const one = ours.find(({ key }) => key === mine) ?? ours[0];
		found = one?.key;
		return one?.value;
	},
	async save(unfinished) {
		const mine = await takePlace();
		await within('readwrite', (shelf) => {
			const all = shelf.getAllKeys();
			all.onsuccess = () => {
				const others = all.result.filter((key) => key !== mine);
				for (const old of others.slice(0, -MOST)) shelf.delete(old);
			};
			return [shelf.put(unfinished, mine)];
		});
		flag(true);
	},
	async forget(others = false) {
		const keys = [await place(), found].filter((key) => key !== undefined);
		const gone: IDBValidKey[] = [];
		for (const key of keys) if (others || !(await isOthers(key))) gone.push(key);
		const [left] = await within('readwrite', (shelf) => {
			for (const key of gone) shelf.delete(key);
			return [shelf.count()];
		});
		flag(left !== 0);
	}
};

/** @returns the results of what `work` asks for, once all of it is done */
function within(
	mode: IDBTransactionMode,
	work: (shelf: IDBObjectStore) => IDBRequest[]
): Promise<unknown[]> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(DATABASE, 2);
		opening.onupgradeneeded = () => {
			const database = opening.result;
			for (const name of database.objectStoreNames) database.deleteObjectStore(name);
			database.createObjectStore(SHELF);
		};
		opening.onerror = () => reject(opening.error ?? new Error('not opened'));
		opening.onblocked = () => reject(new Error('another page holds it'));
		opening.onsuccess = () => {
			const database = opening.result;
			try {
				const transaction = database.transaction(SHELF, mode);
				const requests = work(transaction.objectStore(SHELF));
				transaction.oncomplete = () => resolve(requests.map(({ result }) => result));
				// a full store aborts, and says why here
				transaction.onabort = () => reject(transaction.error ?? new Error('not kept'));
			} catch (error) {
				reject(error as Error);
			}
			// as soon as all of it is done
			database.close();
		};
	});
}

const whole = (value: unknown, most: number): value is number =>
	Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;

/** Whether it is what this version keeps. Somebody else may have written there, or an earlier version. */
function isUnfinished(found: unknown): found is Unfinished {
	const { version, at, recipe, kept, losses, held, pictures } = (found ?? {}) as Unfinished;
	return (
		version === 2 &&
		typeof at === 'number' &&
		isRecipe(recipe) &&
		kept?.checkpoint instanceof Blob &&
		typeof kept.sha256 === 'string' &&
		/^[0-9a-f]{64}$/.test(kept.sha256) &&
		whole(kept.spent?.steps, recipe.steps) &&
		(['tokens', 'learning', 'looking', 'learningMs', 'lookingMs'] as const).every((key) =>
			Number.isFinite(kept.spent[key])
		) &&
		isPart(kept.spent) &&
		losses instanceof Float32Array &&
		losses.length >= kept.spent.steps &&
		Array.isArray(held) &&
		held.every((one) => whole(one?.step, recipe.steps) && typeof one.loss === 'number') &&
		Array.isArray(pictures) &&
		pictures.every((one) => whole(one?.step, recipe.steps) && typeof one.text === 'string')
	);
}

/** Of what the GPU did, where it did any of it. */
const isPart = ({ onGpu, steps }: Spent): boolean =>
	onGpu === undefined || (whole(onGpu?.steps, steps) && Number.isFinite(onGpu.ms));

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

/** @file The last training that is over, kept in this browser, so that its model can be used wherever the site lets it. */
import type { Ready } from '#lib/engine/training/client.ts';
import type { Prepared, Spent } from '#lib/engine/training/protocol.ts';
import type { Recipe } from '#lib/engine/training/recipe.ts';
import type { Held } from './losses.ts';
import type { BabyPicture } from './view.ts';

/** A training run that is over, as it is kept: all that its model and its record are made of. */
export type Finished = {
	version: 1;
	/** Milliseconds since 1970. */
	at: number;
	/** Given by the reader; empty as long as there is none. */
	name: string;
	/** Its weights and those of the optimiser, as they were kept last. */
	checkpoint: Blob | undefined;
	recipe: Recipe;
	prepared: Prepared;
	spent: Spent;
	/** Where it was trained. */
	on: Ready['on'];
	/** Of the weights. */
	sha256: string;
	/** Of the weights on the way, at the steps that were looked at. */
	hashes: readonly (readonly [step: number, sha256: string])[];
	/** Of every step. */
	losses: Float32Array<ArrayBuffer>;
	held: readonly Held[];
	pictures: readonly BabyPicture[];
};

/** In the browser's small storage: says that there is one, so that a page that sees it asks, and which, so that other tabs hear of another. */
export const SIGN = 'running-tab-trained';

const DATABASE = 'running-tab-trained';
const SHELF = 'models';
const KEY = 'last';

/** Of this visit: it is there also where a browser keeps nothing. */
let last: Finished | undefined;

/** Keeps a training that is over, in the place of the one before. Rejects where nothing can be kept. */
export async function finish(done: Finished): Promise<void> {
	last = done;
	await within('readwrite', (shelf) => shelf.put(done, KEY));
	localStorage.setItem(SIGN, done.sha256 + done.name);
}

/** The last training that is over: it may be anything, as a browser's storage is open to anyone at it. */
export async function finished(): Promise<Finished | undefined> {
	return (await within('readonly', (shelf) => shelf.get(KEY)).catch(() => undefined)) ?? last;
}

/** Whether it outlives this visit. */
export function isKept(): boolean {
	try {
		return localStorage.getItem(SIGN) !== null;
	} catch {
		return false;
	}
}

/** Gives it its name, if it is still the one that is meant. */
export async function rename(sha256: string, name: string): Promise<void> {
	const found = await finished();
	if (found?.sha256 === sha256) await finish({ ...found, name });
}

/** Deletes it from this browser. */
export async function discard(): Promise<void> {
	last = undefined;
	await within('readwrite', (shelf) => shelf.delete(KEY)).catch(() => {});
	try {
		localStorage.removeItem(SIGN);
	} catch {
		// nothing was kept
	}
}

function within(
	mode: IDBTransactionMode,
	work: (shelf: IDBObjectStore) => IDBRequest
): Promise<Finished | undefined> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(DATABASE, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore(SHELF);
		opening.onerror = () => reject(opening.error as Error);
		opening.onsuccess = () => {
			const database = opening.result;
			const transaction = database.transaction(SHELF, mode);
			const request = work(transaction.objectStore(SHELF));
			transaction.oncomplete = () => resolve(request.result);
			// a full store aborts
			transaction.onabort = () => reject(transaction.error as Error);
			database.close(); // as soon as all of it is done
		};
	});
}

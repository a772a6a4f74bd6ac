/**
 * @file The reader's guesses, kept in this browser only. Storage may be full, blocked, or hold
 * anything at all: a guess that cannot be kept is simply forgotten, and nothing kept is trusted.
 */

/** A place on an axis, or the index of an answer. */
export type Guess = number;

const key = 'running-tab.guesses';
const limit = 100_000; // characters; more than this was not written here

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** Even naming `localStorage` throws where a site's data are blocked. */
const own = () => globalThis.localStorage as Store;

function readAll(store: () => Store): Map<string, unknown> {
	try {
		const text = store().getItem(key);
		if (!text || text.length > limit) return new Map();
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
		return new Map(Object.entries(value));
	} catch {
		return new Map();
	}
}

/** The guess kept under `id`, if it is a number from `min` to `max`. */
export function keptGuess(
	id: string,
	{ min, max }: { min: number; max: number },
	store: () => Store = own
): Guess | undefined {
	const value = readAll(store).get(id);
	return typeof value === 'number' && value >= min && value <= max ? value : undefined;
}

/** Keeps a guess, or forgets it when there is none. Returns whether it will be there next time. */
export function keepGuess(id: string, guess: Guess | undefined, store: () => Store = own): boolean {
	const all = readAll(store);
	if (guess === undefined) all.delete(id);
	else all.set(id, guess);
	try {
		store().setItem(key, JSON.stringify(Object.fromEntries(all)));
		return true;
	} catch {
		return false;
	}
}

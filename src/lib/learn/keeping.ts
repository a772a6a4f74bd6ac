/** @file Taking what is kept along, and being rid of it: for the page that shows all of it. */
import { both, readKept, writeKept } from './kept.ts';
import { key, older, type Memory } from './memory.svelte.ts';

/** What lay in storage, as text, before it was erased. */
export type Erased = { kept: string | null; older: string | null };

/** What a file would hold: what lies in storage as it is, where a newer version wrote it. */
export function fileOf(memory: Memory): string {
	const raw = memory.unkept === 'newer' && memory.store().getItem(key);
	return raw || writeKept(memory.kept, '\t');
}

/** Adds what a saved file holds. Returns false if there is nothing in it that can be read. */
export function add(memory: Memory, text: string): boolean {
	const found = readKept(text);
	if (found === 'newer' || !(found.lessons.size + found.guesses.size)) return false;
	memory.change((kept) => both(kept, found));
	return true;
}

/** Removes everything, also what cannot be read. Returns what can be put back, if anything. */
export function erase(memory: Memory): Erased | undefined {
	let erased: Erased | undefined;
	try {
		const store = memory.store();
		erased = { kept: store.getItem(key), older: store.getItem(older) };
		store.removeItem(key);
		store.removeItem(older);
	} catch {
		// Blocked: what there is lives on this page only, and goes all the same.
	}
	memory.read(true);
	return erased && (erased.kept ?? erased.older) !== null ? erased : undefined;
}

/** Puts back what was erased, as it was. Returns false where there is no room for it any more. */
export function putBack(memory: Memory, erased: Erased): boolean {
	try {
		const store = memory.store();
		// Another tab may have kept something since.
		if (store.getItem(key) !== null) {
			const before = readKept(erased.kept, erased.older);
			if (before !== 'newer') memory.change((kept) => both(before, kept));
			return !memory.unkept;
		}
		if (erased.kept !== null) store.setItem(key, erased.kept);
		if (erased.older !== null) store.setItem(older, erased.older);
		memory.read(true);
		return true;
	} catch {
		return false;
	}
}

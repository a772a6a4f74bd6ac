import type { InMemory } from './download/kept.ts';

/**
 * What the browser would not keep, for as long as the page is there: workers end sooner. It costs no second copy: the contents of
 * a file are the browser's, whoever refers to it.
 */
export class VisitMemory {
	readonly #files = new Map<string, InMemory>();

	/** To be given to every new worker. */
	get files(): InMemory[] {
		return [...this.#files.values()];
	}

	hear(change: InMemory): void {
		const key = JSON.stringify([change.cache, change.address]);
		if (change.held) this.#files.set(key, change);
		else this.#files.delete(key);
	}
}

/** What a person can follow, and fewer than three changes a second (WCAG 2.3.1). */
const SLOWLY = 400; // ms

/** The SHA-256 of the same weights again and again: before, and after each prompt or step. */
export class Fingerprints {
	#all: readonly string[] = $state.raw([]);
	#distinct = $state(0);
	#seen = $state(0);
	#known: Record<string, true> = {};
	#at = -Infinity;

	constructor(all: readonly string[] = []) {
		this.set(all);
	}

	/** The first is of the beginning. */
	get all(): readonly string[] {
		return this.#all;
	}

	/** How many different ones there are. */
	get distinct(): number {
		return this.#distinct;
	}

	/** As many of the first as slow pictures show: all, once nothing goes on. */
	get seen(): readonly string[] {
		return this.#seen === this.#all.length ? this.#all : this.#all.slice(0, this.#seen);
	}

	/** Prompts or steps since the beginning. */
	get count(): number {
		return Math.max(0, this.#all.length - 1);
	}

	push(sha256: string, now = performance.now()): void {
		this.#all = [...this.#all, sha256];
		this.#count(sha256);
		if (now - this.#at < SLOWLY) return;
		this.#at = now;
		this.settle();
	}

	/** Nothing more comes for now. */
	settle(): void {
		this.#seen = this.#all.length;
	}

	/** Others take the place of all that are here. */
	set(all: readonly string[]): void {
		this.#all = all;
		this.#known = {};
		this.#distinct = 0;
		for (const sha256 of all) this.#count(sha256);
		this.#seen = all.length;
		this.#at = -Infinity;
	}

	#count(sha256: string): void {
		if (this.#known[sha256]) return;
		this.#known[sha256] = true;
		this.#distinct++;
	}
}

/** @file When a GPU that was lost is not taken again. */

/** Two losses within so long a time, and it is left alone. */
const WINDOW = 60_000; // ms

export class Losses {
	readonly #now: () => number;
	#last = -Infinity;
	#over = false;

	constructor(now: () => number = () => performance.now()) {
		this.#now = now;
	}

	/** Whether the GPU is left alone for the rest of the visit. */
	get givenUp(): boolean {
		return this.#over;
	}

	add(): void {
		const now = this.#now();
		if (now - this.#last < WINDOW) this.#over = true;
		this.#last = now;
	}
}

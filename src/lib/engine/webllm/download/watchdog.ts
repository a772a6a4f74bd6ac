/** @file Notices a connection over which nothing comes any more: such a one never ends by itself. */

export class Watchdog {
	readonly #patience: { quiet: number; dead: number };
	readonly #onquiet: () => void;
	readonly #ondead: () => void;
	#timers: ReturnType<typeof setTimeout>[] = [];

	/** @param patience milliseconds without a byte; asleep until it is first `fed` */
	constructor(patience: { quiet: number; dead: number }, onquiet: () => void, ondead: () => void) {
		this.#patience = patience;
		this.#onquiet = onquiet;
		this.#ondead = ondead;
	}

	/** Something came. */
	fed(): void {
		this.rest();
		this.#timers = [
			setTimeout(this.#onquiet, this.#patience.quiet),
			setTimeout(this.#ondead, this.#patience.dead)
		];
	}

	rest(): void {
		for (const timer of this.#timers.splice(0)) clearTimeout(timer);
	}
}

/** @file The pace at which a run is watched. The model writes far faster than anyone reads. */

export const paces = {
	slow: { label: 'slow', rate: 4 },
	reading: { label: 'steady', rate: 20 },
	fast: { label: 'as fast as it goes', rate: Infinity }
} as const;

export type PaceKey = keyof typeof paces;

/** Further behind than this (a sleeping tab), what was missed is not caught up in a burst. */
const LATEST = 1000; // ms

/** At full speed the page is given a turn after so long … */
const TURN = 6; // ms
/** … unless whatever the loop waited for took so long: then the page has had one. */
const AWAY = 1; // ms

/**
 * Holds a loop to so many turns a second by waiting before each, by the clock and not by counting
 * frames: a hidden tab, whose timers are slow, keeps the pace. The first turn is due at once.
 */
export class Pace {
	rate: number; // turns a second
	#due: number | undefined;
	#turnSince = 0;
	#left = 0;

	constructor(rate: number) {
		this.rate = rate;
	}

	/** Counts from now on: what was held meanwhile is not caught up. */
	afresh(): void {
		this.#due = undefined;
	}

	/** Settles when the next turn is due, or at once when `signal` aborts. Never rejects. */
	async next(signal: AbortSignal): Promise<void> {
		const now = performance.now();
		const due = this.#due ?? now;

		if (this.rate === Infinity) {
			this.#due = now;
			if (now - this.#left > AWAY) this.#turnSince = now;
			if (now - this.#turnSince >= TURN) {
				await later(0, signal);
				this.#turnSince = performance.now();
			}
			this.#left = performance.now();
			return;
		}
		this.#due = Math.max(due, now - LATEST) + 1000 / this.rate;
		if (due > now) await later(due - now, signal);
	}
}

function later(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) return resolve();
		const done = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		signal.addEventListener('abort', done);
	});
}

import { says } from './says.ts';
import type { Training } from './training.svelte.ts';

/** How the device of the reader is treated while it trains: whether it rests, sleeps, and goes on unseen. */
export class Care {
	/** Rests as long as it works. */
	easy = $state(false);
	/** Goes on while the tab is out of sight. */
	onward = $state(false);
	/** Keeps the screen on. */
	awake = $state(false);
	readonly canWake = typeof navigator !== 'undefined' && 'wakeLock' in navigator;

	readonly #training: Training;
	#lock: Promise<WakeLockSentinel | undefined> | undefined;
	#stopped = false;

	constructor(training: Training) {
		this.#training = training;
	}

	/** To be called when the page is hidden or shown. */
	seen(hidden: boolean): void {
		if (hidden && !this.onward && this.#training.phase === 'learning') {
			this.#stopped = true;
			this.#training.pause();
		}
		if (!hidden && this.#stopped) {
			this.#stopped = false;
			this.#training.note = says.hidden(this.#training.view.spent.steps);
		}
		// a page out of sight has lost its lock
		if (!hidden) this.watch(this.#training.phase === 'learning');
	}

	/** Holds the screen awake as long as something learns and that is wanted. */
	watch(learning: boolean): void {
		const wanted = learning && this.awake && this.canWake;
		if (wanted) {
			this.#lock = navigator.wakeLock.request('screen').catch(() => undefined); // refused: it trains all the same
		} else {
			void this.#lock?.then((lock) => lock?.release());
			this.#lock = undefined;
		}
	}
}

import type { Kept } from '#lib/engine/training/client.ts';
import type { Store, Unfinished } from './store.ts';
import type { View } from './view.ts';

/** Keeps the run on screen for a reload, one state after another. Where a browser keeps nothing that is said once, and it stops trying. */
export class Keeper {
	readonly #store: Store;
	readonly #refuse: () => void;
	#refused = false;
	#run = 0;
	#writing = Promise.resolve();

	/** @param refuse called when nothing can be kept, at most once a run */
	constructor(store: Store, refuse: () => void) {
		this.#store = store;
		this.#refuse = refuse;
	}

	/** Another run begins: what is still to be written of the last one is not. */
	begin(): void {
		this.#run++;
		this.#refused = false;
	}

	find(): Promise<Unfinished | undefined> {
		return this.#store.load().catch(() => undefined);
	}

	keep({ recipe, losses, held, pictures }: View, kept: Kept | undefined): void {
		const steps = kept?.spent.steps ?? 0;
		if (!kept || this.#refused || steps === 0 || steps >= recipe.steps) return;
		const unfinished: Unfinished = {
			version: 2,
			at: Date.now(),
			recipe,
			kept,
			losses: losses.all,
			held: [...held],
			pictures: [...pictures]
		};
		const run = this.#run;
		this.#writing = this.#writing
			.then(() => (run === this.#run ? this.#store.save(unfinished) : undefined))
			.catch(() => {
				if (this.#refused || run !== this.#run) return;
				this.#refused = true;
				this.#refuse();
			});
	}

	/** After whatever is being written. */
	forget(): Promise<void> {
		this.begin();
		return (this.#writing = this.#writing.then(() => this.#store.forget()).catch(() => {}));
	}
}

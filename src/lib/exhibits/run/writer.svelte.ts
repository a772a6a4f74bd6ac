import type { Engine } from '#lib/engine/engine.ts';
import { pocketDoor, warm } from './pocket.ts';

/**
 * Which model writes in the exhibits of this visit: the pocket model, until the reader has put a larger
 * one on their GPU, and after that the one they choose.
 */
class Writer {
	#loaded: Engine | undefined = $state.raw();
	#trainingTokens: number | undefined = $state();
	/** The pocket model writes, though a larger one could. */
	pocket = $state(false);

	/** The model on the reader's GPU. */
	get loaded(): Engine | undefined {
		return this.#loaded;
	}

	/** The same, while it is the one that writes. */
	get engine(): Engine | undefined {
		return this.pocket ? undefined : this.#loaded;
	}

	/** @param trainingTokens how many tokens it was trained on, where that is known */
	use(engine: Engine | undefined, trainingTokens?: number): void {
		this.#loaded = engine;
		this.#trainingTokens = trainingTokens;
		this.pocket = false;
	}

	/** How many tokens a model was trained on, where it is the one on the GPU. */
	trained({ name }: { name: string }): number | undefined {
		return name === this.#loaded?.model.name ? this.#trainingTokens : undefined;
	}

	/** @throws when the code of the pocket model cannot be fetched */
	async door(): Promise<Engine> {
		return this.engine ?? (await pocketDoor());
	}

	/** Somebody is about to press Run: what writes may come, if it is not here. */
	warm(): void {
		if (!this.engine) warm();
	}
}

export const writer = new Writer();

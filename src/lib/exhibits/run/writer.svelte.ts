import type { Engine } from '#lib/engine/engine.ts';
import type { OwnTraining } from '#lib/meter/own.ts';
import { pocketDoor, unlessElse, warm } from './pocket.ts';

/**
 * Which model writes in the exhibits of this visit: the pocket model, until the reader has put a larger
 * one on their GPU, and after that the one they choose.
 */
class Writer {
	#loaded: Engine | undefined = $state.raw();
	#training: OwnTraining | undefined = $state.raw();
	/** The pocket model writes, though a larger one could. */
	pocket = $state(false);

	constructor() {
		unlessElse(() => this.engine !== undefined);
	}

	/** The model on the reader's GPU. */
	get loaded(): Engine | undefined {
		return this.#loaded;
	}

	/** The same, while it is the one that writes. */
	get engine(): Engine | undefined {
		return this.pocket ? undefined : this.#loaded;
	}

	/** @param training what its training took, where that is known */
	use(engine: Engine | undefined, training?: OwnTraining): void {
		this.#loaded = engine;
		this.#training = training;
		this.pocket = false;
	}

	/** What training a model took, where it is the one on the GPU. */
	trained({ name }: { name: string }): OwnTraining | undefined {
		return name === this.#loaded?.model.name ? this.#training : undefined;
	}

	/** @throws when the code of the pocket model cannot be fetched */
	async door(): Promise<Engine> {
		return this.engine ?? (await pocketDoor());
	}

	/** Somebody is about to press Run: what writes may come, if it is not here. */
	warm(): void {
		warm();
	}
}

export const writer = new Writer();

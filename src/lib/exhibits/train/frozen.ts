import type { Ready, TrainingClient } from '#lib/engine/training/client.ts';
import type { Prepared, Spent } from '#lib/engine/training/protocol.ts';
import type { Recipe } from '#lib/engine/training/recipe.ts';
import type { Held } from './losses.ts';
import type { BabyPicture } from './view.ts';

/** A training run that is over, and the model that came of it: its weights will not change again. */
export type Frozen = {
	/** Runs the model, in the worker that trained it. It is gone when another training is prepared. */
	engine: ReturnType<TrainingClient['engine']>;
	/** Has a class ask it, in the same worker. */
	gather: TrainingClient['gather'];
	/** Its weights and those of the optimiser, as they were kept last. */
	checkpoint: Blob | undefined;
	recipe: Recipe;
	prepared: Prepared;
	spent: Spent;
	/** Where it was trained. */
	on: Ready['on'];
	/** Of the weights. */
	sha256: string;
	/** Of every step. */
	losses: Float32Array<ArrayBuffer>;
	held: readonly Held[];
	pictures: readonly BabyPicture[];
};

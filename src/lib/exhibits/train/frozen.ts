import type { TrainingClient } from '#lib/engine/training/client.ts';
import type { Finished } from './finished.ts';

/** A training run that is over, and the model that came of it: its weights will not change again. */
export type Frozen = Finished & {
	/** Runs the model, in the worker that trained it. It is gone when another training is prepared. */
	engine: ReturnType<TrainingClient['engine']>;
	/** Has a class ask it, in the same worker, and says what its weights are now. */
	client: Pick<TrainingClient, 'gather' | 'fingerprints'>;
};

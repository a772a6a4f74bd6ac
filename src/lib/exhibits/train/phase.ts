import type { TrainingClient } from '#lib/engine/training/client.ts';

export type Phase =
	/** Nothing was asked for yet. */
	| 'idle'
	/** The text is read, the weights are made, and how long a step takes is measured. */
	| 'preparing'
	/** How long it takes here is known. */
	| 'ready'
	| 'learning'
	/** Stands between two steps. */
	| 'paused'
	/** Stands for good. */
	| 'done'
	/** The loss got out of hand. */
	| 'diverged'
	/** What trains is gone. */
	| 'lost';

export type Client = Pick<
	TrainingClient,
	| 'prepare'
	| 'measure'
	| 'learn'
	| 'pause'
	| 'rest'
	| 'follow'
	| 'engine'
	| 'gather'
	| 'fingerprints'
	| 'kept'
	| 'dispose'
>;

export type Wish = 'measure' | 'learn' | 'step';

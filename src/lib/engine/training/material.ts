import type { Schedule } from '#lib/tiny/schedule.ts';
import type { Tokenizer } from '#lib/tiny/tokenizer.ts';

/** How a training run goes. */
export type Plan = {
	/** In all. */
	steps: number;
	/** The learning rate of each. */
	schedule: Schedule;
	/** The steps after which a picture is taken. */
	pictures: number[];
	/** Held-out loss is measured every so many steps. */
	heldEvery: number;
};

/** What a training run learns from. */
export interface Material {
	readonly tokenizer: Tokenizer;
	/** What the pictures are finished from, as the model reads it. */
	readonly beginning: readonly number[];
	/** Sequences that it never learns from. */
	readonly heldOut: ArrayLike<number>[];
	/** The sequences of a step, counted from 0: the same for everybody with the same seed. */
	batch(step: number): Uint16Array[];
}

/** @file What a training run is made of. Everything that decides the result is here: same recipe, same model, to the last bit. */
import type { Config } from '#lib/tiny/gpt.ts';
import type { Schedule } from '#lib/tiny/schedule.ts';
import type { Plan } from './material.ts';
import type { TextKey } from './texts/texts.ts';

export type SizeKey = 'small' | 'middle' | 'large' | 'gpu';

/** How a text is cut: into characters, or into characters and frequent neighbours of them. */
export type Cut = 'characters' | 'pairs';

export type Recipe = {
	/** A text of ours, or the reader's own. */
	text: TextKey | { own: string };
	cut: Cut;
	size: SizeKey;
	/** In all. The learning rate is planned for them. */
	steps: number;
	seed: number;
	/** The highest learning rate; the size's own where it is not given. */
	rate?: number;
};

type Size = Omit<Config, 'vocabulary'> & {
	/** Sequences a step. */
	batch: number;
	/** The highest learning rate: the best of those tried for this size. */
	rate: number;
};

export const sizes: Record<SizeKey, Size> = {
	small: { layers: 2, width: 32, heads: 2, context: 64, batch: 16, rate: 8e-3 },
	middle: { layers: 2, width: 64, heads: 4, context: 64, batch: 8, rate: 5e-3 },
	large: { layers: 2, width: 96, heads: 4, context: 64, batch: 8, rate: 5e-3 },
	gpu: { layers: 4, width: 128, heads: 4, context: 128, batch: 16, rate: 3e-3 }
};

export const first: Recipe = {
	text: 'sentences',
	cut: 'characters',
	size: 'middle',
	steps: 1500,
	seed: 1
};

/** Tokens in all where frequent neighbours are joined. */
export const PAIRS = 256;

export const MOST_STEPS = 20_000;

/** Steps over which the learning rate rises. */
const WARM_UP = 30;
/** What it falls to along half a cosine, as a share of the highest. */
const FLOOR = 0.1;

export function scheduleOf({ size, steps, rate = sizes[size].rate }: Recipe): Schedule {
	return { peak: rate, warmUp: Math.min(WARM_UP, steps), steps, floor: FLOOR };
}

/** The held-out loss is measured so many times in a run. */
const HELD = 30;

export function planOf(recipe: Recipe): Plan {
	return {
		steps: recipe.steps,
		schedule: scheduleOf(recipe),
		pictures: picturesAt(recipe.steps),
		heldEvery: Math.max(1, Math.round(recipe.steps / HELD))
	};
}

/**
 * The steps after which the same prompt is finished once more: five pictures, closer together at the start,
 * where most of it happens. Of 1,500 steps: 0, 30, 90, 300, 1,500.
 */
export function picturesAt(steps: number): number[] {
	const at = [0, 0.02, 0.06, 0.2, 1].map((share) => Math.round(share * steps));
	return [...new Set(at)];
}

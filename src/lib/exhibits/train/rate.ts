import { sizes, type Recipe } from '#lib/engine/training/recipe.ts';

/** The highest learning rate of a run: its own, or that of its size. */
export const rateOf = ({ rate, size }: Pick<Recipe, 'rate' | 'size'>): number =>
	rate ?? sizes[size].rate;

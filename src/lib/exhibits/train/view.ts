/** @file What the picture is drawn from, whether it was recorded or is being trained here. */
import type { Look, Prepared, Spent } from '#lib/engine/training/protocol.ts';
import type { Recipe } from '#lib/engine/training/recipe.ts';
import { Losses, type Held, type Point } from './losses.ts';

/** What stands still before the first step. */
export type Facts = Pick<
	Prepared,
	| 'config'
	| 'parameters'
	| 'documents'
	| 'learnt'
	| 'held'
	| 'left'
	| 'prompt'
	| 'perStep'
	| 'operationsPerStep'
	| 'guessing'
>;

/** The same beginning, as the model went on with it after so many steps. */
export type BabyPicture = { step: number; text: string };

export type View = {
	source: 'recorded' | 'live';
	recipe: Omit<Recipe, 'text'> & { text: Recipe['text'] };
	facts: Facts;
	spent: Spent;
	losses: Losses;
	/** Grows with every loss: the lines are the same objects, longer. */
	count: number;
	held: readonly Held[];
	pictures: readonly BabyPicture[];
	look?: Look | undefined;
	/** Of all weights as they are. */
	sha256: string;
	/** Of those at the steps that were looked at on the way. */
	hashes: [step: number, sha256: string][];
};

/** A training run as it is kept beside the code. */
export type RecordedTraining = {
	date: string;
	device: { cpu: string; runtime: string };
	recipe: Recipe;
	facts: Facts;
	spent: Spent;
	/** Milliseconds a step, measured before the first. */
	measured: number;
	/** [step, loss of that step, average]: what the curve is drawn from. */
	losses: [number, number, number][];
	held: Held[];
	pictures: BabyPicture[];
	look: Look;
	sha256: string;
};

/** Room over the line at guessing. */
export const topOf = (guessing: number): number => Math.ceil(guessing * 1.08);

export function recordedView(record: RecordedTraining): View {
	const points: Point[] = record.losses.map(([step, raw, smooth]) => ({ step, raw, smooth }));
	const { recipe, facts, spent, held, pictures, look, sha256 } = record;
	return {
		source: 'recorded',
		recipe,
		facts,
		spent,
		losses: Losses.of(points, recipe.steps, topOf(facts.guessing)),
		count: spent.steps,
		held,
		pictures,
		look,
		sha256,
		hashes: []
	};
}

/** Nothing learnt yet. */
export function freshView(recipe: Recipe, prepared: Prepared, spent: Spent): View {
	return {
		source: 'live',
		recipe,
		facts: factsOf(prepared),
		spent,
		losses: new Losses(recipe.steps, topOf(prepared.guessing)),
		count: 0,
		held: [],
		pictures: [],
		sha256: prepared.sha256,
		hashes: []
	};
}

export function factsOf({
	config,
	parameters,
	documents,
	learnt,
	held,
	left,
	prompt,
	perStep,
	operationsPerStep,
	guessing
}: Prepared): Facts {
	return {
		config,
		parameters,
		documents,
		learnt,
		held,
		left,
		prompt,
		perStep,
		operationsPerStep,
		guessing
	};
}

/** What a training that has not begun has taken. */
export const nothing: Spent = {
	steps: 0,
	tokens: 0,
	learning: 0,
	looking: 0,
	learningMs: 0,
	lookingMs: 0
};

/** @file A training run as a record: what it was made of, and all that was noted of it. Its weights are not in it. */
import { version } from '$app/environment';
import { scheduleOf, sizes, type Cut, type SizeKey } from '#lib/engine/training/recipe.ts';
import type { Prepared, Spent } from '#lib/engine/training/protocol.ts';
import type { TextKey } from '#lib/engine/training/texts/texts.ts';
import { here } from '../../run/here.ts';
import { amountsOf } from '../amounts.ts';
import type { Finished } from '../finished.ts';
import { rateOf } from '../rate.ts';
import type { BabyPicture } from '../view.ts';

export type TrainingRecord = {
	schema: 1;
	kind: 'training record';
	/** Given by the reader; empty where there is none. */
	name: string;
	/** When it ended, ISO 8601. */
	date: string;
	version: string;
	device: object;
	on: Finished['on'];
	/** Same recipe, same weights: on every machine, to the last bit. Somebody's own text is not in it. */
	recipe: {
		text: TextKey | 'own';
		cut: Cut;
		size: SizeKey;
		/** Sequences a step. */
		batch: number;
		steps: number;
		seed: number;
		/** The highest learning rate, the steps over which it rises, and what it falls to as a share of it. */
		rate: number;
		warmUp: number;
		floor: number;
	};
	config: Prepared['config'];
	parameters: number;
	/** Tokens to learn from, held out of it, and learnt from at each step. */
	tokens: { learnt: number; held: number; perStep: number };
	spent: Spent;
	wattHours: { low: number; high: number };
	/** Nats a token of whoever knows nothing. */
	guessing: number;
	/** Of each step, from the first: nats a token, before the step moved the weights. */
	losses: number[];
	held: [step: number, loss: number][];
	prompt: string;
	pictures: BabyPicture[];
	/** SHA-256 of the weights at the steps that were looked at, and at last. */
	hashes: [step: number, sha256: string][];
	sha256: string;
};

export function trainingRecordOf(done: Finished, name: string): TrainingRecord {
	const { recipe, prepared, spent } = done;
	const { warmUp, floor } = scheduleOf(recipe);
	return {
		schema: 1,
		kind: 'training record',
		name: name.trim(),
		date: new Date(done.at).toISOString(),
		version,
		device: here(),
		on: done.on,
		recipe: {
			text: typeof recipe.text === 'string' ? recipe.text : 'own',
			cut: recipe.cut,
			size: recipe.size,
			batch: sizes[recipe.size].batch,
			steps: recipe.steps,
			seed: recipe.seed,
			rate: rateOf(recipe),
			warmUp,
			floor
		},
		config: prepared.config,
		parameters: prepared.parameters,
		tokens: { learnt: prepared.learnt, held: prepared.held, perStep: prepared.perStep },
		spent: { ...spent },
		wattHours: amountsOf(spent).wattHours,
		guessing: prepared.guessing,
		losses: [...done.losses].map((loss) => Number(loss.toPrecision(7))),
		held: done.held.map(({ step, loss }) => [step, loss]),
		prompt: prepared.prompt,
		pictures: done.pictures.map(({ step, text }) => ({ step, text })),
		hashes: done.hashes.map(([step, sha256]) => [step, sha256]),
		sha256: done.sha256
	};
}

import { type TrainedModel, weightsOf } from '#lib/engine/training/trained-model.ts';
import { sizes } from '#lib/engine/training/recipe.ts';
import { version } from '$app/environment';
import { here } from '../../run/here.ts';
import type { Finished } from '../finished.ts';
import { allOf } from '../gpu.ts';

/** Points of the loss that go into the file: more cannot be told apart in a drawing. */
const POINTS = 400;

/** What goes into the file of a model that was trained here; undefined where its weights were not kept. */
export async function modelOf(done: Finished, name: string): Promise<TrainedModel | undefined> {
	const { at, recipe, prepared, spent, on, sha256, losses, held, pictures, checkpoint } = done;
	if (!checkpoint) return undefined;
	const every = Math.max(1, Math.ceil(losses.length / POINTS));
	return {
		name,
		date: new Date(at).toISOString(),
		version,
		device: here(),
		text: typeof recipe.text === 'string' ? recipe.text : 'own',
		cut: recipe.cut,
		seed: recipe.seed,
		rate: recipe.rate ?? sizes[recipe.size].rate,
		on,
		spent: { ...spent },
		wattHours: allOf(spent).wattHours,
		guessing: prepared.guessing,
		losses: [...losses].flatMap((loss, step): [number, number][] =>
			step % every === 0 || step === losses.length - 1 ? [[step, loss]] : []
		),
		held: held.map(({ step, loss }) => [step, loss]),
		prompt: prepared.prompt,
		pictures: pictures.map(({ step, text }) => ({ step, text })),
		config: prepared.config,
		tokenizer: prepared.tokenizer,
		sha256,
		values: weightsOf(new Uint8Array(await checkpoint.arrayBuffer()))
	};
}

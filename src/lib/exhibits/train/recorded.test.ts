import { expect, test } from 'vitest';
import { Reading } from '#lib/engine/training/reading.ts';
import { first, picturesAt } from '#lib/engine/training/recipe.ts';
import recorded from './recorded.json';

/** When these fail: `node scripts/run.mjs scripts/record-training.ts`. */
test('the recorded training is of the recipe that the exhibit opens with, and of its text', () => {
	const reading = new Reading(first);
	expect(recorded.recipe).toEqual(first);
	expect(recorded.facts.config.vocabulary).toBe(reading.tokenizer.size);
	expect(recorded.facts).toMatchObject({
		documents: reading.documents,
		learnt: reading.learnt.length,
		held: reading.held.length,
		prompt: reading.prompt
	});
	expect(recorded.pictures.map(({ step }) => step)).toEqual(picturesAt(first.steps));
	expect(recorded.spent.steps).toBe(first.steps);
	expect(recorded.losses.at(-1)![1]).toBeLessThan(0.6);
});

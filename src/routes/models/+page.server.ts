import { models } from '#lib/engine/webllm/catalogue.ts';
import { ownTraining } from '#lib/meter/own.ts';
import { chips, serving, trainingEntry } from '#lib/meter/training-entries.ts';

/** Of the ledger what the page shows: what training each model took, with the entries that it follows from. */
export function load() {
	return {
		training: Object.fromEntries(
			models.map(({ id, name, parameters, trainingTokens }) => [
				id,
				ownTraining(name, parameters, { ...chips, serving, tokens: trainingEntry(trainingTokens) })
			])
		)
	};
}

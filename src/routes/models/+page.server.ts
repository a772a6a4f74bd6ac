import { models } from '#lib/engine/webllm/catalogue.ts';
import { trained } from '#lib/meter/trained.ts';
import { chips, trainingEntry } from '#lib/meter/training-entries.ts';

/** Of the ledger what the page shows: tokens each model was trained on, what that took, and what the dollars rest on. */
export function load() {
	const entries = models.map(({ trainingTokens }) => trainingEntry(trainingTokens));
	return {
		tokens: Object.fromEntries(entries.map((entry) => [entry.id, entry])),
		trained: Object.fromEntries(
			models.map(({ id, parameters }, i) => [id, trained(parameters, entries[i], chips)])
		),
		chips
	};
}

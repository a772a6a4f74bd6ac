/** @file Which models the page shows, in which order, and by which name. */
import { models } from '#lib/engine/webllm/catalogue.ts';
import type { Judged, Recommendation } from '#lib/engine/webllm/verdict.ts';

/** The same model in the form for GPUs without 16-bit numbers is shown only where it is needed. */
const isTwin = (id: string) => models.some(({ twin }) => twin === id);

/** Before anything is known of the device: all but the twins, and nothing against any of them. */
const unjudged: readonly Judged[] = models
	.filter(({ id }) => !isTwin(id))
	.map((model) => ({ model, verdict: { fits: 'yes', reasons: [] } }));

export function shownOf(advice: Pick<Recommendation, 'offered' | 'hidden'> | undefined): {
	offered: readonly Judged[];
	hidden: readonly Judged[];
} {
	return { offered: advice?.offered ?? unjudged, hidden: advice?.hidden ?? [] };
}

/** What a stored model is called; by its id where the catalogue has it no more. */
export function nameOf(id: string): string {
	const model = models.find((one) => one.id === id);
	if (!model) return id;
	return isTwin(id) ? `${model.name}, for GPUs without 16-bit numbers` : model.name;
}

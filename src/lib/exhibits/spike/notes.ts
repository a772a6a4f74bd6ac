/** @file The small print: whose tokens they are, and what a basis leaves out. */
import type { pocket as Pocket } from '#lib/engine/pocket/summary.ts';
import { inWork, use } from '#lib/meter/basis.ts';
import { crossing } from '#lib/meter/crossing.ts';
import { modelName } from '../run/origin.ts';
import type { Shown } from '../run/shown.ts';
import type { Scene } from './scene.ts';
import type { Sum } from './sum.ts';
import { duration, rounded } from '../words.ts';

/** Whose tokens they are, in the middle of a sentence: "the pocket model", "SmolLM2-360M". */
export function writerOf({ by }: Shown): string {
	return !by || by.model.name === 'Pocket model' ? 'the pocket model' : modelName(by);
}

/** One quiet line on what this basis is, and is not. */
export function note(scene: Scene, { training }: typeof Pocket, shown: Shown): string {
	const { basis, billed, reference } = scene;
	if (basis.key === 'dollars')
		return `A price is what a vendor asks, not what an answer costs it. The tokens are ${writerOf(shown) === 'the pocket model' ? 'the pocket model’s' : `those of ${writerOf(shown)}`}; the price and the training are those of ${billed?.model}.`;
	if (basis.key === 'work')
		return 'Learning from a token takes three passes through the model, using it takes one. That is why the bar is three times the tokens it was trained on.';

	const work = inWork(training.tokens);
	const byWork = crossing(work.bar, use(work, reference).total).high;
	const times = byWork / scene.crossing.high;
	const here =
		shown.source === 'live' && shown.usage
			? ` Your machine took ${duration((shown.usage.prefillMs + shown.usage.decodeMs) / 1000)} for this run.`
			: '';
	const apart =
		times >= 1.05
			? `By work the crossing comes ${rounded(times, 2)} times later than by time: training feeds the machine many tokens at once, an answer one at a time.`
			: 'By work the crossing comes at about the same place.';
	return apart + here;
}

/** What `r` reads out. */
export function spokenCounts({ stop }: Scene, sum: Sum): string {
	return `${stop.name}: ${sum.sent} tokens sent, ${sum.came} came back; ${sum.total} ${sum.what}.`;
}

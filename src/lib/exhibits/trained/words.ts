/** @file What is said of a model that was trained here: under the picture, beside the button, and aloud. */
import type { Usage } from '#lib/events.ts';
import { caption as captionOf, type Caption } from '../spike/captions.ts';
import type { Landmark } from '../spike/areas.ts';
import type { Scene } from '../spike/scene.ts';
import { finding as findingOf } from '../train/after/words.ts';
import { type Crowd, PUPILS } from '../train/after/crowd.svelte.ts';
import { count, duration, rounded } from '../words.ts';
import { waitedWords } from './class-scene.ts';

type Told = Pick<
	Crowd,
	| 'phase'
	| 'total'
	| 'sent'
	| 'came'
	| 'crossing'
	| 'crossedAfter'
	| 'waited'
	| 'secondsLeft'
	| 'alone'
	| 'together'
	| 'answers'
	| 'error'
>;

/** Under the picture. @param crowd while it is the class that is shown */
export function caption(
	scene: Scene,
	crowd: Told | undefined,
	landmarks: readonly Landmark[]
): Caption {
	if (crowd?.error) return { finding: 'The class was broken off.', rest: crowd.error };
	if (crowd && scene.basis.key === 'time') {
		const share = scene.share.low;
		return {
			finding: share >= 1 ? 'Here it is.' : `${rounded(100 * share, 2)} % of the way.`,
			rest: `In time it comes sooner than in work: training kept this machine busy for ${duration(scene.basis.bar.high)}, the class so far for ${duration(scene.use.total)}. Training must wait for each step to end before the next begins.`
		};
	}
	if (crowd) return ofClass(crowd);
	if (scene.running) {
		const first = scene.stop.key === 'you';
		return {
			finding: first ? 'Every token goes on the slip.' : 'Every token counts that many times.',
			rest: 'What you send comes first, as rings: it is counted too. The bar stands still, because its training is over.'
		};
	}
	return captionOf(scene, landmarks);
}

function ofClass(crowd: Told): Caption {
	const { bold, rest } = findingOf(crowd);
	if (crowd.waited === undefined) return { finding: bold, rest };
	return {
		finding: bold,
		rest: `After ${count(crowd.crossing)} tokens, ${waitedWords(crowd.waited)}, using this model had taken as much work as making it. Nothing is paid off: the tab simply goes on.`
	};
}

/** How fast it writes alone, and how long the crossing is away at that. Nothing before it has written here. */
export function aloneWords(usage: Usage | undefined, crossing: number): string {
	const ms = usage ? usage.prefillMs + usage.decodeMs : 0;
	if (!usage || !ms) {
		return 'Learning from a token takes three passes through the model, using it takes one. That is why the bar is three times the tokens it learnt from.';
	}
	const rate = (1000 * (usage.promptTokens + usage.outputTokens)) / ms;
	return `For you alone it computed ${rounded(rate, 2)} tokens a second just now, measured here. At that speed, without a pause, the crossing would take ${duration(crossing / rate)}; with a class it comes sooner.`;
}

/** The finding with its present value, for those who do not see the picture of the class. */
export function classFinding(scene: Scene, crowd: Told): string {
	const words = ofClass(crowd);
	return `Training this model took as much work as ${count(crowd.crossing)} tokens of use. A class of ${PUPILS} has used ${count(crowd.total)}: ${count(crowd.came)} came back, ${count(crowd.sent)} were sent, ${rounded(100 * scene.share.low, 2)} % of the bar. ${words.finding} ${words.rest}`;
}

/** Said aloud once, at the crossing. */
export function crossedAloud({ crossing, waited }: Told): string {
	return `Crossed at ${count(crossing)} tokens, ${waitedWords(waited ?? 0)}. Using this model has now taken as much work as making it. The class goes on.`;
}

/** Said aloud when the class stops. */
export function classOver(crowd: Told): string {
	if (crowd.error) return crowd.error;
	return `The class has stopped. ${count(crowd.came)} tokens came back for ${count(crowd.sent)} sent, ${rounded((100 * crowd.total) / crowd.crossing, 2)} % of the way to the crossing.`;
}

/** Beside the button. */
export function classStatus({ phase, together, total }: Told): string {
	if (phase === 'timing') return 'one reader alone is timed first';
	if (phase === 'running')
		return together ? `live, ${PUPILS} at once, ${count(together)} tokens/s` : 'live';
	return total ? `stopped after ${count(total)} tokens` : `${PUPILS} at once, when you press Run`;
}

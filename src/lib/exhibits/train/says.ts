/** @file What is said when a training run does not go its way: what happened, what is still there, what helps. */
import { count, rounded } from '../words.ts';
import { rateOf } from './rate.ts';
import type { View } from './view.ts';

export const says = {
	long: 'This will take a while on this device. Press once more to begin, or take a smaller model or fewer steps.',

	unreadable:
		'What was kept of the last training could not be read, so it was put away. Your text is still here; press Train to begin again.',

	notKept:
		'This browser keeps nothing of the training, or has no room for it. It goes on all the same; only a reload would begin from the start.',

	hidden: (step: number) => `It paused at step ${count(step)} while this tab was out of sight.`,

	diverged: ({ spent, recipe }: Pick<View, 'spent' | 'recipe'>) =>
		`The loss ran away at step ${count(spent.steps)}: with a learning rate of ${rounded(rateOf(recipe), 3)} each step overshoots the last. The curve and your text are kept; a smaller rate helps.`,

	lost: (sentence: string, kept: number | undefined) =>
		kept
			? `${sentence} Its state after step ${count(kept)} is kept.`
			: `${sentence} Your text and settings are still here.`
};

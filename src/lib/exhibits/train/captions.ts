/** @file What the picture shows, in a bold sentence and a plain one. */
import type { Phase } from './phase.ts';
import type { View } from './view.ts';
import { firstWord } from './first-word.ts';
import { amongOf } from './among.ts';
import { count } from '../words.ts';

export type Caption = { bold: string; rest: string };

export function caption(phase: Phase, view: View, guess: number | undefined): Caption {
	const { recipe, spent, source } = view;
	const over = source === 'recorded' || phase === 'done';
	if (!over && spent.steps === 0) {
		return {
			bold: 'It knows nothing yet.',
			rest: `Its ${count(view.facts.parameters)} numbers were drawn by seed ${recipe.seed}. Every token is as good as any other to it: one in ${count(view.facts.config.vocabulary)}.`
		};
	}
	if (!over) {
		return {
			bold: standingWords[phase] ?? 'It learns.',
			rest: `${amongWords(view)} ${wordWords(view, guess)}`.trim()
		};
	}
	return {
		bold: 'From noise to sentences, and then it stops.',
		rest: `${amongWords(view)} ${wordWords(view, guess)} ${heartWords(view)}`
			.replace(/\s+/g, ' ')
			.trim()
	};
}

const standingWords: Partial<Record<Phase, string>> = {
	paused: 'It stands between two steps.',
	diverged: 'It ran away.',
	lost: 'It was cut off.'
};

function amongWords({ losses, facts, held }: View): string {
	const level = held.at(-1)?.loss ?? losses.level;
	if (level === undefined) return '';
	return `It began as unsure as if it chose among ${count(facts.config.vocabulary)} tokens; now, on text it never read, it is as if among ${amongOf(level)}.`;
}

function wordWords({ recipe, facts, pictures }: View, guess: number | undefined): string {
	const found = firstWord(recipe.text, facts.prompt, pictures);
	if (!found) return '';
	const you = guess === undefined ? '' : ` You said ${count(guess)}.`;
	return `The first real word, “${found.word}”, stands in the picture of step ${count(found.step)}.${you}`;
}

/** Nats by which the held-out loss is higher before it is said. */
const GAP = 0.15;

function heartWords({ held, losses }: View): string {
	const last = held.at(-1);
	const level = losses.level;
	if (!last || level === undefined || last.loss - level < GAP) return '';
	return 'Where the thin line stays above the thick one, it learns by heart.';
}

/** @file When the first real word appears: in which of the pictures. */
import { texts } from '#lib/engine/training/texts/texts.ts';
import type { Recipe } from '#lib/engine/training/recipe.ts';
import type { BabyPicture } from './view.ts';

/** Shorter ones come about by chance. */
const LETTERS = 4;

const wordsIn = (text: string): string[] =>
	text.toLowerCase().match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? [];

/** Of the text that was asked about last: it is asked about with every publication. */
let known: { of: Recipe['text']; words: ReadonlySet<string> } | undefined;

/** Words of the text that is learnt, long enough to be no accident. */
function wordsOf(text: Recipe['text']): ReadonlySet<string> {
	const same = (a: Recipe['text'], b: Recipe['text']) =>
		typeof a === 'string' || typeof b === 'string' ? a === b : a.own === b.own;
	if (known && same(known.of, text)) return known.words;
	const all = typeof text === 'string' ? texts[text].write().join('\n') : text.own;
	const words = new Set(wordsIn(all).filter((word) => [...word].length >= LETTERS));
	known = { of: text, words };
	return words;
}

/** Whether a text can have such a word at all: sums have none. */
export const hasWords = (text: Recipe['text']): boolean => text !== 'sums';

/** The first picture in which a word of the text stands whole, and the word. The one that runs into the end does not count. */
export function firstWord(
	text: Recipe['text'],
	prompt: string,
	pictures: readonly BabyPicture[]
): { step: number; word: string } | undefined {
	if (!hasWords(text)) return undefined;
	const words = wordsOf(text);
	for (const { step, text: written } of pictures) {
		// what goes on with the prompt's last word is not a word of its own
		const own = /\p{L}$/u.test(prompt) ? written.replace(/^\p{L}+/u, '') : written;
		const word = wordsIn(own.replace(/\p{L}+$/u, '')).find((one) => words.has(one));
		if (word) return { step, word };
	}
	return undefined;
}

/** @file What there is to learn, in words, and a few lines of each. */
import { documentsOf, MOST_BYTES, texts, type TextKey } from '#lib/engine/training/texts/texts.ts';
import { count } from '../words.ts';

/** In the order of the choice; the reader's own last. */
export const textNames = new Map<TextKey | 'own', string>([
	['sentences', 'short sentences'],
	['rhymes', 'rhymes'],
	['sums', 'sums'],
	['own', 'your own text']
]);

const written = new Map<TextKey, string[]>();

/** The first lines of a text of ours. */
export function samplesOf(key: TextKey, lines: number): string[] {
	if (!written.has(key)) written.set(key, texts[key].write().slice(0, 8));
	return written
		.get(key)!
		.flatMap((document) => document.split('\n'))
		.slice(0, lines);
}

/** What is read of the reader's text, and what is not. */
export function ownWords(own: string, bytes: number): string {
	if (!own.trim()) return 'Nothing pasted yet. A few pages of short, similar lines work best.';
	const { documents } = documentsOf(own);
	const lines = `${count(documents.length)} ${documents.length === 1 ? 'line' : 'lines'}`;
	const left = Math.max(0, bytes - MOST_BYTES);
	return left
		? `${lines} are read. The last ${count(left)} bytes were left out: ${count(MOST_BYTES)} are read at most.`
		: `${count(bytes)} bytes in ${lines}; all of it is read.`;
}

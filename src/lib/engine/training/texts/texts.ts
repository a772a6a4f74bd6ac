/** @file The texts that a model can learn here. All are written by these programs: nobody's book, page or letter. */
import { Random } from '#lib/tiny/random.ts';
import { rhymes } from './rhymes.ts';
import { sentences } from './sentences.ts';
import { sums } from './sums.ts';

/** A text of ours. */
export type TextKey = 'sentences' | 'rhymes' | 'sums';

type Text = {
	key: TextKey;
	/** What it is finished from in the pictures while the model learns. */
	prompt: string;
	/** Documents: the model learns where each ends. */
	write(): string[];
};

const SEED = 11; // the texts are the same for everybody; what varies is the training

export const texts: Record<TextKey, Text> = {
	sentences: {
		key: 'sentences',
		prompt: 'The moon',
		write: () => sentences(new Random(SEED), 1600)
	},
	rhymes: { key: 'rhymes', prompt: 'I saw a', write: () => rhymes(new Random(SEED), 1000) },
	sums: { key: 'sums', prompt: '12+7=', write: () => sums(new Random(SEED)) }
};

export const isTextKey = (key: unknown): key is TextKey =>
	typeof key === 'string' && Object.hasOwn(texts, key);

/** Bytes of a reader's own text that are read; the rest is left out, and they are told. */
export const MOST_BYTES = 200_000;

/**
 * A reader's own text as documents: its lines; where lines are few, its sentences.
 *
 * @returns `left` bytes at its end that were too many
 */
export function documentsOf(text: string): { documents: string[]; left: number } {
	const all = new TextEncoder().encode(text.replace(/\r\n?/g, '\n'));
	const kept = all.subarray(0, MOST_BYTES);
	// a character that was cut through falls out
	const read = new TextDecoder('utf-8').decode(kept, { stream: true });
	const lines = read.split('\n').map((line) => line.trim());
	const whole = lines.filter(Boolean);
	const documents =
		whole.length >= FEW
			? whole
			: whole.flatMap((line) => line.match(/[^.!?]+[.!?]*\s*/g) ?? []).map((part) => part.trim());
	return { documents: documents.filter(Boolean), left: all.length - kept.length };
}

/** Fewer lines than this, and there is nothing to hold out. */
const FEW = 20;

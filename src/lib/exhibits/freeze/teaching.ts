/** @file What one can try to teach a model in the prompt, and whether it shows. */

type Kind = {
	/** What is taught, as a choice. */
	label: string;
	tell: (word: string) => string;
	ask: string;
	/** The word one begins with. */
	word: string;
};

export const kinds = {
	name: {
		label: 'your name',
		tell: (word) => `My name is ${word}.`,
		ask: 'What is my name?',
		word: 'Mina'
	},
	colour: {
		label: 'a colour',
		tell: (word) => `My favourite colour is ${word}.`,
		ask: 'What is my favourite colour?',
		word: 'blue'
	},
	cat: {
		label: 'a cat',
		tell: (word) => `My cat is called ${word}.`,
		ask: 'What is my cat called?',
		word: 'Biscuit'
	}
} satisfies Record<string, Kind>;

export type KindKey = keyof typeof kinds;
export const kindKeys = Object.keys(kinds) as KindKey[];

/** Longer words are cut: they are to be one word of a sentence. */
export const LONGEST = 24; // characters

/** What was typed as one word of a sentence; the kind's own where nothing is left. */
export function wordOf(kind: KindKey, typed: string): string {
	const plain = [...typed.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim()].slice(0, LONGEST).join('');
	return plain.replace(/[.!?\s]+$/, '') || kinds[kind].word;
}

/** Whether a text has the word as a word of its own, in small letters or in capitals. */
export function names(text: string, word: string): boolean {
	const literal = word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
	return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}

/** One of the three things said to the model. */
export type Said = {
	asked: string;
	answered: string;
	/** Tokens. */
	sent: number;
	/** Of the weights, after the answer; empty until then. */
	sha256: string;
};

export type Verdict = { bold: string; rest: string };

/** What the second answer shows: the sentence stood in what was sent with the question. */
export function verdictWithin({ answered }: Said, word: string): Verdict {
	return names(answered, word)
		? { bold: 'It uses it.', rest: 'Your sentence was sent again, right before the question.' }
		: {
				bold: 'It does not use it.',
				rest: 'Your sentence was sent again, but so small a model makes little of most sentences.'
			};
}

/** What the third answer shows: nothing of the conversation was sent. */
export function verdictAnew({ answered }: Said, word: string): Verdict {
	return names(answered, word)
		? {
				bold: 'The same word, by chance.',
				rest: 'It was not sent, and no weight has changed: the model often makes up this one.'
			}
		: { bold: 'Gone.', rest: 'Nothing of it was sent, so the model makes something up.' };
}

/** @file The walk through one pass, as data: what each step is called, says, and where it stands in the program. */

import { inWords } from './words.ts';

export type StepKey = 'cut' | 'rows' | 'look' | 'work' | 'score' | 'draw' | 'cache';
export type SourceFile = 'tokenizer' | 'gpt' | 'attention' | 'sample' | 'generate';

export type Step = {
	key: StepKey;
	name: string;
	/** One sentence or two, read first; of a model with so many heads a layer. */
	says: (heads: number) => string;
	/** Functions of the program that do it; the first is shown at once. */
	source: { file: SourceFile; names: string[] };
};

export const steps: readonly Step[] = [
	{
		key: 'cut',
		name: 'Cut',
		says: () =>
			'The text is cut into tokens, and each token is only a number: its place in a list.',
		source: { file: 'tokenizer', names: ['encode'] }
	},
	{
		key: 'rows',
		name: 'Rows',
		says: () =>
			'Each number is swapped for a row of a table. Training left the table behind, and the row is the same wherever the token stands.',
		source: { file: 'gpt', names: ['think'] }
	},
	{
		key: 'look',
		name: 'Attention',
		says: (heads) =>
			`Each token takes something from tokens before it, and from itself. How much from which is worked out anew in every layer, by ${inWords(heads, 'head')}. None can see what comes after it.`,
		source: { file: 'gpt', names: ['lookBack'] }
	},
	{
		key: 'work',
		name: 'Feed-forward',
		says: () =>
			'Then each row is worked over alone: spread out to four times as many numbers, those below zero cut to zero, and drawn together again. What comes out is added to the row.',
		source: { file: 'gpt', names: ['workOut'] }
	},
	{
		key: 'score',
		name: 'Scores',
		says: () =>
			'The last row is held against the row of every token in the table. That gives each a score, and the scores become shares that add up to one.',
		source: { file: 'gpt', names: ['score'] }
	},
	{
		key: 'draw',
		name: 'Draw',
		says: () =>
			'A drawn number falls on one token’s share. That token is put at the end, and everything begins again with a text that is one longer.',
		source: { file: 'sample', names: ['draw'] }
	},
	{
		key: 'cache',
		name: 'Cache',
		says: () =>
			'What earlier tokens became does not change when one more is added, for none looks ahead. So part of it is kept, and only the newest token goes all the way through.',
		source: { file: 'attention', names: ['Past', 'attend'] }
	}
];

export const stepAt = (index: number): Step =>
	steps[Math.min(Math.max(index, 0), steps.length - 1)];

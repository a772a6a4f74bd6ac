import type { Figure } from './figure.ts';

/** All the ledger knows of one number: what a page of its own shows, and the files to download hold. */
export type Entry = {
	figure: Figure;
	topic: Topic;
	/** Its place in figures.yaml. */
	line: number;
	/** What is counted in the number, and what is not, in one sentence each. */
	covers?: string;
	leavesOut?: string;
	/** Entries that answer the same question otherwise. Said in one of them, it stands in both. */
	disagrees: string[];
	/** What others say who have no entry of their own. */
	others: Other[];
	derived?: Derivation;
	/** Key of the terms its source is under, see `Terms`. */
	terms: string;
};

export type Other = { says: string; title: string; publisher: string; url: string };

/** How a number was worked out, and from what. */
export type Derivation = {
	/** One formula for the number and its range, or one for each of the ends. */
	formulas: { of: 'number' | 'value' | 'low' | 'high'; formula: string }[];
	inputs: Input[];
};

export type Input = {
	/** Its name in the formulas. */
	name: string;
	/** What it is, in words: `30 dollars per million tokens`. */
	words: string;
	/** Where it is from: the id of an entry, a row of a table, or nothing where the formula brings it. */
	entry?: string;
	row?: {
		table: 'prices' | 'runs';
		words: string;
		source: string;
		/** Of a run, what it is called in an address. */ run?: string;
	};
};

/** What the publisher of a source lets others do with it. */
export type Terms = {
	key: string;
	who: string;
	/** Name of the licence, or what there is instead of one. */
	licence: string;
	url?: string;
	/** Whether the licence itself was read, or is only known from hearsay. */
	read: boolean;
	note: string;
	/** Beginnings of addresses, without `https://`. The longest that fits is taken. */
	pages: string[];
};

/** What an entry may be about, in the order of the ledger page. */
export const topics = {
	training: 'What training cost, took and used',
	shares: 'How much goes to training, and how much to use',
	rules: 'Rules of thumb',
	use: 'What use costs, and how much of it there is',
	prices: 'What is charged',
	tuning: 'Fine-tuning',
	energy: 'Electricity, water and carbon',
	speed: 'Chips, speed and saving',
	data: 'What happens to what you type',
	assumptions: 'Our own assumptions'
} as const;

export type Topic = keyof typeof topics;

/** The terms an address falls under: those of the longest beginning it has. */
export function termsOf(url: string, all: readonly Terms[]): Terms | undefined {
	const page = url.replace(/^https:\/\/(www\.)?/, '');
	let found: Terms | undefined;
	let longest = 0;
	for (const terms of all) {
		for (const beginning of terms.pages) {
			const fits = page === beginning || page.startsWith(beginning.replace(/\/?$/, '/'));
			if (fits && beginning.length > longest) {
				found = terms;
				longest = beginning.length;
			}
		}
	}
	return found;
}

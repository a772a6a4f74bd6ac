/** @file What the lens says, in words. */
import type { Range } from '#lib/meter/crossing.ts';
import { withTrials } from '#lib/meter/formulas/crossing-tokens.ts';
import { rangeOf as spanOf } from '#lib/meter/trained.ts';
import { dollarRange, dollarsAbout, many, rounded } from '../words.ts';
import { ends, type Count, type Lens } from './models.ts';

export function rangeOf({ figure }: Pick<Count, 'figure'>): Range {
	return spanOf(figure);
}

/** "$31 million", "$191 to $206 million", "more than $100 million". */
export function amountWords(count: Count): string {
	const words = dollarRange(rangeOf(count), 3);
	return count.open ? `more than ${words}` : words;
}

/** The bold finding, and what follows. */
export function caption(lens: Lens): { finding: string; rest: string } {
	const { low, high } = ends(lens);
	if (low === high) {
		return {
			finding: `One number, and it is the smallest part.`,
			rest: `${dollarsAbout(high)} are the rent of the final run alone, by its makers’ own count. All that came before it is left out, as they write themselves. Many headlines did not.`
		};
	}
	return {
		finding: `One run, from ${dollarsAbout(low, 2)} to ${dollarsAbout(high, 3)}.`,
		rest: `That is ${rounded(high / low, 2)} times as much, and nobody has made a mistake: each bar counts something else. Ask of every such number what is in it.`
	};
}

/** What trial runs would add, if this one were like those that are known. */
export function trialsWords(lens: Lens, finalShare: Range): string {
	const all = withTrials(ends(lens), finalShare);
	return `Not published. If the final run was the same part of everything as in three companies whose books are known, all of it together would come to ${dollarRange(all, 2)}.`;
}

/** Tokens that come back which cost as many dollars at a price per million. */
export function caughtUp(range: Range, perMillion: number): string {
	const [low, high] = [range.low, range.high].map((dollars) => (dollars / perMillion) * 1e6);
	return low === high ? many(low, 2) : `${many(low, 2)} to ${many(high, 2)}`;
}

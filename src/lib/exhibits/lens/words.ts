/** @file What the lens says, in words. */
import type { Range } from '#lib/meter/crossing.ts';
import { withTrials } from '#lib/meter/formulas/crossing-tokens.ts';
import { rangeOf as spanOf } from '#lib/meter/trained.ts';
import { dollarRange, dollarsAbout, many, rounded } from '../words.ts';
import { ends, ofTheRun, type Count, type Lens } from './models.ts';

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
	// Of "more than" only the floor is known.
	const open = lens.counts.some((count) => count.open && rangeOf(count).high === high);
	const apart = `${open ? 'more than ' : ''}${rounded(high / low, 2)} times as much`;
	if (!lens.counts.some(({ key }) => key === 'owned')) {
		const said = rangeOf(lens.counts[0]);
		return {
			finding: `The famous number is the short bar: ${dollarsAbout(said.high)}.`,
			rest: `It is the rent of the final run alone, and its makers write themselves that all that came before it is left out. To buy the same chips would have taken up to ${apart}. Many headlines laid the one beside the other.`
		};
	}
	return {
		finding: `One run, from ${dollarsAbout(low, 2)} to ${open ? 'more than ' : ''}${dollarsAbout(high, 3)}.`,
		rest: `That is ${apart}, and nobody has made a mistake: each bar counts something else. Ask of every such number what is in it.`
	};
}

/** What trial runs would add, if this one were like those that are known; around the words that name their share. */
export function trialsWords(lens: Lens, finalShare: Range): { before: string; after: string } {
	const all = withTrials(ends({ counts: lens.counts.filter(ofTheRun) }), finalShare);
	return {
		before: 'Not published. In three companies whose books are known the final run was',
		after: `of all their research computing. Were it so here too, all of it together would come to ${dollarRange(all, 2)}.`
	};
}

/** Tokens that come back which cost as many dollars at a price per million. */
export function caughtUp(range: Range, perMillion: number): string {
	const [low, high] = [range.low, range.high].map((dollars) => (dollars / perMillion) * 1e6);
	return low === high ? many(low, 2) : `${many(low, 2)} to ${many(high, 2)}`;
}

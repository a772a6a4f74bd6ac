/**
 * @file A model of which nobody has published what it cost, as one whose tokens can be billed: its training and its use, both
 * on rented chips, so that bar and column are of one model.
 */
import type { PriceCard } from '#lib/ledger/card.ts';
import { highest, type Figure } from '#lib/ledger/figure.ts';
import type { Priced } from './basis.ts';
import type { Range } from './crossing.ts';
import { useOperations } from './formulas/operations.ts';
import { trained, type Chips, type Trained } from './trained.ts';

/** What is known of a model's training, and the entries of the ledger that it follows from. */
export type OwnTraining = {
	parameters: number;
	/** Tokens of use that cost as many dollars as the final run. */
	crossingInDollars: Range;
	/** The model itself among those its tokens can be billed as. */
	itself: Itself;
	trained: Trained;
	entries: {
		/** Tokens it was trained on. */
		tokens: Figure;
		/** Dollars for 10^18 operations in use. */
		serving: Figure;
	} & Record<keyof Chips, Figure>;
};

export type Itself = Priced & {
	key: 'itself';
	label: string;
	card: Pick<PriceCard, 'model' | 'input' | 'output'>;
};

export function ownTraining(
	name: string,
	parameters: number,
	entries: OwnTraining['entries']
): OwnTraining {
	const took = trained(parameters, entries.tokens, entries);
	const each = (useOperations(parameters, 1) * highest(entries.serving)) / 1e18;
	return {
		parameters,
		trained: took,
		crossingInDollars: { low: took.dollars.low / each, high: took.dollars.high / each },
		itself: onRentedChips(name, took, each * 1e6),
		entries
	};
}

/**
 * The model itself: its final run on rented chips, and a price for its use that is what as many operations cost a large
 * service. The price, in dollars per million tokens, is the same for a token sent and one that came back.
 */
function onRentedChips(name: string, { dollars, atMost }: Trained, perMillion: number): Itself {
	const price = decimal(perMillion);
	return {
		key: 'itself',
		label: `${name}, on rented chips`,
		card: { model: name, input: price, output: price },
		training: { id: 'itself', ...dollars },
		atMost
	};
}

/** Three significant digits, as a price list would have them: never with an exponent. */
function decimal(n: number): string {
	return Number(n.toPrecision(3))
		.toFixed(15)
		.replace(/\.?0+$/, '');
}

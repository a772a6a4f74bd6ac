/**
 * @file What it took to train a model of which only two numbers are published: its parameters, and the tokens it was shown. All
 * of it is arithmetic on entries of the ledger, and comes as a range wherever an entry is one.
 */
import { highest, lowest, type Figure } from '#lib/ledger/figure.ts';
import { PASSES_TO_LEARN } from './basis.ts';
import type { Range } from './crossing.ts';

/** One pass takes a multiplication and an addition for every parameter. */
const OPERATIONS_A_PASS = 2;

type Amount = Pick<Figure, 'value' | 'low' | 'high'>;

/** What the dollars rest on: entries of the ledger. */
export type Chips = {
	/** Operations a second at most. */
	peak: Amount;
	/** Percent of the peak that training reaches. */
	utilisation: Amount;
	/** Dollars an hour. */
	rent: Amount;
};

export type Trained = {
	tokens: Range;
	/** The entry gives a ceiling only: "up to 9 trillion". The true number, and all that follows from it, may be lower. */
	atMost: boolean;
	/** Operations of the final run: 6 · parameters · tokens. */
	operations: Range;
	/** Hours of one chip. */
	hours: Range;
	/** What so many hours cost to rent today; not what was paid. */
	dollars: Range;
	/** Tokens of use, sent and received, that take as many operations: 3 · tokens. */
	crossing: Range;
};

/** @param shown the entry on how many tokens the model was trained on */
export function trained(parameters: number, shown: Amount, chips: Chips): Trained {
	const tokens = rangeOf(shown);
	const operations = times(tokens, OPERATIONS_A_PASS * PASSES_TO_LEARN * parameters);
	const hours = hoursFor(operations, chips);
	return {
		tokens,
		atMost: shown.value === undefined && shown.low === undefined,
		operations,
		hours,
		dollars: rented(hours, chips.rent),
		crossing: times(tokens, PASSES_TO_LEARN)
	};
}

/** Hours of one chip for so many operations: fewest where it is used best. */
export function hoursFor(operations: Range, { peak, utilisation }: Omit<Chips, 'rent'>): Range {
	const used = rangeOf(utilisation);
	const best = (highest(peak) * used.high) / 100;
	const worst = (lowest(peak) * used.low) / 100;
	return { low: operations.low / best / 3600, high: operations.high / worst / 3600 };
}

/** Dollars for hours of chips, as where a maker publishes the hours themselves. */
export function rented(hours: Range, rent: Amount): Range {
	const dollars = rangeOf(rent);
	return { low: hours.low * dollars.low, high: hours.high * dollars.high };
}

/** Operations of using a model for so many tokens, sent and received; tokens read from a cache are not counted. */
export function operationsOfUse(parameters: number, tokens: number): number {
	return OPERATIONS_A_PASS * parameters * tokens;
}

export function rangeOf(figure: Amount): Range {
	return { low: lowest(figure), high: highest(figure) };
}

function times({ low, high }: Range, factor: number): Range {
	return { low: low * factor, high: high * factor };
}

/**
 * @file What it took to train a model of which only two numbers are published: its parameters, and the tokens it was shown. All
 * of it is arithmetic on entries of the ledger, and comes as a range wherever an entry is one.
 */
import { highest, lowest, type Figure } from '#lib/ledger/figure.ts';
import type { Range } from './crossing.ts';
import { rented } from './formulas/cost.ts';
import { crossingTokens } from './formulas/crossing-tokens.ts';
import { chipHours } from './formulas/hours.ts';
import { trainingOperations } from './formulas/operations.ts';

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
	const operations = {
		low: trainingOperations(parameters, tokens.low),
		high: trainingOperations(parameters, tokens.high)
	};
	const hours = hoursFor(operations, chips);
	return {
		tokens,
		atMost: shown.value === undefined && shown.low === undefined,
		operations,
		hours,
		dollars: rented(hours, rangeOf(chips.rent)),
		crossing: crossingTokens(tokens)
	};
}

/** Hours of one chip for so many operations: fewest where it is used best. The entry on utilisation is in percent. */
export function hoursFor(operations: Range, { peak, utilisation }: Omit<Chips, 'rent'>): Range {
	const percent = rangeOf(utilisation);
	const used = { low: percent.low / 100, high: percent.high / 100 };
	return chipHours(operations, rangeOf(peak), used);
}

/** Both ends of an entry; equal where it gives one number. */
export function rangeOf(figure: Amount): Range {
	return { low: lowest(figure), high: highest(figure) };
}

/**
 * @file The three bases on which making a model and using it are compared. A picture has one basis
 * at a time: a vendor's price beside another model's training bar would be a category error.
 */
import type { PriceCard } from '#lib/ledger/card.ts';
import type { Figure } from '#lib/ledger/figure.ts';
import type { Range } from './crossing.ts';
import { PASSES_TO_LEARN } from './formulas/operations.ts';

export type BasisKey = 'dollars' | 'work' | 'time';

export type Counts = { sent: number; came: number };

export type Basis = {
	key: BasisKey;
	/** What making the model took: dollars, tokens' worth of work, or seconds. */
	bar: Range;
	/** Only a ceiling is known of the training: bar and crossing may be lower. */
	atMost?: boolean | undefined;
	/** What one token sent takes, in the unit of `bar`. */
	sent: number;
	/** What one token that comes back takes, in the unit of `bar`. */
	came: number;
	/** What one square of a slip stands for when one answer is on it, in the unit of `bar`. */
	square: number;
};

/** The power of ten at or below `value`, which is above 0. */
export function powerOfTen(value: number): number {
	// The logarithm of an exact power may fall a hair below its integer.
	return Number(`1e${Math.floor(Math.log10(value) + 1e-9)}`);
}

/** A model with a price in dollars per million tokens, and what its final run is put at. */
export type Priced = {
	card: Pick<PriceCard, 'input' | 'output'>;
	training: Pick<Figure, 'id' | 'value' | 'low' | 'high'>;
	atMost?: boolean | undefined;
};

/** Dollars, as one named model was priced on one day; the bar is the estimate of its final run. */
export function inDollars({ card, training, atMost }: Priced): Basis {
	const came = Number(card.output) / 1e6;
	return {
		key: 'dollars',
		bar: rangeOf(training),
		atMost,
		sent: Number(card.input) / 1e6,
		came,
		square: powerOfTen(came)
	};
}

/** Work, in tokens of the streaming model itself, which was trained on `trainingTokens`. */
export function inWork(trainingTokens: number, atMost?: boolean): Basis {
	const bar = PASSES_TO_LEARN * trainingTokens;
	return {
		key: 'work',
		bar: { low: bar, high: bar },
		atMost,
		sent: 1,
		came: 1,
		square: 1
	};
}

/** Seconds of the machine that trained the model, on both sides; the rates are milliseconds a token. */
export function inTime(seconds: number, msPerPromptToken: number, msPerOutputToken: number): Basis {
	const came = msPerOutputToken / 1000;
	return {
		key: 'time',
		bar: { low: seconds, high: seconds },
		sent: msPerPromptToken / 1000,
		came,
		square: powerOfTen(came)
	};
}

/** What `counts` take, in the basis' unit. */
export function use(basis: Basis, counts: Counts): { sent: number; came: number; total: number } {
	const sent = counts.sent * basis.sent;
	const came = counts.came * basis.came;
	return { sent, came, total: sent + came };
}

function rangeOf({ id, value, low = value, high = value }: Priced['training']): Range {
	if (low === undefined || high === undefined) throw new Error(`${id}: a bar needs a number`);
	return { low, high };
}

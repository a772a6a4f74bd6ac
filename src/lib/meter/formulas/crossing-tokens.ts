/**
 * @file After how many tokens of use a model has taken as much as its final training run took: in operations, and in money or
 * energy by a named method. It says nothing of revenue.
 *
 * Source: 6·N·D = 2·N·T, so T = 3·D, whatever N (ledger `crossing-tokens`). In money or energy T = 3·D × what the same operation
 * costs in training / what it costs in use. Tokens read from a cache are not counted.
 */
import type { Range } from '../crossing.ts';
import { PASSES_TO_LEARN } from './operations.ts';
import { divisor, exactly, product, quantity, quotient, share, span } from './quantity.ts';

/**
 * In operations: 3 · D tokens computed, prompts and answers.
 * @param trainingTokens D, as a range where only one is known
 * @throws RangeError for what is no range of finite numbers
 */
export function crossingTokens(trainingTokens: Range): Range {
	return product(exactly(PASSES_TO_LEARN), span(trainingTokens, 'training tokens'));
}

/**
 * In money or energy: the final run over what a token of use takes, both in the same unit.
 * @throws RangeError for what is no range of finite numbers, and where a token takes nothing
 */
export function crossingByCost(finalRun: Range, perToken: Range): Range {
	return quotient(span(finalRun, 'the final run'), span(perToken, 'a token of use', divisor));
}

/**
 * The same chips at the same rent on both sides: 3 · D × how much of them use keeps busy / how much training did.
 * @param training share of the chips' peak that training used, above 0 and at most 1; @param use the same in use
 * @throws RangeError for what is no range of shares
 */
export function crossingByUtilisation(trainingTokens: Range, training: Range, use: Range): Range {
	const worse = quotient(
		span(use, 'utilisation in use', share),
		span(training, 'utilisation in training', share)
	);
	return product(crossingTokens(trainingTokens), worse);
}

/**
 * Where trial runs are counted with the final one, the crossing comes as many times later.
 * @param finalShare which share of all training the final run was
 * @throws RangeError for what is no range of shares
 */
export function withTrials(finalRun: Range, finalShare: Range): Range {
	return quotient(
		span(finalRun, 'the final run'),
		span(finalShare, 'the final run’s share', share)
	);
}

/**
 * Days until the crossing, at so many tokens computed a day.
 * @throws RangeError where nothing is computed
 */
export function daysToCross(crossing: Range, tokensPerDay: number): Range {
	return quotient(span(crossing, 'the crossing'), exactly(divisor(tokensPerDay, 'tokens a day')));
}

/** What `used` tokens are of the crossing, from nothing up; 1 is at it. */
export function shareOfCrossing(used: number, crossing: Range): Range {
	return quotient(exactly(quantity(used, 'tokens used')), span(crossing, 'the crossing', divisor));
}

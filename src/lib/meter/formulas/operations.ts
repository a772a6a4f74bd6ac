/**
 * @file How many operations training and using a model take, by the two rules of thumb.
 *
 * Source: Kaplan et al., Scaling Laws for Neural Language Models, arXiv 2001.08361 (ledger `rule-6nd`, `rule-2n`).
 * Left out: attention over the context (4 % for Llama 3.1 405B at 8K, as much as the weights at about 6 model
 * widths) and computing again in training what was not kept (8·N·D on the hardware: OPT-175B).
 */
import type { TrainingRun } from '#lib/ledger/card.ts';
import { quantity } from './quantity.ts';

/** One pass takes a multiplication and an addition for every parameter. */
export const OPERATIONS_A_PASS = 2;

/** Learning from a token takes one pass to guess and about two to find what to blame; using it, one. */
export const PASSES_TO_LEARN = 3;

/**
 * Operations of a final training run: 6 · N · D.
 * @param parameters that a token passes through: of a mixture of experts the active ones only
 * @param tokens shown in training, repeated ones counted each time
 * @throws RangeError for anything but finite numbers not below 0
 */
export function trainingOperations(parameters: number, tokens: number): number {
	return PASSES_TO_LEARN * useOperations(parameters, tokens);
}

/**
 * Operations of reading or writing so many tokens: 2 · N each. Tokens read from a cache are not counted.
 * @param parameters that a token passes through: of a mixture of experts the active ones only
 * @throws RangeError for anything but finite numbers not below 0
 */
export function useOperations(parameters: number, tokens: number): number {
	const each = OPERATIONS_A_PASS * quantity(parameters, 'parameters');
	return quantity(each * quantity(tokens, 'tokens'), 'the result');
}

/**
 * The N of the rules for a model of the ledger, or nothing where it is not known. The parameters in all are
 * never it: of a mixture of experts a token meets a few in a hundred of them.
 */
export function countedParameters({
	activeParams
}: Pick<TrainingRun, 'params' | 'activeParams'>): number | undefined {
	return activeParams;
}

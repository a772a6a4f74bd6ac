/** @file Whether a GPU computes what the processor computes: drivers have faults, and a model that learnt from one would be none. */
import { fastestBackend } from '#lib/tiny/fastest.ts';
import { Generator } from '#lib/tiny/generate.ts';
import type { GpuTrainer } from '#lib/tiny/gpu/train.ts';
import { Weights } from '#lib/tiny/weights.ts';
import type { ProcessorLearner } from './learner.ts';

/** Scores may lie apart by so much, as a share of the largest of them where that is above one. */
export const APART = 1e-5;

/** As many tokens as tell: every kernel of the forward pass takes part. */
const TOKENS = 16;

/**
 * Has both score what follows a few tokens.
 *
 * @returns how far the scores lie apart at most, as a share of the largest of them where that is above one; no number
 * where a score is none
 */
export async function apart(
	gpu: Pick<GpuTrainer, 'logits'>,
	processor: Pick<ProcessorLearner, 'config' | 'weights'>
): Promise<number> {
	const { config } = processor;
	const { vocabulary, context } = config;
	const weights = new Weights(config, fastestBackend(Generator.bytesNeeded(config)), false);
	weights.values.set(processor.weights());
	weights.changed();
	const length = Math.min(TOKENS, context);
	const tokens = Uint16Array.from({ length }, (_, i) => (7 * i) % vocabulary);
	const expected = new Generator(weights).read(tokens);
	const found = (await gpu.logits(tokens)).subarray((length - 1) * vocabulary);
	let most = 0;
	let largest = 1;
	expected.forEach((score, id) => {
		most = Math.max(most, Math.abs(score - found[id])); // no number stays none
		largest = Math.max(largest, Math.abs(score));
	});
	return most / largest;
}

import type { Config } from './gpt.ts';

/**
 * How many tokens sequences give a model to learn: each token but the first is a target.
 *
 * @param sequences of 2 to context + 1 tokens
 * @throws when a model of this shape cannot learn from them
 */
export function countTargets(
	{ context, vocabulary }: Config,
	sequences: ArrayLike<number>[]
): number {
	let targets = 0;
	for (const sequence of sequences) {
		if (sequence.length < 2 || sequence.length > context + 1) {
			throw new Error(`A sequence must have 2 to ${context + 1} tokens, not ${sequence.length}`);
		}
		for (let i = 0; i < sequence.length; i++) {
			const token = sequence[i];
			if (!(token >= 0 && token < vocabulary)) throw new Error(`There is no token ${token}`);
		}
		targets += sequence.length - 1;
	}
	if (!targets) throw new Error('There is nothing to learn from');
	return targets;
}

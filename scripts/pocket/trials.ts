import type { PocketRecord } from '#lib/engine/pocket/manifest.ts';

/**
 * @file Runs that were thrown away before the one that ships, from their own progress files. A final run
 * is never the whole bill, and the model's card says so with its own numbers.
 */
export const trials: PocketRecord['trials'] = [
	{
		steps: 10_500,
		tokens: 10_500 * 1024,
		seconds: 2152,
		operations: 66_588_770_304_000,
		why: 'The learning rate was three times too high (0.004): it wrote fluent sentences and never learnt to repeat a name it had just been told. Lowering the rate after 9,250 steps did not mend it.'
	}
];

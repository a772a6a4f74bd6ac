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
		why: 'It learned to write sentences and never to repeat a name it had just been told. We took the learning rate (0.004) for the reason, and lowered it; that did not mend it.'
	},
	{
		steps: 6_250,
		tokens: 6_250 * 1024,
		seconds: 1233,
		operations: 39_636_172_800_000,
		why: 'The same from the beginning at a lower rate (0.0012), stopped half-way: still no names. For the run that ships we let its keys tell what came just before. It helps a little: most names are still wrong.'
	}
];

/** @file A small model, trained by either trainer on tokens of which most follow from the one before. */
import { createBackend } from '../../backend.ts';
import type { Config } from '../../gpt.ts';
import { Random } from '../../random.ts';
import { Trainer } from '../../train.ts';

// no multiple of a tile, of a workgroup or of a length that is rounded up to
export const config: Config = { vocabulary: 61, context: 45, width: 24, heads: 2, layers: 2 };

/** As little as shows whether something works: a software adapter needs its time. */
export const little: Config = { vocabulary: 17, context: 13, width: 8, heads: 2, layers: 1 };

export function onProcessor(
	shape = config,
	options: { seed?: number; weightDecay?: number; clip?: number } = {}
): Trainer {
	const backend = createBackend('wasm', Trainer.bytesNeeded(shape));
	return new Trainer({ config: shape, seed: 1, backend, ...options });
}

export const restored = (checkpoint: Uint8Array, shape = config): Trainer =>
	Trainer.restore(checkpoint, createBackend('wasm', Trainer.bytesNeeded(shape)));

export function batch(
	seed: number,
	lengths = [46, 46, 19],
	vocabulary = config.vocabulary
): Uint16Array[] {
	const random = new Random(seed);
	return lengths.map((length) => {
		const sequence = new Uint16Array(length);
		let token = random.below(vocabulary);
		for (let i = 0; i < length; i++) {
			sequence[i] = token;
			const follows = random.next() < 0.8;
			token = follows ? (5 * token + 7) % vocabulary : random.below(vocabulary);
		}
		return sequence;
	});
}

/** A batch for the little model. */
export const some = (seed: number): Uint16Array[] => batch(seed, [14, 9], little.vocabulary);

/** The largest difference of numbers at the same place. */
export function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
	if (a.length !== b.length) throw new Error(`${a.length} numbers beside ${b.length}`);
	let most = 0;
	for (let i = 0; i < a.length; i++) {
		most = Math.max(most, Math.abs(a[i] - b[i])); // no number stays none
	}
	return most;
}

/** @file Asking the last question of a visit again, in the lab. */
import { writeFragment } from '#lib/exhibits/fragment.ts';
import type { Asked } from '#lib/meter/visit.ts';

/** The fragment with which `/lab/` asks the same, with the same seed. */
export function fragmentOf({ prompt, seed, temperature, topK, maxTokens }: Asked): string {
	return writeFragment('', 'lab', [
		['q', prompt],
		['seed', String(seed)],
		['t', String(Number(temperature.toFixed(3)))],
		['k', String(topK)],
		['n', String(maxTokens)]
	]);
}

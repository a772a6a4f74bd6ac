import type { Random } from '#lib/tiny/random.ts';

const LARGEST = 29;

/**
 * All sums of two numbers up to 29, each once, in another order for every seed. Held-out lines are then sums
 * that were never read: whoever gets them right has found the rule, whoever does not has learnt the rest by heart.
 */
export function sums(random: Random): string[] {
	const lines: string[] = [];
	for (let a = 0; a <= LARGEST; a++) {
		for (let b = 0; b <= LARGEST; b++) lines.push(`${a}+${b}=${a + b}`);
	}
	for (let i = lines.length - 1; i > 0; i--) {
		const j = random.below(i + 1);
		[lines[i], lines[j]] = [lines[j], lines[i]];
	}
	return lines;
}

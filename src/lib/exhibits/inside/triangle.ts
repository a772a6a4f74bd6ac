/** @file Shares of attention as a triangle of cells, in a few strengths, a path each. */

/** Opacities: a cell is drawn with the one nearest its share; below half the first it stays ground. */
export const LEVELS = [0.1, 0.25, 0.45, 0.7, 1] as const;

/**
 * @param head [tokens × tokens], of which the first `shown` rows and columns are drawn
 * @returns paths of cells one unit wide and high
 */
export function sharePaths(head: Float32Array, tokens: number, shown: number) {
	const levels = LEVELS.map(() => '');
	let ground = '';
	for (let row = 0; row < shown; row++) {
		ground += `M0 ${row}h${row + 1}v1h-${row + 1}z`;
		for (let at = 0; at <= row; at++) {
			const level = levelOf(head[row * tokens + at]);
			if (level !== undefined) levels[level] += `M${at} ${row}h1v1h-1z`;
		}
	}
	return { ground, levels };
}

export function levelOf(share: number): number | undefined {
	if (share < LEVELS[0] / 2) return undefined;
	let nearest = 0;
	LEVELS.forEach((level, i) => {
		if (Math.abs(level - share) < Math.abs(LEVELS[nearest] - share)) nearest = i;
	});
	return nearest;
}

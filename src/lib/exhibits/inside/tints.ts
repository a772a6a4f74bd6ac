/**
 * @file A row of numbers as a row of cells: darker than the ground above zero, lighter below, so that it
 * reads without colour. Cells of one tint are one path.
 */

/** From far below zero to far above; the middle one is the ground and is not drawn. */
export const tints = ['low', 'below', 'above', 'high'] as const;
export type Tint = (typeof tints)[number];

/** A number beyond this many times the typical size (root of the mean square) of its row is far from zero. */
const FAR = 1.2;
const NEAR = 0.35;

export function tintOf(x: number, typical: number): Tint | undefined {
	if (!(Math.abs(x) > NEAR * typical)) return undefined;
	const far = Math.abs(x) > FAR * typical;
	return x > 0 ? (far ? 'high' : 'above') : far ? 'low' : 'below';
}

/** A path for each tint, `columns` cells a line, each cell one unit wide and high. */
export function cellPaths(row: ArrayLike<number>, columns: number): Record<Tint, string> {
	const paths: Record<Tint, string> = { low: '', below: '', above: '', high: '' };
	const values = Array.from(row);
	const typical = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
	let i = 0;
	while (i < values.length) {
		const tint = tintOf(values[i], typical);
		const start = i;
		const end = (Math.floor(i / columns) + 1) * columns;
		while (i < Math.min(end, values.length) && tintOf(values[i], typical) === tint) i++;
		if (!tint) continue;
		const [x, y] = [start % columns, Math.floor(start / columns)];
		paths[tint] += `M${x} ${y}h${i - start}v1h-${i - start}z`;
	}
	return paths;
}

/** Cells a line, so that all lines are full: as many as fit in `most` and divide the row. */
export function columnsOf(length: number, most: number): number {
	for (let columns = Math.min(most, length); columns > 1; columns--) {
		if (length % columns === 0) return columns;
	}
	return length;
}

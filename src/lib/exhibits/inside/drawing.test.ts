import { expect, test } from 'vitest';
import { cellPaths, tintOf } from './tints.ts';
import { levelOf, sharePaths } from './triangle.ts';

test('cells are darker above zero and lighter below, and nothing near it', () => {
	expect([2, 0.6, 0.1, 0, -0.6, -2].map((x) => tintOf(x, 1))).toEqual([
		'high',
		'above',
		undefined,
		undefined,
		'below',
		'low' // prettier-ignore
	]);
});

test('neighbours of one tint are one stretch, and a line of cells ends where it ends', () => {
	const paths = cellPaths([1, 1, 1, 1, -1, 0, 0, 1], 4);
	expect(paths.above).toBe('M0 0h4v1h-4zM3 1h1v1h-1z');
	expect(paths.below).toBe('M0 1h1v1h-1z');
	expect(paths.high + paths.low).toBe('');
	expect(Object.values(cellPaths(new Float32Array(8), 4)).join('')).toBe('');
});

test('a triangle draws what each token looked at, and nothing after it', () => {
	const head = Float32Array.from([1, 0, 0, 0.02, 0.98, 0, 0.3, 0.3, 0.4]);
	const { ground, levels } = sharePaths(head, 3, 2);
	expect(ground).toBe('M0 0h1v1h-1zM0 1h2v1h-2z');
	expect(levels).toEqual(['', '', '', '', 'M0 0h1v1h-1zM1 1h1v1h-1z']);
	expect([0, 0.04, 0.06, 0.3, 1].map(levelOf)).toEqual([undefined, undefined, 0, 1, 4]);
});

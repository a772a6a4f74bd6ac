import { expect, test } from 'vitest';
import { isOrder, moved } from './order.ts';

test.each([
	[0, 3, [1, 2, 3, 0]],
	[3, 0, [3, 0, 1, 2]],
	[1, 2, [0, 2, 1, 3]],
	[1, 1, [0, 1, 2, 3]],
	[2, 99, [0, 1, 3, 2]],
	[2, -5, [2, 0, 1, 3]]
])('from place %i to place %i', (from, to, order) => {
	expect(moved([0, 1, 2, 3], from, to)).toEqual(order);
});

test.each([
	[[2, 0, 1], true],
	[[0, 1], false],
	[[0, 1, 1], false],
	[[0, 1, 3], false],
	[[0, 1, 2, 3], false],
	[[0, 1.5, 2], false],
	[[NaN, 1, 2], false]
])('%j is an order of three: %s', (order, is) => {
	expect(isOrder(order, 3)).toBe(is);
});

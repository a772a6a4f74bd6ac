import { expect, test } from 'vitest';
import { axisOf, placeOf } from './axis.ts';

const exactly = (n: number) => ({ low: n, high: n });

test('each mark is ten times the one before, from one power of ten to another', () => {
	const axis = axisOf([exactly(0.24), { low: 2, high: 40 }], 10, { low: 0.1, high: 10 });
	expect(axis.marks.map(({ value }) => value)).toEqual([0.1, 1, 10, 100]);
	expect(axis.marks.map(({ at }) => at)).toEqual([0, 1 / 3, 2 / 3, 1]);
});

test.each([
	[10, 0.001, 1000, [0.001, 0.01, 0.1, 1, 10, 100, 1000]],
	[1000, 0.001, 1e12, [0.001, 1, 1e3, 1e6, 1e9, 1e12]],
	[1000, 1e-3, 1e-3, [0.001]]
] as const)('in steps of %d from %d to %d no mark is doubled or lost', (step, low, high, marks) => {
	const axis = axisOf([], step, { low, high });
	expect(axis.marks.map(({ value }) => value).slice(0, marks.length)).toEqual(marks);
	expect(axis.from).toBe(marks[0]);
});

test('what is larger or smaller than the first axis widens it, and 0 does not', () => {
	const axis = axisOf([{ low: 0, high: 388 }, exactly(0.00002)], 10, { low: 0.001, high: 100 });
	expect([axis.from, axis.to]).toEqual([0.00001, 1000]);
});

test('places: a decade is a step, and nothing lies outside', () => {
	const axis = { from: 0.01, to: 100 };
	expect([0.01, 0.1, 1, 10, 100].map((n) => placeOf(n, axis))).toEqual([
		0,
		expect.closeTo(0.25, 9),
		expect.closeTo(0.5, 9),
		expect.closeTo(0.75, 9),
		1
	]);
	expect([0, -1, NaN, 1e-9, 1e9].map((n) => placeOf(n, axis))).toEqual([0, 0, 0, 0, 1]);
});

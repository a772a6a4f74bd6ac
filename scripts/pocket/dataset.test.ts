import { expect, test } from 'vitest';
import { seededRandom } from '#lib/tiny/random.ts';
import { mixed, shuffled } from './dataset.ts';

const dice = () => {
	const random = seededRandom(3);
	return () => random.next();
};

function take<T>(count: number, from: Iterator<T>): T[] {
	return Array.from({ length: count }, () => from.next().value as T);
}

test('an order gives every index once before it gives one twice', () => {
	const found = take(9, shuffled([4, 7, 9], dice()));
	for (let i = 0; i < 9; i += 3) expect(found.slice(i, i + 3).sort()).toEqual([4, 7, 9]);
});

test('draws from each order as often as its share says, as it stands then', () => {
	const next = dice();
	const orders = [[0], [1], [2]].map((indices) => shuffled(indices, next));
	const shares = (draws: number) => (draws < 1000 ? [0.7, 0.2, 0.1] : [0, 0, 1]);
	const found = take(2000, mixed(orders, shares, next));
	const count = (index: number) => found.slice(0, 1000).filter((one) => one === index).length;
	expect(count(0)).toBeGreaterThan(650);
	expect(count(0)).toBeLessThan(750);
	expect(count(1)).toBeGreaterThan(150);
	expect(count(1)).toBeLessThan(250);
	expect(new Set(found.slice(1000))).toEqual(new Set([2]));
});

import { expect, test } from 'vitest';
import { Random } from './random.ts';

test('the same seed gives the same numbers, another seed others', () => {
	const first = Array.from(
		{ length: 5 },
		(
			(random) => () =>
				random.uint32()
		)(new Random(7))
	);
	const again = Array.from(
		{ length: 5 },
		(
			(random) => () =>
				random.uint32()
		)(new Random(7))
	);
	const other = Array.from(
		{ length: 5 },
		(
			(random) => () =>
				random.uint32()
		)(new Random(8))
	);
	expect(again).toEqual(first);
	expect(other).not.toEqual(first);
});

test('the generator is xoshiro128**', () => {
	const random = new Random(0);
	random.state = [1, 2, 3, 4];
	// computed with the arithmetic of the reference program, in Python
	expect(Array.from({ length: 6 }, () => random.uint32())).toEqual([
		11520, 0, 5927040, 70819200, 2031721883, 1637235492
	]);
});

test('a saved state goes on where it was', () => {
	const random = new Random(3);
	random.normal();
	const { state } = random;
	const ahead = [random.next(), random.next()];
	random.state = state;
	expect([random.next(), random.next()]).toEqual(ahead);
	expect(() => (random.state = [1, 2])).toThrow('four words');
});

test('numbers are spread evenly, or normally', () => {
	const random = new Random(4);
	const count = 100_000;
	const bins = new Array<number>(10).fill(0);
	let [sum, squares] = [0, 0];
	for (let i = 0; i < count; i++) {
		bins[random.below(10)]++;
		const x = random.normal();
		sum += x;
		squares += x * x;
	}
	for (const bin of bins) expect(Math.abs(bin / count - 0.1)).toBeLessThan(0.005);
	expect(Math.abs(sum / count)).toBeLessThan(0.015);
	expect(Math.abs(squares / count - 1)).toBeLessThan(0.02);
});

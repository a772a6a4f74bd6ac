import { expect, test } from 'vitest';
import { Random } from '#lib/tiny/random.ts';
import { spread } from './labels.ts';

const WIDTH = 0.142;

test('labels with room stand over their marks', () => {
	expect(spread([0.2, 0.5, 0.8], WIDTH)).toEqual([0.2, 0.5, 0.8]);
});

test('two that would touch move apart by as much each', () => {
	const [a, b] = spread([0.5, 0.52], WIDTH);
	expect(b - a).toBeCloseTo(WIDTH);
	expect((a + b) / 2).toBeCloseTo(0.51);
});

test('none stands over another or beyond the line, wherever the marks are', () => {
	const random = new Random(2);
	for (let i = 0; i < 300; i++) {
		const power = 1 + 6 * random.next();
		const marks = Array.from({ length: 6 }, () => random.next() ** power).sort((a, b) => a - b);
		const middles = spread(i % 2 ? marks : marks.map((mark) => 1 - mark).reverse(), WIDTH);
		expect(middles[0]).toBeGreaterThanOrEqual(WIDTH / 2 - 1e-9);
		expect(middles[5]).toBeLessThanOrEqual(1 - WIDTH / 2 + 1e-9);
		for (let k = 1; k < 6; k++) {
			expect(middles[k] - middles[k - 1]).toBeGreaterThanOrEqual(WIDTH - 1e-9);
		}
	}
});

test('no marks, no labels', () => expect(spread([], WIDTH)).toEqual([]));

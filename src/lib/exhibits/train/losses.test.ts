import { describe, expect, it } from 'vitest';
import { heldLine, Losses } from './losses.ts';

const numbers = (path: string) =>
	[...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

describe('losses', () => {
	it('keeps the loss of every step, however many come at a time', () => {
		const losses = new Losses(3000, 4);
		const all = Float32Array.from({ length: 3000 }, (_, i) => 4 - i / 1000);
		for (let i = 0; i < all.length; i += 37) losses.add(all.subarray(i, i + 37));
		expect(losses.count).toBe(3000);
		expect(losses.all).toEqual(all);
	});

	it('draws no more points than can be told apart, from left to right, and the last step last', () => {
		for (const steps of [1, 7, 300, 1500, 20_000]) {
			const losses = new Losses(steps, 4);
			losses.add(new Float32Array(steps).fill(2));
			const points = numbers(losses.line);
			expect(points.length).toBeLessThanOrEqual(302);
			expect(points.at(-1)).toEqual([1000, 500]);
			expect(points.every(([x], i) => i === 0 || x >= points[i - 1][0])).toBe(true);
		}
	});

	it('draws the average, so that one bad step is a dot and no spike', () => {
		const losses = new Losses(1500, 4);
		const all = new Float32Array(600).fill(1);
		all[500] = 3;
		losses.add(all);
		expect(losses.level).toBeCloseTo(1, 2);
		expect(Math.max(...numbers(losses.dots).map(([, y]) => 1 - y / 1000))).toBeCloseTo(0.75, 5);
		expect(Math.max(...losses.points.map(({ smooth }) => smooth))).toBeLessThan(1.2);
	});

	it('begins at the first loss and not at zero', () => {
		const losses = new Losses(1500, 4);
		losses.add([3.4]);
		expect(losses.level).toBeCloseTo(3.4, 5);
	});

	it('stands at the edge with what is higher, and leaves out what is no number', () => {
		const losses = new Losses(10, 4);
		losses.add([1, 900, NaN, Infinity, 1]);
		for (const [, y] of numbers(losses.line + losses.dots)) {
			expect(y).toBeGreaterThanOrEqual(0);
			expect(y).toBeLessThanOrEqual(1000);
		}
		expect(losses.count).toBe(5);
	});

	it('goes back: what is drawn then is what was drawn at that step', () => {
		const all = Float32Array.from({ length: 200 }, (_, i) => 3 / (1 + i / 20));
		const there = new Losses(200, 4);
		there.add(all.subarray(0, 120));
		const back = new Losses(200, 4);
		back.add(all);
		back.cut(120);
		expect(back.line).toBe(there.line);
		expect(back.dots).toBe(there.dots);
		expect(back.all).toEqual(there.all);
	});

	it('gives the same drawing from its recorded points', () => {
		const live = new Losses(1500, 4);
		live.add(Float32Array.from({ length: 1500 }, (_, i) => 3 / (1 + i / 50)));
		const again = Losses.of(live.points, 1500, 4);
		expect(live.line.startsWith(again.line)).toBe(true);
		expect(again.near(744)).toBe(live.near(744));
		expect(again.near(5000)).toBe(live.points.at(-1)!.smooth);
	});

	it('draws held-out losses on the same frame', () => {
		expect(
			heldLine(
				[
					{ step: 0, loss: 4 },
					{ step: 50, loss: 2 },
					{ step: 60, loss: NaN }
				],
				{ steps: 100, top: 4 }
			)
		).toBe('M0 0L500 500');
	});
});

import { expect, it } from 'vitest';
import { ticks } from './scale.ts';

it('has three to five ticks by 1, 2 or 5, from zero, whatever the top', () => {
	for (let power = -6; power <= 15; power++) {
		for (const first of [1, 1.2, 1.9, 2, 2.4, 3, 3.7, 4.1, 5, 6, 7.5, 8.2, 9.9]) {
			const top = first * 10 ** power;
			const found = ticks(top);
			expect(found.length).toBeGreaterThanOrEqual(3);
			expect(found.length).toBeLessThanOrEqual(5);
			expect(found[0]).toEqual({ value: 0, at: 0 });
			expect(found[found.length - 1].at).toBeLessThanOrEqual(1 + 1e-12);

			const step = found[1].value;
			const digit = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
			expect([1, 2, 5].some((d) => Math.abs(digit - d) < 1e-6)).toBe(true);
			found.forEach(({ value, at }, i) => {
				expect(value / step).toBeCloseTo(i, 6);
				expect(at).toBeCloseTo(value / top, 9);
			});
		}
	}
});

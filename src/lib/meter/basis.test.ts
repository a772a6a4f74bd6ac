import { describe, expect, it } from 'vitest';
import type { BilledAs } from '#lib/ledger/card.ts';
import { inDollars, inTime, inWork, powerOfTen, use } from './basis.ts';

const gpt4 = {
	key: 'gpt-4',
	label: 'GPT-4, March 2023',
	card: { input: '30', output: '60' },
	training: { id: 'cost', low: 37_300_000, high: 82_000_000 }
} as BilledAs;

describe('powerOfTen', () => {
	it('is the power at or below', () => {
		expect(powerOfTen(0.00006)).toBe(0.00001);
		expect(powerOfTen(0.0000011)).toBe(0.000001);
		expect(powerOfTen(99)).toBe(10);
	});

	it('is the value itself where it is a power of ten', () => {
		for (let power = -12; power <= 12; power++) {
			const value = Number(`1e${power}`);
			expect(powerOfTen(value)).toBe(value);
		}
	});
});

describe('a basis', () => {
	it('in dollars has the estimate as its bar and the price list as its use', () => {
		const basis = inDollars(gpt4);
		expect(basis.bar).toEqual({ low: 37_300_000, high: 82_000_000 });
		expect(basis.square).toBe(0.00001);
		expect(basis.came / basis.square).toBeCloseTo(6, 9);
		expect(basis.sent / basis.square).toBeCloseTo(3, 9);
		expect(use(basis, { sent: 23, came: 140 }).total).toBeCloseTo(0.00909, 12);
	});

	it('in dollars takes one number for both ends where there is no range', () => {
		const basis = inDollars({ ...gpt4, training: { ...gpt4.training, id: 'one', value: 5 } });
		expect(basis.bar).toEqual({ low: 37_300_000, high: 82_000_000 });
		const { low: _low, high: _high, ...single } = { ...gpt4.training, value: 5 };
		expect(inDollars({ ...gpt4, training: single }).bar).toEqual({ low: 5, high: 5 });
	});

	it('in dollars is refused without a number for the training', () => {
		const { low: _low, high: _high, ...none } = gpt4.training;
		expect(() => inDollars({ ...gpt4, training: none })).toThrow('cost');
	});

	it('in work counts a token of training three times, and every token of use once', () => {
		const basis = inWork(20_000_000);
		expect(basis.bar).toEqual({ low: 60_000_000, high: 60_000_000 });
		expect(use(basis, { sent: 23, came: 140 })).toEqual({ sent: 23, came: 140, total: 163 });
		expect(basis.square).toBe(1);
	});

	it('in time is in seconds on both sides', () => {
		const basis = inTime(4100, 0.07, 0.17);
		expect(basis.bar).toEqual({ low: 4100, high: 4100 });
		expect(use(basis, { sent: 100, came: 100 }).total).toBeCloseTo(0.024, 12);
		expect(basis.square).toBe(0.0001);
	});
});

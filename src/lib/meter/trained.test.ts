import { describe, expect, test } from 'vitest';
import hours from 'virtual:ledger/figure/llama32-1b-gpu-hours';
import peak from 'virtual:ledger/figure/h100-peak';
import rent from 'virtual:ledger/figure/h100-rent-2026';
import ceiling from 'virtual:ledger/figure/llama32-1b-tokens';
import smol from 'virtual:ledger/figure/smollm2-360m-tokens';
import utilisation from 'virtual:ledger/figure/training-utilisation';
import { inWork } from './basis.ts';
import { readersToCross } from './readers.ts';
import { rented } from './formulas/cost.ts';
import { useOperations } from './formulas/operations.ts';
import { hoursFor, rangeOf, trained } from './trained.ts';

const chips = { peak, utilisation, rent };

describe('with numbers that a hand can check', () => {
	// A chip of 1,000 operations a second, used to a half or a fifth, at 2 to 3 dollars an hour.
	const easy = {
		peak: { value: 1000 },
		utilisation: { low: 20, high: 50 },
		rent: { low: 2, high: 3 }
	};

	test('10 parameters and 60,000 tokens take 3.6 million operations', () => {
		expect(trained(10, { value: 60_000 }, easy)).toEqual({
			tokens: { low: 60_000, high: 60_000 },
			atMost: false,
			operations: { low: 3_600_000, high: 3_600_000 },
			// At 500 a second 7,200 s; at 200 a second 18,000 s.
			hours: { low: 2, high: 5 },
			// The fewest hours at the lowest rent, the most at the highest.
			dollars: { low: 4, high: 15 },
			crossing: { low: 180_000, high: 180_000 }
		});
	});

	test('a range of tokens stays one', () => {
		const { operations, dollars, crossing } = trained(10, { low: 6000, high: 60_000 }, easy);
		expect(operations).toEqual({ low: 360_000, high: 3_600_000 });
		expect(dollars).toEqual({ low: 0.4, high: 15 });
		expect(crossing).toEqual({ low: 18_000, high: 180_000 });
	});

	test('a ceiling is marked as one; a range and a floor are not', () => {
		expect(trained(10, { high: 5 }, easy).atMost).toBe(true);
		expect(trained(10, { low: 1, high: 5 }, easy).atMost).toBe(false);
		expect(trained(10, { low: 5 }, easy).atMost).toBe(false);
	});

	test('use takes a third of what learning takes, so it crosses at three times the tokens', () => {
		const { operations, crossing } = trained(10, { value: 60_000 }, easy);
		expect(useOperations(10, crossing.low)).toBe(operations.low);
		expect(crossing).toEqual(inWork(60_000).bar);
	});

	test('180,000 tokens at 10 a second are one reader’s five hours, or 300 readers’ minute', () => {
		const crossing = { low: 180_000, high: 360_000 };
		expect(readersToCross(crossing, 10, 5 * 3600)).toEqual({ low: 1, high: 2 });
		expect(readersToCross(crossing, 10, 60)).toEqual({ low: 300, high: 600 });
	});

	test.each([0, NaN, -1])('at a speed of %s nobody crosses', (speed) => {
		expect(readersToCross({ low: 1, high: 2 }, speed, 60)).toEqual({
			low: Infinity,
			high: Infinity
		});
	});
});

describe('with the ledger', () => {
	test('SmolLM2 360M took 8.7 × 10²¹ operations: 11 to 58 thousand dollars of rent', () => {
		const { operations, hours, dollars, crossing } = trained(361_821_120, smol, chips);
		// 6 × 361,821,120 × 4 × 10¹²
		expect(operations.low).toBe(8_683_706_880e12);
		expect(operations.high).toBe(operations.low);
		// ÷ (989 × 10¹² × 0.46 × 3,600) and ÷ (989 × 10¹² × 0.21 × 3,600)
		expect(hours.low).toBeCloseTo(5302.1, 0);
		expect(hours.high).toBeCloseTo(11_614.1, 0);
		// × $1.99 and × $5
		expect(dollars.low).toBeCloseTo(10_551, -1);
		expect(dollars.high).toBeCloseTo(58_071, -1);
		expect(crossing).toEqual({ low: 12e12, high: 12e12 });
	});

	test('a reader at 50 tokens a second would need 7,600 years for that, 7,600 readers one', () => {
		const { crossing } = trained(361_821_120, smol, chips);
		expect(readersToCross(crossing, 50, 365.25 * 86_400).low).toBeCloseTo(7605.1, 1);
		expect(readersToCross(crossing, 50, 86_400).low).toBeCloseTo(2_777_777.8, 1);
		expect(readersToCross(crossing, 50, 60).low).toBe(4e9);
	});

	test('of Llama 3.2 1B only a ceiling is known, and its makers’ hours are four to nine times the rule’s', () => {
		const by6nd = trained(1_235_814_400, ceiling, chips);
		expect(by6nd.atMost).toBe(true);
		expect(hours.value! / by6nd.hours.high).toBeCloseTo(4.1, 1);
		expect(hours.value! / by6nd.hours.low).toBeCloseTo(9.1, 1);
		expect(hoursFor(by6nd.operations, chips)).toEqual(by6nd.hours);
		expect(rented(rangeOf(hours), rangeOf(rent))).toEqual({ low: 736_300, high: 1_850_000 });
	});
});

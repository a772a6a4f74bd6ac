import { describe, expect, test } from 'vitest';
import type { Figure } from '#lib/ledger/figure.ts';
import { countInWords, division, howMany, shareOf } from './how-many.ts';

const figure = (numbers: Partial<Figure>): Figure => ({
	id: 'x',
	statement: 'x',
	unit: 'USD',
	asOf: '2023',
	source: { title: 'x', publisher: 'x', url: 'https://example.org/' },
	kind: 'estimate',
	confidence: 'low',
	check: 'derived',
	...numbers
});
const training = figure({ low: 37_300_000, high: 82_000_000 });
const answer = figure({ value: 4.5, unit: 'US cents per query', kind: 'list-price' });

describe('how many answers fill a bar', () => {
	test('is dollars over dollars, though one entry is in cents', () => {
		const { low, high } = howMany(training, answer);
		expect(low).toBeCloseTo(828_888_889, -1);
		expect(high).toBeCloseTo(1_822_222_222, -1);
	});

	test('is said with two digits, and with the sum', () => {
		expect(countInWords(howMany(training, answer))).toBe('830 million to 1.8 billion');
		expect(division(training, answer)).toBe('37 to 82 million dollars ÷ 4.5 cents');
	});

	test('is the other way round for the share of one answer', () => {
		expect(shareOf(answer, training)).toBeCloseTo(1 / 828_888_889, 15);
	});

	test('is refused for what is not money', () => {
		expect(() => howMany(training, figure({ value: 4, unit: 'tokens' }))).toThrow('tokens');
	});
});

import { expect, test } from 'vitest';
import { amount, inWords, plainDate } from './words.ts';

const cost = { low: 37_300_000, high: 82_000_000, unit: 'USD', kind: 'estimate' } as const;

test('a range shares its power and its unit', () => {
	expect(inWords(cost)).toBe('37 to 82 million dollars');
	expect(inWords(cost, { unit: false })).toBe('37 to 82 million');
	expect(inWords({ ...cost, low: 2e8, high: 5e10, unit: 'uses' })).toBe(
		'200 million to 50 billion uses'
	);
});

test('one part of it may be asked for', () => {
	expect(inWords(cost, { as: 'low' })).toBe('37 million dollars');
	expect(inWords(cost, { as: 'high', digits: 3 })).toBe('82 million dollars');
});

test('a headline number stands for its range until that is asked for', () => {
	const figure = {
		value: 2.1e25,
		low: 8.2e24,
		high: 4.4e25,
		unit: 'FLOP',
		kind: 'estimate'
	} as const;
	expect(inWords(figure)).toBe('2.1\u00a0×\u00a010²⁵ operations');
	expect(inWords(figure, { as: 'range' })).toBe(
		'8.2\u00a0×\u00a010²⁴ to 4.4\u00a0×\u00a010²⁵ operations'
	);
});

test('what was stated keeps its digits, what was estimated keeps two', () => {
	expect(inWords({ value: 5_576_000, unit: 'USD', kind: 'reported' })).toBe(
		'5.576 million dollars'
	);
	expect(inWords({ value: 387_842_678, unit: 'USD', kind: 'estimate' })).toBe(
		'390 million dollars'
	);
	expect(inWords({ value: 87_072, unit: 'USD per day', kind: 'reported' })).toBe(
		'87,072 dollars a day'
	);
});

test('a floor alone is one number', () => {
	expect(inWords({ low: 1e8, unit: 'USD', kind: 'reported' })).toBe('100 million dollars');
});

test.each([
	[0, '0'],
	[0.0036, '0.0036'],
	[999, '999'],
	[1000, '1,000'],
	[999_999, '999,999'],
	[1_000_000, '1 million'],
	[999_999_999, '1 billion'],
	[3.2e15, '3.2 quadrillion'],
	[1e18, '1\u00a0×\u00a010¹⁸'],
	[-5, '−5'],
	[NaN, '?']
])('amount(%d) is %s', (number, words) => {
	expect(amount(number)).toBe(words);
});

test('one dollar is one dollar', () => {
	expect(inWords({ value: 1, unit: 'USD per day', kind: 'reported' })).toBe('1 dollar a day');
});

test('dates read as they are said', () => {
	expect(['2023-03-14', '2023-03', '2023', 'undated'].map(plainDate)).toEqual([
		'14 March 2023',
		'March 2023',
		'2023',
		'undated'
	]);
});

import { expect, test } from 'vitest';
import { readersInWords } from './readers.ts';

test('12 trillion tokens at 20 a second', () => {
	// 12e12 / (20 × 31,536,000), / (20 × 86,400), / (20 × 60)
	expect(readersInWords({ low: 12e12, high: 12e12 }, 20)).toBe(
		'19,000 readers in a year, 6.9 million in a day or 10 billion in a minute'
	);
});

test('a range has both ends', () => {
	expect(readersInWords({ low: 6e12, high: 30e12 }, 20)).toBe(
		'9,500 to 48,000 readers in a year, 3.5 to 17 million in a day or 5 to 25 billion in a minute'
	);
});

test('there is no part of a reader', () => {
	expect(readersInWords({ low: 1, high: 1 }, 20)).toBe(
		'1 reader in a year, 1 in a day or 1 in a minute'
	);
});

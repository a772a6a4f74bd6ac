import { describe, expect, it } from 'vitest';
import * as words from './words.ts';

describe('numbers in words', () => {
	it('are written in full, or as one says them', () => {
		expect(words.count(368_098.4)).toBe('368,098');
		expect(words.many(2.5e9)).toBe('2.5 billion');
		expect(words.many(999_999)).toBe('999,999');
		expect(words.many(1.2e13)).toBe('12 trillion');
		expect(words.tickLabel(60e6)).toBe('60 M');
		expect(words.rounded(0.000123456)).toBe('0.000123');
	});

	it('are one number or a range', () => {
		expect(words.range({ low: 368_098, high: 368_098 })).toBe('368,098');
		expect(words.range({ low: 4.1e9, high: 9.02e9 })).toBe('4.1 to 9 billion');
		expect(words.range({ low: 8e8, high: 1.7e9 })).toBe('800 million to 1.7 billion');
	});

	it('of money', () => {
		expect(words.dollarRange({ low: 37_300_000, high: 82_000_000 })).toBe('$37 to $82 million');
		expect(words.dollarsAbout(0.00001)).toBe('$0.00001');
		expect(words.dollarsAbout(0.1)).toBe('$0.10');
		expect(words.dollarsAbout(22_725_000)).toBe('$22.7 million');
	});

	it('of shares', () => {
		expect(words.percent({ low: 0.027, high: 0.027 })).toBe('2.7\u00a0%');
		expect(words.percent({ low: 0.28, high: 0.61 })).toBe('28\u00a0% to 61\u00a0%');
		expect(words.partIn(368_098)).toBe('1 part in 368,098');
	});

	it('of time', () => {
		expect(words.duration(0.0251)).toBe('0.025 seconds');
		expect(words.duration(12.72)).toBe('13 seconds');
		expect(words.duration(4100)).toBe('68 minutes');
		expect(words.duration(3 * 86400)).toBe('3 days');
		expect(words.duration(86400 * 365.25 * 3000)).toBe('3,000 years');
	});

	it('never show an infinite one', () => {
		for (const write of [words.count, words.many, words.rounded, words.tickLabel]) {
			expect(write(Infinity)).not.toMatch(/Infinity|∞|NaN/);
		}
	});
});

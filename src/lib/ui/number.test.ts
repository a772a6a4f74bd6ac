import { describe, expect, test } from 'vitest';
import { plain, readNumber } from './number.ts';

const upTo = (max: number, whole = false) => ({ min: 0, max, whole });

describe('a fraction', () => {
	test.each([
		['0.7', 0.7],
		['0,7', 0.7],
		[' 1,25 ', 1.25],
		['.5', 0.5],
		['1.', 1],
		['0,700', 0.7],
		['1.500', 1.5],
		['٠٫٧', 0.7],
		['۰٫۷', 0.7],
		['٠,٧', 0.7],
		['०.७', 0.7],
		['０．７', 0.7],
		['\u200f٢\u200f', 2],
		['1 234.5', 1234.5],
		['1\u202f234,5', 1234.5],
		['1,234.5', 1234.5],
		['1.234,5', 1234.5],
		['1,234,567', 1234567],
		['1’234.5', 1234.5]
	])('%s is %d', (text, value) => {
		expect(readNumber(text, upTo(1e7))).toEqual({ value });
	});

	test.each(['1,500', '12,345', '١,٥٠٠'])('%s could be two numbers, and is asked about', (text) => {
		expect(readNumber(text, upTo(1e7))).toEqual({
			sentence: expect.stringMatching(/^This could be (\d+)\.(\d{3}) or \1\2:/)
		});
	});

	test.each([
		'',
		' ',
		'seven',
		'1e3',
		'0x10',
		'1,2,3',
		'--1',
		'1.2.3',
		'NaN',
		'Infinity',
		'1 2',
		'½'
	])('%j is none', (text) => {
		expect(readNumber(text, upTo(9))).toEqual({
			sentence: 'That is no number. It takes one from 0 to 9.'
		});
	});

	test('outside of its bounds it is refused, and so is a text without end', () => {
		expect(readNumber('7', upTo(2))).toEqual({ sentence: 'It takes a number from 0 to 2.' });
		expect(readNumber('-0,1', upTo(2))).toEqual({ sentence: 'It takes a number from 0 to 2.' });
		expect(readNumber('-0', upTo(2))).toEqual({ value: 0 });
		expect(readNumber('1'.repeat(1e6), upTo(2))).toHaveProperty('sentence');
	});
});

describe('a whole number', () => {
	test.each([
		['42', 42],
		['٤٢', 42],
		['1 234', 1234],
		['1,234,567', 1234567],
		['7,0', 7]
	])('%s is %d', (text, value) => {
		expect(readNumber(text, upTo(1e7, true))).toEqual({ value });
	});

	test('a fraction is refused, not rounded', () => {
		expect(readNumber('0,7', upTo(9, true))).toEqual({
			sentence: 'Only whole numbers, from 0 to 9.'
		});
	});

	test('a possible thousand is asked about', () => {
		for (const text of ['1,500', '1.500']) {
			expect(readNumber(text, upTo(1e7, true))).toEqual({
				sentence: 'If a thousand is meant, write 1500: whole numbers from 0 to 10000000.'
			});
		}
	});
});

test('a number in a field has neither exponent nor groups', () => {
	expect([0.1 + 0.2, 1e-7, 4294967295, NaN].map(plain)).toEqual([
		'0.3',
		'0.0000001',
		'4294967295',
		''
	]);
});

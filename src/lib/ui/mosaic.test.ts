import { describe, expect, test } from 'vitest';
import { squaresOf } from './mosaic.ts';

describe('the mosaic', () => {
	test('has 64 squares, dark where the digit is 8 or more', () => {
		const squares = squaresOf('0123456789abcdef'.repeat(4));
		expect(squares.length).toBe(64);
		expect(squares.slice(0, 16).map(Number).join('')).toBe('0000000011111111');
	});

	test.each(['', 'f'.repeat(63), 'g'.repeat(64), 'F'.repeat(64)])('refuses %j', (text) => {
		expect(() => squaresOf(text)).toThrow(RangeError);
	});
});

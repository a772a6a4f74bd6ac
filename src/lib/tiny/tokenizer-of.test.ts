import { describe, expect, test } from 'vitest';
import { Tokenizer, tokenizerOf } from './tokenizer.ts';

const specials = ['<end>'];

describe('a tokenizer of one text', () => {
	test('has a token for each character that occurs, and for nothing else', () => {
		const tokenizer = tokenizerOf(['abba'], specials);
		expect(tokenizer.size).toBe(3);
		expect(tokenizer.encode('abba')).toEqual([0, 1, 1, 0]);
		expect(tokenizer.special('<end>')).toBe(2);
		expect(tokenizer.isSpecial(2)).toBe(true);
		expect(tokenizer.isSpecial(1)).toBe(false);
		expect(tokenizer.text(2)).toBe('<end>');
	});

	test('makes one token of a character of several bytes', () => {
		const text = 'hyvä päivä, €5, 🌊🌊 和';
		const tokenizer = tokenizerOf([text], specials);
		expect(tokenizer.encode(text)).toHaveLength([...text].length);
		expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
	});

	test('gives a token of its own to the most frequent of them only', () => {
		const tokenizer = tokenizerOf(['ää öö å'], specials, undefined, 2);
		expect(tokenizer.encode('ä')).toHaveLength(1);
		expect(tokenizer.encode('ö')).toHaveLength(1);
		expect(tokenizer.encode('å')).toHaveLength(2);
		expect(tokenizer.decode(tokenizer.encode('å'))).toBe('å');
	});

	test('joins frequent neighbours up to the size that is asked for', () => {
		const text = 'the moon and the boat and the moon. '.repeat(20);
		const characters = tokenizerOf([text], specials);
		const pairs = tokenizerOf([text], specials, characters.size + 10);
		expect(pairs.size).toBe(characters.size + 10);
		expect(pairs.encode(text).length).toBeLessThan(characters.encode(text).length / 2);
		expect(pairs.decode(pairs.encode(text))).toBe(text);
	});

	test('joins neighbours of several bytes as well', () => {
		const text = 'hää hää hää yö '.repeat(20);
		const tokenizer = tokenizerOf([text], specials, 40);
		expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
		expect(tokenizer.encode(' hää')).toHaveLength(1);
	});

	test('is never smaller than its characters, whatever is asked for', () => {
		expect(tokenizerOf(['abcdef'], specials, 2).size).toBe(7);
	});

	test('leaves out what it has no token for, and names it once', () => {
		const tokenizer = tokenizerOf(['abc'], specials);
		expect(tokenizer.encode('a€bXc')).toEqual([0, 1, 2]);
		expect(tokenizer.unknown('a€bXX€c')).toEqual(['€', 'X']);
		expect(tokenizer.unknown('cab')).toEqual([]);
	});

	test('comes back from its plain form', () => {
		const text = 'Où est la clé? '.repeat(9);
		const tokenizer = tokenizerOf([text], specials, 40);
		const again = new Tokenizer(JSON.parse(JSON.stringify(tokenizer)));
		expect(again.encode(text)).toEqual(tokenizer.encode(text));
		expect(again.toJSON()).toEqual(tokenizer.toJSON());
	});

	test('survives half a surrogate pair', () => {
		const tokenizer = tokenizerOf(['a\ud800b\udc00c'], specials);
		expect(tokenizer.decode(tokenizer.encode('a\ud800b'))).toBe('a\ufffdb');
	});

	test.each([[[3, 2]], [[1, 1]], [[256]], [[-1]], [[1.5]]])(
		'refuses the alphabet %j',
		(alphabet) => {
			expect(() => new Tokenizer({ specials, merges: [], alphabet })).toThrow('rising order');
		}
	);
});

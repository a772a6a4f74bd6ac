import { describe, expect, test } from 'vitest';
import { cut, pocketTokens, tokensOf } from './tokens.ts';

const { named, piecesOf, pieceOf } = pocketTokens;

const shown = (text: string) => piecesOf(cut(text)).map((piece) => piece.text);

describe('a text that is cut', () => {
	test.each(['One morning the', 'unbelievably', 'lumihiutale', '1234567', '  two  spaces '])(
		'%j comes back from its pieces',
		(text) => {
			expect(shown(text).join('')).toBe(text);
		}
	);

	test('keeps the space before a word with the word', () => {
		expect(shown('the clock')).toContain(' clock');
	});

	test('has a token for each digit', () => {
		expect(shown('1234567')).toEqual(['1', '2', '3', '4', '5', '6', '7']);
	});

	test('shows a character that no token holds as its bytes, and the last of them says which', () => {
		const pieces = piecesOf(cut('🦭'));
		expect(pieces.map(({ kind }) => kind)).toEqual(['bytes', 'bytes', 'bytes', 'bytes']);
		expect(pieces.map(({ text }) => text)).toEqual(['F0', '9F', 'A6', 'AD']);
		expect(pieces.map(({ whole }) => whole)).toEqual([undefined, undefined, undefined, '🦭']);
		expect(piecesOf(cut('القمر')).flatMap(({ whole }) => whole ?? [])).toEqual([...'القمر']);
	});

	test('does not take what is typed for a marker', () => {
		expect(piecesOf(cut('<end>')).every(({ kind }) => kind === 'text')).toBe(true);
	});

	test.each(['\u0000\u001b[31m', '\u202eevil', 'a\u0300'.repeat(500), '\ud83e', '\n\n\t'])(
		'is safe to look at: %j',
		(text) => {
			for (const { text: piece } of piecesOf(cut(text))) {
				// eslint-disable-next-line no-control-regex
				expect(piece).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
				expect(piece.length).toBeLessThan(260);
			}
		}
	);
});

test('tokens are named in sentences as what they are', () => {
	expect(named(cut(' clock')[0])).toBe('“ clock”');
	expect(named(256)).toBe('the marker of the end');
	expect(named(0xf0)).toBe('part of a character (F0)');
	expect(pieceOf(10)).toMatchObject({ kind: 'text', text: '⏎\n' });
});

test('tokens of a model on the GPU are what it says, and what it has no word for has a number', () => {
	const texts = [...['<|im_end|>', 'a', ' b'].map((text) => new TextEncoder().encode(text)), Uint8Array.of(0xf0)]; // prettier-ignore
	let end = 0;
	const tokens = tokensOf({
		bytes: Uint8Array.from(texts.flatMap((text) => [...text])),
		ends: Uint32Array.from(texts, ({ length }) => (end += length)),
		specials: [0]
	});
	expect(tokens.size).toBe(4);
	expect([0, 1, 2, 3, 4].map(tokens.named)).toEqual(['the marker <|im_end|>', '“a”', '“ b”', 'part of a character (F0)', 'the marker #4']); // prettier-ignore
	expect(tokens.plainText([1, 2, 0, 4])).toBe('a b');
	expect([0, 4].map(tokens.isMarker)).toEqual([true, false]);
});

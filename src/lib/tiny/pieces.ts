/**
 * Where tokens may not reach across: a text is cut into words, digits and signs first, so that no
 * token is half of one word and half of the next.
 */

/** Longer pieces are cut: merging takes the square of the length. */
export const LONGEST_PIECE = 64; // bytes

// Fixed ranges instead of \p{L}, which grows with each engine's edition of Unicode. Halves of
// surrogate pairs count as letters, so that a pair is never split.
const LETTER = 'A-Za-z\\u00c0-\\u1fff\\u200c-\\u200d\\u2c00-\\u2fff\\u3040-\\uffff';
const SPACE = ' \\t\\r\\n';

/** Words with the space before them, single digits, runs of other signs, runs of space. */
const PIECES = new RegExp(
	` ?[${LETTER}]+|[0-9]| ?[^${LETTER}${SPACE}0-9]+|[${SPACE}]*[\\r\\n]+|[${SPACE}]+(?![^${SPACE}])|[${SPACE}]`,
	'g'
);

const encoder = new TextEncoder();

/** The pieces of a text. Tokens never reach across their borders. */
export function pieces(text: string): string[] {
	return text.match(PIECES) ?? [];
}

/** The bytes of a piece, cut where it is too long to merge. */
export function* cut(piece: string): Generator<Uint8Array> {
	const bytes = encoder.encode(piece);
	for (let start = 0; start < bytes.length; start += LONGEST_PIECE) {
		yield bytes.subarray(start, start + LONGEST_PIECE);
	}
}

/**
 * @file A number as people write it: with a point or a comma, in the digits of their own script. What could mean two
 * things is asked about, never guessed.
 */

export type Bounds = { min: number; max: number; whole?: boolean };

/** The zeros of scripts whose decimal digits follow it in order. */
const zeros = [
	0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
	0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10
];

/** The text with western digits, `.` or `,` as it was meant, and no marks that only direct the writing. */
function western(text: string): string {
	return text
		.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
		.replace(/\p{Nd}/gu, (digit) => {
			const code = digit.codePointAt(0)!;
			const zero = zeros.find((first) => code >= first && code < first + 10);
			return zero === undefined ? digit : String(code - zero);
		})
		.replace(/[\u066b]/g, '.')
		.replace(/[\u066c\u2019']/g, '\u202f')
		.replace(/[\u060c\uff0c]/g, ',')
		.replace(/\uff0e/g, '.')
		.replace(/[\u2212\u2010-\u2013\uff0d]/g, '-')
		.trim();
}

/** @returns the number, or a sentence for the reader on why there is none */
export function readNumber(
	text: string,
	{ min, max, whole = false }: Bounds
): { value: number } | { sentence: string } {
	const range = `from ${plain(min)} to ${plain(max)}`;
	if (text.length > 100) return { sentence: `That is too long for a number ${range}.` };

	let digits = western(text);
	// Groups of three apart by spaces or apostrophes mean one thing everywhere.
	if (/^-?\d{1,3}([\s\u202f]\d{3})+([.,]\d+)?$/.test(digits)) {
		digits = digits.replace(/[\s\u202f]/g, '');
	}
	// So do groups of one mark with the other after them, or of one mark several times.
	if (/^-?\d{1,3}(,\d{3})+\.\d+$|^-?\d{1,3}(,\d{3}){2,}$/.test(digits)) {
		digits = digits.replaceAll(',', '');
	} else if (/^-?\d{1,3}(\.\d{3})+,\d+$|^-?\d{1,3}(\.\d{3}){2,}$/.test(digits)) {
		digits = digits.replaceAll('.', '');
	}
	// A comma and three digits: a thousand to one reader, a fraction to another. With a point, too,
	// where only whole numbers are wanted.
	const [, before, after] = (whole
		? /^(-?[1-9]\d{0,2})[.,](\d{3})$/
		: /^(-?[1-9]\d{0,2}),(\d{3})$/
	).exec(digits) ?? ['', '', ''];
	if (before) {
		return {
			sentence: whole
				? `If a thousand is meant, write ${before}${after}: whole numbers ${range}.`
				: `This could be ${before}.${after} or ${before}${after}: write it with a point, or without a mark.`
		};
	}
	if (!/^-?(\d+([.,]\d*)?|[.,]\d+)$/.test(digits)) {
		return {
			sentence: `That is no number. It takes ${whole ? 'a whole number' : 'one'} ${range}.`
		};
	}
	const value = Number(digits.replace(',', '.'));
	if (whole && !Number.isInteger(value)) return { sentence: `Only whole numbers, ${range}.` };
	if (value < min || value > max) return { sentence: `It takes a number ${range}.` };
	return { value: value + 0 }; // not -0
}

/** For a field and for a sentence: no exponent, no grouping, no idle digits. */
export function plain(value: number): string {
	return Number.isFinite(value)
		? value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 12 })
		: '';
}

/** @file Numbers of the ledger in words: `37 to 82 million dollars`, `2.1 × 10²⁵ operations`. */
import { highest, lowest, type Figure } from './figure.ts';

export type Part = 'range' | 'low' | 'high' | 'value';

type Numbers = Pick<Figure, 'value' | 'low' | 'high' | 'unit' | 'kind'>;

/**
 * The number of an entry, for a sentence.
 * @param as which part of it; without, the headline number, or the range where there is none
 * @param unit false leaves the unit to the sentence
 * @param digits significant digits; without, as many as the kind of number deserves
 */
export function inWords(
	figure: Numbers,
	{
		as,
		unit = true,
		digits
	}: { as?: Part | undefined; unit?: boolean; digits?: number | undefined } = {}
): string {
	const { value } = figure;
	const low = lowest(figure);
	const high = highest(figure);
	const rough = figure.kind === 'estimate' || figure.kind === 'assumption';
	const enough = digits ?? (rough ? 2 : 4);
	const part = as ?? (value === undefined ? 'range' : 'value');

	let words: string;
	if (part === 'low') words = amount(low, enough);
	else if (part === 'high') words = amount(high, enough);
	else if (part === 'value') words = amount(value ?? low, enough);
	else words = range(low, high, enough);

	if (!unit) return words;
	const name = unitInWords(figure.unit);
	return words === '1' ? `1 ${name.replace(/^dollars\b/, 'dollar')}` : `${words} ${name}`;
}

/** `dollars per million tokens` for `USD per million tokens`. */
export function unitInWords(unit: string): string {
	return unit
		.replace(/^USD\b/, 'dollars')
		.replace(/^US cents\b/, 'cents')
		.replace(/^x training tokens$/, 'times its training tokens')
		.replace(/^x\b/, 'times')
		.replace(/^FLOP\b/, 'operations')
		.replace(/\bper year$/, 'a year')
		.replace(/\bper day$/, 'a day');
}

/** `37 to 82 million`; `200 million to 50 billion`; one number where both ends look the same. */
export function range(low: number, high: number, digits: number): string {
	const from = amount(low, digits);
	const to = amount(high, digits);
	if (from === to) return to;
	const shared = / ([a-z]+)$/.exec(to)?.[0];
	return shared && from.endsWith(shared)
		? `${from.slice(0, -shared.length)} to ${to}`
		: `${from} to ${to}`;
}

const scales = [
	[1e15, 'quadrillion'],
	[1e12, 'trillion'],
	[1e9, 'billion'],
	[1e6, 'million']
] as const;

/** One number: grouped below a million, in words up to quadrillions, as a power of ten beyond. */
export function amount(number: number, digits = 4): string {
	if (!Number.isFinite(number)) return '?';
	if (number < 0) return `−${amount(-number, digits)}`;
	if (number >= 1e18) {
		const [mantissa, exponent] = number.toExponential(digits - 1).split('e+');
		return `${Number(mantissa)}\u00a0×\u00a010${superscript(exponent)}`;
	}
	// Below a million a whole number is short enough to be given whole.
	if (number < 1e6 && Number.isInteger(number) && digits >= 4) return grouped(number);
	for (const [scale, word] of scales) {
		// Rounded first: 999,999,999 is a billion.
		if (rounded(number, digits) >= scale) {
			return `${grouped(rounded(number, digits) / scale)} ${word}`;
		}
	}
	return grouped(rounded(number, digits));
}

function rounded(number: number, digits: number): number {
	return Number(number.toPrecision(digits));
}

/** `12,345`, `1,234.5`. */
export function grouped(number: number): string {
	const [whole, fraction] = String(number).split('.');
	const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
	return fraction ? `${groups}.${fraction}` : groups;
}

function superscript(digits: string): string {
	return [...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

const months = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December'
];

/** `14 March 2023` for `2023-03-14`, `March 2023` for `2023-03`; anything else as it is. */
export function plainDate(date: string): string {
	const match = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(date);
	if (!match) return date;
	const [, year, month, day] = match;
	return `${day ? `${Number(day)} ` : ''}${months[Number(month) - 1]} ${year}`;
}

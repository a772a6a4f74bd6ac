/** @file How this exhibit writes its numbers, and the picture in a sentence. */
import { share } from '../next/captions.ts';
import type { Tokens } from '../next/tokens.ts';
import type { Part } from '../next/ruler.ts';

/** A number of the model's to two places, with a true minus. */
export const numeral = (x: number) =>
	x
		.toFixed(2)
		.replace('-', '−')
		.replace(/^−0\.00$/, '0.00');

/** A part of attention in whole hundredths, as exact as a recording is. */
export const hundredths = (part: number) =>
	part > 0 && part < 0.005 ? 'under 1\u00a0%' : `${Math.round(100 * part)}\u00a0%`;

export const things = (n: number, name: string) => `${n} ${name}${n === 1 ? '' : 's'}`;

/** "layer 3, head 2". */
export const headName = (index: number, heads: number) =>
	`layer ${Math.floor(index / heads) + 1}, head ${(index % heads) + 1}`;

export function pictured(
	{ named }: Tokens,
	tokens: number,
	layers: number,
	likeliest: readonly Part[]
): string {
	const next = likeliest.map((part) => `${named(part.id!)} ${share(part.share)}`).join(', ');
	return `${tokens} tokens, a row each, pass through the table and ${layers} layers. At the end of the last row, likeliest next: ${next}.`;
}

/** "four heads": small numbers are written as words in a sentence. */
export function inWords(n: number, name: string): string {
	const word =
		['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'][n] ?? String(n);
	return `${word} ${name}${n === 1 ? '' : 's'}`;
}

/** Single doubles. */

import type { Code } from './assembler.ts';

export const constant = (value: number): Code => [
	0x44,
	[...new Uint8Array(Float64Array.of(value).buffer)]
];
export const add = (a: Code, b: Code): Code => [a, b, 0xa0];
export const multiply = (a: Code, b: Code): Code => [a, b, 0xa2];
export const divide = (a: Code, b: Code): Code => [a, b, 0xa3];
export const root = (value: Code): Code => [value, 0x9f];
export const fromFloat = (value: Code): Code => [value, 0xbb];

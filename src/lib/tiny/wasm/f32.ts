/** Single floats. */

import { type Code, access } from './assembler.ts';

export const constant = (value: number): Code => [
	0x43,
	[...new Uint8Array(Float32Array.of(value).buffer)]
];
export const load = (address: Code, offset = 0): Code => [address, 0x2a, access(offset)];
export const store = (address: Code, value: Code, offset = 0): Code => [
	address,
	value,
	0x38,
	access(offset)
];
export const add = (a: Code, b: Code): Code => [a, b, 0x92];
export const multiply = (a: Code, b: Code): Code => [a, b, 0x94];
export const fromDouble = (value: Code): Code => [value, 0xb6];

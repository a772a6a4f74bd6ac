/**
 * Two doubles side by side, floats in memory: plain TypeScript computes in doubles and rounds to a
 * float when it stores one, and what does the same here gives the same bits.
 */

import { type Code, simd, simdLoad, simdStore } from './assembler.ts';

const fromFloats = (floats: Code): Code => simd(0x5f, floats);
const toFloats = (doubles: Code): Code => simd(0x5e, doubles);
const loadFloats = simdLoad(0x5d);
const loadFloat = simdLoad(0x5c);
const storeFloats = simdStore(0x5b, [0]);
const storeFloat = simdStore(0x5a, [0]);

export const load = (address: Code, offset = 0): Code => fromFloats(loadFloats(address, offset));
export const loadOne = (address: Code, offset = 0): Code => fromFloats(loadFloat(address, offset));
export const store = (address: Code, value: Code, offset = 0): Code =>
	storeFloats(address, toFloats(value), offset);
export const storeOne = (address: Code, value: Code, offset = 0): Code =>
	storeFloat(address, toFloats(value), offset);
export const splat = (value: Code): Code => simd(0x14, value);
export const lane = (value: Code, lane: number): Code => simd(0x21, value, [lane]);
export const magnitude = (value: Code): Code => simd(0xec, value);
export const root = (value: Code): Code => simd(0xef, value);
export const add = (a: Code, b: Code): Code => simd(0xf0, [a, b]);
export const subtract = (a: Code, b: Code): Code => simd(0xf1, [a, b]);
export const multiply = (a: Code, b: Code): Code => simd(0xf2, [a, b]);
export const divide = (a: Code, b: Code): Code => simd(0xf3, [a, b]);
export const floor = (value: Code): Code => simd(0x75, value);
/** value where not a < b, else zero */
export const zeroWhereLess = (value: Code, a: Code, b: Code): Code =>
	simd(0x4f, [value, simd(0x49, [a, b])]);
/** The bits of each double, moved up. */
export const shiftLeft = (value: Code, bits: Code): Code => simd(0xcb, [value, bits]);

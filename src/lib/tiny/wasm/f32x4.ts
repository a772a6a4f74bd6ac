/** Four floats side by side. */

import { type Code, simd, simdLoad, simdStore } from './assembler.ts';

export const zero: Code = simd(0x0c, [], new Array<number>(16).fill(0));
export const load = simdLoad(0x00);
export const loadOne = simdLoad(0x5c); // the others are zero
export const loadSplat = simdLoad(0x09);
export const store = simdStore(0x0b, []);
export const storeOne = simdStore(0x5a, [0]);
export const splat = (value: Code): Code => simd(0x13, value);
export const lane = (value: Code, lane: number): Code => simd(0x1f, value, [lane]);
export const magnitude = (value: Code): Code => simd(0xe0, value);
export const add = (a: Code, b: Code): Code => simd(0xe4, [a, b]);
export const multiply = (a: Code, b: Code): Code => simd(0xe6, [a, b]);
/** b where a < b, else a */
export const larger = (a: Code, b: Code): Code => simd(0xeb, [a, b]);
/** Four of the eight floats of a (0 to 3) and b (4 to 7). */
export const choose = (a: Code, b: Code, floats: number[]): Code =>
	simd(
		0x0d,
		[a, b],
		floats.flatMap((float) => [0, 1, 2, 3].map((byte) => 4 * float + byte))
	);

/**
 * The softmax of `kernels.ts` in WebAssembly SIMD, with `exp` of `exact.ts` for two doubles at once,
 * operation by operation, so that the bits are the same.
 */

import { LN_2_HIGH, LN_2_LOW, LOG2_E } from '../exact.ts';
import {
	type Code,
	F32,
	F64,
	I32,
	V128,
	add,
	defineFunction,
	get,
	increase,
	int,
	loopDo,
	set,
	subtract
} from './assembler.ts';
import {
	AT_ONCE,
	FOUR_FLOATS,
	type NewLocal,
	addInOrder,
	eachDouble,
	eachDoubles,
	eachFloat
} from './loops.ts';
import * as f32 from './f32.ts';
import * as f32x4 from './f32x4.ts';
import * as f64 from './f64.ts';
import * as f64x2 from './f64x2.ts';

/** 1 / n! for n from 11 down to 0. */
const SERIES = Array.from({ length: 12 }, (_, i) => {
	let product = 1;
	for (let factor = 11 - i; factor > 1; factor--) product *= factor;
	return 1 / product;
});

/**
 * exp(x) for x <= 0 or not a number. Below -708 it gives zero, where `exp` still gives numbers under
 * 1e-307: a float cannot hold those, and beside the 1 that is always there a sum cannot feel them.
 *
 * @returns locals for up to `AT_ONCE` vectors x; `prepare`, once before the loop; and `apply`, which
 *   replaces the first so many x by the results
 */
export function exponential(local: NewLocal): {
	values: number[];
	prepare: Code;
	apply: (count: number) => Code;
} {
	const constants: [local: number, value: number][] = [];
	const constant = (value: number): Code => {
		const at = local(V128);
		constants.push([at, value]);
		return get(at);
	};
	const vectors = () => Array.from({ length: AT_ONCE }, () => local(V128));
	const [x, n, sum, input] = [vectors(), vectors(), vectors(), vectors()];
	const { add: plus, multiply: times, subtract: minus } = f64x2;

	const [log2e, half, high, low] = [LOG2_E, 0.5, LN_2_HIGH, LN_2_LOW].map(constant);
	const [first, ...others] = SERIES.map(constant);
	const lowest = constant(-708);
	// 1.5 · 2⁵² + 1023: added to n, it leaves n + 1023, the exponent of 2ⁿ, in the lowest bits
	const exponent = constant(6755399441056767);

	const steps: ((i: number) => Code)[] = [
		(i) => set(input[i], get(x[i])),
		(i) => set(n[i], f64x2.floor(plus(times(get(x[i]), log2e), half))),
		(i) => set(x[i], minus(minus(get(x[i]), times(get(n[i]), high)), times(get(n[i]), low))),
		(i) => set(sum[i], first),
		...others.map(
			(coefficient) => (i: number) => set(sum[i], plus(coefficient, times(get(x[i]), get(sum[i]))))
		),
		(i) => set(n[i], f64x2.shiftLeft(plus(get(n[i]), exponent), int(52))),
		(i) => set(x[i], f64x2.zeroWhereLess(times(get(sum[i]), get(n[i])), get(input[i]), lowest))
	];
	return {
		values: x,
		prepare: constants.map(([at, value]) => set(at, f64x2.splat(f64.constant(value)))),
		apply: (count) => steps.map((step) => Array.from({ length: count }, (_, i) => step(i)))
	};
}

/** The largest of so many bytes of floats, as a float. */
export function largestOf(local: NewLocal, into: number, x: Code, bytes: Code): Code {
	const [wide, single] = [local(V128), local(V128)];
	const lowest = f32x4.splat(f32.constant(-Infinity));
	const other = (order: number[]) => f32x4.choose(get(wide), get(wide), order);
	return [
		set(wide, lowest),
		set(single, lowest),
		eachFloat(local, bytes, (lanes, at) => {
			const best = lanes === FOUR_FLOATS ? wide : single;
			return set(best, f32x4.larger(get(best), lanes.load(add(x, at))));
		}),
		set(wide, f32x4.larger(get(wide), other([2, 3, 2, 3]))),
		set(wide, f32x4.larger(get(wide), other([1, 1, 1, 1]))),
		set(into, f32x4.lane(f32x4.larger(get(wide), get(single)), 0))
	];
}

/** `visible` bytes of the first row; strides and columns in bytes too. */
export const causalSoftmax = defineFunction(
	'causalSoftmax',
	[I32, I32, I32, I32, I32, F64],
	([scores, rows, stride, columns, visible, scale], local) => {
		const exp = exponential(local);
		const largest = local(F32);
		const [top, factor, share] = [local(V128), local(V128), local(V128)];
		const total = local(F64);
		const here = (at: Code) => add(get(scores), at);
		return [
			exp.prepare,
			set(factor, f64x2.splat(get(scale))),
			loopDo(
				[
					largestOf(local, largest, get(scores), get(visible)),
					set(top, f64x2.splat(f64.fromFloat(get(largest)))),
					set(total, f64.constant(0)),
					eachDoubles(local, get(visible), (lanes, ats) => [
						ats.map((at, i) => {
							const below = f64x2.subtract(lanes.load(here(at)), get(top));
							return set(exp.values[i], f64x2.multiply(below, get(factor)));
						}),
						exp.apply(ats.length),
						ats.map((at, i) => [
							lanes.store(here(at), get(exp.values[i])),
							addInOrder(total, exp.values[i], lanes)
						])
					]),
					set(share, f64x2.splat(f64.divide(f64.constant(1), get(total)))),
					eachDouble(local, get(visible), ({ load, store }, at) =>
						store(here(at), f64x2.multiply(load(here(at)), get(share)))
					),
					eachFloat(local, subtract(get(columns), get(visible)), ({ store }, at) =>
						store(add(here(get(visible)), at), f32x4.zero)
					),
					increase(scores, get(stride)),
					increase(visible, int(4)),
					increase(rows, int(-1))
				],
				get(rows)
			)
		];
	}
);

/** What the loss and the backward pass of attention need, in WebAssembly SIMD; see `kernels.ts`. */

import { exponential, largestOf } from './softmax.ts';
import {
	type Code,
	F32,
	F64,
	type Function,
	I32,
	V128,
	add,
	defineFunction,
	get,
	increase,
	set
} from './assembler.ts';
import {
	addInOrder,
	eachDouble,
	eachDoubles,
	rowAddresses,
	rowSums,
	severalRows
} from './loops.ts';
import * as f32x4 from './f32x4.ts';
import * as f64 from './f64.ts';
import * as f64x2 from './f64x2.ts';

const maximum = defineFunction(
	'maximum',
	[I32, I32],
	([x, bytes], local) => {
		const largest = local(F32);
		return [largestOf(local, largest, get(x), get(bytes)), get(largest)];
	},
	F32
);

/** Two doubles of `doubles`, beside the two floats at `at`; past the end there is room for one. */
const beside = (doubles: number, at: Code): Code => add(get(doubles), add(at, at));

const exponentials = defineFunction(
	'exponentials',
	[I32, I32, F64, I32],
	([x, bytes, largest, doubles], local) => {
		const exp = exponential(local);
		const top = local(V128);
		const total = local(F64);
		return [
			exp.prepare,
			set(top, f64x2.splat(get(largest))),
			eachDoubles(local, get(bytes), (lanes, ats) => [
				ats.map((at, i) =>
					set(exp.values[i], f64x2.subtract(lanes.load(add(get(x), at)), get(top)))
				),
				exp.apply(ats.length),
				ats.map((at, i) => [
					f32x4.store(beside(doubles, at), get(exp.values[i])),
					addInOrder(total, exp.values[i], lanes)
				])
			]),
			get(total)
		];
	},
	F64
);

const scaled = defineFunction(
	'scaled',
	[I32, I32, I32, F64],
	([doubles, y, bytes, scale], local) => {
		const factor = local(V128);
		return [
			set(factor, f64x2.splat(get(scale))),
			eachDouble(local, get(bytes), ({ store }, at) =>
				store(add(get(y), at), f64x2.multiply(f32x4.load(beside(doubles, at)), get(factor)))
			)
		];
	}
);

const softmaxBackward = defineFunction(
	'softmaxBackward',
	[I32, I32, I32, I32, I32, I32, F64],
	([p, g, rows, columns, pStride, gStride, scale], local) => {
		const [products, mean, factor] = [local(V128), local(V128), local(V128)];
		const totals = rowSums(local);
		const [ofP, ofG] = [rowAddresses(local), rowAddresses(local)];
		const of = (matrix: number, at: Code) => add(get(matrix), at);
		return [
			set(factor, f64x2.splat(get(scale))),
			severalRows(rows, (some) => [
				ofP.set(p, get(pStride), some.length),
				ofG.set(g, get(gStride), some.length),
				some.map((i) => set(totals[i], f64.constant(0))),
				eachDouble(local, get(columns), (lanes, at) =>
					some.map((i) => {
						const [left, right] = [ofP, ofG].map(({ rows }) => lanes.load(of(rows[i], at)));
						return [
							set(products, f64x2.multiply(left, right)),
							addInOrder(totals[i], products, lanes)
						];
					})
				),
				some.map((i) => [
					set(mean, f64x2.splat(get(totals[i]))),
					eachDouble(local, get(columns), ({ load, store }, at) => {
						const apart = f64x2.subtract(load(of(g, at)), get(mean));
						const part = f64x2.multiply(load(of(p, at)), apart);
						return store(of(g, at), f64x2.multiply(part, get(factor)));
					}),
					increase(p, get(pStride)),
					increase(g, get(gStride))
				])
			])
		];
	}
);

export const lossKernels: Function[] = [maximum, exponentials, scaled, softmaxBackward];

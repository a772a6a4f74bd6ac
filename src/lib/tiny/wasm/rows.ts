/**
 * The loops of `kernels.ts` over neighbouring numbers in WebAssembly SIMD, apart from those with
 * exponentials. Where plain TypeScript rounds once, after one addition or multiplication of floats,
 * four floats are computed at once; where it rounds after several, two doubles.
 */

import { EPSILON } from '../kernels.ts';
import {
	type Code,
	F64,
	type Function,
	I32,
	V128,
	add,
	atLeast,
	defineFunction,
	get,
	ifElse,
	increase,
	int,
	loopDo,
	loopWhile,
	multiply,
	set
} from './assembler.ts';
import {
	type Lanes,
	addInOrder,
	eachDouble,
	eachFloat,
	rowAddresses,
	rowSums,
	severalRows
} from './loops.ts';
import * as f32 from './f32.ts';
import * as f32x4 from './f32x4.ts';
import * as f64 from './f64.ts';
import * as f64x2 from './f64x2.ts';

const sum = defineFunction('sum', [I32, I32, I32, I32], ([a, b, y, bytes], local) =>
	eachFloat(local, get(bytes), ({ load, store }, at) => {
		const of = (matrix: number) => add(get(matrix), at);
		return store(of(y), f32x4.add(load(of(a)), load(of(b))));
	})
);

const accumulate = defineFunction(
	'accumulate',
	[I32, I32, I32, I32, I32, I32],
	([x, y, rows, bytes, xStride, yStride], local) =>
		loopDo(
			[
				eachFloat(local, get(bytes), ({ load, store }, at) => {
					const into = add(get(y), at);
					return store(into, f32x4.add(load(into), load(add(get(x), at))));
				}),
				increase(x, get(xStride)),
				increase(y, get(yStride)),
				increase(rows, int(-1))
			],
			get(rows)
		)
);

const squaredReLU = defineFunction('squaredReLU', [I32, I32, I32], ([x, y, bytes], local) => {
	const value = local(V128);
	const half = local(V128);
	return [
		set(half, f32x4.splat(f32.constant(0.5))),
		eachFloat(local, get(bytes), ({ load, store }, at) => [
			set(value, load(add(get(x), at))),
			set(value, f32x4.multiply(f32x4.add(get(value), f32x4.magnitude(get(value))), get(half))),
			store(add(get(y), at), f32x4.multiply(get(value), get(value)))
		])
	];
});

// What is only multiplied is rounded once in floats too.
const squaredReLUBackward = defineFunction(
	'squaredReLUBackward',
	[I32, I32, I32, I32, I32],
	([x, dy, dx, bytes, adding], local) => {
		const value = local(V128);
		const of = (matrix: number, at: Code) => add(get(matrix), at);
		const added = eachDouble(local, get(bytes), ({ load, store }, at) => {
			const twice = f64x2.add(get(value), f64x2.magnitude(get(value)));
			const part = f64x2.multiply(twice, load(of(dy, at)));
			return [set(value, load(of(x, at))), store(of(dx, at), f64x2.add(load(of(dx, at)), part))];
		});
		const written = eachFloat(local, get(bytes), ({ load, store }, at) => {
			const twice = f32x4.add(get(value), f32x4.magnitude(get(value)));
			return [
				set(value, load(of(x, at))),
				store(of(dx, at), f32x4.multiply(twice, load(of(dy, at))))
			];
		});
		return ifElse(get(adding), added, written);
	}
);

const normalise = defineFunction(
	'normalise',
	[I32, I32, I32, I32, I32, F64],
	([x, y, scales, groups, bytes, width], local) => {
		const squares = rowSums(local);
		const from = rowAddresses(local);
		const value = local(V128);
		const scale = local(V128);
		const inverse = (group: number): Code => {
			const mean = f64.divide(get(squares[group]), get(width));
			return f64.divide(f64.constant(1), f64.root(f64.add(mean, f64.constant(EPSILON))));
		};
		return severalRows(groups, (some) => [
			from.set(x, get(bytes), some.length),
			some.map((i) => set(squares[i], f64.constant(0))),
			eachDouble(local, get(bytes), (lanes, at) =>
				some.map((i) => [
					set(value, lanes.load(add(get(from.rows[i]), at))),
					set(value, f64x2.multiply(get(value), get(value))),
					addInOrder(squares[i], value, lanes)
				])
			),
			some.map((i) => [
				f32.store(get(scales), f32.fromDouble(inverse(i))),
				set(scale, f32x4.loadSplat(get(scales))),
				eachFloat(local, get(bytes), ({ load, store }, at) =>
					store(add(get(y), at), f32x4.multiply(load(add(get(x), at)), get(scale)))
				),
				increase(x, get(bytes)),
				increase(y, get(bytes)),
				increase(scales, int(4))
			])
		]);
	}
);

const normaliseBackward = defineFunction(
	'normaliseBackward',
	[I32, I32, I32, I32, I32, I32, F64],
	([y, dy, dx, scales, groups, bytes, width], local) => {
		const sums = rowSums(local);
		const [ofY, ofDy] = [rowAddresses(local), rowAddresses(local)];
		const products = local(V128);
		const mean = local(V128);
		const scale = local(V128);
		return severalRows(groups, (some) => [
			ofY.set(y, get(bytes), some.length),
			ofDy.set(dy, get(bytes), some.length),
			some.map((i) => set(sums[i], f64.constant(0))),
			eachDouble(local, get(bytes), (lanes, at) =>
				some.map((i) => {
					const [left, right] = [ofY, ofDy].map(({ rows }) => lanes.load(add(get(rows[i]), at)));
					return [set(products, f64x2.multiply(left, right)), addInOrder(sums[i], products, lanes)];
				})
			),
			some.map((i) => [
				set(mean, f64x2.splat(f64.divide(get(sums[i]), get(width)))),
				set(scale, f64x2.splat(f64.fromFloat(f32.load(get(scales))))),
				eachDouble(local, get(bytes), ({ load, store }, at) => {
					const of = (matrix: number) => add(get(matrix), at);
					const along = f64x2.multiply(load(of(y)), get(mean));
					const change = f64x2.multiply(f64x2.subtract(load(of(dy)), along), get(scale));
					return store(of(dx), f64x2.add(load(of(dx)), change));
				}),
				[y, dy, dx].map((matrix) => increase(matrix, get(bytes))),
				increase(scales, int(4))
			])
		]);
	}
);

/** For one row: `heads` groups of twice `half` bytes, and `half` bytes of cosines and sines. */
const rotate = defineFunction(
	'rotate',
	[I32, I32, I32, I32, I32, I32, I32, F64, I32],
	([x, y, cosines, sines, rows, heads, half, direction, adding], local) => {
		const [cos, sin, left, right] = [0, 1, 2, 3].map(() => local(V128));
		const forward = local(V128);
		const headsLeft = local(I32);
		const turned = (body: (lanes: Lanes, address: Code, value: Code) => Code): Code =>
			eachDouble(local, get(half), (lanes, at) => {
				const far = add(at, get(half));
				const times = (value: number, factor: number) => f64x2.multiply(get(value), get(factor));
				return [
					set(cos, lanes.load(add(get(cosines), at))),
					set(sin, f64x2.multiply(get(forward), lanes.load(add(get(sines), at)))),
					set(left, lanes.load(add(get(x), at))),
					set(right, lanes.load(add(get(x), far))),
					body(lanes, add(get(y), at), f64x2.subtract(times(left, cos), times(right, sin))),
					body(lanes, add(get(y), far), f64x2.add(times(left, sin), times(right, cos)))
				];
			});

		return [
			set(forward, f64x2.splat(get(direction))),
			loopDo(
				[
					set(headsLeft, get(heads)),
					loopDo(
						[
							ifElse(
								get(adding),
								turned(({ load, store }, address, value) =>
									store(address, f64x2.add(load(address), value))
								),
								turned(({ store }, address, value) => store(address, value))
							),
							increase(x, multiply(get(half), int(2))),
							increase(y, multiply(get(half), int(2))),
							increase(headsLeft, int(-1))
						],
						get(headsLeft)
					),
					increase(cosines, get(half)),
					increase(sines, get(half)),
					increase(rows, int(-1))
				],
				get(rows)
			)
		];
	}
);

/**
 * Strides of rows in bytes. Strips of 16 rows, whose numbers fill a line of the cache in the result;
 * of these four columns at a time, in blocks of four by four; then what is left over.
 */
const copyTransposed = defineFunction(
	'copyTransposed',
	[I32, I32, I32, I32, I32, I32],
	([from, to, rows, columns, fromStride, toStride], local) => {
		const four = [0, 1, 2, 3];
		const [source, columnsLeft, rowsLeft] = [local(I32), local(I32), local(I32)];
		const row = local(I32); // of `from`
		const targets = four.map(() => local(I32)); // four rows of the result
		const cells = four.map(() => local(V128));
		const pairs = four.map(() => local(V128));
		const mix = (into: number, a: number, b: number, floats: number[]) =>
			set(into, f32x4.choose(get(a), get(b), floats));

		/** Four columns of so many blocks below each other. */
		const blocks = (count: number): Code => [
			set(row, get(source)),
			four.slice(1).map((i) => set(targets[i], add(get(targets[i - 1]), get(toStride)))),
			Array.from({ length: count }, (_, block) => [
				cells.map((cell) => [set(cell, f32x4.load(get(row))), increase(row, get(fromStride))]),
				mix(pairs[0], cells[0], cells[1], [0, 4, 1, 5]),
				mix(pairs[1], cells[2], cells[3], [0, 4, 1, 5]),
				mix(pairs[2], cells[0], cells[1], [2, 6, 3, 7]),
				mix(pairs[3], cells[2], cells[3], [2, 6, 3, 7]),
				mix(cells[0], pairs[0], pairs[1], [0, 1, 4, 5]),
				mix(cells[1], pairs[0], pairs[1], [2, 3, 6, 7]),
				mix(cells[2], pairs[2], pairs[3], [0, 1, 4, 5]),
				mix(cells[3], pairs[2], pairs[3], [2, 3, 6, 7]),
				four.map((i) => f32x4.store(get(targets[i]), get(cells[i]), 16 * block))
			]),
			set(targets[0], add(get(targets[3]), get(toStride)))
		];
		/** One column of so many rows. */
		const column = (count: number): Code => [
			set(row, get(source)),
			Array.from({ length: count }, (_, i) => [
				f32.store(get(targets[0]), f32.load(get(row)), 4 * i),
				increase(row, get(fromStride))
			]),
			increase(targets[0], get(toStride))
		];
		const walk = (step: number, body: Code): Code =>
			loopWhile(atLeast(get(columnsLeft), int(step)), [
				body,
				increase(source, int(4 * step)),
				increase(columnsLeft, int(-step))
			]);
		const strip = (step: number, ...bodies: Code): Code =>
			loopWhile(atLeast(get(rowsLeft), int(step)), [
				set(source, get(from)),
				set(targets[0], get(to)),
				set(columnsLeft, get(columns)),
				bodies,
				increase(from, multiply(get(fromStride), int(step))),
				increase(to, int(4 * step)),
				increase(rowsLeft, int(-step))
			]);

		return [
			set(rowsLeft, get(rows)),
			strip(16, walk(4, blocks(4)), walk(1, column(16))),
			strip(4, walk(4, blocks(1)), walk(1, column(4))),
			strip(1, walk(1, column(1)))
		];
	}
);

const move = defineFunction(
	'move',
	[I32, I32, I32, I32, I32, ...new Array<number>(9).fill(F64)],
	([weights, gradients, averages, squares, bytes, ...by], local) => {
		const spread = by.map(() => local(V128));
		const [scale, keep1, take1, keep2, take2, rate, grow, epsilon, shrink] = spread.map(get);
		const [gradient, average, square] = [0, 1, 2].map(() => local(V128));
		const { add: plus, multiply: times } = f64x2;

		return [
			by.map((value, index) => set(spread[index], f64x2.splat(get(value)))),
			eachDouble(local, get(bytes), ({ load, store }, at) => {
				const of = (matrix: number) => add(get(matrix), at);
				const share = times(times(take2, get(gradient)), get(gradient));
				const divisor = plus(times(f64x2.root(get(square)), grow), epsilon);
				const step = f64x2.divide(times(rate, get(average)), divisor);
				return [
					set(gradient, times(load(of(gradients)), scale)),
					set(average, plus(times(keep1, load(of(averages))), times(take1, get(gradient)))),
					set(square, plus(times(keep2, load(of(squares))), share)),
					store(of(averages), get(average)),
					store(of(squares), get(square)),
					store(of(weights), f64x2.subtract(times(load(of(weights)), shrink), step))
				];
			})
		];
	}
);

export const rowKernels: Function[] = [
	sum,
	accumulate,
	squaredReLU,
	squaredReLUBackward,
	normalise,
	normaliseBackward,
	rotate,
	copyTransposed,
	move
];

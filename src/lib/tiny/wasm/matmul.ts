/**
 * The matrix product of `../matmul.ts` in WebAssembly SIMD, emitted byte by byte.
 *
 * Four lanes hold four neighbouring columns of C, so every element is still added up alone, in the
 * order of k, rounded to single precision each time: the same bits as the plain version.
 *
 * From four rows on, a tile of C stays in registers while k runs; a stripe of B is copied together
 * first, because rows a power of two apart would push each other out of the cache. With fewer rows
 * there is nothing to gain but reading B in the order in which it lies in memory, four rows at once.
 */

import {
	type Code,
	F32,
	type Function,
	I32,
	V128,
	add,
	and,
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
import * as f32 from './f32.ts';
import * as f32x4 from './f32x4.ts';

// Of eight tiles of 8 to 16 vectors, 4 by 8 and 2 by 16 were the fastest, at the speed of the adders.
const ROWS = 4; // of a tile
const STRIPE = 8; // columns of a tile
const PACK_FROM = 16; // rows of A from which copying a stripe of B pays

/** How the numbers of a tile of A lie: those of a row, or those of a column, next to each other. */
type Layout = 'rows' | 'columns' | 'either';

/**
 * `matmul(a, b, c, m, k, n, aRow, aColumn, bRow, cRow, accumulate, scratch)`, addresses and strides
 * in bytes; `scratch` is room for a stripe of B.
 */
export const matmul: Function = defineFunction(
	'matmul',
	new Array<number>(12).fill(I32),
	(parameters, local) => {
		const [a, b, c, m, k, n, aRow, aColumn, bRow, cRow, accumulate, scratch] = parameters;
		const locals = (count: number, type: number) =>
			Array.from({ length: count }, () => local(type));

		const [columnsLeft, rowsLeft, turns] = locals(3, I32);
		const [stripeB, stripeRow, stripeC] = locals(3, I32); // of B: copied together or in place
		const [tileA, tileC, walkB, packed] = locals(4, I32);
		const walkA = locals(ROWS, I32);
		const rowC = locals(ROWS, I32);
		const sums = locals((ROWS * STRIPE) / 4, V128);
		const vectors = locals(ROWS, V128);
		const splat = local(V128);
		const [wide, at, begun] = locals(3, I32);
		const rowB = locals(ROWS, I32);
		const sum = local(F32);
		const halves = sums.slice(0, STRIPE / 4);

		/** Sums a tile of C while k runs. */
		function tile(rows: number, columns: number, layout: Layout): Code {
			const across = Array.from({ length: columns / 4 }, (_, v) => v);
			const down = Array.from({ length: rows }, (_, row) => row);
			const each = (body: (row: number, v: number, sum: number) => Code): Code =>
				down.flatMap((row) => across.map((v) => body(row, v, sums[row * across.length + v])));
			const walking = layout === 'columns' ? [0] : down;
			const step = layout === 'rows' ? int(4) : get(aColumn);

			return [
				down.map((row) => [
					set(walkA[row], row ? add(get(walkA[row - 1]), get(aRow)) : get(tileA)),
					set(rowC[row], row ? add(get(rowC[row - 1]), get(cRow)) : get(tileC))
				]),
				ifElse(
					get(accumulate),
					each((row, v, sum) => set(sum, f32x4.load(get(rowC[row]), 16 * v))),
					each((_row, _v, sum) => set(sum, f32x4.zero))
				),
				set(walkB, get(stripeB)),
				set(turns, get(k)),
				loopDo(
					[
						across.map((v) => set(vectors[v], f32x4.load(get(walkB), 16 * v))),
						down.map((row) => [
							set(
								splat,
								layout === 'columns'
									? f32x4.loadSplat(get(walkA[0]), 4 * row)
									: f32x4.loadSplat(get(walkA[row]))
							),
							across.map((v) => {
								const sum = sums[row * across.length + v];
								const product = f32x4.multiply(get(splat), get(vectors[v]));
								return set(sum, f32x4.add(get(sum), product));
							})
						]),
						walking.map((row) => increase(walkA[row], step)),
						increase(walkB, get(stripeRow)),
						increase(turns, int(-1))
					],
					get(turns)
				),
				each((row, v, sum) => f32x4.store(get(rowC[row]), get(sum), 16 * v))
			];
		}

		/** One element of C: the columns left over. */
		const element: Code = [
			ifElse(get(accumulate), set(sum, f32.load(get(tileC))), set(sum, f32.constant(0))),
			set(walkA[0], get(tileA)),
			set(walkB, get(stripeB)),
			set(turns, get(k)),
			loopDo(
				[
					set(sum, f32.add(get(sum), f32.multiply(f32.load(get(walkA[0])), f32.load(get(walkB))))),
					increase(walkA[0], get(aColumn)),
					increase(walkB, get(stripeRow)),
					increase(turns, int(-1))
				],
				get(turns)
			),
			f32.store(get(tileC), get(sum))
		];

		/** All rows of one stripe, so many at a time as long as they fit. */
		const rowsOf = (...sizes: [rows: number, body: Code][]): Code => [
			set(tileA, get(a)),
			set(tileC, get(stripeC)),
			set(rowsLeft, get(m)),
			sizes.map(([rows, body]) =>
				loopWhile(atLeast(get(rowsLeft), int(rows)), [
					body,
					increase(tileA, multiply(get(aRow), int(rows))),
					increase(tileC, multiply(get(cRow), int(rows))),
					increase(rowsLeft, int(-rows))
				])
			)
		];

		const inPlace: Code = [set(stripeB, get(b)), set(stripeRow, get(bRow))];

		/** Copies a stripe of B into scratch when enough rows will read it again. */
		const pack: Code = [
			inPlace,
			ifElse(atLeast(get(m), int(PACK_FROM)), [
				set(walkB, get(b)),
				set(packed, get(scratch)),
				set(turns, get(k)),
				loopDo(
					[
						[0, 16].map((at) => f32x4.store(get(packed), f32x4.load(get(walkB), at), at)),
						increase(walkB, get(bRow)),
						increase(packed, int(4 * STRIPE)),
						increase(turns, int(-1))
					],
					get(turns)
				),
				set(stripeB, get(scratch)),
				set(stripeRow, int(4 * STRIPE))
			])
		];

		/** Stripes of so many columns, as long as they fit into what is left of n. */
		const stripes = (columns: number, body: Code): Code =>
			loopWhile(atLeast(get(columnsLeft), int(columns)), [
				body,
				increase(b, int(4 * columns)),
				increase(stripeC, int(4 * columns)),
				increase(columnsLeft, int(-columns))
			]);

		const manyRows = stripes(STRIPE, [
			pack,
			rowsOf(
				[
					ROWS,
					ifElse(
						atLeast(int(4), get(aColumn)),
						tile(ROWS, STRIPE, 'rows'),
						tile(ROWS, STRIPE, 'columns')
					)
				],
				[1, tile(1, STRIPE, 'either')]
			)
		]);

		/** c += so many numbers of a row of A times as many rows of B. */
		const rowsIntoOne = (count: number): Code => {
			const factors = vectors.slice(0, count);
			return loopWhile(atLeast(get(turns), int(count)), [
				factors.map((factor, i) => [
					set(factor, f32x4.loadSplat(get(walkA[0]))),
					increase(walkA[0], get(aColumn)),
					set(rowB[i], get(stripeB)),
					increase(stripeB, get(bRow))
				]),
				set(at, int(0)),
				loopDo(
					[
						ifElse(
							get(begun),
							halves.map((half, v) => set(half, f32x4.load(add(get(tileC), get(at)), 16 * v))),
							halves.map((half) => set(half, f32x4.zero))
						),
						factors.map((factor, i) =>
							halves.map((half, v) => {
								const row = f32x4.load(add(get(rowB[i]), get(at)), 16 * v);
								return set(half, f32x4.add(get(half), f32x4.multiply(get(factor), row)));
							})
						),
						halves.map((half, v) => f32x4.store(add(get(tileC), get(at)), get(half), 16 * v)),
						increase(at, int(4 * STRIPE))
					],
					atLeast(get(wide), add(get(at), int(1)))
				),
				set(begun, int(1)),
				increase(turns, int(-count))
			]);
		};

		const fewRows: Code = [
			set(wide, multiply(and(get(n), int(-STRIPE)), int(4))),
			ifElse(
				get(wide),
				rowsOf([
					1,
					[
						set(begun, get(accumulate)),
						set(stripeB, get(b)),
						set(walkA[0], get(tileA)),
						set(turns, get(k)),
						rowsIntoOne(ROWS),
						rowsIntoOne(1)
					]
				])
			),
			increase(b, get(wide)),
			increase(stripeC, get(wide)),
			set(columnsLeft, and(get(n), int(STRIPE - 1)))
		];

		const narrow = rowsOf([ROWS, tile(ROWS, 4, 'either')], [1, tile(1, 4, 'either')]);
		return [
			set(columnsLeft, get(n)),
			set(stripeC, get(c)),
			ifElse(atLeast(get(m), int(ROWS)), manyRows, fewRows),
			stripes(4, [inPlace, narrow]),
			stripes(1, [inPlace, rowsOf([1, element])])
		];
	}
);

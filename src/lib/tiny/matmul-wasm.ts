/**
 * The matrix product of `matmul.ts` in WebAssembly SIMD, emitted byte by byte.
 *
 * Four lanes hold four neighbouring columns of C, so every element is still added up alone, in the
 * order of k, rounded to single precision each time: the same bits as the plain version. A tile of
 * C stays in registers while k runs; a stripe of B is copied together first, because rows a power
 * of two apart would push each other out of the cache.
 */

import {
	type Code,
	F32,
	I32,
	V128,
	add,
	atLeast,
	f32,
	f32x4,
	get,
	ifElse,
	increase,
	int,
	loopDo,
	loopWhile,
	moduleOf,
	multiply,
	set
} from './wasm-assembler.ts';

const ROWS = 4; // of a tile, in registers
const STRIPE = 8; // columns of a tile
const WIDE_STRIPE = 32; // columns of a tile that has one row
const PACK_FROM = 16; // rows of A from which copying a stripe of B pays

/**
 * A module that imports `env.memory` and exports `matmul(a, b, c, m, k, n, aRow, aColumn, bRow,
 * cRow, accumulate, scratch)`, addresses and strides in bytes; `scratch` is room for a stripe of B.
 *
 * @param tileRows rows of a tile; 4 rows of 8 columns were the fastest of seven sizes tried
 * @param stripe columns of a tile
 */
export function emitMatmul(tileRows = ROWS, stripe = STRIPE): Uint8Array<ArrayBuffer> {
	const parameters = new Array<number>(12).fill(I32);
	const [a, b, c, m, k, n, aRow, aColumn, bRow, cRow, accumulate, scratch] = parameters.keys();

	const types: number[] = [];
	const local = (type: number) => parameters.length + types.push(type) - 1;
	const locals = (count: number, type: number) => Array.from({ length: count }, () => local(type));

	const columnsLeft = local(I32);
	const rowsLeft = local(I32);
	const turns = local(I32);
	const stripeB = local(I32); // the stripe of B, copied together or in place
	const stripeRow = local(I32);
	const stripeC = local(I32);
	const tileA = local(I32);
	const tileC = local(I32);
	const walkB = local(I32);
	const packed = local(I32);
	const walkA = locals(tileRows, I32);
	const rowC = locals(tileRows, I32);
	const sums = locals(Math.max((tileRows * stripe) / 4, WIDE_STRIPE / 4), V128);
	const vectorsB = locals(WIDE_STRIPE / 4, V128);
	const splat = local(V128);
	const sum = local(F32);

	/** Sums a tile of C while k runs. */
	function vectorTile(rows: number, columns: number): Code {
		const vectors = columns / 4;
		const each = (body: (row: number, vector: number, sum: number) => Code): Code =>
			walkA
				.slice(0, rows)
				.flatMap((_, row) =>
					Array.from({ length: vectors }, (_, v) => body(row, v, sums[row * vectors + v]))
				);

		return [
			walkA
				.slice(0, rows)
				.map((walk, row) => [
					set(walk, row ? add(get(walkA[row - 1]), get(aRow)) : get(tileA)),
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
					Array.from({ length: vectors }, (_, v) =>
						set(vectorsB[v], f32x4.load(get(walkB), 16 * v))
					),
					walkA.slice(0, rows).map((walk, row) => [
						set(splat, f32x4.loadSplat(get(walk))),
						Array.from({ length: vectors }, (_, v) => {
							const sum = sums[row * vectors + v];
							return set(sum, f32x4.add(get(sum), f32x4.multiply(get(splat), get(vectorsB[v]))));
						}),
						increase(walk, get(aColumn))
					]),
					increase(walkB, get(stripeRow)),
					increase(turns, int(-1))
				],
				get(turns)
			),
			each((row, v, sum) => f32x4.store(get(rowC[row]), get(sum), 16 * v))
		];
	}

	/** One element of C: the columns left over. */
	const scalarTile: Code = [
		ifElse(get(accumulate), set(sum, f32.load(get(tileC))), set(sum, f32.zero)),
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

	/** All rows of one stripe: whole tiles, then single rows. */
	const rowsOf = (tile: (rows: number) => Code, sizes: number[]): Code => [
		set(tileA, get(a)),
		set(tileC, get(stripeC)),
		set(rowsLeft, get(m)),
		sizes.map((rows) =>
			loopWhile(atLeast(get(rowsLeft), int(rows)), [
				tile(rows),
				increase(tileA, multiply(get(aRow), int(rows))),
				increase(tileC, multiply(get(cRow), int(rows))),
				increase(rowsLeft, int(-rows))
			])
		)
	];

	/** Copies a stripe of B into scratch when enough rows will read it again. */
	const pack = (columns: number): Code => [
		set(stripeB, get(b)),
		set(stripeRow, get(bRow)),
		ifElse(atLeast(get(m), int(PACK_FROM)), [
			set(walkB, get(b)),
			set(packed, get(scratch)),
			set(turns, get(k)),
			loopDo(
				[
					Array.from({ length: columns / 4 }, (_, v) =>
						f32x4.store(get(packed), f32x4.load(get(walkB), 16 * v), 16 * v)
					),
					increase(walkB, get(bRow)),
					increase(packed, int(4 * columns)),
					increase(turns, int(-1))
				],
				get(turns)
			),
			set(stripeB, get(scratch)),
			set(stripeRow, int(4 * columns))
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

	const inPlace: Code = [set(stripeB, get(b)), set(stripeRow, get(bRow))];

	const body: Code = [
		set(columnsLeft, get(n)),
		set(stripeC, get(c)),
		ifElse(
			atLeast(get(m), int(tileRows)),
			[],
			stripes(WIDE_STRIPE, [inPlace, rowsOf(() => vectorTile(1, WIDE_STRIPE), [1])])
		),
		stripes(stripe, [pack(stripe), rowsOf((rows) => vectorTile(rows, stripe), [tileRows, 1])]),
		stripes(4, [pack(4), rowsOf((rows) => vectorTile(rows, 4), [tileRows, 1])]),
		stripes(1, [inPlace, rowsOf(() => scalarTile, [1])])
	];
	return moduleOf('matmul', parameters, types, body);
}

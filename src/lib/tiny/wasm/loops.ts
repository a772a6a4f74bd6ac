/** Loops of the assembler over neighbouring numbers in memory. */

import {
	type Code,
	F64,
	I32,
	add,
	atLeast,
	get,
	ifElse,
	increase,
	int,
	loopDo,
	loopWhile,
	set,
	subtract
} from './assembler.ts';
import * as f32x4 from './f32x4.ts';
import * as f64 from './f64.ts';
import * as f64x2 from './f64x2.ts';

/** How a loop goes over floats in memory: so many bytes at once. */
export interface Lanes {
	bytes: number;
	load(address: Code, offset?: number): Code;
	store(address: Code, value: Code, offset?: number): Code;
}

export const FOUR_FLOATS: Lanes = { bytes: 16, load: f32x4.load, store: f32x4.store };
const TWO_DOUBLES: Lanes = { bytes: 8, load: f64x2.load, store: f64x2.store };

// For what is left over: the same arithmetic, of which only the first lane is loaded and stored.
const ONE_FLOAT: Lanes = { bytes: 4, load: f32x4.loadOne, store: f32x4.storeOne };
const ONE_DOUBLE: Lanes = { bytes: 4, load: f64x2.loadOne, store: f64x2.storeOne };

export type NewLocal = (type: number) => number;

/**
 * Goes over so many bytes of floats, each way of going as long as its step fits. `at` counts the
 * bytes; a way that goes several times at once is given as many of them.
 */
function each(
	local: NewLocal,
	ways: [lanes: Lanes, times: number][],
	bytes: Code,
	body: (lanes: Lanes, ats: Code[]) => Code
): Code {
	const at = local(I32);
	const last = local(I32); // where the last turn may begin
	return [
		set(at, int(0)),
		ways.map(([lanes, times]) => {
			const step = times * lanes.bytes;
			const ats = Array.from({ length: times }, (_, i) =>
				i ? add(get(at), int(i * lanes.bytes)) : get(at)
			);
			return [
				set(last, subtract(bytes, int(step))),
				ifElse(
					atLeast(get(last), get(at)),
					loopDo([body(lanes, ats), increase(at, int(step))], atLeast(get(last), get(at)))
				)
			];
		})
	];
}

type Body = (lanes: Lanes, at: Code) => Code;

export const eachFloat = (local: NewLocal, bytes: Code, body: Body): Code =>
	each(
		local,
		[
			[FOUR_FLOATS, 1],
			[ONE_FLOAT, 1]
		],
		bytes,
		(lanes, [at]) => body(lanes, at)
	);

export const eachDouble = (local: NewLocal, bytes: Code, body: Body): Code =>
	each(
		local,
		[
			[TWO_DOUBLES, 1],
			[ONE_DOUBLE, 1]
		],
		bytes,
		(lanes, [at]) => body(lanes, at)
	);

/** Vectors at once in `eachDoubles`. */
export const AT_ONCE = 8;

/** For long calculations: several vectors of doubles at once, so that none waits for its own results. */
export const eachDoubles = (
	local: NewLocal,
	bytes: Code,
	body: (lanes: Lanes, ats: Code[]) => Code
): Code =>
	each(
		local,
		[
			[TWO_DOUBLES, AT_ONCE],
			[TWO_DOUBLES, 1],
			[ONE_DOUBLE, 1]
		],
		bytes,
		body
	);

/** sum += the lanes of a vector of doubles, one after the other. */
export function addInOrder(sum: number, vector: number, lanes: Lanes): Code {
	const addLane = (lane: number) => set(sum, f64.add(get(sum), f64x2.lane(get(vector), lane)));
	return lanes === ONE_DOUBLE ? addLane(0) : [addLane(0), addLane(1)];
}

/** Rows at once in `severalRows`. */
const ROWS = 4;

/**
 * For sums along rows: several rows at once, because each addition to a sum has to wait for the one
 * before. What is left over goes one row at a time.
 *
 * @param left local that holds the rows yet to do
 * @param body does so many rows, and moves the addresses on
 */
export const severalRows = (left: number, body: (rows: number[]) => Code): Code =>
	[ROWS, 1].map((count) =>
		loopWhile(atLeast(get(left), int(count)), [
			body([...Array(count).keys()]),
			increase(left, int(-count))
		])
	);

/** Locals for the addresses of rows at once, and how they are set from the first one. */
export function rowAddresses(local: NewLocal): {
	rows: number[];
	set: (first: number, stride: Code, count: number) => Code;
} {
	const rows = Array.from({ length: ROWS }, () => local(I32));
	return {
		rows,
		set: (first, stride, count) =>
			rows.slice(0, count).map((row, i) => set(row, i ? add(get(rows[i - 1]), stride) : get(first)))
	};
}

/** Locals for a sum of each of the rows. */
export const rowSums = (local: NewLocal): number[] =>
	Array.from({ length: ROWS }, () => local(F64));

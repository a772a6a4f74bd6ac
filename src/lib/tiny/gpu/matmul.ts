/**
 * C = A·B, or C += A·B with `adding`, for every head of every sequence (z = sequence · heads +
 * head; a plain product has one of each). Strides make transposing and slicing free.
 *
 * A workgroup makes a tile of 32 × 32 of C, each of its 8 × 8 invocations a square of 4 × 4. They
 * fetch 16 columns of A and 16 rows of B at a time into memory they share, so that each number is
 * fetched once for 32 uses (https://developer.nvidia.com/blog/cutlass-linear-algebra-cuda/ tells
 * the idea). 4 kB are shared; beyond the edges of A and B stand zeros.
 */

import { kernel } from './kernel.ts';

export const TILE = 32;

export const matmul = kernel(
	{
		reads: ['a', 'b'],
		writes: ['c'],
		sizes: [
			'rows',
			'inner',
			'columns',
			'heads',
			'aOffset',
			'aRow',
			'aColumn',
			'aHead',
			'aSequence',
			'bOffset',
			'bRow',
			'bColumn',
			'bHead',
			'bSequence',
			'cOffset',
			'cRow',
			'cHead',
			'cSequence',
			'adding'
		]
	},
	/* wgsl */ `
var<workgroup> left: array<f32, 512>; // [16 × 32]: this part of A, transposed
var<workgroup> right: array<f32, 512>; // [16 × 32]: this part of B

@compute @workgroup_size(8, 8)
fn main(
	@builtin(workgroup_id) group: vec3u,
	@builtin(local_invocation_id) me: vec3u,
	@builtin(local_invocation_index) lane: u32
) {
	let sequence = group.z / n.heads;
	let head = group.z % n.heads;
	let aStart = n.aOffset + sequence * n.aSequence + head * n.aHead;
	let bStart = n.bOffset + sequence * n.bSequence + head * n.bHead;
	let cStart = n.cOffset + sequence * n.cSequence + head * n.cHead;
	let firstRow = group.y * 32;
	let firstColumn = group.x * 32;
	var sums: array<vec4f, 4>;

	for (var first = 0u; first < n.inner; first += 16) {
		for (var i = lane; i < 512; i += 64) {
			// neighbours fetch what lies side by side
			var across = i % 32;
			var deep = i / 32;
			if (n.aColumn == 1) { across = i / 16; deep = i % 16; }
			let row = firstRow + across;
			var k = first + deep;
			var value = 0.0;
			if (row < n.rows && k < n.inner) { value = a[aStart + row * n.aRow + k * n.aColumn]; }
			left[deep * 32 + across] = value;

			across = i % 32;
			deep = i / 32;
			if (n.bColumn != 1) { across = i / 16; deep = i % 16; }
			let column = firstColumn + across;
			k = first + deep;
			value = 0;
			if (column < n.columns && k < n.inner) { value = b[bStart + k * n.bRow + column * n.bColumn]; }
			right[deep * 32 + across] = value;
		}
		workgroupBarrier();

		for (var deep = 0u; deep < 16; deep++) {
			let x = deep * 32 + me.y * 4;
			let y = deep * 32 + me.x * 4;
			let columns = vec4f(right[y], right[y + 1], right[y + 2], right[y + 3]);
			sums[0] += left[x] * columns;
			sums[1] += left[x + 1] * columns;
			sums[2] += left[x + 2] * columns;
			sums[3] += left[x + 3] * columns;
		}
		workgroupBarrier();
	}

	for (var i = 0u; i < 4; i++) {
		let row = firstRow + me.y * 4 + i;
		for (var j = 0u; j < 4; j++) {
			let column = firstColumn + me.x * 4 + j;
			if (row < n.rows && column < n.columns) {
				let at = cStart + row * n.cRow + column;
				if (n.adding == 1) { c[at] += sums[i][j]; } else { c[at] = sums[i][j]; }
			}
		}
	}
}`
);

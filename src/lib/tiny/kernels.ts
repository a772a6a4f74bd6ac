/**
 * The loops of a transformer, in plain TypeScript: what it does to numbers, apart from the order in
 * which it does it. The language computes in double precision and rounds to single precision where
 * a number is stored, sums go in the order of the memory; `wasm.ts` and
 * `training-wasm.ts` have the same loops for WebAssembly, with the same bits.
 */

import { exp } from './exact.ts';
import { matmulPlain } from './matmul.ts';
import { type Matrix, copyTransposed } from './matrix.ts';
import type { Angles } from './rotary.ts';

/**
 * Matrices are whole (rows follow each other) unless something else is said.
 * A result may stand where a factor stood, except in products and in `copyTransposed`.
 */
export interface Kernels {
	/** C = A·B, or C += A·B. Rows of B and C must be contiguous. */
	matmul(a: Matrix, b: Matrix, c: Matrix, accumulate: boolean): void;
	/** to = fromᵀ; the rows of both must be contiguous, the matrices need not. */
	copyTransposed(from: Matrix, to: Matrix): void;
	/** y = a + b */
	sum(a: Matrix, b: Matrix, y: Matrix): void;
	/** y = x / √(mean of x²) for each group of `width`; the divisors' inverses go to `scales`. */
	normalise(x: Matrix, y: Matrix, scales: Matrix, width: number): void;
	/** y = max(0, x)² */
	squaredReLU(x: Matrix, y: Matrix): void;
	/** y = x, turned; y += x, turned, with `adding`. See `rotary.ts`. `direction` is 1 or -1. */
	rotate(
		x: Matrix,
		y: Matrix,
		angles: Angles,
		start: number,
		direction: number,
		adding: boolean
	): void;
	/**
	 * For every row: the softmax of scale · scores over what it may see, zeros for the rest. Rows of
	 * scores must be contiguous. The first row sees firstPosition + 1 columns, the next one more.
	 */
	causalSoftmax(scores: Matrix, firstPosition: number, scale: number): void;
}

/** Under the root of `normalise`, against division by zero. */
export const EPSILON = 1e-6;

export const plainKernels: Kernels = {
	matmul: matmulPlain,

	copyTransposed,

	// Memory and offsets rather than `values`: a view of a matrix costs more than a loop over a row.

	sum(a, b, y) {
		const { memory } = y;
		const size = y.rows * y.columns;
		for (let i = 0; i < size; i++)
			memory[y.offset + i] = memory[a.offset + i] + memory[b.offset + i];
	},

	normalise(x, y, scales, width) {
		const { memory } = x;

		for (let group = 0; group < scales.columns; group++) {
			const start = x.offset + group * width;
			const end = start + width;
			const distance = y.offset - x.offset;

			let squares = 0;
			for (let i = start; i < end; i++) squares += memory[i] * memory[i];

			const scale = Math.fround(1 / Math.sqrt(squares / width + EPSILON));
			memory[scales.offset + group] = scale;
			for (let i = start; i < end; i++) memory[distance + i] = memory[i] * scale;
		}
	},

	squaredReLU(x, y) {
		const { memory } = x;
		const size = y.rows * y.columns;
		for (let i = 0; i < size; i++) {
			// x + |x| is twice the positive part: exact, and without a branch that half would miss
			const value = memory[x.offset + i];
			const positive = (value + Math.abs(value)) / 2;
			memory[y.offset + i] = positive * positive;
		}
	},

	rotate(x, y, { cos: cosines, sin: sines }, start, direction, adding) {
		const { memory } = x;
		const half = cosines.columns;

		for (let row = 0; row < x.rows; row++) {
			const angle = (start + row) * half;

			for (let head = 0; head < x.columns; head += 2 * half) {
				const from = x.offset + row * x.columns + head;
				const to = y.offset + row * x.columns + head;

				for (let j = 0; j < half; j++) {
					const cos = memory[cosines.offset + angle + j];
					const sin = direction * memory[sines.offset + angle + j];
					const a = memory[from + j];
					const b = memory[from + j + half];
					const turnedA = a * cos - b * sin;
					const turnedB = a * sin + b * cos;
					memory[to + j] = adding ? memory[to + j] + turnedA : turnedA;
					memory[to + j + half] = adding ? memory[to + j + half] + turnedB : turnedB;
				}
			}
		}
	},

	causalSoftmax(scores, firstPosition, scale) {
		const { memory } = scores;

		for (let row = 0; row < scores.rows; row++) {
			const start = scores.offset + row * scores.rowStride;
			const end = start + firstPosition + row + 1;

			let largest = -Infinity;
			for (let i = start; i < end; i++) if (memory[i] > largest) largest = memory[i];

			let sum = 0;
			for (let i = start; i < end; i++) {
				const weight = exp((memory[i] - largest) * scale);
				memory[i] = weight;
				sum += weight;
			}

			const share = 1 / sum;
			for (let i = start; i < end; i++) memory[i] *= share;
			for (let i = end; i < start + scores.columns; i++) memory[i] = 0;
		}
	}
};

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

	sum({ values: a }, { values: b }, { values: y }) {
		for (let i = 0; i < y.length; i++) y[i] = a[i] + b[i];
	},

	normalise({ values: x }, { values: y }, { values: scales }, width) {
		for (let group = 0; group < scales.length; group++) {
			const start = group * width;
			const end = start + width;

			let squares = 0;
			for (let i = start; i < end; i++) squares += x[i] * x[i];

			const scale = Math.fround(1 / Math.sqrt(squares / width + EPSILON));
			scales[group] = scale;
			for (let i = start; i < end; i++) y[i] = x[i] * scale;
		}
	},

	// x + |x| is twice the positive part: exact, and without a branch that half of all x would miss

	squaredReLU({ values: x }, { values: y }) {
		for (let i = 0; i < y.length; i++) {
			const positive = (x[i] + Math.abs(x[i])) / 2;
			y[i] = positive * positive;
		}
	},

	rotate(x, y, angles, start, direction, adding) {
		const half = angles.cos.columns;
		const { values: from } = x;
		const { values: to } = y;
		const { values: cosines } = angles.cos;
		const { values: sines } = angles.sin;

		for (let row = 0; row < x.rows; row++) {
			const angle = (start + row) * half;

			for (let head = 0; head < x.columns; head += 2 * half) {
				const at = row * x.columns + head;

				for (let j = 0; j < half; j++) {
					const cos = cosines[angle + j];
					const sin = direction * sines[angle + j];
					const a = from[at + j];
					const b = from[at + j + half];
					const turnedA = a * cos - b * sin;
					const turnedB = a * sin + b * cos;
					to[at + j] = adding ? to[at + j] + turnedA : turnedA;
					to[at + j + half] = adding ? to[at + j + half] + turnedB : turnedB;
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

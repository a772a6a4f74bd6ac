/** The loops that training needs beyond those of `kernels.ts`, in plain TypeScript. */

import type { AdamMove } from './adam.ts';
import { type AttendBackward, attendBackward } from './attention-backward.ts';
import type { Backend } from './backend.ts';
import { exp } from './exact.ts';
import type { Kernels } from './kernels.ts';
import type { Matrix } from './matrix.ts';
import { wasmTrainingKernels } from './wasm/training.ts';

export interface TrainingKernels extends Kernels {
	/** y += x, row by row. Numbers of a row must be neighbours. */
	accumulate(x: Matrix, y: Matrix): void;
	/** dx += (dy − y · mean(y·dy)) · scale for each group of `width` */
	normaliseBackward(y: Matrix, dy: Matrix, dx: Matrix, scales: Matrix, width: number): void;
	/** dx = 2 · max(0, x) · dy, or dx += with `adding` */
	squaredReLUBackward(x: Matrix, dy: Matrix, dx: Matrix, adding: boolean): void;
	/** gradient = P ∘ (gradient − rowsum(P ∘ gradient)) · scale. Rows of both must be contiguous. */
	softmaxBackward(probabilities: Matrix, gradient: Matrix, scale: number): void;
	/** The largest number of a row. */
	maximum(x: Matrix, row: number): number;
	/**
	 * Σ exp(x − largest) over a row, in which no number may be larger.
	 *
	 * @param doubles [1 × 2 · (columns + 1)], where the exponentials are left for `scaled`
	 */
	exponentials(x: Matrix, row: number, largest: number, doubles: Matrix): number;
	/** y = exponentials · scale, for a row. */
	scaled(doubles: Matrix, y: Matrix, row: number, scale: number): void;
	/** Here, not on the tape, so that only a page that trains needs to load it. */
	attendBackward: AttendBackward;
	/** One step of Adam. See `adam.ts`. */
	move(weights: Matrix, gradients: Matrix, averages: Matrix, squares: Matrix, by: AdamMove): void;
}

export function trainingKernels(backend: Backend): TrainingKernels {
	const kernels: TrainingKernels = {
		...backend.kernels,
		...(backend.wasm ? wasmTrainingKernels(backend.wasm) : plainTrainingKernels),
		attendBackward: (...parameters) => attendBackward(kernels, ...parameters)
	};
	return kernels;
}

export const plainTrainingKernels: Omit<TrainingKernels, keyof Kernels | 'attendBackward'> = {
	accumulate(x, y) {
		const { memory, rows, columns } = y;
		for (let row = 0; row < rows; row++) {
			const from = x.offset + row * x.rowStride;
			const to = y.offset + row * y.rowStride;
			for (let i = 0; i < columns; i++) memory[to + i] += memory[from + i];
		}
	},

	normaliseBackward({ values: y }, { values: dy }, { values: dx }, { values: scales }, width) {
		for (let group = 0; group < scales.length; group++) {
			const start = group * width;
			const end = start + width;

			let product = 0;
			for (let i = start; i < end; i++) product += y[i] * dy[i];

			const mean = product / width;
			const scale = scales[group];
			for (let i = start; i < end; i++) dx[i] += (dy[i] - y[i] * mean) * scale;
		}
	},

	squaredReLUBackward({ values: x }, { values: dy }, { values: dx }, adding) {
		if (adding) for (let i = 0; i < dx.length; i++) dx[i] += (x[i] + Math.abs(x[i])) * dy[i];
		else for (let i = 0; i < dx.length; i++) dx[i] = (x[i] + Math.abs(x[i])) * dy[i];
	},

	softmaxBackward(probabilities, gradient, scale) {
		const { memory, columns } = gradient;

		for (let row = 0; row < gradient.rows; row++) {
			const p = probabilities.offset + row * probabilities.rowStride;
			const g = gradient.offset + row * gradient.rowStride;

			let mean = 0;
			for (let i = 0; i < columns; i++) mean += memory[p + i] * memory[g + i];
			for (let i = 0; i < columns; i++) {
				memory[g + i] = memory[p + i] * (memory[g + i] - mean) * scale;
			}
		}
	},

	maximum({ values: x, columns }, row) {
		let largest = -Infinity;
		for (let i = row * columns; i < (row + 1) * columns; i++) if (x[i] > largest) largest = x[i];
		return largest;
	},

	exponentials({ values: x, columns }, row, largest, doubles) {
		const results = asDoubles(doubles);
		let total = 0;
		for (let i = 0; i < columns; i++) total += results[i] = exp(x[row * columns + i] - largest);
		return total;
	},

	scaled(doubles, { values: y, columns }, row, scale) {
		const results = asDoubles(doubles);
		for (let i = 0; i < columns; i++) y[row * columns + i] = results[i] * scale;
	},

	move(
		{ values: weights },
		{ values: gradients },
		{ values: averages },
		{ values: squares },
		{ scale, keep1, keep2, rate, grow, epsilon, shrink }
	) {
		const take1 = 1 - keep1;
		const take2 = 1 - keep2;

		for (let i = 0; i < weights.length; i++) {
			const gradient = gradients[i] * scale;
			const average = keep1 * averages[i] + take1 * gradient;
			const square = keep2 * squares[i] + take2 * gradient * gradient;
			averages[i] = average;
			squares[i] = square;
			weights[i] = weights[i] * shrink - (rate * average) / (Math.sqrt(square) * grow + epsilon);
		}
	}
};

function asDoubles({ memory, offset, columns }: Matrix): Float64Array {
	return new Float64Array(memory.buffer, 4 * offset, columns / 2);
}

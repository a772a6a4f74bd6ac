import type { TrainingKernels } from '../training-kernels.ts';
import { lossKernels } from './loss.ts';
import type { Matrix } from '../matrix.ts';
import { rowKernels } from './rows.ts';
import { causalSoftmax } from './softmax.ts';
import { at, compile } from './kernels.ts';

const rowAt = ({ offset, rowStride }: Matrix, row: number): number =>
	4 * (offset + row * rowStride);
const bytes = ({ rows, columns }: Matrix): number => 4 * rows * columns;

/** All that `wasmKernels` leaves: in plain TypeScript, it would be two fifths of a step of training. */
export function wasmTrainingKernels(
	memory: WebAssembly.Memory
): Omit<TrainingKernels, 'matmul' | 'attendBackward'> {
	const wasm = compile([...rowKernels, ...lossKernels, causalSoftmax], memory);
	return {
		copyTransposed: (from, to) =>
			wasm.copyTransposed(
				at(from),
				at(to),
				from.rows,
				from.columns,
				4 * from.rowStride,
				4 * to.rowStride
			),

		sum: (a, b, y) => wasm.sum(at(a), at(b), at(y), bytes(y)),

		accumulate: (x, y) =>
			wasm.accumulate(at(x), at(y), y.rows, 4 * y.columns, 4 * x.rowStride, 4 * y.rowStride),

		normalise: (x, y, scales, width) =>
			wasm.normalise(at(x), at(y), at(scales), scales.columns, 4 * width, width),

		normaliseBackward: (y, dy, dx, scales, width) =>
			wasm.normaliseBackward(at(y), at(dy), at(dx), at(scales), scales.columns, 4 * width, width),

		squaredReLU: (x, y) => wasm.squaredReLU(at(x), at(y), bytes(y)),

		squaredReLUBackward: (x, dy, dx, adding) =>
			wasm.squaredReLUBackward(at(x), at(dy), at(dx), bytes(dx), adding ? 1 : 0),

		rotate: (x, y, { cos, sin }, start, direction, adding) =>
			wasm.rotate(
				at(x),
				at(y),
				rowAt(cos, start),
				rowAt(sin, start),
				x.rows,
				x.columns / (2 * cos.columns),
				4 * cos.columns,
				direction,
				adding ? 1 : 0
			),

		causalSoftmax: (scores, firstPosition, scale) =>
			wasm.causalSoftmax(
				at(scores),
				scores.rows,
				4 * scores.rowStride,
				4 * scores.columns,
				4 * (firstPosition + 1),
				scale
			),

		softmaxBackward: (probabilities, gradient, scale) =>
			wasm.softmaxBackward(
				at(probabilities),
				at(gradient),
				gradient.rows,
				4 * gradient.columns,
				4 * probabilities.rowStride,
				4 * gradient.rowStride,
				scale
			),

		maximum: (x, row) => wasm.maximum(rowAt(x, row), 4 * x.columns),

		exponentials: (x, row, largest, doubles) =>
			wasm.exponentials(rowAt(x, row), 4 * x.columns, largest, at(doubles)),

		scaled: (doubles, y, row, scale) =>
			wasm.scaled(at(doubles), rowAt(y, row), 4 * y.columns, scale),

		move: (weights, gradients, averages, squares, by) =>
			wasm.move(
				at(weights),
				at(gradients),
				at(averages),
				at(squares),
				bytes(weights),
				by.scale,
				by.keep1,
				1 - by.keep1,
				by.keep2,
				1 - by.keep2,
				by.rate,
				by.grow,
				by.epsilon,
				by.shrink
			)
	};
}

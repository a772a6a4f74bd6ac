import { describe, expect, test } from 'vitest';
import { type Backend, createBackend } from './backend.ts';
import { exp } from './exact.ts';
import type { Matrix } from './matrix.ts';
import { Random } from './random.ts';
import { rotaryAngles } from './rotary.ts';
import { type TrainingKernels, trainingKernels } from './training-kernels.ts';

/** What a kernel leaves in all matrices that it is given, and what it returns. */
type Trial = (kernels: TrainingKernels, matrix: NewMatrix, backend: Backend) => unknown;
type NewMatrix = (rows: number, columns: number) => Matrix;

function run(kind: 'wasm' | 'plain', trial: Trial, fill: (random: Random) => number) {
	const backend = createBackend(kind, 4e6);
	const random = new Random(1);
	const all: Matrix[] = [];
	const result = trial(
		trainingKernels(backend),
		(rows, columns) => {
			const matrix = backend.allocate(rows, columns);
			for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = fill(random);
			all.push(matrix);
			return matrix;
		},
		backend
	);
	// as bits, in which 0 and -0 differ
	const bits = all.map(({ values }) => [...new Uint32Array(values.slice().buffer)]);
	return { result, bits };
}

const lengths = [1, 2, 3, 4, 5, 7, 8, 30, 33];

const trials: Record<string, (length: number) => Trial> = {
	sum: (length) => (kernels, matrix) =>
		kernels.sum(matrix(3, length), matrix(3, length), matrix(3, length)),
	accumulate: (length) => (kernels, matrix) => {
		kernels.accumulate(matrix(3, length), matrix(3, length));
		// windows into larger matrices
		kernels.accumulate(
			matrix(4, length + 3).slice(1, 4, 2, length + 2),
			matrix(5, length + 1).slice(0, 3, 0, length)
		);
	},
	normalise: (length) => (kernels, matrix) =>
		kernels.normalise(matrix(6, length), matrix(6, length), matrix(1, 6), length),
	normaliseBackward: (length) => (kernels, matrix) =>
		kernels.normaliseBackward(
			matrix(3, 2 * length),
			matrix(3, 2 * length),
			matrix(3, 2 * length),
			matrix(1, 6),
			length
		),
	squaredReLU: (length) => (kernels, matrix) =>
		kernels.squaredReLU(matrix(2, length), matrix(2, length)),
	squaredReLUBackward: (length) => (kernels, matrix) =>
		kernels.squaredReLUBackward(matrix(2, length), matrix(2, length), matrix(2, length), false),
	'squaredReLUBackward, adding': (length) => (kernels, matrix) =>
		kernels.squaredReLUBackward(matrix(2, length), matrix(2, length), matrix(2, length), true),
	rotate: (length) => (kernels, matrix, backend) => {
		const angles = rotaryAngles(backend, 9, 2 * length);
		kernels.rotate(matrix(4, 6 * length), matrix(4, 6 * length), angles, 5, 1, false);
		kernels.rotate(matrix(4, 6 * length), matrix(4, 6 * length), angles, 0, -1, true);
	},
	copyTransposed: (length) => (kernels, matrix) => {
		kernels.copyTransposed(matrix(length, 9), matrix(9, length));
		kernels.copyTransposed(matrix(9, length), matrix(length, 9));
		// windows into larger matrices
		kernels.copyTransposed(
			matrix(8, length + 3).slice(1, 7, 2, length + 2),
			matrix(length + 1, 9).slice(1, length + 1, 3, 9)
		);
	},
	causalSoftmax: (length) => (kernels, matrix) => {
		kernels.causalSoftmax(matrix(length, length), 0, 0.3);
		kernels.causalSoftmax(matrix(6, length + 9).slice(1, 5, 0, length + 4), length, 40);
	},
	softmaxBackward: (length) => (kernels, matrix) =>
		kernels.softmaxBackward(
			matrix(7, length + 3).slice(2, 7, 1, length + 1),
			matrix(6, length + 5).slice(1, 6, 0, length),
			0.3
		),
	exponentials: (length) => (kernels, matrix, backend) => {
		const [x, y] = [matrix(3, length), matrix(3, length)];
		const doubles = backend.allocate(1, 2 * (length + 1));
		return [0, 1, 2].map((row) => {
			const largest = kernels.maximum(x, row);
			const total = kernels.exponentials(x, row, largest, doubles);
			kernels.scaled(doubles, y, row, 0.01);
			return [largest, total];
		});
	},
	move: (length) => (kernels, matrix) => {
		const squares = matrix(1, length);
		for (let i = 0; i < length; i++) squares.values[i] *= squares.values[i];
		kernels.move(matrix(1, length), matrix(1, length), matrix(1, length), squares, {
			scale: 0.7,
			keep1: 0.9,
			keep2: 0.95,
			rate: 0.004,
			grow: 1.3,
			epsilon: 1e-8,
			shrink: 0.999
		});
	}
};

/** Ordinary numbers, and the rims of what a float can hold. */
const fills: Record<string, (random: Random) => number> = {
	'ordinary numbers': (random) => random.normal(),
	'numbers of all sizes': (random) => random.normal() * 10 ** (random.below(40) - 20),
	'zeros of both signs': (random) => [0, -0, 1, -1][random.below(4)],
	'infinities and numbers that are none': (random) =>
		[Infinity, -Infinity, NaN, 1, -2][random.below(5)]
};

describe.each(Object.keys(trials))('%s', (name) => {
	test.each(Object.keys(fills))('gives the same bits in WebAssembly with %s', (fill) => {
		for (const length of lengths) {
			const wasm = run('wasm', trials[name](length), fills[fill]);
			const plain = run('plain', trials[name](length), fills[fill]);
			expect(same(wasm), `length ${length}`).toEqual(same(plain));
		}
	});
});

/** All that is not a number looks alike: which of its bit patterns comes out is left to the engine. */
function same({ result, bits }: ReturnType<typeof run>) {
	const isNaN = (word: number) => (word & 0x7fffffff) > 0x7f800000;
	return { result, bits: bits.map((words) => words.map((w) => (isNaN(w) ? 'NaN' : w))) };
}

test('the exponential in WebAssembly is that of exact.ts, for every size of number', () => {
	const backend = createBackend('wasm', 4e6);
	const kernels = trainingKernels(backend);
	const [x, y] = [backend.allocate(1, 40001), backend.allocate(1, 40001)];
	const doubles = backend.allocate(1, 2 * 40002);
	for (let i = 0; i < 40000; i++) x.values[i] = -(1.0007 ** i) * 1e-9;
	x.values[40000] = -Infinity;
	for (const scale of [1, 1e30]) {
		kernels.exponentials(x, 0, 0, doubles);
		kernels.scaled(doubles, y, 0, scale);
		expect(y.values).toEqual(x.values.map((value) => exp(value) * scale));
	}
});

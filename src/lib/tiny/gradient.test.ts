import { describe, expect, test } from 'vitest';
import { createBackend } from './backend.ts';
import { score, think } from './gpt.ts';
import { crossEntropy } from './loss.ts';
import type { Matrix } from './matrix.ts';
import { Random } from './random.ts';
import { rotaryAngles } from './rotary.ts';
import { Tape } from './tape.ts';
import type { Tensor, Weight } from './tensor.ts';
import { trainingKernels } from './training-kernels.ts';
import { Weights } from './weights.ts';

/**
 * The slope of the loss along one number, measured by moving it a little both ways, must be the
 * gradient that `backward` gives. Single precision leaves about three digits for the comparison,
 * so each number is compared on the scale of the largest gradient of its matrix.
 */
function expectGradients(inputs: Matrix[], gradients: Matrix[], loss: () => number, step = 1e-2) {
	inputs.forEach((input, which) => {
		const analytic = Array.from(gradients[which].values);
		const scale = Math.max(...analytic.map(Math.abs));
		expect(scale).toBeGreaterThan(0);

		const stride = Math.max(1, Math.floor(analytic.length / 40));
		for (let i = 0; i < analytic.length; i += stride) {
			const kept = input.values[i];
			input.values[i] = kept + step;
			const above = loss();
			input.values[i] = kept - step;
			const below = loss();
			input.values[i] = kept;
			const numeric = (above - below) / (2 * step);
			expect(Math.abs(numeric - analytic[i]) / scale, `input ${which}, number ${i}`).toBeLessThan(
				0.02
			);
		}
	});
}

const random = new Random(1);
const backend = createBackend('plain', 4e6);
const kernels = trainingKernels(backend);

function tensor(rows: number, columns: number): Weight {
	const value = backend.allocate(rows, columns);
	for (let i = 0; i < value.values.length; i++) value.values[i] = random.normal();
	return {
		name: 'input',
		value,
		gradient: backend.allocate(rows, columns),
		transposed: backend.allocate(columns, rows)
	};
}

function transpose({ value, transposed }: Weight) {
	for (let i = 0; i < value.rows; i++) {
		for (let j = 0; j < value.columns; j++) {
			transposed.values[j * value.rows + i] = value.values[i * value.columns + j];
		}
	}
}

/** Compares the gradients of Σ result ∘ (fixed random numbers). */
function check(inputs: Weight[], operation: (tape: Tape) => Tensor) {
	const tape = new Tape(backend, kernels);
	inputs.forEach(transpose);
	const result = operation(tape);
	const direction = Array.from(result.value.values, () => random.normal());
	result.gradient.values.set(direction);
	tape.backward();
	tape.reset();

	tape.recording = false;
	expectGradients(
		inputs.map(({ value }) => value),
		inputs.map(({ gradient }) => gradient),
		() => {
			inputs.forEach(transpose);
			const { values } = operation(tape).value;
			const loss = values.reduce((sum, value, i) => sum + value * direction[i], 0);
			tape.reset();
			return loss;
		}
	);
}

describe('each operation flows its gradient back', () => {
	test('embed', () => {
		const table = tensor(5, 6);
		check([table], (tape) => tape.embed(table, [3, 1, 3, 0]));
	});

	test('project', () => {
		const [x, w] = [tensor(7, 6), tensor(6, 10)];
		check([x, w], (tape) => tape.project(x, w));
	});

	test('unembed', () => {
		const [x, table] = [tensor(7, 6), tensor(9, 6)];
		check([x, table], (tape) => tape.unembed(x, table));
	});

	test('add, also of a value to itself', () => {
		const [a, b] = [tensor(3, 5), tensor(3, 5)];
		check([a, b], (tape) => tape.add(tape.add(a, b), a));
	});

	test('normalise, over rows and over heads', () => {
		const x = tensor(3, 8);
		check([x], (tape) => tape.normalise(x));
		const y = tensor(3, 8);
		check([y], (tape) => tape.normalise(y, 4));
	});

	test('squaredReLU', () => {
		const x = tensor(4, 5);
		check([x], (tape) => tape.squaredReLU(x));
	});

	test('shift', () => {
		const x = tensor(5, 6);
		check([x], (tape) => tape.shift(x));
	});

	test('rotate', () => {
		const x = tensor(6, 8);
		const angles = rotaryAngles(backend, 10, 4);
		check([x], (tape) => tape.rotate(x, angles, 3));
	});

	test('attend, within one block and across several', () => {
		for (const rows of [5, 70]) {
			const [q, k, v] = [tensor(rows, 8), tensor(rows, 8), tensor(rows, 8)];
			check([q, k, v], (tape) => tape.attend(q, k, v, 2));
		}
	});

	test('crossEntropy', () => {
		const logits = tensor(4, 7);
		const targets = [2, 0, 6, 2];
		crossEntropy(backend, kernels, logits, targets, 1);
		expectGradients([logits.value], [logits.gradient], () =>
			crossEntropy(backend, kernels, logits, targets)
		);
	});
});

test('the whole model flows its gradient back to every weight', () => {
	const config = { vocabulary: 11, context: 12, width: 8, heads: 2, layers: 2 };
	const weights = new Weights(config, createBackend('plain', 4e6), true);
	for (let i = 0; i < weights.values.length; i++) weights.values[i] = 0.4 * random.normal();
	weights.changed();

	const tokens = [1, 5, 3, 10, 0, 5, 5, 2, 7];
	const targets = [...tokens.slice(1), 4];
	const tape = new Tape(weights.backend, kernels);
	const loss = () => {
		const logits = score(tape, weights, think(tape, weights, tokens));
		return crossEntropy(weights.backend, kernels, logits, targets, tape.recording ? 1 : undefined);
	};
	loss();
	tape.backward();
	tape.reset();

	tape.recording = false;
	expectGradients(
		weights.all.map(({ value }) => value),
		weights.all.map(({ gradient }) => gradient),
		() => {
			weights.changed();
			const result = loss();
			tape.reset();
			return result;
		},
		2e-3
	);
});

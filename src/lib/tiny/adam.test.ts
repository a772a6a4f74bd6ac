import { describe, expect, test } from 'vitest';
import { ADAM, Adam } from './adam.ts';
import { createBackend } from './backend.ts';
import { trainingKernels } from './training-kernels.ts';

describe.each(['wasm', 'plain'] as const)('Adam on %s', (kind) => {
	const backend = createBackend(kind, 1e6);

	function row(...values: number[]) {
		const matrix = backend.allocate(1, values.length);
		matrix.values.set(values);
		return matrix;
	}

	const adam = (settings = {}) =>
		new Adam({ ...ADAM, ...settings }, trainingKernels(backend), backend, 2);

	test('the first step moves every weight by the learning rate, against its gradient', () => {
		const weights = row(1, -1);
		adam({ weightDecay: 0 }).step(weights, row(0.5, -0.001), 0.1);
		expect(weights.values[0]).toBeCloseTo(0.9, 4);
		expect(weights.values[1]).toBeCloseTo(-0.9, 4);
	});

	test('two steps follow the formula of the paper', () => {
		const weights = row(1, 2);
		const optimiser = adam({ weightDecay: 0.1, clip: 100 });
		optimiser.step(weights, row(0.3, -0.2), 0.01);
		optimiser.step(weights, row(-0.1, -0.4), 0.02);

		[
			[1, 0.3, -0.1],
			[2, -0.2, -0.4]
		].forEach(([weight, first, second], i) => {
			let [w, m, v] = [weight, 0, 0];
			[
				[first, 0.01],
				[second, 0.02]
			].forEach(([gradient, rate], step) => {
				m = 0.9 * m + 0.1 * gradient;
				v = 0.95 * v + 0.05 * gradient * gradient;
				const [mHat, vHat] = [m / (1 - 0.9 ** (step + 1)), v / (1 - 0.95 ** (step + 1))];
				w -= rate * (mHat / (Math.sqrt(vHat) + 1e-8) + 0.1 * w);
			});
			expect(weights.values[i]).toBeCloseTo(w, 5);
		});
	});

	test('long gradients are scaled down, and their length is told', () => {
		const [clipped, small] = [adam(), adam()];
		const [a, b] = [row(1, 1), row(1, 1)];
		expect(clipped.step(a, row(30, 40), 0.1)).toBeCloseTo(50, 5);
		expect(small.step(b, row(0.6, 0.8), 0.1)).toBeCloseTo(1, 5);
		expect(a.values[0]).toBeCloseTo(b.values[0], 6);
		expect(clipped.averages.values[1]).toBeCloseTo(small.averages.values[1], 6);
	});

	test('gradients are used up', () => {
		const gradients = row(1, 1);
		adam().step(row(1, 1), gradients, 0.1);
		expect(Array.from(gradients.values)).toEqual([0, 0]);
	});
});

import { expect, test } from 'vitest';
import { ADAM, Adam } from './adam.ts';
import { createBackend } from './backend.ts';

function adam(settings = {}) {
	const backend = createBackend('plain', 1e6);
	return new Adam({ ...ADAM, ...settings }, backend.allocate(1, 2), backend.allocate(1, 2));
}

test('the first step moves every weight by the learning rate, against its gradient', () => {
	const weights = Float32Array.of(1, -1);
	adam({ weightDecay: 0 }).step(weights, Float32Array.of(0.5, -0.001), 0.1);
	expect(weights[0]).toBeCloseTo(0.9, 4);
	expect(weights[1]).toBeCloseTo(-0.9, 4);
});

test('two steps follow the formula of the paper', () => {
	const weights = Float32Array.of(1, 2);
	const optimiser = adam({ weightDecay: 0.1, clip: 100 });
	optimiser.step(weights, Float32Array.of(0.3, -0.2), 0.01);
	optimiser.step(weights, Float32Array.of(-0.1, -0.4), 0.02);

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
		expect(weights[i]).toBeCloseTo(w, 5);
	});
});

test('long gradients are scaled down, and their length is told', () => {
	const [clipped, small] = [adam(), adam()];
	const [a, b] = [Float32Array.of(1, 1), Float32Array.of(1, 1)];
	expect(clipped.step(a, Float32Array.of(30, 40), 0.1)).toBeCloseTo(50, 5);
	expect(small.step(b, Float32Array.of(0.6, 0.8), 0.1)).toBeCloseTo(1, 5);
	expect(a[0]).toBeCloseTo(b[0], 6);
	expect(clipped.averages.values[1]).toBeCloseTo(small.averages.values[1], 6);
});

test('gradients are used up', () => {
	const gradients = Float32Array.of(1, 1);
	adam().step(Float32Array.of(1, 1), gradients, 0.1);
	expect(Array.from(gradients)).toEqual([0, 0]);
});

/**
 * AdamW: each weight moves by its own average gradient divided by its own typical size of gradient,
 * and shrinks a little on its own (Loshchilov and Hutter, https://arxiv.org/abs/1711.05101).
 */

import type { Matrix } from './matrix.ts';

export interface AdamSettings {
	/** share of the old average that is kept at each step, for gradients and for their squares */
	beta1: number;
	beta2: number;
	/** against division by zero */
	epsilon: number;
	/** decay per step, as a share of the learning rate */
	weightDecay: number;
	/** largest length of the whole gradient; longer ones are scaled down to it */
	clip: number;
}

export const ADAM: AdamSettings = {
	beta1: 0.9,
	beta2: 0.95,
	epsilon: 1e-8,
	weightDecay: 0.05,
	clip: 1
};

export class Adam {
	/** beta1 and beta2 to the power of the steps done, by which the averages start too small. */
	power1 = 1;
	power2 = 1;

	/**
	 * @param averages of the gradients, zero at first
	 * @param squares averages of their squares, zero at first
	 */
	constructor(
		readonly settings: AdamSettings,
		readonly averages: Matrix,
		readonly squares: Matrix
	) {}

	/**
	 * Moves the weights, and sets the gradients to zero.
	 *
	 * @returns the length of the gradient before clipping
	 */
	step(weights: Float32Array, gradients: Float32Array, learningRate: number): number {
		const { beta1, beta2, epsilon, weightDecay, clip } = this.settings;
		this.power1 *= beta1;
		this.power2 *= beta2;

		const norm = lengthOf(gradients);
		const scale = norm > clip ? clip / norm : 1;
		move(weights, gradients, this.averages.values, this.squares.values, scale, {
			keep1: beta1,
			keep2: beta2,
			rate: learningRate / (1 - this.power1),
			grow: 1 / Math.sqrt(1 - this.power2),
			epsilon,
			shrink: 1 - learningRate * weightDecay
		});
		gradients.fill(0);
		return norm;
	}
}

function lengthOf(vector: Float32Array): number {
	let squares = 0;
	for (let i = 0; i < vector.length; i++) squares += vector[i] * vector[i];
	return Math.sqrt(squares);
}

function move(
	weights: Float32Array,
	gradients: Float32Array,
	averages: Float32Array,
	squares: Float32Array,
	scale: number,
	by: { keep1: number; keep2: number; rate: number; grow: number; epsilon: number; shrink: number }
): void {
	const { keep1, keep2, rate, grow, epsilon, shrink } = by;
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

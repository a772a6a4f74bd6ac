/**
 * AdamW: each weight moves by its own average gradient divided by its own typical size of gradient,
 * and shrinks a little on its own (Loshchilov and Hutter, https://arxiv.org/abs/1711.05101).
 */

import type { Backend } from './backend.ts';
import type { Matrix } from './matrix.ts';
import type { TrainingKernels } from './training-kernels.ts';

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

/** How far to move: what `step` works out once for all weights. */
export interface AdamMove {
	/** of the gradients, below 1 where they are clipped */
	scale: number;
	/** share of the old averages that is kept */
	keep1: number;
	keep2: number;
	/** the learning rate, and a factor of the root of the squares: both averages start too small */
	rate: number;
	grow: number;
	epsilon: number;
	/** what is left of a weight by itself */
	shrink: number;
}

export class Adam {
	/** beta1 and beta2 to the power of the steps done, by which the averages start too small. */
	power1 = 1;
	power2 = 1;

	/** Averages of the gradients. */
	readonly averages: Matrix;
	/** Averages of their squares. */
	readonly squares: Matrix;

	/** @param count weights to move; the backend needs room for two numbers for each */
	constructor(
		readonly settings: AdamSettings,
		private readonly kernels: TrainingKernels,
		backend: Backend,
		count: number
	) {
		this.averages = backend.allocate(1, count);
		this.squares = backend.allocate(1, count);
	}

	/**
	 * Moves the weights, and sets the gradients to zero.
	 *
	 * @returns the length of the gradient before clipping
	 */
	step(weights: Matrix, gradients: Matrix, learningRate: number): number {
		const { beta1, beta2, epsilon, weightDecay, clip } = this.settings;
		this.power1 *= beta1;
		this.power2 *= beta2;

		const norm = lengthOf(gradients.values);
		this.kernels.move(weights, gradients, this.averages, this.squares, {
			scale: norm > clip ? clip / norm : 1,
			keep1: beta1,
			keep2: beta2,
			rate: learningRate / (1 - this.power1),
			grow: 1 / Math.sqrt(1 - this.power2),
			epsilon,
			shrink: 1 - learningRate * weightDecay
		});
		gradients.values.fill(0);
		return norm;
	}
}

function lengthOf(vector: Float32Array): number {
	let squares = 0;
	for (let i = 0; i < vector.length; i++) squares += vector[i] * vector[i];
	return Math.sqrt(squares);
}

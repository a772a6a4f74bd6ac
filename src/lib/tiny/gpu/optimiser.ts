import type { AdamSettings } from '../adam.ts';
import type { Gpu } from './device.ts';
import * as kernels from './kernels.ts';
import type { Parameters } from './operations.ts';
import { type Pipelines, Program, submit } from './program.ts';

/** Sums of squares that are made side by side, and then added up. */
const PARTS = 64;

/** AdamW (see `adam.ts`) on the GPU: from the gradients of all passes to new weights. */
export class Optimiser {
	/** Averages of the gradients and of their squares, [parameters] each. */
	readonly averages: GPUBuffer;
	readonly squares: GPUBuffer;
	/** beta1 and beta2 to the power of the steps done. */
	power1 = 1;
	power2 = 1;

	readonly #gpu: Gpu;
	readonly #program: Program;

	constructor(
		gpu: Gpu,
		pipelines: Pipelines,
		readonly settings: AdamSettings,
		{ weights, gradients, results }: Parameters,
		count: number
	) {
		this.#gpu = gpu;
		const averages = (this.averages = gpu.storage(count));
		const squares = (this.squares = gpu.storage(count));
		const parts = gpu.storage(PARTS);
		const { beta1, beta2, epsilon, clip } = settings;

		this.#program = new Program(gpu, pipelines);
		this.#program.rows(kernels.sumOfSquares, { x: gradients, parts }, { count, rows: PARTS });
		this.#program.rows(kernels.sum, { x: parts, into: results }, { count: PARTS, at: 1, rows: 1 });
		this.#program.each(
			kernels.adam,
			{ results, weights, gradients, averages, squares },
			{
				count,
				clip,
				epsilon,
				keep1: beta1,
				take1: 1 - beta1,
				keep2: beta2,
				take2: 1 - beta2,
				// of each step
				targets: 1,
				rate: 0,
				grow: 1,
				shrink: 1
			}
		);
	}

	/** Submits one move of the weights by the gradient summed over so many targets. */
	step(learningRate: number, targets: number): void {
		const { beta1, beta2, weightDecay } = this.settings;
		this.power1 *= beta1;
		this.power2 *= beta2;
		this.#program.set(kernels.adam, {
			targets,
			rate: learningRate / (1 - this.power1),
			grow: 1 / Math.sqrt(1 - this.power2),
			shrink: 1 - learningRate * weightDecay
		});
		submit(this.#gpu, [this.#program]);
	}
}

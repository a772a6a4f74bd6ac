import { ADAM } from '../adam.ts';
import { bytesFor, createBackend } from '../backend.ts';
import { type CheckpointState, decodeCheckpoint, encodeCheckpoint } from '../checkpoint.ts';
import { operationsOfEvaluation, operationsOfTraining } from '../count.ts';
import { type Config, parameterCount } from '../gpt.ts';
import { countTargets } from '../targets.ts';
import { Weights, checkConfig } from '../weights.ts';
import { Gpu } from './device.ts';
import * as kernels from './kernels.ts';
import { matmul } from './matmul.ts';
import { sequencesPerPass } from './memory.ts';
import type { Parameters } from './operations.ts';
import { Optimiser } from './optimiser.ts';
import { Passes } from './passes.ts';
import { type Pipelines, compile } from './program.ts';

export interface GpuTrainerOptions {
	config: Config;
	/** of the initial weights */
	seed: number;
	/** decay of the weights per step, as a share of the learning rate; by default 0.05 */
	weightDecay?: number;
	/** largest length of the gradient of a step, longer ones are scaled down; by default 1 */
	clip?: number;
	/** to go on from, for the same shape; its own seed, decay and clip then count */
	checkpoint?: Uint8Array;
}

/** What a trainer begins with. */
interface Start {
	state: CheckpointState;
	/** weights, averages and squares: [parameters] each; averages and squares zero if missing */
	arrays: Float32Array[];
	angles: { cosines: Float32Array; sines: Float32Array };
}

/**
 * Trains a model on the GPU, as `Trainer` does on the processor: the same initial weights from the
 * same seed, the same mathematics in single precision, the same checkpoints. Sums are taken in
 * another order, so the numbers agree to about six digits and not to the last bit.
 *
 * When the device is lost or refuses something, all promises reject at once and all later ones
 * with the same error (a `GpuLostError` for a loss). What was learned since the last checkpoint is
 * gone then. The device belongs to the caller and is not destroyed.
 */
export class GpuTrainer {
	readonly config: Config;
	readonly seed: number;
	/** Steps done or under way. */
	steps: number;
	/** Tokens learned from: targets, all steps together. */
	tokens: number;
	/** Multiplications and additions of all steps and evaluations, as `Trainer` counts them. */
	operations: number;

	readonly #gpu: Gpu;
	readonly #parameters: Parameters;
	readonly #passes: Passes;
	readonly #optimiser: Optimiser;

	private constructor(gpu: Gpu, pipelines: Pipelines, { state, arrays, angles }: Start) {
		const { config, seed, steps, tokens, operations, adam, power1, power2 } = state;
		const count = parameterCount(config);
		this.config = config;
		this.seed = seed;
		this.steps = steps;
		this.tokens = tokens;
		this.operations = operations;
		this.#gpu = gpu;
		this.#parameters = {
			weights: gpu.storage(count),
			gradients: gpu.storage(count),
			cosines: gpu.storage(angles.cosines.length),
			sines: gpu.storage(angles.sines.length),
			results: gpu.storage(2)
		};
		this.#passes = new Passes(gpu, pipelines, config, this.#parameters);
		this.#optimiser = new Optimiser(gpu, pipelines, adam, this.#parameters, count);
		this.#optimiser.power1 = power1;
		this.#optimiser.power2 = power2;

		const { weights, cosines, sines } = this.#parameters;
		const { averages, squares } = this.#optimiser;
		arrays.forEach((array, i) => gpu.write([weights, averages, squares][i], array));
		gpu.write(cosines, angles.cosines);
		gpu.write(sines, angles.sines);
	}

	/**
	 * @throws when no model can have this shape, when the device has no room for it, when it is or
	 * gets lost, and when the checkpoint is none, is damaged, or is of another shape
	 */
	static async create(device: GPUDevice, options: GpuTrainerOptions): Promise<GpuTrainer> {
		const start = startOf(options);
		const { config } = start.state;
		checkRoom(config, device);

		const gpu = new Gpu(device);
		const pipelines = await gpu.ask(() => compile(gpu, [matmul, ...Object.values(kernels)]));
		return gpu.ask(() => new GpuTrainer(gpu, pipelines, start));
	}

	/**
	 * One step: the gradient of the mean loss over all targets, then one move of the weights. May be
	 * called again before it is done; steps are taken in the order of the calls.
	 *
	 * @param sequences of 2 to context + 1 tokens; each token but the first is a target
	 * @returns the mean loss in nats per token before the move, and the length of the gradient
	 */
	async step(
		sequences: ArrayLike<number>[],
		learningRate: number
	): Promise<{ loss: number; gradientNorm: number }> {
		const targets = countTargets(this.config, sequences);
		if (!Number.isFinite(learningRate)) {
			throw new Error(`A learning rate must be a finite number, not ${learningRate}`);
		}
		const [loss, squares] = await this.#gpu.ask(() => {
			this.#gpu.clear(this.#parameters.results);
			this.#passes.run(sequences, true);
			this.#optimiser.step(learningRate, targets);
			this.steps++;
			this.tokens += targets;
			this.operations += operationsOfTraining(this.config, lengthsOf(sequences)).total;
			return this.#results();
		});
		return { loss: loss / targets, gradientNorm: Math.sqrt(squares) / targets };
	}

	/** The mean loss in nats per token; changes nothing but `operations`. */
	async evaluate(sequences: ArrayLike<number>[]): Promise<number> {
		const targets = countTargets(this.config, sequences);
		const [loss] = await this.#gpu.ask(() => {
			this.#gpu.clear(this.#parameters.results);
			this.#passes.run(sequences, false);
			this.operations += operationsOfEvaluation(this.config, lengthsOf(sequences)).total;
			return this.#results();
		});
		return loss / targets;
	}

	/** A copy of all weights, in the order of `shapes`. */
	async weights(): Promise<Float32Array<ArrayBuffer>> {
		const [weights] = await this.#gpu.ask(() => this.#gpu.read([this.#parameters.weights]));
		return weights;
	}

	/** One weight, in the order of `shapes`, with what the optimiser remembers of it. */
	async at(index: number): Promise<{ value: number; average: number; square: number }> {
		const { averages, squares } = this.#optimiser;
		const [value, average, square] = await this.#gpu.ask(() =>
			this.#gpu.readOne([this.#parameters.weights, averages, squares], index)
		);
		return { value, average, square };
	}

	/**
	 * Everything needed to go on, here or on the processor by `Trainer.restore`: of all steps whose
	 * calls came before.
	 */
	async checkpoint(): Promise<Uint8Array<ArrayBuffer>> {
		const { config, seed, steps, tokens, operations } = this;
		const { settings, power1, power2, averages, squares } = this.#optimiser;
		const state = { config, seed, steps, tokens, operations, adam: settings, power1, power2 };
		const { weights } = this.#parameters;
		const arrays = await this.#gpu.ask(() => this.#gpu.read([weights, averages, squares]));
		return encodeCheckpoint({ state, arrays });
	}

	/**
	 * The scores that follow each of up to `context` tokens, to compare with the processor's.
	 *
	 * @returns [tokens × vocabulary]
	 */
	async logits(tokens: ArrayLike<number>): Promise<Float32Array<ArrayBuffer>> {
		const sequence = [...Array.from(tokens), 0];
		countTargets(this.config, [sequence]);
		const [logits] = await this.#gpu.ask(() => this.#gpu.read([this.#passes.score(sequence)]));
		return logits.subarray(0, tokens.length * this.config.vocabulary);
	}

	/** The gradient of the mean loss, in the order of `shapes`, to compare; changes nothing. */
	async gradients(sequences: ArrayLike<number>[]): Promise<Float32Array<ArrayBuffer>> {
		const targets = countTargets(this.config, sequences);
		const { gradients } = this.#parameters;
		const [sums] = await this.#gpu.ask(() => {
			this.#passes.run(sequences, true);
			const read = this.#gpu.read([gradients]);
			this.#gpu.clear(gradients);
			return read;
		});
		return sums.map((sum) => sum / targets);
	}

	/** Gives all memory on the GPU back. What waits, and what is asked later, rejects. */
	dispose(): void {
		this.#gpu.end(new Error('This training on the GPU has been ended'));
	}

	/** The summed loss, and the squared length of the summed gradient. */
	async #results(): Promise<Float32Array> {
		const [results] = await this.#gpu.read([this.#parameters.results]);
		return results;
	}
}

const lengthsOf = (sequences: ArrayLike<number>[]) => sequences.map(({ length }) => length);

/** The weights of the processor's trainer for this seed, or what the checkpoint holds. */
function startOf({ config, seed, weightDecay, clip, checkpoint }: GpuTrainerOptions): Start {
	checkConfig(config);
	const { vocabulary, context, width, heads } = config;
	const numbers = parameterCount(config) + vocabulary * width + (context * width) / heads;
	const initial = new Weights(config, createBackend('plain', bytesFor(numbers + 64)), false);
	const angles = { cosines: initial.angles.cos.values, sines: initial.angles.sin.values };

	if (checkpoint) {
		const { state, arrays } = decodeCheckpoint(checkpoint, 3, parameterCount);
		const names = ['vocabulary', 'context', 'width', 'heads', 'layers'] as const;
		if (names.some((name) => state.config[name] !== config[name])) {
			throw new Error('The checkpoint is of a model of another shape');
		}
		const { weightDecay, clip } = state.adam;
		return { state: { ...state, adam: { ...ADAM, weightDecay, clip } }, arrays, angles };
	}

	initial.initialise(seed);
	const adam = {
		...ADAM,
		weightDecay: weightDecay ?? ADAM.weightDecay,
		clip: clip ?? ADAM.clip
	};
	const done = { steps: 0, tokens: 0, operations: 0, power1: 1, power2: 1 };
	return { state: { config, seed, adam, ...done }, arrays: [initial.values], angles };
}

/** @throws when a device with these limits cannot train a model of this shape */
function checkRoom(config: Config, { limits }: GPUDevice): void {
	// a checkpoint is read through one buffer for three of its kind
	const most = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize / 3);
	const bytes = 4 * parameterCount(config);
	if (bytes > most) throw new Error(`The weights take ${bytes} bytes, and the GPU gives ${most}`);
	sequencesPerPass(config, config.context, limits.maxStorageBufferBindingSize);
}

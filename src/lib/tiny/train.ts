import { ADAM, Adam } from './adam.ts';
import { type Backend, bytesFor } from './backend.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { type Config, parameterCount, score, think } from './gpt.ts';
import { crossEntropy } from './loss.ts';
import { Tape } from './tape.ts';
import { countTargets } from './targets.ts';
import { type TrainingKernels, trainingKernels } from './training-kernels.ts';
import { Weights } from './weights.ts';

export interface TrainerOptions {
	config: Config;
	/** of the initial weights */
	seed: number;
	/** see `Trainer.bytesNeeded` */
	backend: Backend;
	/** decay of the weights per step, as a share of the learning rate; by default 0.05 */
	weightDecay?: number;
	/** largest length of the gradient of a step, longer ones are scaled down; by default 1 */
	clip?: number;
}

/**
 * Trains a model, one step at a time. The same seed, sequences and learning rates give the same
 * weights to the last bit, on either backend, with or without a checkpoint in between.
 */
export class Trainer {
	readonly config: Config;
	readonly seed: number;
	readonly backend: Backend;
	readonly weights: Weights;
	/** Steps done. */
	steps = 0;
	/** Tokens learned from: targets, all steps together. */
	tokens = 0;

	readonly #kernels: TrainingKernels;
	readonly #adam: Adam;
	readonly #tape: Tape;
	#operations = 0;

	constructor({
		config,
		seed,
		backend,
		weightDecay = ADAM.weightDecay,
		clip = ADAM.clip
	}: TrainerOptions) {
		this.config = config;
		this.seed = seed;
		this.backend = backend;
		this.#kernels = trainingKernels(backend);
		this.weights = new Weights(config, backend, true);
		this.weights.initialise(seed);
		const settings = { ...ADAM, weightDecay, clip };
		this.#adam = new Adam(settings, this.#kernels, backend, this.weights.values.length);
		this.#tape = new Tape(backend, this.#kernels);
	}

	/** Bytes of memory that a backend needs for a trainer of this shape. */
	static bytesNeeded(config: Config): number {
		const { context, width, heads, layers, vocabulary } = config;
		const weights = 5 * parameterCount(config); // value, transposed, gradient, two averages
		// values of all results of `think` and `score`, in numbers for one position; and the gradients that there are at once
		const layer = 14 * width + 8 * width + heads * context + heads;
		const gradients = 6 * width + 8 * width + vocabulary + context;
		const position = 3 * width + vocabulary + layers * layer + gradients + (width / heads) * 2;
		const turned = Math.max(4 * width, vocabulary); // a copy in the backward pass
		return bytesFor(
			weights +
				context * (position + turned + 4 * layers) +
				2 * (vocabulary + 1) +
				16 * (60 * layers + 30)
		);
	}

	/** Multiplications and additions of all steps and evaluations so far, as counted. */
	get operations(): number {
		return this.#operations;
	}

	/**
	 * One step: the gradient of the mean loss over all targets, then one move of the weights.
	 *
	 * @param sequences of 2 to context + 1 tokens; each token but the first is a target
	 * @returns the mean loss in nats per token before the move, and the length of the gradient
	 */
	step(
		sequences: ArrayLike<number>[],
		learningRate: number
	): { loss: number; gradientNorm: number } {
		const targets = countTargets(this.config, sequences);
		const loss = this.#pass(sequences, 1 / targets) / targets;
		const gradientNorm = this.#adam.step(this.weights.value, this.weights.gradient, learningRate);
		this.weights.changed(this.#kernels);
		this.steps++;
		this.tokens += targets;
		return { loss, gradientNorm };
	}

	/** The mean loss in nats per token; changes nothing but `operations`. */
	evaluate(sequences: ArrayLike<number>[]): number {
		const targets = countTargets(this.config, sequences);
		return this.#pass(sequences) / targets;
	}

	/** One number of the weights, in the order of `shapes`, and what the optimiser remembers of it. */
	at(index: number): { value: number; average: number; square: number } {
		return {
			value: this.weights.values[index],
			average: this.#adam.averages.values[index],
			square: this.#adam.squares.values[index]
		};
	}

	/** Everything needed to go on as if there had been no interruption. */
	checkpoint(): Uint8Array<ArrayBuffer> {
		const { config, seed, steps, tokens, operations } = this;
		const { settings, power1, power2, averages, squares } = this.#adam;
		return encodeCheckpoint({
			state: { config, seed, steps, tokens, operations, adam: settings, power1, power2 },
			arrays: [this.weights.values, averages.values, squares.values]
		});
	}

	/** @throws when the bytes are no checkpoint, or a damaged one */
	static restore(bytes: Uint8Array, backend: Backend): Trainer {
		const { state, arrays } = decodeCheckpoint(bytes, 3, parameterCount);
		const { weightDecay, clip } = state.adam;
		const { config, seed } = state;
		const trainer = new Trainer({ config, seed, backend, weightDecay, clip });
		const optimiser = trainer.#adam;
		trainer.weights.values.set(arrays[0]);
		trainer.weights.changed();
		optimiser.averages.values.set(arrays[1]);
		optimiser.squares.values.set(arrays[2]);
		optimiser.power1 = state.power1;
		optimiser.power2 = state.power2;
		trainer.steps = state.steps;
		trainer.tokens = state.tokens;
		trainer.#operations = state.operations;
		return trainer;
	}

	/** The summed loss of all sequences; adds up gradients of it, times the scale, if there is one. */
	#pass(sequences: ArrayLike<number>[], scale?: number): number {
		const before = this.backend.operations;
		const tape = this.#tape;
		tape.reset(); // in case an error left something behind
		tape.recording = scale !== undefined;
		let loss = 0;

		// one sequence at a time: its numbers still fit the processor's cache
		for (const sequence of sequences) {
			const tokens = Array.from(sequence);
			const logits = score(tape, this.weights, think(tape, this.weights, tokens.slice(0, -1)));
			loss += crossEntropy(this.backend, this.#kernels, logits, tokens.slice(1), scale);
			if (tape.recording) tape.backward();
			tape.reset();
		}

		this.#operations += this.backend.operations - before;
		return loss;
	}
}

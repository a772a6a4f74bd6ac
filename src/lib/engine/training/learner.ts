/** @file What trains: the processor or, elsewhere, the GPU. The course of a training run knows no difference. */
import { fastestBackend } from '#lib/tiny/fastest.ts';
import type { Config } from '#lib/tiny/gpt.ts';
import { Trainer } from '#lib/tiny/train.ts';
import type { Moment } from './protocol.ts';

type Awaitable<T> = T | Promise<T>;

export interface Learner {
	/** Where it computes. */
	readonly on: 'wasm' | 'plain' | 'gpu';
	readonly config: Config;
	readonly steps: number;
	/** Targets learnt from. */
	readonly tokens: number;
	/** Multiplications and additions of all steps and evaluations. */
	readonly operations: number;
	/** @see Trainer.step */
	step(
		sequences: ArrayLike<number>[],
		learningRate: number
	): Awaitable<{ loss: number; gradientNorm: number }>;
	evaluate(sequences: ArrayLike<number>[]): Awaitable<number>;
	/** A copy of all weights in the order of `shapes`. */
	weights(): Awaitable<Float32Array<ArrayBuffer>>;
	/** One weight and what the optimiser remembers of it. */
	at(index: number): Awaitable<Moment>;
	checkpoint(): Awaitable<Uint8Array<ArrayBuffer>>;
	dispose(): void;
}

/** On one core of the processor, in WebAssembly where that is allowed. */
export class ProcessorLearner implements Learner {
	readonly #trainer: Trainer;

	private constructor(trainer: Trainer) {
		this.#trainer = trainer;
	}

	static new(config: Config, seed: number): ProcessorLearner {
		return new ProcessorLearner(
			new Trainer({ config, seed, backend: fastestBackend(Trainer.bytesNeeded(config)) })
		);
	}

	/** Goes on from weights whose training is over, with an optimiser that remembers nothing of it. */
	static on(config: Config, values: Float32Array, seed: number): ProcessorLearner {
		const learner = ProcessorLearner.new(config, seed);
		learner.#trainer.weights.values.set(values);
		learner.#trainer.weights.changed();
		return learner;
	}

	/** @throws when the bytes are no checkpoint of this shape */
	static from(checkpoint: Uint8Array, config: Config): ProcessorLearner {
		return new ProcessorLearner(
			Trainer.restore(checkpoint, fastestBackend(Trainer.bytesNeeded(config)))
		);
	}

	get on() {
		return this.#trainer.backend.kind;
	}
	get config() {
		return this.#trainer.config;
	}
	get steps() {
		return this.#trainer.steps;
	}
	get tokens() {
		return this.#trainer.tokens;
	}
	get operations() {
		return this.#trainer.operations;
	}

	step(sequences: ArrayLike<number>[], learningRate: number) {
		return this.#trainer.step(sequences, learningRate);
	}

	evaluate(sequences: ArrayLike<number>[]) {
		return this.#trainer.evaluate(sequences);
	}

	weights() {
		return this.#trainer.weights.values.slice() as Float32Array<ArrayBuffer>;
	}

	at(index: number) {
		return this.#trainer.at(index);
	}

	checkpoint() {
		return this.#trainer.checkpoint();
	}

	dispose() {} // memory goes with the object
}

import type { Config } from '#lib/tiny/gpt.ts';
import { GpuTrainer } from '#lib/tiny/gpu/train.ts';
import { findAdapter, PATIENCE, SILENT, within } from '../adapter.ts';
import { apart, APART } from './agreement.ts';
import { type Learner, ProcessorLearner } from './learner.ts';
import type { Moment } from './protocol.ts';

/** On the GPU. Nearly the same numbers as on the processor, and not the same bits. */
export class GpuLearner implements Learner {
	readonly on = 'gpu';
	readonly #trainer: GpuTrainer;
	readonly #device: GPUDevice;

	private constructor(trainer: GpuTrainer, device: GPUDevice) {
		this.#trainer = trainer;
		this.#device = device;
	}

	/** @throws an error that says what is missing: no WebGPU, no adapter, no device, no room, or the right numbers */
	static async create(config: Config, seed: number, checkpoint?: Uint8Array): Promise<GpuLearner> {
		const gpu = navigator.gpu as GPU | undefined;
		if (!gpu) throw new Error('this browser has no WebGPU');
		const found = await findAdapter(gpu);
		if (found.asked !== 'found') throw new Error('no GPU is offered');
		const device = await within(found.gpu.requestDevice(), PATIENCE, (late) => late.destroy());
		if (device === SILENT) throw new Error('it does not answer');
		try {
			const options = { config, seed, ...(checkpoint ? { checkpoint } : {}) };
			const trainer = await GpuTrainer.create(device, options);
			const processor = checkpoint
				? ProcessorLearner.from(checkpoint, config)
				: ProcessorLearner.new(config, seed);
			// also where it is no number
			if (!((await apart(trainer, processor)) <= APART)) {
				throw new Error('it computes other numbers than the processor');
			}
			return new GpuLearner(trainer, device);
		} catch (error) {
			device.destroy();
			throw error;
		}
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
		return this.#trainer.weights();
	}

	at(index: number): Promise<Moment> {
		return this.#trainer.at(index);
	}

	checkpoint() {
		return this.#trainer.checkpoint();
	}

	dispose() {
		this.#trainer.dispose();
		this.#device.destroy();
	}
}

/** Chromium's WebGPU on a software adapter, beside the processor. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createBackend } from '../backend.ts';
import { decodeCheckpoint } from '../checkpoint.ts';
import { operationsOfEvaluation } from '../count.ts';
import { type Config, parameterCount, score, think } from '../gpt.ts';
import { crossEntropy } from '../loss.ts';
import { learningRateAt } from '../schedule.ts';
import { Tape } from '../tape.ts';
import { trainingKernels } from '../training-kernels.ts';
import { Weights } from '../weights.ts';
import { altered, counted, softwareDevice } from './testing/device.ts';
import { apart, batch, config, little, onProcessor, restored, some } from './testing/texts.ts';
import { GpuTrainer } from './train.ts';

vi.setConfig({ testTimeout: 60_000 }); // a software adapter needs its time

let device: GPUDevice;
const made: GpuTrainer[] = [];

beforeAll(async () => {
	device = await softwareDevice();
});

afterAll(() => {
	for (const trainer of made) trainer.dispose();
	device.destroy();
});

async function onGpu(options: Partial<Parameters<typeof GpuTrainer.create>[1]> = {}, on = device) {
	const trainer = await GpuTrainer.create(on, { config, seed: 1, ...options });
	made.push(trainer);
	return trainer;
}

/** On the processor, from weights: logits after each token, and the gradient of the mean loss. */
function reference(shape: Config, values: Float32Array, sequences: Uint16Array[]) {
	const weights = new Weights(shape, createBackend('wasm', 4e7), true);
	weights.values.set(values);
	weights.changed();
	const kernels = trainingKernels(weights.backend);
	const tape = new Tape(weights.backend, kernels);
	const targets = sequences.reduce((sum, { length }) => sum + length - 1, 0);
	const logits = sequences.map((sequence) => {
		const scores = score(tape, weights, think(tape, weights, sequence.subarray(0, -1)));
		const kept = scores.value.values.slice();
		crossEntropy(weights.backend, kernels, scores, sequence.subarray(1), 1 / targets);
		tape.backward();
		tape.reset();
		return kept;
	});
	return { logits, gradients: weights.gradients };
}

describe('on the GPU', () => {
	test('a seed gives the same weights, to the last bit', async () => {
		expect(await (await onGpu({ seed: 7 })).weights()).toEqual(
			onProcessor(config, { seed: 7 }).weights.values
		);
	});

	test.each<[string, Config, number[]]>([
		['odd sizes', config, [46, 46, 19, 2]],
		['one head', { vocabulary: 11, context: 9, width: 6, heads: 1, layers: 1 }, [10, 3]],
		['whole tiles', { vocabulary: 64, context: 64, width: 64, heads: 4, layers: 1 }, [65, 65]],
		['long texts', { vocabulary: 40, context: 130, width: 8, heads: 2, layers: 1 }, [131, 70]]
	])('logits and gradients are those of the processor: %s', async (_, shape, lengths) => {
		// weights as after training: of another size than the first ones, so that everything matters
		const pupil = onProcessor(shape);
		const values = pupil.weights.values;
		for (let i = 0; i < values.length; i++) values[i] *= 8;
		const sequences = batch(3, lengths, shape.vocabulary);
		const expected = reference(shape, values, sequences);

		const gpu = await onGpu({ config: shape, checkpoint: pupil.checkpoint() });
		for (const [i, sequence] of sequences.entries()) {
			const logits = await gpu.logits(sequence.subarray(0, -1));
			expect(apart(logits, expected.logits[i])).toBeLessThan(1e-5);
		}
		const gradients = await gpu.gradients(sequences);
		const largest = Math.max(...expected.gradients.map(Math.abs));
		expect(apart(gradients, expected.gradients) / largest).toBeLessThan(5e-6); // 5e-7 measured
		expect(await gpu.gradients(sequences)).toEqual(gradients);
	});

	test('losses, gradient norms and weights go the way of the processor', async () => {
		const [gpu, cpu] = [await onGpu(), onProcessor()];
		const schedule = { peak: 5e-3, warmUp: 5, steps: 12, floor: 0.1 };
		for (let step = 0; step < 12; step++) {
			const rate = learningRateAt(step, schedule);
			const mine = await gpu.step(batch(step), rate);
			const theirs = cpu.step(batch(step), rate);
			expect(Math.abs(mine.loss - theirs.loss)).toBeLessThan(1e-5); // 5e-7 measured
			expect(Math.abs(mine.gradientNorm - theirs.gradientNorm)).toBeLessThan(1e-5);
		}
		expect(apart(await gpu.weights(), cpu.weights.values)).toBeLessThan(1e-5);
		expect(gpu).toMatchObject({ steps: 12, tokens: cpu.tokens, operations: cpu.operations });
	});

	test('a long gradient is cut to `clip`, and weights shrink by their decay', async () => {
		const options = { weightDecay: 5, clip: 0.01 };
		const [gpu, cpu] = [await onGpu(options), onProcessor(config, options)];
		for (let step = 0; step < 3; step++) {
			await gpu.step(batch(step), 0.02);
			cpu.step(batch(step), 0.02);
		}
		const [mine, theirs] = [await gpu.checkpoint(), cpu.checkpoint()].map(
			(bytes) => decodeCheckpoint(bytes, 3, parameterCount).arrays
		);
		const [, averages, squares] = theirs.map((array) => Math.max(...array.map(Math.abs)));
		expect(apart(mine[0], theirs[0])).toBeLessThan(1e-5);
		expect(apart(mine[1], theirs[1]) / averages).toBeLessThan(1e-5);
		expect(apart(mine[2], theirs[2]) / squares).toBeLessThan(1e-5);
	});

	test('an evaluation gives the loss that the next step reports, and changes no weight', async () => {
		const gpu = await onGpu({ config: little });
		await gpu.step(some(1), 0.01);
		const weights = await gpu.weights();
		const before = gpu.operations;
		const loss = await gpu.evaluate(some(2));
		expect(gpu.operations - before).toBe(operationsOfEvaluation(little, [14, 9]).total);
		expect(await gpu.weights()).toEqual(weights);
		expect((await gpu.step(some(2), 0.01)).loss).toBe(loss);
	});

	test('of a short sequence only its own targets count, also after longer ones', async () => {
		const [gpu, cpu] = [await onGpu({ config: little }), onProcessor(little)];
		await gpu.evaluate(batch(1, [14, 14], 17));
		const short = batch(2, [14, 3], 17);
		expect(Math.abs((await gpu.evaluate(short)) - cpu.evaluate(short))).toBeLessThan(1e-5);
	});

	test('steps may be called before the last one is done', async () => {
		const [patient, hasty] = [await onGpu({ config: little }), await onGpu({ config: little })];
		const losses = [];
		for (let step = 0; step < 3; step++) losses.push(await patient.step(some(step), 0.01));
		const calls = [0, 1, 2].map((step) => hasty.step(some(step), 0.01));
		expect(await Promise.all(calls)).toEqual(losses);
		expect(await hasty.weights()).toEqual(await patient.weights());
	});

	test('a batch with no room in one pass is learned in several', async () => {
		const limits = { maxStorageBufferBindingSize: 82_000, maxBufferSize: 2 ** 28 };
		const { device: small, buffers } = counted(altered(device, { limits }));
		const gpu = await onGpu({}, small);
		const whole = await onGpu();
		const sequences = batch(5, [46, 20, 46, 33, 7, 46, 46]);
		const { gradientNorm, loss } = await gpu.step(sequences, 0.01);
		const expected = await whole.step(sequences, 0.01);
		expect(Math.abs(loss - expected.loss)).toBeLessThan(1e-5);
		expect(Math.abs(gradientNorm - expected.gradientNorm)).toBeLessThan(1e-5);
		expect(apart(await gpu.weights(), await whole.weights())).toBeLessThan(1e-5);

		const sizes = [...buffers].filter(({ usage }) => usage & 128).map(({ size }) => size);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(82_000);
	});

	test('batches of ever other sizes take no more and more memory', async () => {
		const { device: own, buffers } = counted(device);
		const gpu = await onGpu({ config: little }, own);
		const counts = [];
		for (const round of [1, 2]) {
			for (let count = 1; count <= 10; count++) {
				for (const length of [3, 14]) {
					await gpu.evaluate(batch(round, Array(count).fill(length), 17));
					counts.push(buffers.size);
				}
			}
		}
		expect(Math.max(...counts)).toBeLessThanOrEqual(counts[0] + 2 * 15); // two programs each, 16 kept
		gpu.dispose();
		expect(buffers.size).toBe(0);
	});

	test('a model that went astray has no loss, rather than a pleasing one', async () => {
		const astray = onProcessor(little);
		astray.weights.values.fill(NaN, 200);
		const gpu = await onGpu({ config: little, checkpoint: astray.checkpoint() });
		expect(await gpu.step(some(0), 0.01)).toEqual({ loss: NaN, gradientNorm: NaN });
		expect(await gpu.evaluate(some(0))).toBe(NaN);
	});
});

describe('a checkpoint', () => {
	test('goes on here as if there had been no interruption', async () => {
		const [steady, first] = [
			await onGpu({ config: little, clip: 0.5 }),
			await onGpu({ config: little, clip: 0.5 })
		];
		for (let step = 0; step < 4; step++) await steady.step(some(step), 0.01);
		for (let step = 0; step < 2; step++) await first.step(some(step), 0.01);
		const second = await onGpu({ config: little, seed: 5, checkpoint: await first.checkpoint() });
		for (let step = 2; step < 4; step++) await second.step(some(step), 0.01);
		expect(await second.checkpoint()).toEqual(await steady.checkpoint());
	});

	test('goes on with the processor where the GPU stopped, and the other way round', async () => {
		const steady = onProcessor(little);
		for (let step = 0; step < 6; step++) steady.step(some(step), 0.01);

		const gpu = await onGpu({ config: little });
		for (let step = 0; step < 2; step++) await gpu.step(some(step), 0.01);
		const cpu = restored(await gpu.checkpoint(), little);
		for (let step = 2; step < 4; step++) cpu.step(some(step), 0.01);
		const again = await onGpu({ config: little, checkpoint: cpu.checkpoint() });
		for (let step = 4; step < 6; step++) await again.step(some(step), 0.01);

		expect(apart(await again.weights(), steady.weights.values)).toBeLessThan(1e-5);
		const { steps, tokens, operations } = steady;
		expect(again).toMatchObject({ steps, tokens, operations, seed: 1 });
	});

	test('is of the steps that were called before it', async () => {
		const [gpu, other] = [await onGpu({ config: little }), await onGpu({ config: little })];
		await other.step(some(0), 0.01);
		const step = gpu.step(some(0), 0.01);
		const checkpoint = gpu.checkpoint();
		void gpu.step(some(1), 0.01);
		expect(await checkpoint).toEqual(await other.checkpoint());
		await step;
	});

	test('is refused when damaged or of another shape', async () => {
		const checkpoint = onProcessor(little).checkpoint();
		await expect(onGpu({ config: little, checkpoint: checkpoint.subarray(0, -1) })).rejects.toThrow(
			'bytes, but has'
		);
		await expect(onGpu({ checkpoint, config: { ...little, layers: 3 } })).rejects.toThrow(
			'another shape'
		);
	});
});

describe('refused, and nothing changed', () => {
	test.each([NaN, Infinity, -Infinity])('a learning rate of %s', async (rate) => {
		const gpu = await onGpu({ config: little });
		const before = await gpu.checkpoint();
		await expect(gpu.step(some(0), rate)).rejects.toThrow(`finite number, not ${rate}`);
		expect(await gpu.checkpoint()).toEqual(before);
		await gpu.step(some(0), 0.01);
	});

	test('sequences that cannot be learned from', async () => {
		const gpu = await onGpu({ config: little });
		await expect(gpu.step([new Uint16Array(15)], 0.01)).rejects.toThrow('2 to 14 tokens, not 15');
		await expect(gpu.step([], 0.01)).rejects.toThrow('nothing to learn');
		await expect(gpu.evaluate([Uint16Array.of(1, 17)])).rejects.toThrow('no token 17');
		await expect(gpu.logits([17])).rejects.toThrow('no token 17');
		await expect(gpu.gradients([[1]])).rejects.toThrow('not 1');
		expect(gpu.steps).toBe(0);
	});

	test('a model that cannot be, or for which a device is too small', async () => {
		await expect(onGpu({ config: { ...little, heads: 5 } })).rejects.toThrow('multiple of');
		const limits = { maxStorageBufferBindingSize: 1000, maxBufferSize: 3000 };
		const small = altered(device, { limits });
		await expect(onGpu({ config: little }, small)).rejects.toThrow(/^The weights take/);
	});
});

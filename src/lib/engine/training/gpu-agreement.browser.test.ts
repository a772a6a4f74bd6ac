/** A GPU that answers, on a software adapter, and what is done where it answers wrongly or not at all. */
import { afterEach, expect, test, vi } from 'vitest';
import { GpuTrainer } from '#lib/tiny/gpu/train.ts';
import { PATIENCE } from '../adapter.ts';
import { APART } from './agreement.ts';
import { GpuLearner } from './gpu-learner.ts';
import { ProcessorLearner } from './learner.ts';

const config = { layers: 1, width: 16, heads: 2, context: 24, vocabulary: 28 };
vi.setConfig({ testTimeout: 60_000 });

const learners: GpuLearner[] = [];
afterEach(() => {
	vi.restoreAllMocks();
	for (const learner of learners.splice(0)) learner.dispose();
});

async function made(checkpoint?: Uint8Array) {
	const learner = await GpuLearner.create(config, 3, checkpoint);
	learners.push(learner);
	return learner;
}

/** Every device that is given out from now on. */
function devices() {
	const given: GPUDevice[] = [];
	const request = GPUAdapter.prototype.requestDevice;
	vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockImplementation(async function (
		this: GPUAdapter,
		...args
	) {
		const device = await request.apply(this, args);
		given.push(device);
		return device;
	});
	return given;
}

/** Whether it has been given back. */
const isGone = (device: GPUDevice) =>
	Promise.race([
		device.lost.then(() => true),
		new Promise<boolean>((resolve) => setTimeout(resolve, 1000, false))
	]);

function scoring(alter: (scores: Float32Array) => void) {
	const logits = GpuTrainer.prototype.logits;
	vi.spyOn(GpuTrainer.prototype, 'logits').mockImplementation(async function (
		this: GpuTrainer,
		tokens
	) {
		const scores = await logits.call(this, tokens);
		alter(scores);
		return scores;
	});
}

test('one that scores as the processor does is taken, also in the midst of a training', async () => {
	expect((await made()).on).toBe('gpu');
	const learner = ProcessorLearner.new(config, 3);
	for (let step = 0; step < 5; step++) learner.step([[1, 2, 3, 4, 5, 6, 7, 8]], 0.05);
	const gpu = await made(learner.checkpoint());
	expect(gpu.steps).toBe(5);
	expect(gpu.tokens).toBe(learner.tokens);
});

test('one whose scores are a little further apart than they may be is refused, and given back', async () => {
	const given = devices();
	scoring((scores) => (scores[scores.length - 3] += 3 * APART));
	await expect(made()).rejects.toThrow('it computes other numbers than the processor');
	expect(await isGone(given[0])).toBe(true);
});

test('one that scores with what is no number is refused', async () => {
	scoring((scores) => (scores[scores.length - 3] = NaN));
	await expect(made()).rejects.toThrow('it computes other numbers than the processor');
});

test('a browser without WebGPU, one that offers no GPU, and one that is silent are told apart', async () => {
	const gpu = vi.spyOn(Navigator.prototype, 'gpu', 'get');
	gpu.mockReturnValue(undefined as never);
	await expect(made()).rejects.toThrow('this browser has no WebGPU');
	gpu.mockReturnValue({ requestAdapter: async () => null } as never);
	await expect(made()).rejects.toThrow('no GPU is offered');
	gpu.mockReturnValue({ requestAdapter: () => new Promise(() => {}) } as never);
	await expect(made()).rejects.toThrow('no GPU is offered');
});

test('a device that comes too late is given back at once', async () => {
	const destroy = vi.fn();
	let come = () => {};
	const device = new Promise((resolve) => (come = () => resolve({ destroy })));
	vi.spyOn(Navigator.prototype, 'gpu', 'get').mockReturnValue({
		requestAdapter: async () => ({ requestDevice: () => device })
	} as never);
	const start = performance.now();
	await expect(made()).rejects.toThrow('it does not answer');
	expect(performance.now() - start).toBeGreaterThan(PATIENCE - 100);
	expect(destroy).not.toHaveBeenCalled();
	come();
	await vi.waitFor(() => expect(destroy).toHaveBeenCalledOnce());
});

test('a GPU with no room for the model says so, and is given back', async () => {
	const given = devices();
	vi.spyOn(GpuTrainer, 'create').mockRejectedValue(new Error('The GPU has too little memory'));
	await expect(made()).rejects.toThrow('too little memory');
	expect(await isGone(given[0])).toBe(true);
});

test('whoever is done with it gives it back: what is asked later rejects', async () => {
	const given = devices();
	const learner = await made();
	learner.dispose();
	await expect(learner.weights()).rejects.toThrow('has been ended');
	expect(await isGone(given[0])).toBe(true);
	learners.length = 0;
});

/** What becomes of a training when the GPU goes, on a software adapter that really goes. */
import { describe, expect, test, vi } from 'vitest';
import { parameterCount } from '../gpt.ts';
import { altered, counted, softwareDevice } from './testing/device.ts';
import { batch, little, restored, some } from './testing/texts.ts';
import { Gpu, GpuLostError } from './device.ts';
import { GpuTrainer } from './train.ts';

vi.setConfig({ testTimeout: 60_000 }); // a software adapter needs its time

const options = { config: little, seed: 1 };
/** A window so long that a pass needs more in one piece than all weights do. */
const roomy = { ...little, context: 512 };

/** How long it takes a promise to reject, in ms, and with what. */
async function rejection(promise: Promise<unknown>): Promise<{ error: unknown; after: number }> {
	const start = performance.now();
	try {
		await promise;
	} catch (error) {
		return { error, after: performance.now() - start };
	}
	throw new Error('It did not reject');
}

describe('a lost device', () => {
	test('in mid-step: all that waits rejects and says so, and the last checkpoint goes on', async () => {
		const device = await softwareDevice();
		const gpu = await GpuTrainer.create(device, options);
		await gpu.step(some(0), 0.01);
		const checkpoint = await gpu.checkpoint();

		const waiting = [
			gpu.step(some(1), 0.01),
			gpu.step(some(2), 0.01),
			gpu.evaluate(some(3)),
			gpu.weights(),
			gpu.checkpoint()
		].map(rejection);
		device.destroy();
		for (const { error, after } of await Promise.all(waiting)) {
			expect(error).toBeInstanceOf(GpuLostError);
			expect(after).toBeLessThan(1000);
		}
		await expect(gpu.step(some(1), 0.01)).rejects.toThrow(GpuLostError);

		const cpu = restored(checkpoint, little);
		cpu.step(some(1), 0.01);
		expect(cpu.steps).toBe(2);
	});

	test('rejects also when the browser leaves what was asked open for ever', async () => {
		const real = await softwareDevice();
		let lose!: (info: { message: string }) => void;
		const lost = new Promise((resolve) => (lose = resolve));
		const device = altered(real, { lost, popErrorScope: () => new Promise(() => {}) });
		const created = rejection(GpuTrainer.create(device, options));
		lose({ message: 'for this test' });
		expect((await created).error).toEqual(
			new GpuLostError('The GPU was lost while training: for this test')
		);
		real.destroy();
	});

	test('shows also in what it leaves unread, before the browser says that it is lost', async () => {
		const real = await softwareDevice();
		const device = altered(real, { lost: new Promise(() => {}) });
		const gpu = await GpuTrainer.create(device, options);
		const waiting = rejection(gpu.step(some(0), 0.01));
		real.destroy();
		const { error } = await waiting;
		expect(error).toBeInstanceOf(GpuLostError);
		expect(String(error)).toContain('gave no answer');
	});

	test('before the first step, and before there is a trainer', async () => {
		const device = await softwareDevice();
		const gpu = await GpuTrainer.create(device, options);
		device.destroy();
		await device.lost;
		const first = await rejection(gpu.step(some(0), 0.01));
		expect(first.error).toBeInstanceOf(GpuLostError);
		expect(gpu.steps).toBe(0);
		const next = await rejection(GpuTrainer.create(device, options));
		expect(next.error).toBeInstanceOf(GpuLostError);
		expect(Math.max(first.after, next.after)).toBeLessThan(1000);
	});

	test('while the trainer is made', async () => {
		const device = await softwareDevice();
		const { error, after } = await rejection(
			Promise.all([GpuTrainer.create(device, options), Promise.resolve(device.destroy())])
		);
		expect(error).toBeInstanceOf(GpuLostError);
		expect(after).toBeLessThan(1000);
	});
});

describe('a device that refuses', () => {
	test('memory: the real error of a buffer too large is the rejection', async () => {
		const adapter = await navigator.gpu.requestAdapter();
		const { maxBufferSize } = adapter!.limits;
		const real = await softwareDevice({ requiredLimits: { maxBufferSize } });
		const greedy = altered(real, {
			createBuffer: (descriptor: GPUBufferDescriptor) =>
				real.createBuffer({ ...descriptor, size: maxBufferSize })
		});
		const { error } = await rejection(GpuTrainer.create(greedy, options));
		expect(String(error)).toContain('The GPU has too little memory');
		real.destroy();
	});

	test('what is invalid: at creation, and in a step, which ends the trainer', async () => {
		const real = await softwareDevice();
		const uncaptured: string[] = [];
		real.onuncapturederror = ({ error }) => uncaptured.push(error.message);
		let wrong = true;
		const device = altered(real, {
			createBuffer: (descriptor: GPUBufferDescriptor) =>
				real.createBuffer(wrong ? { ...descriptor, usage: 4096 } : descriptor)
		});
		await expect(GpuTrainer.create(device, options)).rejects.toThrow('The GPU refused');

		wrong = false;
		const { device: own, buffers } = counted(device);
		const gpu = await GpuTrainer.create(own, options);
		await gpu.step(some(0), 0.01);
		wrong = true;
		await expect(gpu.step(batch(1, Array(9).fill(14), 17), 0.01)).rejects.toThrow(
			'The GPU refused'
		);
		wrong = false;
		await expect(gpu.weights()).rejects.toThrow('The GPU refused');
		expect(buffers.size).toBe(0);
		expect(uncaptured).toEqual([]);
		real.destroy();
	});
});

test('an ended trainer gives all memory back, once, and answers no more', async () => {
	const real = await softwareDevice();
	const { device, buffers } = counted(real);
	const gpu = await GpuTrainer.create(device, options);
	await gpu.step(some(0), 0.01);
	const held = buffers.size;
	for (let i = 0; i < 3; i++) await Promise.all([gpu.step(some(i), 0.01), gpu.weights()]);
	expect(buffers.size).toBe(held);

	const waiting = rejection(gpu.step(some(1), 0.01));
	gpu.dispose();
	gpu.dispose();
	expect(buffers.size).toBe(0);
	expect((await waiting).error).toEqual(new Error('This training on the GPU has been ended'));
	await expect(gpu.weights()).rejects.toThrow('has been ended');

	// the device is still there for others
	const next = await GpuTrainer.create(real, options);
	expect((await next.step(some(0), 0.01)).loss).toBeGreaterThan(0);

	// why it ended stays why, whatever comes after
	real.destroy();
	await real.lost;
	await expect(gpu.weights()).rejects.toThrow('has been ended');
});

test('what goes wrong while it is asked for ends it, and leaves no scope of errors open', async () => {
	const device = await softwareDevice();
	const gpu = new Gpu(device);
	const asked = gpu.ask(() => {
		throw new TypeError('a fault of ours');
	});
	await expect(asked).rejects.toThrow('a fault of ours');
	await expect(gpu.ask(() => 1)).rejects.toThrow('a fault of ours');
	// there is none to be closed any more
	await expect(device.popErrorScope()).rejects.toThrow();
	device.destroy();
});

test('a program that cannot be made is no lost GPU', async () => {
	const device = await softwareDevice();
	const gpu = new Gpu(device);
	const fault = new GPUPipelineError('no such entry', { reason: 'validation' });
	const { error } = await rejection(gpu.ask(() => Promise.reject(fault)));
	expect(error).toBe(fault);
	device.destroy();
});

test('a buffer for nothing can be bound all the same', async () => {
	const device = await softwareDevice();
	expect(new Gpu(device).storage(0).size).toBe(4);
	device.destroy();
});

test.each([
	// what is kept is read through one buffer for three of its kind
	['its largest buffer', { maxBufferSize: 2 }, 'The weights take'],
	['what one binding takes', { maxStorageBufferBindingSize: 1 }, 'in one piece']
])('a model that has room for its weights alone is refused: %s', async (_, limit, sentence) => {
	const real = await softwareDevice();
	const bytes = 4 * parameterCount(roomy);
	const limits = {
		maxBufferSize: 2 ** 30,
		maxStorageBufferBindingSize: 2 ** 30,
		...Object.fromEntries(Object.entries(limit).map(([name, times]) => [name, times * bytes]))
	};
	const device = altered(real, { limits });
	await expect(GpuTrainer.create(device, { config: roomy, seed: 1 })).rejects.toThrow(sentence);
	real.destroy();
});

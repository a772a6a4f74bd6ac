/** Dispatches larger than a GPU takes along one side, 65,535 workgroups. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Gpu } from './device.ts';
import { normalise, squaredReLU } from './kernels.ts';
import { type Pipelines, Program, compile, submit } from './program.ts';
import { softwareDevice } from './testing/device.ts';

vi.setConfig({ testTimeout: 60_000 }); // a software adapter needs its time

let gpu: Gpu;
let pipelines: Pipelines;

beforeAll(async () => {
	gpu = new Gpu(await softwareDevice());
	pipelines = await compile(gpu, [normalise, squaredReLU]);
});

afterAll(() => gpu.device.destroy());

/** What a program makes of numbers that count upwards. */
async function made(count: number, note: (program: Program, x: GPUBuffer, y: GPUBuffer) => void) {
	const [y] = await gpu.ask(() => {
		const [x, y] = [gpu.storage(count), gpu.storage(count)];
		gpu.write(
			x,
			Float32Array.from({ length: count }, (_, i) => i + 1)
		);
		const program = new Program(gpu, pipelines);
		note(program, x, y);
		submit(gpu, [program]);
		return gpu.read([y]);
	});
	return y;
}

test('all rows are done, however many', async () => {
	const rows = 70_000;
	const y = await made(rows, (program, x, y) =>
		program.rows(normalise, { x, y, scales: gpu.storage(rows) }, { width: 1, rows })
	);
	expect(y.findIndex((one) => Math.abs(one - 1) > 1e-5)).toBe(-1);
});

test('all numbers are done, however many', async () => {
	const count = 65_535 * 64 + 100;
	const y = await made(count, (program, x, y) => program.each(squaredReLU, { x, y }, { count }));
	expect(y.findIndex((one, i) => one !== Math.fround((i + 1) * (i + 1)))).toBe(-1);
});

import type { Gpu } from './device.ts';
import { LANES, type Kernel } from './kernel.ts';

const SLOT = 256; // bytes between the numbers of two dispatches, as WebGPU wants them aligned
const MOST_GROUPS = 65535; // workgroups along one side

/** Kernels made ready for a device. */
export type Pipelines = Map<Kernel, GPUComputePipeline>;

const compiled = new WeakMap<GPUDevice, Promise<Pipelines>>();

/** Makes kernels ready, once for a device: starting over then takes no time. */
export function compile({ device }: Gpu, kernels: Kernel[]): Promise<Pipelines> {
	const before = compiled.get(device);
	if (before) return before;
	const pipelines = Promise.all(
		kernels.map(async (kernel): Promise<[Kernel, GPUComputePipeline]> => {
			const module = device.createShaderModule({ code: kernel.wgsl });
			const descriptor = { layout: 'auto' as const, compute: { module } };
			return [kernel, await device.createComputePipelineAsync(descriptor)];
		})
	).then((entries) => new Map(entries));
	compiled.set(device, pipelines);
	return pipelines;
}

interface Dispatch {
	kernel: Kernel;
	buffers: GPUBuffer[];
	numbers: number[];
	groups: [x: number, y: number, z: number];
}

/** Dispatches one after the other, noted once and carried out as often as wanted. */
export class Program {
	readonly #gpu: Gpu;
	readonly #pipelines: Pipelines;
	readonly #dispatches: Dispatch[] = [];
	#ready: { groups: GPUBindGroup[]; numbers: GPUBuffer } | undefined;

	constructor(gpu: Gpu, pipelines: Pipelines) {
		this.#gpu = gpu;
		this.#pipelines = pipelines;
	}

	/** Notes a kernel of the kind `each`: it runs for every i below `count`. */
	each<B extends string, N extends string>(
		kernel: Kernel<B, N>,
		buffers: Record<B, GPUBuffer>,
		numbers: Record<N, number> & { count: number }
	): void {
		this.add(kernel, buffers, numbers, [Math.ceil(numbers.count / LANES), 1, 1]);
	}

	/** Notes a kernel of the kind `rows`: a workgroup for each row. */
	rows<B extends string, N extends string>(
		kernel: Kernel<B, N>,
		buffers: Record<B, GPUBuffer>,
		numbers: Record<N, number> & { rows: number }
	): void {
		this.add(kernel, buffers, numbers, [numbers.rows, 1, 1]);
	}

	/** Notes a kernel with so many workgroups along each side. */
	add<B extends string, N extends string>(
		kernel: Kernel<B, N>,
		buffers: Record<B, GPUBuffer>,
		numbers: Record<N, number>,
		[x, y, z]: [x: number, y: number, z: number]
	): void {
		this.#dispatches.push({
			kernel,
			buffers: kernel.buffers.map((name) => buffers[name]),
			numbers: kernel.numbers.map((name) => numbers[name]),
			groups: [Math.min(x, MOST_GROUPS), y, z]
		});
	}

	/** Changes numbers of a noted kernel, for what is submitted from now on. */
	set<N extends string>(kernel: Kernel<string, N>, numbers: Partial<Record<N, number>>): void {
		this.#dispatches.forEach((dispatch, i) => {
			if (dispatch.kernel !== kernel) return;
			dispatch.numbers = kernel.numbers.map((name, j) => numbers[name] ?? dispatch.numbers[j]);
			if (!this.#ready) return;
			this.#gpu.write(this.#ready.numbers, bytesOf(dispatch), SLOT * i);
		});
	}

	/** Puts its dispatches into a pass, in order; each sees what those before it wrote. */
	encode(pass: GPUComputePassEncoder): void {
		const { groups } = (this.#ready ??= this.#prepare());
		this.#dispatches.forEach(({ kernel, groups: size }, i) => {
			pass.setPipeline(this.#pipelines.get(kernel)!);
			pass.setBindGroup(0, groups[i]);
			pass.dispatchWorkgroups(...size);
		});
	}

	/** Gives back what it holds on the GPU; work that was submitted still has it. */
	dispose(): void {
		if (this.#ready) this.#gpu.free([this.#ready.numbers]);
		this.#ready = undefined;
	}

	#prepare() {
		const { device } = this.#gpu;
		const all = this.#gpu.uniform(SLOT * this.#dispatches.length);
		this.#dispatches.forEach((dispatch, i) => this.#gpu.write(all, bytesOf(dispatch), SLOT * i));
		const groups = this.#dispatches.map(({ kernel, buffers, numbers }, i) =>
			device.createBindGroup({
				layout: this.#pipelines.get(kernel)!.getBindGroupLayout(0),
				entries: [
					{ binding: 0, resource: { buffer: all, offset: SLOT * i, size: 4 * numbers.length } },
					...buffers.map((buffer, j) => ({ binding: j + 1, resource: { buffer } }))
				]
			})
		);
		return { groups, numbers: all };
	}
}

/** Has the GPU carry out programs, one after the other. */
export function submit({ device }: Gpu, programs: Program[]): void {
	const encoder = device.createCommandEncoder();
	const pass = encoder.beginComputePass();
	for (const program of programs) program.encode(pass);
	pass.end();
	device.queue.submit([encoder.finish()]);
}

/** The numbers of a dispatch as its kernel reads them. */
function bytesOf({ kernel, numbers }: Dispatch): ArrayBuffer {
	const bytes = new DataView(new ArrayBuffer(4 * numbers.length));
	numbers.forEach((number, i) => {
		if (kernel.factors.includes(kernel.numbers[i])) bytes.setFloat32(4 * i, number, true);
		else bytes.setUint32(4 * i, number, true);
	});
	return bytes.buffer;
}

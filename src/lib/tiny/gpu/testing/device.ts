/** @file A real device for tests, and the same with some of its parts replaced. */

export async function softwareDevice(wanted: GPUDeviceDescriptor = {}): Promise<GPUDevice> {
	const adapter = await navigator.gpu.requestAdapter();
	if (!adapter) throw new Error('This browser has no WebGPU adapter');
	return adapter.requestDevice(wanted);
}

/** The device, but for what `instead` has. */
export function altered(
	device: GPUDevice,
	instead: Partial<Record<keyof GPUDevice, unknown>>
): GPUDevice {
	return new Proxy(device, {
		get(_, name) {
			if (name in instead) return instead[name as keyof GPUDevice];
			const value = Reflect.get(device, name);
			return typeof value === 'function' ? value.bind(device) : value;
		}
	});
}

/** The device, and the buffers made with it that were not given back. */
export function counted(device: GPUDevice): { device: GPUDevice; buffers: Set<GPUBuffer> } {
	const buffers = new Set<GPUBuffer>();
	const createBuffer = (descriptor: GPUBufferDescriptor) => {
		const buffer = device.createBuffer(descriptor);
		const destroy = buffer.destroy.bind(buffer);
		buffer.destroy = () => {
			buffers.delete(buffer);
			destroy();
		};
		buffers.add(buffer);
		return buffer;
	};
	return { device: altered(device, { createBuffer }), buffers };
}

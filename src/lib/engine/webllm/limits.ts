/** @file What web-llm asks of a GPU, whatever model it runs. A page that only compares a device with it needs no more. */

/** The limits that web-llm insists on, by WebGPU's names: below one of them it does not start (0.2.86, `detectGPUDevice`). */
export const required = {
	maxStorageBuffersPerShaderStage: 10,
	maxComputeWorkgroupStorageSize: 32 << 10, // bytes
	maxBufferSize: 1 << 28, // bytes
	maxStorageBufferBindingSize: 1 << 27 // bytes
} as const;

export type LimitName = keyof typeof required;
export type Limits = Readonly<Record<LimitName, number>>;

/** web-llm asks for so much where the GPU has it, else for no more than what it insists on. */
export const WISHED = 1 << 30; // bytes

/** The first of the limits that web-llm insists on and this GPU does not reach. */
export function shortOf(limits: Limits): LimitName | undefined {
	return (Object.keys(required) as LimitName[]).find((name) => !(limits[name] >= required[name]));
}

/** The largest piece of a model that web-llm can use as one on this GPU, in bytes. */
export function largestPiece({ maxBufferSize, maxStorageBufferBindingSize }: Limits): number {
	return Math.min(
		maxBufferSize >= WISHED ? WISHED : required.maxBufferSize,
		maxStorageBufferBindingSize >= WISHED ? WISHED : required.maxStorageBufferBindingSize
	);
}

/** @file How we hear that a GPU is lost: web-llm takes it and tells nobody what becomes of it. */

/** What is used of a worker's globals. */
export type GpuScope = {
	GPUAdapter?: { prototype: Pick<GPUAdapter, 'requestDevice'> };
};

export type Fate = 'lost' | 'memory';

/**
 * Has GPUs be watched that are taken from now on.
 *
 * @param listenerFor asked when one is taken; without a listener it is not watched: what takes a GPU only to look at it gives
 * it back, and that is no loss
 * @returns what ends the watching of further ones
 */
export function watchGpus(
	scope: GpuScope,
	listenerFor: () => ((fate: Fate) => void) | undefined
): () => void {
	const prototype = scope.GPUAdapter?.prototype;
	if (!prototype) return () => {};
	const { requestDevice } = prototype;
	prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
		const gpu = await requestDevice.call(this, descriptor);
		const tell = listenerFor();
		if (tell) {
			void gpu.lost.then(() => tell('lost'));
			gpu.addEventListener('uncapturederror', ({ error }) => {
				if (error.constructor.name === 'GPUOutOfMemoryError') tell('memory');
			});
		}
		return gpu;
	};
	return () => {
		prototype.requestDevice = requestDevice;
	};
}

/**
 * @file For `gpu.spec.ts`: the worker's own program on a real GPU. Only web-llm is a double, which takes the GPU, and has it work
 * for every token, as web-llm does; of the scores it makes none.
 */
import { checkDevice } from '#lib/engine/webllm/device.ts';
import { watchGpus } from '#lib/engine/webllm/lost.ts';
import { serve } from '#lib/engine/webllm/session.ts';
import { scriptedLlm, tokenizerFile } from '#lib/engine/webllm/testing/scripted-llm.ts';

const complete = { state: 'complete', verified: 'published', kept: 'cache', renewed: [] } as const;
/** More than any GPU has, in pieces of the size that one holds. */
const TOO_MUCH = 64;

let gpu: GPUDevice | undefined;

async function take(): Promise<GPUDevice> {
	const adapter = (await navigator.gpu.requestAdapter())!;
	const { maxBufferSize } = adapter.limits;
	return adapter.requestDevice({ requiredLimits: { maxBufferSize } });
}

/** `COPY_SRC` and `COPY_DST`. */
const usage = 4 | 8;

/** What it is called says how it behaves. */
const loaded = () => counts.records.at(-1)!.model_id;

const { webLlm, counts } = scriptedLlm({
	says: [...new TextEncoder().encode('A longer answer, of many tokens.')],
	async reload() {
		gpu?.destroy();
		gpu = await take();
		if (loaded() !== 'huge') return;
		for (let i = 0; i < TOO_MUCH; i++) {
			gpu.createBuffer({ size: gpu.limits.maxBufferSize, usage });
		}
		await gpu.queue.onSubmittedWorkDone();
		await new Promise(() => {}); // web-llm never comes to an end either
	},
	async compute(step) {
		if (loaded() === 'dies' && step === 3) {
			self.close(); // nobody is told
			return new Promise(() => {});
		}
		if (loaded() === 'slow') await new Promise((resolve) => setTimeout(resolve, 40));
		const buffer = gpu!.createBuffer({ size: 4096, usage });
		gpu!.queue.writeBuffer(buffer, 0, new Uint8Array(4096));
		await gpu!.queue.onSubmittedWorkDone();
		buffer.destroy();
	}
});

serve(self, {
	download: async () => complete,
	verify: async () => complete,
	stored: async () => [],
	remove: async () => {},
	hold: () => {},
	watchMemory: () => {},
	storedText: async () => JSON.stringify(tokenizerFile()),
	checkDevice,
	webLlm: async () => webLlm,
	watchGpus: (listenerFor) => void watchGpus(globalThis, listenerFor)
});

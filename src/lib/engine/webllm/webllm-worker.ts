import { checkDevice } from './device.ts';
import { download, verify } from './download/download.ts';
import { remove, stored } from './download/stored.ts';
import { keptCaches } from './download/surroundings.ts';
import { watchGpus } from './lost.ts';
import type { WebLlm } from './seam.ts';
import { serve } from './session.ts';

serve(self, {
	download,
	verify,
	stored,
	remove,
	hold: (files) => keptCaches.hold(files),
	watchMemory: (listener) => (keptCaches.onmemory = listener),
	storedText: async (address) => (await keptCaches.get('webllm/model', address))?.text(),
	checkDevice,
	async webLlm() {
		keptCaches.install(); // so that web-llm finds what the browser would not keep
		return (await import('@mlc-ai/web-llm')) as unknown as WebLlm;
	},
	watchGpus: (listenerFor) => void watchGpus(globalThis, listenerFor)
});

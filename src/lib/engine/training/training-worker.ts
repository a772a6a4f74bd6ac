import { serve } from './session.ts';

serve(self, async (...run) => {
	// its own chunk: most training here is done on the processor
	const { onGpu } = await import('./on-gpu.ts');
	return onGpu(...run);
});

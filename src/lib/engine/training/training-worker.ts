import { serve } from './session.ts';

serve(self, async (config, seed, checkpoint) => {
	// its own chunk: most training here is done on the processor
	const { GpuLearner } = await import('./gpu-learner.ts');
	return GpuLearner.create(config, seed, checkpoint);
});

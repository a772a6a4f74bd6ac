import { GpuLearner } from '../gpu-learner.ts';
import { serve } from '../session.ts';

/** The GPU of tests is an imitation, which readers are spared, and so is the worker of that name. */
let learner: GpuLearner | undefined;
serve(self, async (config, seed, checkpoint) => {
	learner = await GpuLearner.create(config, seed, checkpoint, self.name !== 'spared');
	return learner;
});
self.addEventListener('message', ({ data }) => {
	if (data.type === 'lose the GPU') learner?.dispose();
});

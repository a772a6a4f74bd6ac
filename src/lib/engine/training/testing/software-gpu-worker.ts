import { GpuLearner } from '../gpu-learner.ts';
import { elsewhere } from '../place.ts';
import { serve } from '../session.ts';

let learner: GpuLearner | undefined;
const onGpu = elsewhere(async (config, seed, checkpoint) => {
	learner = await GpuLearner.create(config, seed, checkpoint);
	return learner;
});
serve(self, onGpu);
self.addEventListener('message', ({ data }) => {
	if (data.type === 'lose the GPU') learner?.dispose();
});

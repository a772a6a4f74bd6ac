import { GpuLearner } from './gpu-learner.ts';
import { elsewhere } from './place.ts';

/** Trains on the GPU of this browser, or leaves it to the processor where that one is faster. */
export const onGpu = elsewhere((config, seed, checkpoint) =>
	GpuLearner.create(config, seed, checkpoint)
);

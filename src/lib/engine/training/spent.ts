import type { Spent } from './protocol.ts';

/**
 * What a run has taken that goes on from an earlier state: the steps and tokens of that state, and all the work and
 * time that were really spent. What was lost and is done again is on the bill twice.
 *
 * @param kept when that state was kept
 * @param all up to the loss
 */
export const backTo = (kept: Spent, all: Spent): Spent => ({
	...all,
	steps: kept.steps,
	tokens: kept.tokens,
	...(all.onGpu ? { onGpu: { steps: kept.onGpu?.steps ?? 0, ms: all.onGpu.ms } } : {})
});

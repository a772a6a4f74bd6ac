import { sinCos } from './exact.ts';

export interface Schedule {
	/** the highest learning rate */
	peak: number;
	/** steps over which it rises to the peak, in a straight line */
	warmUp: number;
	/** steps in all: the rate falls along half a cosine until here */
	steps: number;
	/** what it falls to, as a share of the peak */
	floor: number;
}

/** The learning rate of a step, counted from 0. */
export function learningRateAt(step: number, { peak, warmUp, steps, floor }: Schedule): number {
	if (step < warmUp) return (peak * (step + 1)) / warmUp;
	const progress = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp));
	return peak * (floor + ((1 - floor) * (1 + sinCos(Math.PI * progress).cos)) / 2);
}

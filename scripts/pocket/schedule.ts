export type Schedule = {
	steps: number;
	/** Steps of rising from zero. */
	warmUp: number;
	/** Share of the run, at its end, in which the rate falls in a straight line to the floor. */
	decay: number;
	peak: number;
	floor: number;
	weightDecay: number;
	clip: number;
};

/**
 * Warm up, hold, fall. Unlike a cosine it does not need to know the end from the beginning: a run can
 * be lengthened up to the step at which the fall begins.
 */
export function learningRate(step: number, schedule: Schedule): number {
	const { steps, warmUp, decay, peak, floor } = schedule;
	if (step < warmUp) return (peak * (step + 1)) / warmUp;
	const fall = steps * (1 - decay);
	if (step < fall) return peak;
	return peak + (floor - peak) * Math.min(1, (step - fall + 1) / (steps - fall));
}

import type { Learner } from './learner.ts';
import type { Reading } from './reading.ts';

/** Steps that are not counted: the processor compiles, and caches fill. */
const WARM = 3;
const LEAST = 5;
const MOST = 20;
/** Long enough to tell, short enough to wait for. */
const ENOUGH = 400; // ms
/** Where a step takes long, fewer of them tell as much. */
const LONG = 2000; // ms
/**
 * How long a step takes, on weights that are thrown away.
 *
 * @returns the median, in milliseconds
 */
export async function measure(
	make: () => Promise<Learner>,
	reading: Pick<Reading, 'batch'>,
	now = () => performance.now()
): Promise<number> {
	const learner = await make();
	const times: number[] = [];
	const start = now();
	for (let step = 0; step < WARM + MOST; step++) {
		const before = now();
		await learner.step(reading.batch(step), 1e-3);
		const after = now();
		const long = after - start >= LONG;
		if (step >= WARM || (step && long)) times.push(after - before);
		if (times.length && (long || (times.length >= LEAST && after - start >= ENOUGH))) break;
	}
	learner.dispose();
	return times.sort((a, b) => a - b)[times.length >> 1];
}

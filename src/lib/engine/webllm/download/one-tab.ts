/** @file One tab downloads a model; the others wait for it and then find it here. */
import type { Surroundings } from './surroundings.ts';

const lockOf = (model: string) => `running-tab/model/${model}`;

/**
 * @param onwait called when another tab is at it
 * @throws the signal's reason when it is aborted while waiting, and what `work` throws
 */
export async function inOneTab<T>(
	model: string,
	locks: Surroundings['locks'],
	signal: AbortSignal,
	onwait: () => void,
	work: () => Promise<T>
): Promise<T> {
	const first = await whenFree(model, locks, work);
	if (first) return first.result;
	onwait();
	return locks!.request(lockOf(model), { signal }, work);
}

/** @returns nothing when another tab is at it */
export async function whenFree<T>(
	model: string,
	locks: Surroundings['locks'],
	work: () => Promise<T>
): Promise<{ result: T } | undefined> {
	if (!locks) return { result: await work() };
	let asked = false;
	try {
		return await locks.request(lockOf(model), { ifAvailable: true }, async (lock) => {
			asked = true;
			return lock ? { result: await work() } : undefined;
		});
	} catch (error) {
		// where locks are forbidden, as on a page without an origin, there is but this tab
		if (asked) throw error;
		return { result: await work() };
	}
}

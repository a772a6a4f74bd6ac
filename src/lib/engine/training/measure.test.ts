import { expect, test, vi } from 'vitest';
import { sizes } from './recipe.ts';
import type { Learner } from './learner.ts';
import { measure } from './measure.ts';
import { patiently } from './place.ts';

/** A learner whose steps take so long on a clock of its own. */
function clocked(ms: number) {
	let time = 0;
	let steps = 0;
	let disposed = 0;
	const learner = {
		step: async () => {
			time += ms;
			steps++;
			return { loss: 1, gradientNorm: 1 };
		},
		dispose: () => disposed++
	} as unknown as Learner;
	return {
		make: async () => learner,
		now: () => time,
		told: () => ({ steps, disposed })
	};
}
const reading = { batch: () => [new Uint16Array(sizes.small.context)] };

test.each([
	['quick steps are many', 10, 23],
	['steps of a tenth of a second are eight', 100, 8],
	['of steps that take long, fewer are measured', 900, 3],
	['of steps that take very long, one after the first', 3000, 2]
])('%s', async (_, ms, steps) => {
	const { make, now, told } = clocked(ms);
	expect(await measure(make, reading, now)).toBe(ms);
	expect(told()).toEqual({ steps, disposed: 1 });
});

test('a step that never ends is not waited for', async () => {
	vi.useFakeTimers();
	const dispose = vi.fn();
	const learner = { step: () => new Promise(() => {}), dispose } as unknown as Learner;
	const measured = patiently(async () => learner, reading);
	await vi.advanceTimersByTimeAsync(10_000);
	expect(await measured).toBeGreaterThan(5000);
	expect(dispose).toHaveBeenCalledOnce();
	vi.useRealTimers();
});

test('nobody waits any longer for a GPU that was measured', async () => {
	vi.useFakeTimers();
	const { make } = clocked(1);
	expect(await patiently(make, reading)).toBeLessThan(6000);
	expect(vi.getTimerCount()).toBe(0);
	vi.useRealTimers();
});

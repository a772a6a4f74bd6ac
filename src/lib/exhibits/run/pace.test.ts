import { expect, test, vi } from 'vitest';
import { Pace } from './pace.ts';

const never = new AbortController().signal;

/** How many turns of the page a loop at full pace leaves, of so many rounds that each take so long. */
async function turns(rounds: number, { working = 0, waiting = 0 }): Promise<number> {
	let now = 1000; // ms, by a clock that nothing else moves
	const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
	const timers = vi.spyOn(globalThis, 'setTimeout');
	const pace = new Pace(Infinity);
	await pace.next(never);
	timers.mockClear();
	for (let i = 0; i < rounds; i++) {
		now += working + waiting;
		await pace.next(never);
	}
	const count = timers.mock.calls.length;
	timers.mockRestore();
	clock.mockRestore();
	return count;
}

test('at full pace a loop that never waits gives the page a turn every few milliseconds', async () => {
	// 60 ms in all, a turn after 6 of them
	const count = await turns(200, { working: 0.3 });
	expect(count).toBeGreaterThanOrEqual(9);
	expect(count).toBeLessThanOrEqual(10);
});

test('a loop that waited for a message has given it, and starts no timer', async () => {
	expect(await turns(20, { waiting: 2 })).toBe(0);
});

test('who has stopped before the next turn is due waits for nothing', async () => {
	const pace = new Pace(0.1); // ten seconds a turn
	await pace.next(never);
	const timers = vi.spyOn(globalThis, 'setTimeout');
	await pace.next(AbortSignal.abort());
	expect(timers).not.toHaveBeenCalled();
	timers.mockRestore();
});

import { expect, test, vi } from 'vitest';
import { Pace } from './pace.ts';

const never = new AbortController().signal;

/** How many turns of the page a loop at full pace leaves, of so many rounds that each take a while. */
async function turns(rounds: number, wait: () => Promise<void> | void): Promise<number> {
	const timers = vi.spyOn(globalThis, 'setTimeout');
	const pace = new Pace(Infinity);
	await pace.next(never);
	timers.mockClear();
	for (let i = 0; i < rounds; i++) {
		await wait();
		await pace.next(never);
	}
	const count = timers.mock.calls.length;
	timers.mockRestore();
	return count;
}

/** Keeps the thread for so many milliseconds. */
function busy(ms: number): void {
	const end = performance.now() + ms;
	while (performance.now() < end);
}

test('at full pace a loop that never waits gives the page a turn every few milliseconds', async () => {
	expect(await turns(200, () => busy(0.3))).toBeGreaterThan(4);
});

test('a loop that waited for a message has given it, and starts no timer', async () => {
	const { port1, port2 } = new MessageChannel();
	const message = () =>
		new Promise<void>((resolve) => {
			port2.onmessage = () => resolve();
			setImmediate(() => (busy(2), port1.postMessage(null)));
		});
	expect(await turns(20, message)).toBe(0);
	port1.close();
});

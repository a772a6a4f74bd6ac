import { afterEach, describe, expect, test, vi } from 'vitest';
import { surroundings } from './surroundings.ts';

afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

const browser = (navigator: object | undefined) => vi.stubGlobal('navigator', navigator);

test.each<[string, object, number | undefined]>([
	['what is left of the quota', { estimate: async () => ({ quota: 9, usage: 4 }) }, 5],
	['all of it where no use is told', { estimate: async () => ({ quota: 9 }) }, 9],
	['never less than nothing', { estimate: async () => ({ quota: 4, usage: 9 }) }, 0],
	['not known where no quota is told', { estimate: async () => ({}) }, undefined],
	['not known where the browser refuses', { estimate: () => Promise.reject(new Error('no')) }, undefined] // prettier-ignore
])('room: %s', async (_, storage, free) => {
	browser({ storage });
	expect(await surroundings.free()).toBe(free);
});

test('room is not known where there is no store', async () => {
	browser({});
	expect(await surroundings.free()).toBeUndefined();
});

test('a network is taken to be there until the browser says that it is not', () => {
	for (const [navigator, online] of [
		[undefined, true],
		[{}, true],
		[{ onLine: true }, true],
		[{ onLine: false }, false]
	] as const) {
		browser(navigator);
		expect(surroundings.online()).toBe(online);
	}
});

test('locks are those of the browser, or none', () => {
	const locks = {};
	browser({ locks });
	expect(surroundings.locks).toBe(locks);
	browser(undefined);
	expect(surroundings.locks).toBeUndefined();
});

test('chance is from 0 to below 1, and not always the same', () => {
	const drawn = Array.from({ length: 50 }, () => surroundings.random());
	expect(drawn.every((one) => one >= 0 && one < 1)).toBe(true);
	expect(new Set(drawn).size).toBeGreaterThan(40);
});

describe('a wait', () => {
	test('is as long as it is meant, and leaves nothing behind', async () => {
		vi.useFakeTimers();
		const stop = new AbortController();
		const removed = vi.spyOn(stop.signal, 'removeEventListener');
		let over = false;
		const wait = surroundings.wait(1000, stop.signal).then(() => (over = true));
		await vi.advanceTimersByTimeAsync(999);
		expect(over).toBe(false);
		await vi.advanceTimersByTimeAsync(1);
		await wait;
		expect(removed).toHaveBeenCalledTimes(1);
		stop.abort();
		await wait;
	});

	test('ends with the signal, also where that was given before', async () => {
		vi.useFakeTimers();
		const stop = new AbortController();
		const wait = expect(surroundings.wait(1000, stop.signal)).rejects.toThrow('Enough.');
		stop.abort(new Error('Enough.'));
		await wait;
		await expect(surroundings.wait(1000, stop.signal)).rejects.toThrow('Enough.');
		expect(vi.getTimerCount()).toBe(0);
	});
});

import { beforeEach, expect, test, vi } from 'vitest';

type Place = typeof import('./place.ts');
let copies = 0;

/** As in another page: each is a module of its own. */
const page = (): Promise<Place> => import(/* @vite-ignore */ `./place.ts?copy=${++copies}`);

beforeEach(() => sessionStorage.clear());

test('a page has no place until it keeps something, and then the same one', async () => {
	const one = await page();
	expect(await one.place()).toBeUndefined();
	const taken = await one.takePlace();
	expect(await one.place()).toBe(taken);
	expect(await one.takePlace()).toBe(taken);
	expect(Number(sessionStorage['running-tab-training'])).toBe(taken);
});

test('a copy of a tab that is open takes another place, and knows whose the first is', async () => {
	const one = await page();
	const taken = await one.takePlace();
	await expect.poll(async () => (await navigator.locks.query()).held!.length).toBeGreaterThan(0);
	const copy = await page();
	expect(await copy.place()).toBeUndefined();
	expect(await copy.isOthers(taken)).toBe(true);
	expect(await one.isOthers(taken)).toBe(false);
	const own = await copy.takePlace();
	expect(own).not.toBe(taken);
	expect(await one.place()).toBe(taken);
});

test('a tab that is loaded again has its place again', async () => {
	sessionStorage['running-tab-training'] = '1234.5';
	expect(await (await page()).place()).toBe(1234.5);
});

test.each(['', 'a', '0', 'NaN'])('%j in the place of a place is none', async (noted) => {
	sessionStorage['running-tab-training'] = noted;
	expect(await (await page()).place()).toBeUndefined();
});

test('on plain http there are no locks: the place is taken as it is noted', async () => {
	sessionStorage['running-tab-training'] = '77';
	const locks = vi.spyOn(Navigator.prototype, 'locks', 'get').mockReturnValue(undefined as never);
	const one = await page();
	expect(await one.place()).toBe(77);
	expect(await one.isOthers(1)).toBe(false);
	locks.mockRestore();
});

test('where nothing can be noted a page keeps its place as long as it is open', async () => {
	const get = vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
		throw new DOMException('no', 'SecurityError');
	});
	const set = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
		throw new DOMException('no', 'SecurityError');
	});
	const one = await page();
	expect(await one.place()).toBeUndefined();
	const taken = await one.takePlace();
	expect(await one.place()).toBe(taken);
	get.mockRestore();
	set.mockRestore();
});

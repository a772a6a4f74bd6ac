/**
 * @file What may happen to a training in the midst of it: the page or its worker dies, storage is full, two tabs train at once, the
 * clock jumps, the reader looks elsewhere or goes back. Each time it comes to the very model that an undisturbed run comes to.
 *
 * | fault                             | guard                                                            |
 * | --------------------------------- | ---------------------------------------------------------------- |
 * | the page's process dies           | course.ts `KEEP`, keeper.ts, store.ts: the last kept state       |
 * | the worker dies                   | link.ts, training.svelte.ts `goOn`                               |
 * | storage is full at every write    | store.ts `onabort`, keeper.ts: said once, and it goes on         |
 * | two tabs train                    | place.ts: a place for each                                       |
 * | a tab that trains is duplicated   | place.ts `claim`: the copy takes another place                   |
 * | the clock jumps                   | course.ts measures by `performance.now()`                        |
 * | out of sight, or left and back    | care.svelte.ts: it pauses, and says so                           |
 * | another page of the site and back | training.svelte.ts `leave`, store.ts                             |
 */
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { Browser } from './pipe.ts';
import { faultsOf, open } from './site.ts';

const SHORT = '#train.size=small&train.steps=60';
/** Long enough to be interrupted after a state was kept. */
const LONGER = '#train.size=small&train.steps=800';
/** Long enough to be interrupted again and again, by eyes that look every 50 ms. */
const LONGEST = '#train.size=small&train.steps=1500';

/** The time after which a state is kept again (course.ts). */
const KEEP = 4000; // ms

const main = (page: Page) => page.locator('.train .main');
const status = (page: Page) => page.locator('.train .status');
const message = (page: Page) => page.locator('.train .message');
/** All 256 bits of the weights' SHA-256. */
const face = (page: Page) => page.locator('.face svg').innerHTML();

async function done(page: Page): Promise<string> {
	await expect(status(page)).toHaveText(/^done/, { timeout: 150_000 });
	return face(page);
}

/** Has it learn. What will take long on this machine is begun by a second press. */
async function begin(page: Page): Promise<void> {
	await main(page).click();
	await expect(async () => {
		if (/^Train it, about/.test(await main(page).innerText())) await main(page).click();
		await expect(status(page)).toHaveText(/^(step|done)/, { timeout: 500 });
	}).toPass({ timeout: 60_000 });
}

const wholes = new Map<string, string>();

/** What a run comes to that nothing happens to. */
async function undisturbed(context: BrowserContext, hash: string): Promise<string> {
	const known = wholes.get(hash);
	if (known) return known;
	const page = await context.newPage();
	await open(page, `/train/${hash}`);
	await begin(page);
	const found = await done(page);
	await page.close();
	wholes.set(hash, found);
	return found;
}

async function oneStep(page: Page, reached: number): Promise<void> {
	await page.locator('.train').getByRole('button', { name: 'One step' }).click();
	await expect(status(page)).toHaveText(new RegExp(`^paused at step ${reached} of`), {
		timeout: 20_000
	});
}

/** Until a state has been kept while it learns. That is every few seconds, which go by at once here: on no machine is it over before. */
async function kept(page: Page): Promise<void> {
	await expect(page.locator('.train')).toHaveAttribute('data-steps', /^[1-9]/);
	await page.workers()[0].evaluate((by) => {
		const now = performance.now.bind(performance);
		performance.now = () => now() + by;
	}, KEEP);
	await page.waitForFunction(() => localStorage['running-tab-training'] === '1', undefined, {
		timeout: 30_000
	});
}

test('a page whose process dies stands at its last kept step when it is opened again, and comes to the same model', async ({
	page,
	context
}) => {
	test.setTimeout(400_000);
	const whole = await undisturbed(context, LONGER);
	await open(page, `/train/${LONGER}`);
	await begin(page);
	await kept(page);
	const crashed = page.waitForEvent('crash');
	const session = await context.newCDPSession(page);
	session.send('Page.crash').catch(() => {}); // nobody is left to answer
	await crashed;

	const again = await context.newPage();
	await open(again, '/train/');
	await expect(main(again)).toHaveText(/^Go on from step [1-9]/);
	await main(again).click();
	expect(await done(again)).toBe(whole);
});

test('a worker that dies is missed, and the run goes on from its last kept step to the same model', async ({
	page,
	context
}) => {
	test.setTimeout(400_000);
	const faults = await faultsOf(page);
	const whole = await undisturbed(context, LONGER);
	await open(page, `/train/${LONGER}`);
	await begin(page);
	await kept(page);
	await page
		.workers()[0]
		.evaluate(() => self.close())
		.catch(() => {});
	await expect(main(page)).toHaveText(/^Go on from step [1-9]/, { timeout: 20_000 });
	await expect(message(page)).toContainText(/Its state after step [\d,]+ is kept\.$/);
	await main(page).click();
	expect(await done(page)).toBe(whole);
	expect(faults).toEqual([]);
});

test('storage that is full at every write is said once, and the training goes on to the end', async ({
	page,
	context,
	baseURL
}) => {
	const faults = await faultsOf(page);
	await open(page, `/train/${SHORT}`);
	const session = await context.newCDPSession(page);
	await session.send('Storage.overrideQuotaForOrigin', { origin: baseURL!, quotaSize: 1000 });
	await oneStep(page, 1);
	await expect(message(page)).toContainText('or has no room for it');
	await oneStep(page, 2);
	expect(await page.evaluate(() => localStorage['running-tab-training'])).toBeUndefined();
	await main(page).click();
	await done(page);
	expect(faults).toEqual([]);
});

test('a tab that is duplicated keeps a run of its own, and leaves the one that was there before', async ({
	page,
	context
}) => {
	test.setTimeout(400_000);
	const whole = await undisturbed(context, SHORT);
	await open(page, `/train/${SHORT}`);
	await oneStep(page, 1);
	await oneStep(page, 2);

	// a copy begins with all that the tab had noted
	const noted = await page.evaluate(() => sessionStorage['running-tab-training'] as string);
	expect(noted).toMatch(/^\d+/);
	const copy = await context.newPage();
	await copy.addInitScript((noted) => {
		sessionStorage['running-tab-training'] ??= noted;
	}, noted);
	await open(copy, `/train/${SHORT}`);
	await expect(main(copy)).toHaveText('Go on from step 2');
	await oneStep(page, 3);
	await main(copy).click();
	expect(await done(copy)).toBe(whole);

	await page.reload();
	await expect(main(page)).toHaveText('Go on from step 3');
	await main(page).click();
	expect(await done(page)).toBe(whole);
});

test('two tabs that train keep a run each, and each goes on with its own', async ({
	page,
	context
}) => {
	test.setTimeout(400_000);
	const hashes = [SHORT, `${SHORT}&train.seed=2`];
	const whole = [
		await undisturbed(context, hashes[0]),
		await undisturbed(context, hashes[1])
	] as const;
	expect(whole[0]).not.toBe(whole[1]);

	const tabs = [page, await context.newPage()] as const;
	for (const [i, tab] of tabs.entries()) await open(tab, `/train/${hashes[i]}`);
	await oneStep(tabs[0], 1);
	await oneStep(tabs[1], 1);
	await oneStep(tabs[1], 2);
	for (const tab of tabs) await tab.reload();
	await expect(main(tabs[0])).toHaveText('Go on from step 1');
	await main(tabs[0]).click();
	expect(await done(tabs[0])).toBe(whole[0]);
	// what the first forgets is its own
	await tabs[1].reload();
	await expect(main(tabs[1])).toHaveText('Go on from step 2');
	await main(tabs[1]).click();
	expect(await done(tabs[1])).toBe(whole[1]);
	expect(await tabs[1].evaluate(() => localStorage['running-tab-training'])).toBeUndefined();
});

test('a clock that jumps by fifty years in the midst of a run changes no time and no model', async ({
	page,
	context
}) => {
	test.setTimeout(400_000);
	const faults = await faultsOf(page);
	const whole = await undisturbed(context, LONGER);
	await open(page, `/train/${LONGER}`);
	const steps = async () => Number(await page.locator('.train').getAttribute('data-steps'));
	const goesOn = async () => {
		await page.waitForFunction(
			(before) =>
				Number(document.querySelector<HTMLElement>('.train')!.dataset.steps) > before + 10,
			await steps(),
			{ timeout: 20_000 }
		);
	};
	const moveClock = (by: number) => {
		const now = Date.now.bind(Date);
		Date.now = () => now() + by;
	};
	const jump = async (years: number) => {
		const by = years * 365.25 * 86400e3;
		await page.evaluate(moveClock, by);
		for (const worker of page.workers()) await worker.evaluate(moveClock, by);
	};
	await begin(page);
	await goesOn();
	await jump(50);
	await goesOn();
	await jump(-100);
	await goesOn();
	await main(page).click();
	await expect(status(page)).toHaveText(/^paused/);
	const stood = await steps();
	const text = await page.locator('.train').innerText();
	expect(text).not.toMatch(/NaN|Infinity|undefined|Invalid/);
	expect(text).not.toMatch(/(^|[\s$(])[-−]\d/m);
	expect(text, 'what it took so far').toMatch(/Training\s+\d\d?(\.\d)? s\b/);

	// kept by a clock that was fifty years behind
	await page.reload();
	await expect(main(page)).toHaveText(`Go on from step ${stood.toLocaleString('en')}`);
	await main(page).click();
	expect(await done(page)).toBe(whole);
	expect(faults).toEqual([]);
});

test('another page of the site and back: the run is offered where it was kept last', async ({
	page,
	context
}) => {
	test.setTimeout(400_000);
	const whole = await undisturbed(context, LONGER);
	const faults = await faultsOf(page);
	await open(page, `/train/${LONGER}`);
	await begin(page);
	await kept(page);
	await page.getByRole('link', { name: 'About' }).first().click();
	await expect(page.locator('h1')).toContainText('About');
	await expect.poll(() => page.workers().length, 'nothing trains unseen').toBe(0);
	await page.goBack();
	await expect(main(page)).toHaveText(/^Go on from step [1-9]/);
	await main(page).click();
	expect(await done(page)).toBe(whole);
	expect(faults).toEqual([]);
});

test.describe('as pages sleep for people', () => {
	const at = '.train';
	const text = (what: string) =>
		`(document.querySelector('${at} ${what}')?.innerText.trim() ?? '')`;
	const mosaic = `document.querySelector('.face svg').innerHTML`;
	const steps = `Number(document.querySelector('${at}').dataset.steps)`;
	const press = `document.querySelector('${at} .main').click()`;

	test('out of sight it pauses and says so, left and come back to as well; it comes to the same model', async ({
		baseURL
	}) => {
		test.setTimeout(400_000);
		const chromium = new Browser();
		try {
			const other = await chromium.tab('about:blank');
			const page = await chromium.tab(`${baseURL}/train/${LONGEST}`);
			const over = async () => {
				await page.until(`/^done/.test(${text('.status')})`, 150_000);
				return page.value<string>(mosaic);
			};
			const begin = async () => {
				await page.until(`'hydrated' in document.documentElement.dataset`);
				await page.value(press);
				await page.until(`/^Train it, about/.test(${text('.main')}) || ${steps} > 0`, 60_000);
				if ((await page.value(steps)) === 0) await page.value(press);
				await page.until(`${steps} > 10`, 60_000);
			};
			await page.show();
			await begin();
			const whole = await over();

			await page.send('Page.reload');
			await page.until(`${steps} === 0`);
			await begin();
			await other.show();
			await page.until(`/^paused/.test(${text('.status')})`);
			const stood = await page.value<number>(steps);
			await page.show();
			await page.until(`/ while this tab was out of sight/.test(${text('.message')})`);
			expect(await page.value<number>(steps)).toBe(stood);

			await page.value(press);
			await page.until(`${steps} > ${stood}`);
			await page.value(
				`addEventListener('pageshow', ({ persisted }) => { window.persisted = persisted; })`
			);
			await page.send('Page.navigate', { url: `${baseURL}/about/` });
			await page.until(`location.pathname === '/about/'`);
			await page.value('history.back()').catch(() => {});
			await page.until(
				`location.pathname === '/train/' && document.querySelector('${at}') !== null`
			);
			await page.until(`/^(paused|Go on)/.test(${text('.status')} || ${text('.main')})`);
			expect(await page.value('window.persisted'), 'it came from the cache').toBe(true);
			expect(await page.value<number>(steps)).toBeGreaterThan(stood);
			await page.value(press);
			expect(await over()).toBe(whole);
		} finally {
			await chromium.close();
		}
	});
});

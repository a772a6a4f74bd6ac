/**
 * @file Training on the site as it is built: to the end, over a reload, where nothing can be kept, in every state by the bars for
 * pages.
 *
 * | fault                           | guard                                                      |
 * | ------------------------------- | ---------------------------------------------------------- |
 * | the page is loaded again        | train/store.ts, train/flag.ts: what was kept is offered    |
 * | nothing can be kept             | train/keeper.ts: said once, and the training goes on       |
 * | somebody else's entry           | train/store.ts: `isUnfinished`                             |
 * | a learning rate that is too high | course.ts, train/says.ts: stopped, said, one button        |
 */
import { expect, test, type Page } from '@playwright/test';
import { violations } from './axe.ts';
import { overflows } from './layout.ts';
import { faultsOf, open } from './site.ts';

const SHORT = '#train.size=small&train.steps=60';
/** Long enough for a state to be kept while it goes on. */
const LONGER = '#train.size=small&train.steps=900';

const exhibit = (page: Page) => page.locator('.train');
const main = (page: Page) => page.locator('.train .main');
const status = (page: Page) => page.locator('.train .status');
const message = (page: Page) => page.locator('.train .message');
const done = (page: Page) => expect(status(page)).toHaveText(/^done/, { timeout: 60_000 });

for (const address of ['/lab/train-it-here/', '/train/']) {
	test(`${address}: a model learns and stands still, and nothing goes wrong on the way`, async ({
		page
	}) => {
		const faults = await faultsOf(page);
		await open(page, address + SHORT);
		await main(page).click();
		await done(page);
		const mosaic = await page.locator('.face code').innerText();
		await page.waitForTimeout(600);
		expect(await page.locator('.face code').innerText()).toBe(mosaic);
		for (const fold of await exhibit(page).locator('summary:visible').all()) await fold.click();
		expect(await violations(page)).toEqual([]);
		expect(await exhibit(page).innerText()).not.toMatch(/NaN|undefined|Infinity|\[object/);
		await page.setViewportSize({ width: 320, height: 640 });
		expect(await overflows(page)).toEqual([]);
		expect(faults).toEqual([]);
	});
}

test('axe finds nothing while it learns, when it stands, in the dark', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'dark' });
	await open(page, `/train/${LONGER}`);
	await main(page).click();
	await expect(main(page)).toHaveText('Pause', { timeout: 30_000 });
	expect(await violations(page), 'learning').toEqual([]);
	await main(page).click();
	await expect(status(page)).toHaveText(/^paused/);
	expect(await violations(page), 'paused').toEqual([]);
});

test('a page that is loaded again offers to go on, and comes to the same model', async ({
	page
}) => {
	test.setTimeout(120_000);
	await open(page, `/train/${SHORT}`);
	await main(page).click();
	await done(page);
	const mosaic = await page.locator('.face code').innerText();

	await page.goto('about:blank');
	await open(page, `/train/${SHORT}`);
	for (const step of [1, 2]) {
		await exhibit(page).getByRole('button', { name: 'One step' }).click();
		await expect(status(page)).toHaveText(`paused at step ${step} of 60`, { timeout: 20_000 });
	}
	await expect.poll(() => page.evaluate(() => localStorage['running-tab-training'])).toBe('1');
	await page.reload();
	// nobody has touched it
	await expect(main(page)).toHaveText('Go on from step 2');
	await expect(message(page)).toContainText('was kept in this browser at step 2 of 60.');
	await main(page).click();
	await done(page);
	expect(await page.locator('.face code').innerText()).toBe(mosaic);
	await page.reload();
	await expect(main(page)).toHaveText(/^Train it/);
});

test('where nothing can be kept that is said, and it goes on to the end', async ({ page }) => {
	const faults = await faultsOf(page);
	await page.addInitScript(() => {
		IDBFactory.prototype.open = () => {
			throw new DOMException('not here', 'SecurityError');
		};
	});
	await open(page, `/train/${SHORT}`);
	await exhibit(page).getByRole('button', { name: 'One step' }).click();
	await expect(message(page)).toContainText('This browser keeps nothing of the training', {
		timeout: 20_000
	});
	await main(page).click();
	await done(page);
	expect(faults).toEqual([]);
});

test('a rate that is too high is stopped with a sentence; half of it is one press away', async ({
	page
}) => {
	await open(page, '/train/#train.steps=400&train.rate=1');
	await main(page).click();
	await expect(main(page)).toHaveText('Start over with half the learning rate', {
		timeout: 45_000
	});
	await expect(message(page)).toContainText('The loss ran away at step');
	await main(page).click();
	await expect(page).toHaveURL(/train\.rate=0\.5/);
	await expect(main(page)).toHaveText('Pause', { timeout: 20_000 });
});

test('a text of one’s own stays on the device, and out of the address', async ({ page }) => {
	const faults = await faultsOf(page);
	await open(page, `/train/${SHORT}`);
	await exhibit(page).getByLabel('your own text').check();
	await exhibit(page)
		.getByRole('textbox', { name: /^Paste any text/ })
		.fill('Anna und Otto sehen den Uhu am See. '.repeat(40));
	await main(page).click();
	await done(page);
	await expect(page.locator('.pictures li').last()).toContainText('Anna und');
	expect(page.url()).not.toContain('Anna');
	expect(faults).toEqual([]);
});

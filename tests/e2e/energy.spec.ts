/** @file Electricity: every state of the exhibit by the bars of pages, a run of this visit in it, numbers as people type them. */
import { expect, test, type Page } from '@playwright/test';
import { violations, violationsOfColours } from './axe.ts';
import { overflows } from './layout.ts';
import { exhibit, faultsOf, open, openAwake } from './site.ts';

const path = '/lab/watt-hours/';

const states = [
	'',
	'#energy.of=training',
	'#energy.times=everyone&energy.out=100000',
	'#energy.row=device&energy.times=day&energy.least=0.1&energy.most=1000'
];

/** Numbers of the last row but for the cards they open to. */
const own = (page: Page) => page.locator('.energy .much button').last();

test('axe finds nothing in any state, folds open, in light and in dark', async ({ page }) => {
	test.setTimeout(120_000);
	const faults = await faultsOf(page);
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	await openAwake(page, path);
	for (const summary of await page.locator('.energy summary').all()) await summary.click();
	for (const hash of states) {
		await page.evaluate((hash) => (location.hash = hash), hash);
		expect(await violations(page), hash).toEqual([]);
		await page.emulateMedia({ colorScheme: 'dark' });
		expect(await violationsOfColours(page), `${hash} in dark`).toEqual([]);
		await page.emulateMedia({ colorScheme: 'light' });
		await expect(page.locator('.energy')).not.toContainText(/NaN|undefined|Infinity|\de\+\d/);
	}
	expect(faults).toEqual([]);
});

test('in 320 pixels, with text twice as large, nothing sticks out in any state', async ({
	page
}) => {
	await page.setViewportSize({ width: 320, height: 640 });
	await openAwake(page, path);
	for (const large of [false, true]) {
		if (large) await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
		for (const hash of states) {
			await page.evaluate((hash) => (location.hash = hash), hash);
			await page.waitForTimeout(50);
			expect(await overflows(page), `${hash} ${large}`).toEqual([]);
		}
	}
});

test('a run of this visit is estimated in the place of the recorded one', async ({ page }) => {
	await open(page, path);
	await expect(page.locator('.energy')).toContainText('Pocket model, recorded');
	await open(page, '/lab/spike-and-stream/#spike.pace=fast&spike.seed=11');
	await exhibit(page).run.click();
	await exhibit(page).hasTokens(5);
	await exhibit(page).atRest();
	await open(page, path);
	await expect(page.locator('.energy')).toContainText('This device, your last run now');
	await expect(page.locator('.energy .how').last()).toContainText(
		/seconds × watts: [\d.]+ seconds of one core at 4 to 20 watts, for \d+ tokens in and \d+ out/
	);
	await expect(page.locator('.energy .how').last()).toContainText('estimated');
});

test('a stored run that was not written here changes nothing', async ({ page }) => {
	for (const ms of ['"66"', '-4', '1e300', '999999999999', '{}']) {
		await page.goto(path);
		await page.evaluate((ms) => {
			const line = `{"at":1,"model":"Pocket model","sent":1,"came":1,"ms":${ms}}`;
			sessionStorage.setItem(
				'running-tab.visit',
				`{"version":2,"sent":1,"came":1,"reused":0,"runs":1,"lines":[${line}]}`
			);
		}, ms);
		await openAwake(page, path);
		await expect(page.locator('.energy')).toContainText('Pocket model, recorded');
	}
});

test('numbers with a comma and in Arabic digits are understood', async ({ page }) => {
	await openAwake(page, path);
	const answer = page.getByLabel('Answer, tokens');
	await answer.fill('١٠٠٠');
	await answer.press('Enter');
	await expect(page.locator('.energy')).toContainText('100 tokens in the prompt and 1,000');
	const watts = page.getByLabel('Watts, at most');
	await watts.fill('7,5');
	await watts.press('Enter');
	await expect(page.locator('.energy .how').last()).toContainText('at 4 to 7.5 watts');
	await expect(page).toHaveURL(/#energy\.out=1000&energy\.most=7\.5$/);
});

test('by keyboard alone: a training, another row, back, times a class', async ({ page }) => {
	await open(page, path);
	await page.getByRole('radio', { name: 'An answer' }).focus();
	await expect(page.locator('.exhibit[data-awake]')).toHaveCount(1);
	await page.keyboard.press('ArrowRight');
	await expect(page.locator('.caption strong')).toContainText('One training');
	await page.keyboard.press('ArrowLeft');
	await expect(page.locator('.caption strong')).toContainText('One answer');
	const select = page.getByLabel('Beside something you know');
	await select.focus();
	await page.keyboard.press('End');
	await expect(page.locator('.said').first()).toContainText('Pocket model');
	await page.getByRole('button', { name: 'a class of 30' }).focus();
	await page.keyboard.press('Enter');
	await expect(page.locator('.said').last()).toContainText('Times 300, a class of 30');
});

test('printed, it has its marks and its words, and nothing to press', async ({ page }) => {
	await openAwake(page, path);
	await page.emulateMedia({ media: 'print' });
	await expect(page.locator('.energy .segments')).toBeHidden();
	await expect(page.getByLabel('Answer, tokens')).toBeHidden();
	await expect(page.getByRole('button', { name: 'a class of 30' })).toBeHidden();
	await expect(page.locator('.energy .dot').first()).toBeVisible();
	await expect(page.locator('.energy .caption')).toBeVisible();
	await expect(own(page)).toBeVisible();
});

test('without JavaScript the picture, its table and its folds are there', async ({
	browser,
	baseURL
}) => {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		...(baseURL && { baseURL })
	});
	const page = await context.newPage();
	await page.goto(path);
	await expect(page.locator('.energy .caption')).toContainText('One answer, from 0.1 to 40');
	await expect(page.locator('.energy .dot')).toHaveCount(9);
	await expect(page.getByLabel('Answer, tokens')).toBeHidden();
	await page.getByText('The pictures as tables').click();
	await expect(page.getByRole('row', { name: /Grok 4/ })).toBeVisible();
	await context.close();
});

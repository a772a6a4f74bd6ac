/** @file The page of claims: every one can be read, found, addressed and filtered. */
import { expect, test } from '@playwright/test';
import { faultsOf, open } from './site.ts';

const rows = 'details[data-verdict]';

test('a filter by keyboard hides the rest, stands in the address and is found again', async ({
	page
}) => {
	const faults = await faultsOf(page);
	await open(page, '/claims/');
	await expect(page.locator(rows)).toHaveCount(117);
	await page.getByLabel('Verdict').focus();
	await page.keyboard.type('wrong');
	await expect(page.getByRole('status').filter({ hasText: 'shown' })).toHaveText('9 of 117 shown');
	await expect(page.locator(`${rows}:visible`)).toHaveCount(9);
	await page.getByRole('combobox', { name: /^Article/ }).selectOption('D');
	await expect(page.locator(`${rows}:visible`)).toHaveCount(3);
	expect(page.url()).toContain('#claims.article=D&claims.verdict=wrong');

	await page.reload();
	await expect(page.locator(`${rows}:visible`)).toHaveCount(3);
	await page.getByRole('searchbox', { name: 'Search' }).fill('reference book');
	await expect(page.locator(`${rows}:visible`)).toHaveCount(1);
	await page.getByRole('button', { name: 'Show all' }).click();
	await expect(page.locator(`${rows}:visible`)).toHaveCount(117);
	expect(faults).toEqual([]);
});

test('each claim has an address that opens it, also after a filter had hidden it', async ({
	page
}) => {
	await open(page, '/claims/#S4-06');
	await expect(page.locator('#S4-06')).toHaveAttribute('open', '');
	await expect(page.locator('#S4-06')).toBeInViewport();
	await page.getByLabel('Verdict').selectOption('supported');
	await expect(page.locator('#S4-06')).toBeHidden();
	await page.evaluate(() => (location.hash = '#S3-04'));
	await expect(page.locator('#S3-04 .say')).toBeVisible();
	await page.locator('#S3-04 summary').focus();
	await page.keyboard.press('Enter');
	await expect(page.locator('#S3-04 .say')).toBeHidden();
});

test('what others write into the address is ignored', async ({ page }) => {
	const faults = await faultsOf(page);
	for (const value of ['__proto__', '%3Cimg%20src=x%3E', '1e309', '%E0%A4%A', 'zzz']) {
		await page.goto('about:blank');
		await open(
			page,
			`/claims/#claims.verdict=${value}&claims.article=${value}&claims.topic=${value}`
		);
		await expect(page.locator(`${rows}:visible`)).toHaveCount(117);
	}
	expect(await page.locator('.claims img').count()).toBe(0);
	expect(faults).toEqual([]);
});

test('an address that names no claim opens none, and is no fault', async ({ page }) => {
	const faults = await faultsOf(page);
	await open(page, '/claims/');
	for (const name of [
		'S4-99',
		'S0-00',
		'S4-06"]',
		'S4-06, *',
		'S4-6',
		'constructor',
		'%00',
		':is('
	]) {
		await page.evaluate((name) => (location.hash = name), name);
		await page.evaluate(() => new Promise(requestAnimationFrame));
		await expect(page.locator(`${rows}[open]`)).toHaveCount(0);
		await expect(page.locator(`${rows}:visible`)).toHaveCount(117);
	}
	expect(faults).toEqual([]);
});

test('an article of which nothing is shown is not named either', async ({ page }) => {
	await open(page, '/claims/#claims.article=D');
	await expect(page.locator('.claims section:visible')).toHaveCount(1);
	await page.getByRole('button', { name: 'Show all' }).click();
	await expect(page.locator('.claims section:visible')).toHaveCount(5);
});

test('the filter waits for its code: what is chosen before would be lost', async ({ request }) => {
	const html = await (await request.get('/claims/')).text();
	const fields = html.match(/<(select|input)\b[^>]*>/g)!.filter((field) => !/radio/.test(field));
	expect(fields).toHaveLength(4);
	for (const field of fields) expect(field).toMatch(/\bdisabled\b/);
});

test('a duel is fought by keyboard, and its guess is there on the next visit', async ({ page }) => {
	await open(page, '/lessons/five-articles/');
	const duel = page.locator('.predict', { hasText: 'What did one question to' });
	await duel.getByRole('radio', { name: /Article E/ }).focus();
	await expect(page.locator('.exhibit[data-awake]').first()).toBeAttached();
	await page.keyboard.press('Space');
	await duel.getByRole('button', { name: 'That is my guess' }).press('Enter');
	await expect(duel.getByText('so it is')).toBeVisible();
	await page.reload();
	await expect(duel.getByText('you, before')).toBeVisible();
});

test('a link from another page brings the list as well', async ({ page }) => {
	await open(page, '/sources/');
	await page.getByRole('link', { name: 'all of it in one place' }).click();
	await expect(page.locator(rows)).toHaveCount(117);
	await page.getByLabel('Verdict').selectOption('outdated');
	await expect(page.locator(`${rows}:visible`)).toHaveCount(4);
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('every claim is there, opens, and the duels tell what is true', async ({ page }) => {
		await page.goto('/claims/');
		await expect(page.locator(`${rows}:visible`)).toHaveCount(117);
		await page.locator('#S4-06 summary').click();
		await expect(page.locator('#S4-06 .say')).toBeVisible();
		await expect(page.getByText('Neither, as it stands.')).toBeVisible();
		await expect(page.getByText('0.36 cents').first()).toBeVisible();
	});
});

for (const width of [320, 390]) {
	test(`nothing is wider than a screen of ${width} pixels`, async ({ page }) => {
		await page.setViewportSize({ width, height: 700 });
		for (const address of ['/claims/', '/lessons/five-articles/']) {
			await open(page, address);
			if (address === '/claims/') await page.getByRole('button', { name: 'Open all' }).click();
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
		}
	});
}

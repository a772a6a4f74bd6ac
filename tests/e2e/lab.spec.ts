/** @file The lab, on the site as it is built: runs held, kept, compared, handed on. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { exhibit, faultsOf, hydrated, open, tabLine } from './site.ts';

type Saved = { tokens: { text: string; id: number }[]; request: { seed: number }; model: object };

const stream = (page: Page, side = 0) =>
	page.locator('.side').nth(side).locator('.token.came').allTextContents();

async function saved(page: Page): Promise<{ path: string; record: Saved }> {
	const coming = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save this run' }).first().click();
	const path = await (await coming).path();
	return { path, record: JSON.parse(readFileSync(path, 'utf8')) as Saved };
}

test('the first Run of the lab starts a live run of the pocket model', async ({ page }) => {
	const faults = await faultsOf(page);
	await open(page, '/lab/');
	const { run, root, tokens, hasTokens, atRest } = exhibit(page);
	expect(await tokens()).toBe(0);
	expect(await stream(page)).not.toHaveLength(0);
	await run.click();
	await hasTokens(5);
	await expect(root).toHaveAttribute('aria-busy', 'true');
	await atRest();
	expect((await tabLine(page)).came).toBe(await tokens());
	await expect(root.locator('.status').first()).toHaveText(/^live, /);
	await expect(root.locator('.candidates li.drawn').first()).toBeVisible();
	await expect(root.locator('.readings caption').first()).toContainText('measured here');
	expect(faults).toEqual([]);
});

test('one token a press is one token computed a press, and Pause holds', async ({ page }) => {
	await open(page, '/lab/');
	const { root, tokens, atRest, hasTokens, stop } = exhibit(page);
	const one = root.getByRole('button', { name: 'One token' });
	for (const count of [1, 2, 3]) {
		await one.click();
		await hasTokens(count);
		await page.waitForTimeout(250);
		expect(await tokens()).toBe(count);
		expect((await tabLine(page)).came).toBe(count);
	}
	await root.getByRole('button', { name: 'Go on' }).click();
	await hasTokens(6);
	await root.getByRole('button', { name: 'Pause' }).click();
	await expect(root.locator('.status').first()).toHaveText(/^held after/);
	await page.waitForTimeout(250);
	const held = await tokens();
	expect(held).toBeLessThan(20); // what was held before has not been caught up
	await page.waitForTimeout(400);
	expect(await tokens()).toBe(held);
	await stop.click();
	await atRest();
	expect(await tokens()).toBe(held);
});

test('a saved run, opened in another browser, replays token for token', async ({
	page,
	browser,
	baseURL
}) => {
	await open(page, '/lab/#lab.pace=fast&lab.seed=23&lab.t=1.1');
	const { run, atRest, hasTokens } = exhibit(page);
	await run.click();
	await hasTokens(1);
	await atRest();
	const { path, record } = await saved(page);
	expect(record.tokens.length).toBeGreaterThan(5);
	expect(record.request.seed).toBe(23);
	const texts = await stream(page);

	const context = await browser.newContext({ baseURL: baseURL ?? '' });
	const other = await context.newPage();
	const faults = await faultsOf(other);
	await open(other, '/lab/');
	const { root } = exhibit(other);
	await root.getByRole('button', { name: 'Open a run' }).first().focus();
	await other.locator('input[type=file]').first().setInputFiles(path);
	await expect(root.locator('.values').first()).toContainText('seed 23, temperature 1.1');
	await expect(root.locator('.status').first()).toHaveText(/^recorded \d/);
	expect(await stream(other)).toEqual(texts);

	await root.getByLabel('How fast to play it').first().selectOption('a tenth as fast');
	await root.getByRole('button', { name: 'Play it again' }).first().click();
	await expect(root).toHaveAttribute('aria-busy', 'true');
	await expect(root).toHaveAttribute('aria-busy', 'false', { timeout: 20_000 });
	expect(await stream(other)).toEqual(texts);
	expect((await tabLine(other)).came).toBe(0);

	const again = await saved(other);
	expect(again.record).toEqual(record);
	expect(faults).toEqual([]);
	await context.close();
});

test('the address brings the lab back as it stood', async ({ page }) => {
	await open(page, '/lab/');
	const { root } = exhibit(page);
	await root.getByText('as fast as it goes').first().click();
	await expect(page).toHaveURL(/lab\.pace=fast/); // its code is there
	await root.getByLabel('Prompt').first().fill('Are you learning from me?');
	await root.getByRole('spinbutton', { name: 'Seed' }).fill('٤٢');
	await root.getByRole('spinbutton', { name: 'Temperature' }).fill('0,35');
	await root.getByRole('spinbutton', { name: 'Top-k' }).fill('20');
	await root.getByRole('spinbutton', { name: 'Length' }).fill('30');
	await root.getByLabel('System text').fill('Say it & be done.');
	await root.getByRole('button', { name: 'Put a second run beside it' }).click();
	await expect(root.locator('.side')).toHaveCount(2);
	const address = page.url();
	expect(address).not.toContain('?');

	await page.goto('/about/');
	await open(page, address);
	await expect(root.locator('.side')).toHaveCount(2);
	await expect(root.locator('.values')).toHaveText([
		'seed 42, temperature 0.35, top-k 20, up to 30, as fast as it goes',
		'seed 43, temperature 0.35, top-k 20, up to 30, as fast as it goes'
	]);
	await expect(root.getByLabel('Prompt A')).toHaveValue('Are you learning from me?');
	await page.reload();
	await hydrated(page);
	await expect(root.getByLabel('Prompt B')).toHaveValue('Are you learning from me?');
});

test('two runs of one seed are one run, and of another seed they part where it is marked', async ({
	page
}) => {
	await open(page, '/lab/#lab.pace=fast&lab.two=1');
	const { run, root, atRest, hasTokens } = exhibit(page);
	await expect(root.locator('.side')).toHaveCount(2);
	await expect(run).toHaveText('Run both');
	await run.click();
	await hasTokens(1);
	await expect(root.locator('.both')).toContainText('Both wrote the same', { timeout: 20_000 });
	await atRest();
	expect(await stream(page, 0)).toEqual(await stream(page, 1));

	await open(page, '/lab/#lab.pace=fast&lab.two=1&lab.b.seed=7&lab.b.t=1.5');
	await expect(root.locator('.values').nth(1)).toContainText('seed 7, temperature 1.5');
	await run.click();
	await expect(root.locator('.both')).toContainText(/They (share|part)/, { timeout: 20_000 });
	await expect(root.locator('.side').nth(1).locator('.status')).toHaveText('live, finished');
	await atRest();
	const [a, b] = [await stream(page, 0), await stream(page, 1)];
	const at = a.findIndex((text, index) => text !== b[index]);
	const marked = await root
		.locator('.parting')
		.evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset.index)));
	expect(marked).toEqual([at, at]);
	expect(page.workers().length).toBe(1);
});

test('a recorded run opens without the model', async ({ page }) => {
	await page.route('**/pocket/**', (route) => route.abort());
	await open(page, '/lab/');
	await page.getByRole('button', { name: /Open the recording of “Are you learning/ }).click();
	await expect(page.locator('.by').first()).toContainText('recorded');
	await expect(page.getByLabel('Prompt').first()).toHaveValue('Are you learning from me?');
	expect((await stream(page)).length).toBeGreaterThan(20);
});

test('table, text and picture are saved', async ({ page }) => {
	const faults = await faultsOf(page);
	await open(page, '/lab/');
	for (const [name, ending, head] of [
		['Tokens as CSV', 'csv', 'efbbbf'],
		['Text', 'txt', '54656c6c'],
		['Picture', 'png', '89504e47']
	]) {
		const coming = page.waitForEvent('download');
		await page.getByRole('button', { name, exact: true }).first().click();
		const file = await coming;
		expect(file.suggestedFilename()).toMatch(new RegExp(`^running-tab-.*\\.${ending}$`));
		const bytes = readFileSync(await file.path());
		expect(bytes.subarray(0, head.length / 2).toString('hex')).toBe(head);
	}
	expect(faults).toEqual([]);
});

test('nothing moves while a run goes on, on a phone and on a desk', async ({ page }) => {
	for (const [width, height] of [
		[390, 5000],
		[1280, 3500]
	]) {
		await page.setViewportSize({ width, height });
		await open(page, '/lab/#lab.pace=fast');
		const { root, run, atRest, hasTokens } = exhibit(page);
		const before = await root.boundingBox();
		await run.click();
		await hasTokens(20);
		expect((await root.boundingBox())?.height).toBe(before?.height);
		await atRest();
		expect((await root.boundingBox())?.height).toBe(before?.height);
	}
});

test('on a phone what runs comes into sight, and its buttons stay there', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 700 });
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await open(page, '/lab/#lab.pace=slow');
	const { run, stop, hasTokens } = exhibit(page);
	await run.click();
	await hasTokens(1);
	await expect(page.locator('.stream')).toBeInViewport({ ratio: 1 });
	await expect(stop).toBeInViewport({ ratio: 1 });
	await stop.click();
});

test('without JavaScript the recorded run reads in full, token by token', async ({
	browser,
	baseURL
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
	const page = await context.newPage();
	await page.goto('/lab/');
	const [text, candidates, readings] = await Promise.all(
		['.output', '.candidates', '.readings'].map((part) => page.locator(part).boundingBox())
	);
	expect(text!.width).toBeGreaterThan(900);
	expect(candidates!.x + candidates!.width).toBeLessThan(readings!.x);
	const count = await page.locator('.token.came').count();
	expect(count).toBeGreaterThan(20);
	await page.getByText('The tokens as a table').click();
	await expect(page.locator('details[open] tbody tr')).toHaveCount(count);
	await context.close();
});

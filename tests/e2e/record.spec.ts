/** @file A run handed on: saved here, opened elsewhere, played token for token. */
import { readFileSync } from 'node:fs';
import { expect, test, type Browser, type Page } from '@playwright/test';
import type { RunRecord } from '#lib/events.ts';
import { exhibit, faultsOf, open, openAwake, tabLine } from './site.ts';

/** The pieces of text in the stream, one a token. */
const pieces = (page: Page) => exhibit(page).root.locator('.token').allInnerTexts();

test('a run saved in one browser replays token for token in another', async ({
	page,
	browser
}, testInfo) => {
	await open(page, '/#spike.seed=11&spike.pace=fast');
	const { run, hasTokens, atRest, tokens } = exhibit(page);
	await run.click();
	await hasTokens(5);
	await atRest();
	const written = await pieces(page);
	const count = await tokens();
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save this run' }).click();
	const file = testInfo.outputPath('run.json');
	await (await download).saveAs(file);
	expect(JSON.parse(readFileSync(file, 'utf8')).tokens.length).toBe(count);

	const other = await browser.newContext();
	const there = await other.newPage();
	const faults = await faultsOf(there);
	await open(there, new URL('/', page.url()).href);
	await there.locator('.keep').hover(); // the exhibit wakes when it is pointed at
	await there.getByLabel('A file with a saved run').setInputFiles(file);
	await expect(there.locator('.keep [role=status]')).toHaveText(/^Opened: Pocket model, recorded/);
	await expect.poll(() => pieces(there)).toEqual(written);
	await expect(there.locator('.head .status')).toHaveText(/^recorded .* on Chrome/);

	await there.locator('.keep select').selectOption('a tenth as fast');
	await there.getByRole('button', { name: 'Play it again' }).click();
	await expect(exhibit(there).root).toHaveAttribute('aria-busy', 'true');
	await exhibit(there).atRest();
	expect(await pieces(there)).toEqual(written);
	expect((await tabLine(there)).sent, 'a recording is no use of the model').toBe(0);

	// what the recorded run asked is asked again, live: the same model and seed write the same
	await exhibit(there).run.click();
	await exhibit(there).hasTokens(count);
	await exhibit(there).atRest();
	expect(await pieces(there)).toEqual(written);
	expect(faults).toEqual([]);
	await other.close();
});

test('where no worker starts, the recorded run of the same prompt is played', async ({ page }) => {
	await page.route('**/workers/**', (route) => route.abort());
	await open(page, '/#spike.pace=fast');
	await page.getByRole('button', { name: 'What does the clock do at night?' }).click();
	const { atRest, root } = exhibit(page);
	await expect(root.locator('.readout')).toHaveText(/could not be loaded/);
	await atRest();
	await expect(root.locator('.stream')).toContainText('It drops a letter now and then');
	await expect(root.locator('.status')).toHaveText(/^recorded/);
	await expect(root).toHaveAttribute('data-tokens', '0');
});

/** Saves what the exhibit shows, opens it in a browser that has seen nothing, and returns that page. */
async function handedOn(page: Page, browser: Browser, address: string, file: string) {
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save this run' }).first().click();
	await (await download).saveAs(file);
	const there = await (await browser.newContext()).newPage();
	await openAwake(there, new URL(address, page.url()).href);
	await there.getByLabel('A file with a saved run').setInputFiles(file);
	await expect(there.locator('.keep [role=status]')).toHaveText(/^Opened: Pocket model, recorded/);
	return there;
}

test('a chat saved from the till roll is laid on another, and its last turn played', async ({
	page,
	browser
}, testInfo) => {
	await openAwake(page, '/lab/till-roll/');
	const { root, atRest } = exhibit(page);
	await root.getByRole('button', { name: 'New chat' }).click();
	for (const words of ['Hello, my name is Ada.', 'What is my name?']) {
		await root.getByLabel(/chat$/).fill(words);
		await root.getByRole('button', { name: 'Run this turn' }).click();
		await expect(root.locator('.transcript')).toContainText(words);
		await atRest();
	}
	const shown = async (page: Page) => ({
		words: await page.locator('.transcript').innerText(),
		sums: await page.locator('.sums dd').allInnerTexts(),
		columns: await page.locator('.column').count()
	});
	const before = await shown(page);
	expect(before.columns).toBe(2);

	const there = await handedOn(page, browser, '/lab/till-roll/', testInfo.outputPath('chat.json'));
	const faults = await faultsOf(there);
	expect(await shown(there)).toEqual(before);
	await expect(there.locator('.head .status')).toHaveText(/^recorded .* on Chrome/);

	await there.locator('.keep select').selectOption('one token a press');
	await there.getByRole('button', { name: 'Play it again' }).click();
	const came = there.locator('.transcript .answer .said');
	await expect(there.getByRole('button', { name: 'Next token' })).toBeVisible();
	const first = await came.innerText();
	await there.getByRole('button', { name: 'Next token' }).click();
	await expect.poll(async () => (await came.innerText()).length).toBeGreaterThan(first.length);
	await there.getByRole('button', { name: 'Stop playing' }).click();
	await exhibit(there).atRest();
	expect(await shown(there)).toEqual(before);
	expect((await tabLine(there)).sent, 'a recording is no use of the model').toBe(0);
	expect(faults).toEqual([]);
	await there.context().close();
});

test('any run can be put beside the two that are timed', async ({ page, browser }, testInfo) => {
	await openAwake(page, '/#spike.seed=11&spike.pace=fast');
	const { run, hasTokens, atRest } = exhibit(page);
	await run.click();
	await hasTokens(5);
	await atRest();
	const file = testInfo.outputPath('run.json');
	const there = await handedOn(page, browser, '/lab/two-phases/', file);
	const faults = await faultsOf(there);
	const { usage } = JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
	const row = there.locator('.picture .row').nth(2);
	await expect(row).toContainText('The run you opened');
	await expect(row).toContainText(`${usage.promptTokens} read in`);
	await expect(row).toContainText(`${usage.outputTokens} written in`);
	const width = async (selector: string) => (await row.locator(selector).boundingBox())!.width;
	expect((await width('.read')) / (await width('.write'))).toBeCloseTo(
		usage.prefillMs / usage.decodeMs,
		1
	);
	await expect(there.getByText(/^Beside them, Pocket model, recorded/)).toBeVisible();

	const whole = await width('.write');
	await there.locator('.keep select').selectOption('one token a press');
	await there.getByRole('button', { name: 'Play it again' }).click();
	await there.getByRole('button', { name: 'Next token' }).click();
	await expect(row).toContainText('2 written in');
	expect((await width('.write')) / whole).toBeCloseTo(2 / usage.outputTokens, 1);
	await there.getByRole('button', { name: 'Stop playing' }).click();
	await expect(row).toContainText(`${usage.outputTokens} written in`);
	expect((await tabLine(there)).sent, 'a recording is no use of the model').toBe(0);
	expect(faults).toEqual([]);
	await there.context().close();
});

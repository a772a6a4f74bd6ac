/** @file A run handed on: saved here, opened elsewhere, played token for token. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { exhibit, faultsOf, open, tabLine } from './site.ts';

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

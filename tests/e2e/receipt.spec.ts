/** @file A visit from its first run to its receipt, kept, printed and torn off. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { exhibit, faultsOf, open, tabLine } from './site.ts';

/** What stands beside a name on the receipt. */
const amount = async (page: Page, name: string) =>
	(await page
		.getByRole('region', { name: 'Your receipt' })
		.locator('dl > div', { has: page.getByText(name, { exact: true }) })
		.locator('dd')
		.innerText()) ?? '';

async function runOnce(page: Page, address: string) {
	await open(page, address);
	const { run, atRest, hasTokens } = exhibit(page);
	await run.click();
	await hasTokens(1);
	await atRest();
}

test('a run stands on the receipt, which is kept as text, data and picture', async ({
	page
}, info) => {
	const faults = await faultsOf(page);
	await runOnce(page, '/lab/spike-and-stream/#spike.pace=fast&spike.seed=11');
	const { sent, came, dollars } = await tabLine(page);

	await page.getByRole('button', { name: /^at / }).click();
	await page.getByRole('link', { name: 'receipt of this visit' }).click();
	await expect(page.locator('h1')).toHaveText('The receipt of your visit');
	expect(await amount(page, 'in')).toBe(sent.toLocaleString('en'));
	expect(await amount(page, 'out')).toBe(came.toLocaleString('en'));
	expect(await amount(page, 'would cost')).toBe(`$${dollars}`);
	expect(await amount(page, 'last seed')).toBe('11');
	await expect(page.locator('main')).toContainText(/Your share of it: 1 part in [\d,]+\./);
	await expect(page.locator('main')).toContainText('This tab does not close.');

	const saved = async (name: string) => {
		const download = page.waitForEvent('download');
		await page.getByRole('button', { name, exact: true }).click();
		const file = await download;
		const path = info.outputPath(file.suggestedFilename());
		await file.saveAs(path);
		return readFileSync(path);
	};
	const data = JSON.parse((await saved('JSON')).toString());
	expect(data).toMatchObject({ schema: 1, counts: { sent, came, runs: 1 }, last: { seed: 11 } });
	expect(data.runs).toMatchObject([{ model: data.model.name, sent, came }]);
	expect(data.bill.sum).toBe(dollars);
	const text = (await saved('Text')).toString();
	expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(32);
	expect(text).toContain(`$${dollars}`);
	expect((await saved('Picture')).subarray(1, 4).toString()).toBe('PNG');
	expect(faults).toEqual([]);

	await page.getByRole('link', { name: 'Run the last question again' }).click();
	await expect(page.getByLabel('Seed').first()).toHaveValue('11');
});

test('the visit outlives a reload, and ends when it is torn off', async ({ page }) => {
	await runOnce(page, '/lab/bill/#bill.pace=fast');
	const { sent } = await tabLine(page);
	await open(page, '/receipt/');
	await expect.poll(() => amount(page, 'in')).toBe(sent.toLocaleString('en'));
	await page.reload();
	await expect.poll(() => amount(page, 'in')).toBe(sent.toLocaleString('en'));

	await page.getByRole('button', { name: 'Tear it off' }).click();
	await page.getByRole('button', { name: 'Keep it' }).click();
	expect(await amount(page, 'in')).toBe(sent.toLocaleString('en'));
	await page.getByRole('button', { name: 'Tear it off' }).click();
	await page.getByRole('button', { name: 'Yes, tear it off' }).click();
	await expect.poll(() => amount(page, 'in')).toBe('0');
	await expect(page.locator('main')).toContainText('Nothing sent, nothing came back.');
	await page.reload();
	await expect.poll(() => amount(page, 'in')).toBe('0');
	expect((await tabLine(page)).sent).toBe(0);
});

test('an empty visit has a receipt too, and a sample beside it, also without JavaScript', async ({
	page,
	browser,
	baseURL
}) => {
	await open(page, '/receipt/');
	expect(await amount(page, 'would cost')).toBe('$0.00');
	await expect(page.locator('main')).toContainText('sample: a recorded run');

	const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
	const quiet = await context.newPage();
	await quiet.goto('/receipt/');
	await expect(quiet.locator('noscript p')).toBeVisible();
	expect(await quiet.locator('main').innerText()).toContain('Without JavaScript nothing runs here');
	await expect(quiet.locator('main')).toContainText('sample: a recorded run');
	await expect(quiet.getByRole('button', { name: 'Print' })).toBeHidden();
	await context.close();
});

test('a clock that is wrong by half a century puts no date on it', async ({ page }) => {
	await page.clock.setFixedTime(new Date('1976-03-01T12:00:00Z'));
	await open(page, '/receipt/');
	await expect(page.locator('main')).toContainText('no date: the clock here is not set');
});

test('on paper there is the receipt alone, on till paper on one sheet of 58 mm', async ({
	page
}) => {
	await runOnce(page, '/lab/bill/#bill.pace=fast');
	await open(page, '/receipt/');
	await expect.poll(() => amount(page, 'runs')).toBe('1');
	const boxes = async () => {
		const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
		return [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width]) =>
			Math.round((Number(width) / 72) * 25.4)
		);
	};
	expect(await boxes()).toHaveLength(1);
	await page.getByRole('checkbox', { name: /58 mm/ }).check();
	expect(await boxes()).toEqual([58]);
	await page.emulateMedia({ media: 'print' });
	await expect(page.locator('h1')).toBeHidden();
	await expect(page.getByRole('region', { name: 'Your tab' })).toBeHidden();
	await expect(page.getByRole('region', { name: 'Your receipt' })).toBeVisible();
});

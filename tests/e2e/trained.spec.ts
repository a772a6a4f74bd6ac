/**
 * @file What is trained here is then used, in the signature picture itself. Each line: what happens, and what stands against it.
 *
 * | what happens                    | guard                                                        |
 * | ------------------------------- | ------------------------------------------------------------ |
 * | the model is deleted meanwhile  | trained/trained.svelte.ts: another tab is heard, `#lose`     |
 * | it was never there              | trained/trained.svelte.ts: `look` says so                    |
 * | nothing can be kept here        | train/finished.ts: `last`, for this visit                    |
 * | the page is loaded again        | train/finished.ts; the choice stands in the fragment         |
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { faultsOf, open } from './site.ts';

const picture = (page: Page) => page.locator('section.spike');
const writer = (page: Page) => page.getByLabel('Which model writes');

async function train(page: Page, where = '/lab/train-it-here/') {
	await open(page, `${where}#train.size=small&train.steps=20`);
	await page.getByRole('button', { name: /^Train it/ }).click();
	await expect(page.getByRole('link', { name: 'Let it write' })).toBeVisible({ timeout: 60_000 });
}

test('what is trained goes on to the picture, writes there, and a class reaches the crossing', async ({
	page
}) => {
	test.setTimeout(150_000);
	const faults = await faultsOf(page);
	await train(page);
	await expect(page.getByText(/learnt from 20,480 tokens: after 61,440 of use/)).toBeVisible();
	await page.getByRole('link', { name: 'Let it write' }).click();
	await expect(page).toHaveURL(/\/lab\/spike-and-stream\/#writer\.is=trained/);
	await expect(picture(page).getByText('61,440 tokens’ worth').first()).toBeAttached({
		timeout: 30_000
	});

	await page.getByRole('button', { name: 'Run it live' }).click();
	await expect(picture(page)).not.toHaveAttribute('data-tokens', '0');
	await expect(picture(page)).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save this run' }).click();
	const run = await (await saving).path();
	expect(JSON.parse(readFileSync(run, 'utf8'))).toMatchObject({ engine: 'trained' });

	await page.getByLabel('Name your model').fill('Owl');
	const recording = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save this training' }).click();
	const record = JSON.parse(readFileSync(await (await recording).path(), 'utf8'));
	const schema = JSON.parse(readFileSync('static/schema/training-record.json', 'utf8'));
	expect(new Ajv2020({ strict: true, strictTuples: false }).validate(schema, record)).toBe(true);
	expect(record).toMatchObject({ name: 'Owl', spent: { steps: 20, tokens: 20_480 } });

	await page.getByRole('radio', { name: /A class/ }).check({ force: true });
	await page.getByRole('button', { name: 'Run the class' }).click();
	await expect(page.getByText('Crossed at 61,440 tokens,').first()).toBeVisible({
		timeout: 60_000
	});
	await expect(picture(page).getByRole('status').first()).toContainText('Crossed at 61,440 tokens');
	await page.getByRole('button', { name: 'Stop', exact: true }).click();
	await expect(page.getByRole('button', { name: 'Run on' })).toBeVisible();

	// the page again: it is the same model, by its name, and its run is opened
	await page.reload();
	await expect(writer(page)).toHaveValue('kept', { timeout: 30_000 });
	await expect(writer(page).locator('option:checked')).toHaveText('Owl');
	await page.getByRole('radio', { name: /Just you/ }).check({ force: true });
	await page.getByLabel('A file with a saved run').setInputFiles(run);
	await expect(page.getByText(/^Opened: /)).toBeVisible();
	await page.goto('/receipt/');
	await expect(page.getByText(/Owl, 30 at once, crossed at 61,440/).first()).toBeVisible();
	expect(faults).toEqual([]);
});

for (const where of ['/train/', '/lessons/watch-a-model-learn/']) {
	test(`${where}: what is trained there has its way to the picture, and writes`, async ({
		page
	}) => {
		test.setTimeout(120_000);
		const faults = await faultsOf(page);
		await train(page, where);
		const mosaic = await page.locator('.face svg').first().innerHTML();
		await page.getByRole('link', { name: 'Let it write', exact: true }).click();
		await expect(page).toHaveURL(/\/lab\/spike-and-stream\/#writer\.is=trained/);
		await expect(writer(page)).toHaveValue('kept', { timeout: 30_000 });
		await expect(picture(page).getByText('61,440 tokens’ worth').first()).toBeAttached({
			timeout: 30_000
		});
		// the very one
		expect(await page.locator('.mine svg').innerHTML()).toBe(mosaic);
		await page.getByRole('button', { name: 'Run it live' }).click();
		await expect(picture(page)).not.toHaveAttribute('data-tokens', '0');
		expect(faults).toEqual([]);
	});
}

test('deleted in another tab, it is told there, and the pocket model writes', async ({
	context
}) => {
	test.setTimeout(120_000);
	const one = await context.newPage();
	await train(one);
	await one.getByRole('link', { name: 'Let it write' }).click();
	await expect(writer(one)).toHaveValue('kept', { timeout: 30_000 });
	const two = await context.newPage();
	await open(two, '/lab/spike-and-stream/#writer.is=trained');
	await expect(writer(two)).toHaveValue('kept', { timeout: 30_000 });
	await two.getByRole('button', { name: 'Delete it', exact: true }).click();
	await two.getByRole('button', { name: 'Delete it now' }).click();
	for (const page of [one, two]) {
		await expect(page.getByText(/is not kept here any more, so the pocket model/)).toBeVisible();
		await expect(picture(page)).toHaveAttribute('aria-label', 'Spike and stream');
	}
});

test('in a browser that keeps nothing it writes all the same, until the tab is closed', async ({
	page
}) => {
	await page.addInitScript(() => {
		Object.defineProperty(window, 'indexedDB', { value: undefined });
	});
	await train(page);
	await page.getByRole('link', { name: 'Let it write' }).click();
	await expect(page.getByText(/This browser keeps nothing/)).toBeVisible({ timeout: 30_000 });
	await page.getByRole('button', { name: 'Run it live' }).click();
	await expect(picture(page)).not.toHaveAttribute('data-tokens', '0');
});

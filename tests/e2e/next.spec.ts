/** @file One token at a time, with the pocket model itself: in the lab, in lesson 2, and where nothing can run. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { exhibit, faultsOf, open, tabLine } from './site.ts';

const whole = JSON.parse(readFileSync('static/runs/next-token.json', 'utf8')) as {
	ids: number[];
	steps: { number: number; id: number }[];
};
const said = JSON.parse(readFileSync('src/lib/exhibits/next/said.json', 'utf8')) as {
	wrong: { text: string };
	right: { text: string };
};

const written = (page: Page) => page.locator('.next .came.token').allTextContents();
const one = (page: Page) => page.getByRole('button', { name: 'One token' });

/** No worker starts, as where a policy forbids them. */
async function withoutWorkers(page: Page) {
	await page.addInitScript(() => {
		window.Worker = class {
			constructor() {
				throw new Error('blocked');
			}
		} as unknown as typeof Worker;
	});
}

for (const address of ['/lab/next-token/', '/lessons/one-token-at-a-time/']) {
	test(`${address}: every press is one token, on the page as on the tab`, async ({ page }) => {
		const faults = await faultsOf(page);
		await open(page, address);
		const { root, tokens } = exhibit(page);
		expect(await written(page)).toEqual([' clock']);
		for (let press = 1; press <= 3; press++) {
			await one(page).click();
			await expect.poll(tokens, { timeout: 20_000 }).toBe(press);
			await expect(root).toHaveAttribute('aria-busy', 'false');
			expect(await written(page)).toHaveLength(1 + press);
		}
		await expect
			.poll(async () => {
				const { sent, came } = await tabLine(page);
				return [sent, came];
			})
			.toEqual([whole.ids.length + 1, 3]);
		expect(faults).toEqual([]);
	});
}

test('the model in the page writes what was recorded, to the end', async ({ page }) => {
	await open(page, '/lab/next-token/');
	const { run, root, tokens, atRest } = exhibit(page);
	await page.getByRole('button', { name: 'Show their numbers' }).click();
	await run.click();
	await expect(root).toHaveAttribute('aria-busy', 'true');
	await atRest();
	expect(await tokens()).toBe(whole.steps.length);
	const ids = await page.locator('.next .came.token small').allTextContents();
	expect(ids.map(Number)).toEqual(whole.steps.map(({ id }) => id));
	expect((await tabLine(page)).came).toBe(whole.steps.length);
});

test('where no worker may start, the record plays, says so, and costs nothing', async ({
	page
}) => {
	const faults = await faultsOf(page);
	await withoutWorkers(page);
	await open(page, '/lab/next-token/');
	const { root, run, tokens, atRest } = exhibit(page);
	await one(page).click();
	await expect.poll(() => written(page)).toHaveLength(2);
	await expect(root.locator('.trouble')).toContainText(/What you see is recorded/);
	await one(page).click();
	await expect.poll(() => written(page)).toHaveLength(3);
	// the number and the dice need no model
	await page.getByRole('button', { name: '100 draws' }).click();
	await expect(root.locator('.labels .came').first()).toContainText('of 100');

	await run.click();
	await expect
		.poll(async () => (await written(page)).length, { timeout: 20_000 })
		.toBe(whole.steps.length);
	await atRest();
	expect(await tokens()).toBe(0);
	expect((await tabLine(page)).came).toBe(0);
	expect(faults).toEqual([]);
});

test('the lab says the sentence that lesson 2 quotes, and the true one beside it', async ({
	page
}) => {
	await open(page, '/lessons/one-token-at-a-time/');
	await page.getByRole('link', { name: /side by side, in the lab/ }).click();
	await page.waitForURL(/\/lab\/#lab/);
	const lab = page.locator('[data-tokens]').first();
	await lab.getByRole('button', { name: /^Run/ }).first().click();
	for (const { text } of [said.wrong, said.right]) {
		await expect(lab).toContainText(text, { timeout: 60_000 });
	}
});

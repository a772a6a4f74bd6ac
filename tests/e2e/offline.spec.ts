/**
 * @file No network (D1 and D2 of the usual faults, without a service worker): a calm line says what still works, a page or
 * a part that cannot come is named, and nothing is blank, silent or uncaught. Each test fails without its guard:
 *
 * | fault                                    | guard                                             |
 * | ---------------------------------------- | ------------------------------------------------- |
 * | the network goes and comes back          | Notices.svelte: `online.current`                  |
 * | Run before the weights came              | sentences.ts: `offline()`                         |
 * | Run before the exhibit's code came       | hooks.client.ts: `mend`, no reload without a host |
 * | a link to a page that cannot be fetched  | hooks.client.ts: `unhandledrejection`             |
 * | a host that is gone while `onLine` says yes | hooks.client.ts: `answers`                     |
 */
import { expect, test, type Page } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { exhibit, faultsOf, open, tabLine } from './site.ts';

/** What the browser itself says of a request that failed. */
const browsersOwn = /Failed to load resource|net::ERR_/;

const hint = (page: Page) => page.getByRole('status').filter({ hasText: 'You are offline' });

test('a line says so once, says what still works, and goes when the network is back', async ({
	page,
	context
}) => {
	const faults = await faultsOf(page);
	await open(page, '/about/');
	await expect(hint(page)).toHaveCount(0);
	const before = await page.locator('h1').boundingBox();
	await context.setOffline(true);
	await expect(hint(page)).toContainText(/This page goes on working, and the pocket model too/);
	await expect(hint(page)).toBeInViewport();
	expect(await page.locator('h1').boundingBox()).toEqual(before);
	await context.setOffline(false);
	await expect(hint(page)).toHaveCount(0);
	expect(faults).toEqual([]);
});

test('a model whose file has come writes on, and is billed', async ({ page, context }) => {
	const faults = await faultsOf(page);
	await open(page, '/');
	const { run, stop, hasTokens, atRest, tokens } = exhibit(page);
	await run.click();
	await hasTokens(2);
	await context.setOffline(true);
	await stop.click();
	await atRest();
	const first = await tokens();
	await run.click();
	await hasTokens(5);
	await stop.click();
	await atRest();
	expect((await tabLine(page)).came).toBe(first + (await tokens()));
	expect(faults).toEqual([]);
});

test('Run before the weights came says so, plays the recorded run, and works when they can come', async ({
	page,
	context
}) => {
	const faults = await faultsOf(page, browsersOwn);
	await page.route('**/*.bin', (route) => route.abort());
	await open(page, '/');
	const { root, run, stop, hasTokens, atRest } = exhibit(page);
	// The code comes, as it is pointed at; the weights do not.
	await run.hover();
	await expect(page.locator('.exhibit[data-awake]')).toBeAttached();
	await page.waitForLoadState('networkidle');
	await context.setOffline(true);
	await run.click();
	await expect(root).toContainText(
		/You are offline, and the (pocket model’s file|program that runs the pocket model) has not come yet/,
		{
			timeout: 25_000
		}
	);
	await expect(root).toContainText(/recorded \d/);
	await atRest(60_000);
	await context.setOffline(false);
	await page.unroute('**/*.bin');
	await run.click();
	await hasTokens(3);
	await stop.click();
	await atRest();
	expect(faults).toEqual([]);
});

test('Run before the code of the exhibit came says so, and the page stays', async ({
	page,
	context
}) => {
	const faults = await faultsOf(page, browsersOwn);
	await open(page, '/');
	let navigations = 0;
	page.on('framenavigated', () => navigations++);
	await context.setOffline(true);
	const { root, run, hasTokens } = exhibit(page);
	await run.click();
	await expect(hint(page)).toContainText(/the part of this page that you want to use has not come/);
	await expect(root).toContainText(/recorded \d/);
	await page.waitForTimeout(500);
	expect(navigations).toBe(0);
	await context.setOffline(false);
	await expect(hint(page)).toHaveCount(0);
	await run.click();
	await hasTokens(3);
	expect(faults).toEqual([]);
});

test('a link to a page that cannot come names it, and opens it when it can', async ({
	page,
	context
}) => {
	const faults = await faultsOf(page, browsersOwn);
	await open(page, '/');
	await context.setOffline(true);
	await page.getByRole('link', { name: 'Accessibility' }).click();
	await expect(hint(page)).toContainText('“Accessibility” opens when the network is back');
	await expect(page.locator('h1')).toContainText('Training is a bill paid once');
	await hint(page).getByRole('link', { name: 'Try again' }).click();
	await expect(hint(page)).toContainText('“Accessibility” opens');
	await context.setOffline(false);
	await page.getByRole('link', { name: 'Accessibility' }).click();
	await expect(page.locator('h1')).toHaveText('Accessibility');
	await expect(hint(page)).toHaveCount(0);
	expect(faults).toEqual([]);
});

test('a host that is gone, while the browser believes in a network, leaves the page as it is', async ({
	page
}) => {
	const faults = await faultsOf(page, browsersOwn);
	const server = await serve({ folder: 'build' });
	await open(page, server.url);
	await server.close();
	let navigations = 0;
	page.on('framenavigated', () => navigations++);
	const { root, run } = exhibit(page);
	await run.click();
	const notice = page.getByRole('status').filter({ hasText: 'could not be fetched' });
	await expect(notice).toContainText('A part of this page could not be fetched');
	await expect(notice.getByRole('button', { name: 'Load the page again' })).toBeVisible();
	await page.getByRole('link', { name: 'Accessibility' }).click();
	await expect(notice).toContainText('“Accessibility” could not be fetched');
	await expect(root).toContainText(/recorded \d/);
	expect(navigations).toBe(0);
	expect(faults).toEqual([]);
});

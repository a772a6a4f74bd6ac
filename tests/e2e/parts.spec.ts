/**
 * @file R7: scripts off, any one part of a page missing, or foreign nodes in it. The text and the recorded runs are there
 * whatever happens; where something does not work a line says so, with a way on; nothing is uncaught.
 *
 * | fault                                     | guard                                                    |
 * | ----------------------------------------- | -------------------------------------------------------- |
 * | a script of the page is missing at start  | app.html `unhandledrejection`, hooks.client.ts `handleError` |
 * | a script never comes                      | app.html: the timer                                      |
 * | a script is missing when it is wanted     | hooks.client.ts `mend`, one reload at most               |
 * | a script is slow when it is wanted        | until-touched.ts `PATIENCE`                              |
 * | an extension has put nodes into the page  | Svelte's repair, until-touched.ts on empty ground        |
 * | a translator has replaced the text        | translated.ts; `translate="no"` where text is data       |
 */
import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, test as base, type Browser, type Page } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { addresses, exhibit, faultsOf, open, tabLine } from './site.ts';

const test = base.extend<{
	host: { url: string; missing: string; hung: string; asked: Set<string> };
}>({
	// eslint-disable-next-line no-empty-pattern
	host: async ({}, use) => {
		const host = { url: '', missing: '', hung: '', asked: new Set<string>() };
		const server = await serve({
			folder: 'build',
			fault: (path: string, _: unknown, response: ServerResponse) => {
				if (path.endsWith('.js')) host.asked.add(path);
				if (path === host.hung) return true;
				if (path !== host.missing) return;
				response.writeHead(404, { 'Content-Type': 'text/html' }).end('<!doctype html>');
				return true;
			}
		});
		host.url = server.url.slice(0, -1);
		await use(host);
		await server.close();
	}
});

const browsersOwn = /Failed to load resource|net::ERR_/;
const notice = (page: Page) => page.getByRole('status').filter({ hasText: /part of this page/ });
const unborn = (page: Page) => page.getByRole('alert').filter({ hasText: 'not come alive' });

/** A page in a browser that has nothing in its cache. */
async function fresh(browser: Browser) {
	const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
	return { page, faults: await faultsOf(page, browsersOwn) };
}

const pages = addresses();
const withExhibit = pages.filter((one) => one === '/' || /\/(lessons|lab|receipt)\//.test(one));
const others = pages.filter((one) => !withExhibit.includes(one));
// Each script of each page takes a visit: a few of the front page always, all of all pages among the long tests.
for (const [address, few] of [
	['/', true],
	...[...withExhibit, others[0]].map((one) => [one, false])
] as [string, boolean][]) {
	test(
		`${address}: whichever script is missing${few ? ', of a few' : ''}, the text is there, and where it matters a line says so`,
		few ? {} : { tag: '@long' },
		async ({ browser, host }) => {
			test.setTimeout(300_000);
			const whole = await fresh(browser);
			await open(whole.page, host.url + address);
			const words = (await whole.page.locator('main').innerText()).length;
			const atStart = new Set(host.asked);
			const first = exhibit(whole.page);
			const runs = (await whole.page.locator('[data-tokens]').count()) > 0;
			if (runs) {
				await first.run.click();
				await first.hasTokens(1);
			}
			await whole.page.context().close();
			const all = [...host.asked].filter((path) => existsSync(join('build', path)));
			const late = all.filter((path) => !atStart.has(path));
			// The start, the frame of every page, the page itself, and the first and the last that a run needs.
			const scripts = few
				? [
						...all.filter((path) => /\/start\.|\/nodes\//.test(path)),
						late[0],
						late[late.length - 1]
					]
				: all;
			expect(scripts.length).toBeGreaterThan(3);

			for (host.missing of scripts) {
				const { page, faults } = await fresh(browser);
				await page.goto(host.url + address);
				await page.waitForLoadState('networkidle');
				await expect(page.locator('h1'), host.missing).toBeVisible();
				expect((await page.locator('main').innerText()).length, host.missing).toBeGreaterThan(
					words * 0.9
				);
				const { root, run, tokens } = exhibit(page);
				if (runs) await expect(root, host.missing).toContainText(/recorded \d/);
				const alive = await page.locator('html[data-hydrated]').count();
				if (!alive) {
					// At once, and not when the time for waiting is over.
					await expect(unborn(page), host.missing).toBeVisible({ timeout: 4000 });
					await expect(unborn(page).getByRole('link', { name: 'Load it again' })).toBeVisible();
				} else if (runs) {
					await expect(async () => {
						// Pressed as long as nothing is said: the page may load itself again, once.
						const said = await page.getByText(/part of this page|could not be loaded/).count();
						if (said || (await tokens()) > 0) return;
						if ((await root.getAttribute('aria-busy')) === 'false')
							await run.click({ timeout: 2000 });
						throw new Error(`nothing is said: ${host.missing}`);
					}).toPass({ timeout: 20_000, intervals: [500] });
				}
				expect(faults, host.missing).toEqual([]);
				await page.context().close();
			}
		}
	);
}

test('a script that never comes is not waited for without a word', async ({ browser, host }) => {
	const first = await fresh(browser);
	await open(first.page, host.url);
	await first.page.context().close();
	host.hung = [...host.asked].find((path) => /\/nodes\/0\./.test(path))!;
	const { page, faults } = await fresh(browser);
	await page.clock.install();
	await page.goto(host.url, { waitUntil: 'commit' });
	await expect(page.locator('h1')).toBeVisible();
	await expect(unborn(page)).toBeHidden();
	await page.clock.fastForward(16_000);
	await expect(unborn(page)).toBeVisible();
	expect(faults).toEqual([]);
	await page.context().close();
});

test('the code of an exhibit that is slow to come is said to be slow', async ({ page }) => {
	await open(page, '/');
	let go = () => {};
	const held = new Promise<void>((done) => (go = done));
	await page.clock.install();
	await page.route('**/*.js', async (route) => {
		await held;
		await route.continue();
	});
	await exhibit(page).run.click();
	await page.clock.fastForward(9000);
	await expect(notice(page)).toContainText('slow to come');
	go();
	await page.clock.resume();
	await exhibit(page).hasTokens(3);
	await expect(notice(page)).toHaveCount(0);
});

test.describe('foreign nodes', () => {
	/** Runs once in every page, when its HTML is there and its scripts are not. */
	const strike = async (page: Page, deed: () => void) => {
		await page.addInitScript(`document.addEventListener('DOMContentLoaded', ${deed.toString()})`);
		// Scripts that come late: the extension is first.
		await page.route(/\.js$/, async (route) => {
			await new Promise((done) => setTimeout(done, 300));
			await route.continue();
		});
	};

	const works = async (page: Page) => {
		const { root, run, stop, hasTokens, atRest, tokens } = exhibit(page);
		const { came } = await tabLine(page);
		await expect(root).toContainText(came ? /live, stopped/ : /recorded \d/);
		await run.click();
		await hasTokens(3);
		await stop.click();
		await atRest();
		expect((await tabLine(page)).came).toBe(came + (await tokens()));
		await page.getByRole('link', { name: 'About' }).first().click();
		await expect(page.locator('h1')).toContainText('About');
	};

	test('around the page: an extension’s boxes, styles and attributes', async ({ page }) => {
		const faults = await faultsOf(page);
		await strike(page, () => {
			const box = () => Object.assign(document.createElement('ext-box'), { textContent: 'X' });
			document.body.prepend(box());
			document.body.append(box());
			document.documentElement.append(box());
			document.body.setAttribute('data-ext', '1');
			for (const input of document.querySelectorAll('input')) input.setAttribute('data-ext', '1');
			for (const link of document.querySelectorAll('a')) link.classList.add('ext');
		});
		await open(page, '/');
		await works(page);
		expect(faults).toEqual([]);
	});

	test('within the page: boxes between its own', async ({ page }) => {
		// Svelte says so on the console, and draws the page anew.
		const faults = await faultsOf(page, /hydration_mismatch|Failed to hydrate/);
		await strike(page, () => {
			for (const parent of ['main', '.sheet', '[data-tokens]', 'h1', '[data-tokens] p']) {
				const box = document.createElement('ext-box');
				box.textContent = 'X';
				document.querySelector(parent)?.prepend(box);
			}
		});
		await open(page, '/');
		await works(page);
		expect(faults).toEqual([]);
	});

	/** As translators do it: every text in two elements of their own, except where `translate` is off. */
	const translate = () => {
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		const texts: Text[] = [];
		while (walker.nextNode()) texts.push(walker.currentNode as Text);
		for (const text of texts) {
			const parent = text.parentElement;
			if (!text.data.trim() || !parent || parent.closest('script, style, [translate="no"]'))
				continue;
			const outer = document.createElement('font');
			const inner = outer.appendChild(document.createElement('font'));
			inner.textContent = text.data.replace(/\b(the|and|of)\b/g, 'le');
			text.replaceWith(outer);
		}
	};

	test('instead of its text, before it comes alive', async ({ page }) => {
		const faults = await faultsOf(page, /hydration_mismatch|Failed to hydrate/);
		await strike(page, translate);
		await open(page, '/');
		await works(page);
		expect(faults).toEqual([]);
	});

	test('instead of its text, while it is alive: tokens and counts stay true', async ({ page }) => {
		const faults = await faultsOf(page);
		await open(page, '/');
		const { run, stop, hasTokens, atRest } = exhibit(page);
		await run.click();
		await hasTokens(2);
		await stop.click();
		await atRest();
		await page.evaluate(translate);
		await works(page);
		expect(faults).toEqual([]);
	});
});

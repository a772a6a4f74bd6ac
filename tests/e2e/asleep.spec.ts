/**
 * @file R4: a page that is hidden, frozen, or left and come back to, in the middle of a run. The run goes on or ends with a
 * word, no token is lost or counted twice, and nothing comes in a burst.
 *
 * | fault                           | guard                                                     |
 * | ------------------------------- | --------------------------------------------------------- |
 * | hidden: no frames              | beat.ts `OVERDUE`                                          |
 * | hidden: timers once a second    | pace.ts `LATEST`                                          |
 * | frozen: nothing answers         | link.ts `late` (link.test.ts), and pace.ts `LATEST`        |
 * | back from the back/forward cache | tab.svelte.ts `pageshow`                                 |
 */
import { expect, test as base } from '@playwright/test';
import { Browser, type Tab } from './pipe.ts';

const test = base.extend<{ chromium: Browser }>({
	// eslint-disable-next-line no-empty-pattern
	chromium: async ({}, use) => {
		const browser = new Browser();
		await use(browser);
		await browser.close();
	}
});

const tokens = `Number(document.querySelector('[data-tokens]').dataset.tokens)`;
const busy = `document.querySelector('[data-tokens]').ariaBusy === 'true'`;
const text = `[...document.querySelectorAll('[data-tokens] .came')].map((one) => one.textContent).join('')`;
const line = `document.querySelector('section[aria-label="Your tab"] p').innerText.replace(/\\s+/g, ' ')`;
/** From here on without waiting. */
const hurry = `[...document.querySelectorAll('[data-tokens] label')].find((one) => /as fast as it goes/.test(one.textContent)).click()`;
const press = (name: string) =>
	`[...document.querySelectorAll('[data-tokens] button')].find((one) => /^${name}/.test(one.textContent.trim())).click()`;

/** A run in a tab of its own, and another tab to look at instead. */
async function running(browser: Browser, url: string): Promise<{ page: Tab; other: Tab }> {
	const other = await browser.tab('about:blank');
	const page = await browser.tab(url);
	await page.show();
	await page.until(`'hydrated' in document.documentElement.dataset`);
	await page.value(press('Run'));
	await page.until(`${tokens} > 2`);
	return { page, other };
}

/** The whole answer to the same request, undisturbed. */
async function whole(browser: Browser, url: string): Promise<string> {
	const page = await browser.tab(url.replace('steady', 'fast'));
	await page.show();
	await page.until(`'hydrated' in document.documentElement.dataset`);
	await page.value(press('Run'));
	await page.until(`${tokens} > 2`);
	await page.until(`!(${busy})`);
	return page.value<string>(text);
}

test('a hidden page writes on, at its pace, and loses no token', async ({ chromium, baseURL }) => {
	const url = `${baseURL}/#spike.pace=reading&spike.seed=4`;
	const { page, other } = await running(chromium, url);
	await other.show();
	expect(await page.value('document.visibilityState')).toBe('hidden');
	const before = await page.value<number>(tokens);
	await new Promise((done) => setTimeout(done, 3000));
	const during = await page.value<number>(tokens);
	expect(during).toBeGreaterThan(before + 5);
	// 20 a second by its pace: a burst would be hundreds.
	expect(during).toBeLessThan(before + 100);
	await page.show();
	await page.value(hurry);
	await page.until(`!(${busy})`, 30_000);
	expect(await page.value(text)).toBe(await whole(chromium, url.replace('reading', 'fast')));
	const came = await page.value<number>(tokens);
	expect(await page.value<string>(line)).toContain(`in ${came} out`);
});

test('a frozen page sleeps, wakes, and goes on where it was', async ({ chromium, baseURL }) => {
	const url = `${baseURL}/#spike.pace=reading&spike.seed=4`;
	const { page, other } = await running(chromium, url);
	await other.show();
	await page.freeze();
	await new Promise((done) => setTimeout(done, 4000));
	await page.thaw();
	await page.show();
	const woken = await page.value<number>(tokens);
	await new Promise((done) => setTimeout(done, 500));
	expect(await page.value<number>(tokens), 'no burst').toBeLessThan(woken + 60);
	await page.value(hurry);
	await page.until(`!(${busy})`, 30_000);
	expect(await page.value<string>(`document.querySelector('.readout').textContent`)).not.toMatch(
		/stopped answering/
	);
	expect(await page.value(text)).toBe(await whole(chromium, url.replace('reading', 'fast')));
});

test('a page that comes back from the back/forward cache has its run, and the tab has every token once', async ({
	chromium,
	baseURL
}) => {
	const { page } = await running(chromium, `${baseURL}/#spike.pace=slow&spike.seed=4`);
	await page.value(
		`addEventListener('pageshow', (event) => { window.persisted = event.persisted; })`
	);
	// Another run of the same visit, on another page.
	await page.send('Page.navigate', { url: `${baseURL}/lab/spike-and-stream/#spike.pace=slow` });
	await page.until(`location.pathname !== '/' && 'hydrated' in document.documentElement.dataset`);
	const came = `Number(/in ([\\d,]+) out/.exec(${line})?.[1].replace(',', ''))`;
	const left = await page.value<number>(came);
	expect(left).toBeGreaterThan(2);
	await page.value(press('Run'));
	await page.until(`${tokens} > 1`);
	await page.value(press('Stop'));
	await page.until(`!(${busy})`);
	const there = await page.value<number>(tokens);
	expect(await page.value<number>(came)).toBe(left + there);

	await page.value('history.back()').catch(() => {});
	await page.until(`location.pathname === '/' && document.querySelector('[data-tokens]') !== null`);
	expect(await page.value('window.persisted'), 'it came from the cache').toBe(true);
	await page.until(`${tokens} > 4`);
	await page.value(press('Stop'));
	await page.until(`!(${busy})`);
	const here = await page.value<number>(tokens);
	await page.until(`${came} === ${here + there}`);
});

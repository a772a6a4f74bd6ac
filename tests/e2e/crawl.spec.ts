/** @file Every page of the sitemap, by the bars that hold for all of them. */
import { expect, test } from '@playwright/test';
import { violations, violationsOfColours } from './axe.ts';
import { counted, quiet, sum } from './carried.ts';
import { drawn, focused, layoutShift, overflows, smallTargets, words } from './layout.ts';
import { addresses, faultsOf, hydrated } from './site.ts';

const pages = addresses();
const notFound = '/no/such/page/';

/** What the server answers where a link leads, asked once. */
const asked = new Map<string, number>();

test('the sitemap has the pages that the site promises', () => {
	for (const address of ['/', '/model/', '/ledger/', '/sources/', '/about/', '/accessibility/']) {
		expect(
			pages.some((page) => page.endsWith(address)),
			address
		).toBe(true);
	}
	expect(pages.some((page) => page.includes('/lessons/'))).toBe(true);
});

test('titles and descriptions are all different', async ({ request }) => {
	const heads = new Map<string, string>();
	for (const address of pages) {
		const html = await (await request.get(address)).text();
		for (const pattern of [/<title>(.*?)<\/title>/, /<meta name="description" content="(.*?)"/]) {
			const text = pattern.exec(html)?.[1] ?? '';
			expect(text, `${address} ${pattern.source}`).not.toBe('');
			expect(heads.get(text), `"${text}" of ${address} stands elsewhere too`).toBeUndefined();
			heads.set(text, address);
		}
	}
});

for (const address of [...pages, notFound]) {
	test.describe(address, () => {
		// Opened once, and looked at for one purpose after the other: each is a step with expectations of its own, which go on when
		// an earlier one has failed.
		test('is as a page should be', async ({ page, request, browser, baseURL }) => {
			test.setTimeout(150_000);
			const status = address === notFound ? 404 : 200;
			// The browser says of the 404 itself that it is one.
			const faults = await faultsOf(page, status === 404 ? /status of 404/ : undefined);
			await counted(async (origin, files) => {
				const response = await page.goto(origin + address);
				await quiet(page);

				await test.step('at most 60 kB of JavaScript and 20 requests before anything is touched', () => {
					if (status === 404) return;
					expect.soft(files.length).toBeGreaterThan(5);
					expect.soft(sum(files, /\.js$/), files.join('\n')).toBeLessThanOrEqual(60_000);
					expect.soft(sum(files, /\.css$/)).toBeLessThanOrEqual(13_000);
					expect.soft(files.length, files.join('\n')).toBeLessThanOrEqual(20);
					expect.soft(files.filter((file) => file.startsWith('/pocket/'))).toEqual([]);
					expect.soft(files.filter((file) => file.includes('/workers/'))).toEqual([]);
				});

				await test.step('is there, and in order', async () => {
					expect.soft(response?.status()).toBe(status);
					expect.soft(await page.locator('html').getAttribute('lang')).toBe('en');
					const levels = await page.$$eval('h1, h2, h3, h4, h5, h6', (all) =>
						all
							.filter((heading) => heading.checkVisibility())
							.map(({ tagName }) => Number(tagName[1]))
					);
					expect.soft(levels.filter((level) => level === 1)).toHaveLength(1);
					expect.soft(levels[0]).toBe(1);
					levels.forEach((level, index) => {
						if (index > 0)
							expect.soft(level, `heading ${index + 1}`).toBeLessThanOrEqual(levels[index - 1] + 1);
					});
				});

				await test.step('every internal link leads to a page', async () => {
					const links = await page.$$eval('a[href]', (all) =>
						all.map((link) => (link as HTMLAnchorElement).href)
					);
					const within = links
						.map((href) => new URL(href))
						.filter((link) => link.origin === origin);
					for (const link of new Set(within.map(({ pathname, search }) => pathname + search))) {
						// what is missing leads to itself only to skip to its text
						if (link === notFound) continue;
						if (!asked.has(link)) {
							asked.set(link, (await request.get(link, { maxRedirects: 0 })).status());
						}
						expect.soft(asked.get(link), link).toBe(200);
					}
				});

				await test.step('reads in full without JavaScript', async () => {
					const withScript = await words(page);
					const context = await browser.newContext({
						javaScriptEnabled: false,
						baseURL: baseURL ?? ''
					});
					const quiet = await context.newPage();
					await quiet.setViewportSize({ width: 1280, height: 800 });
					await quiet.goto(address);
					const count = new Map<string, number>();
					for (const word of await words(quiet)) count.set(word, (count.get(word) ?? 0) + 1);
					await context.close();
					const missing = withScript.filter((word) => {
						const left = count.get(word) ?? 0;
						count.set(word, left - 1);
						return left <= 0;
					});
					expect.soft(withScript.length).toBeGreaterThan(10);
					expect
						.soft(1 - missing.length / withScript.length, missing.join(' '))
						.toBeGreaterThanOrEqual(0.98);
				});

				await test.step('axe finds nothing, in light', async () => {
					await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
					expect.soft(await violations(page)).toEqual([]);
				});

				await test.step('axe finds nothing, in dark', async () => {
					await page.emulateMedia({ colorScheme: 'dark' });
					expect.soft(await violationsOfColours(page)).toEqual([]);
					await page.emulateMedia({ colorScheme: 'light' });
				});

				await test.step('nothing overflows: 320 px, large text, forced colours, right to left', async () => {
					await page.setViewportSize({ width: 320, height: 640 });
					expect.soft(await overflows(page), '320 px').toEqual([]);
					expect.soft(await smallTargets(page), 'targets').toEqual([]);

					await page.evaluate(() => (document.documentElement.dir = 'rtl'));
					expect.soft(await overflows(page), '320 px, right to left').toEqual([]);
					await page.evaluate(() => document.documentElement.removeAttribute('dir'));

					await page.emulateMedia({ forcedColors: 'active' });
					expect.soft(await overflows(page), '320 px, forced colours').toEqual([]);
					await page.emulateMedia({ forcedColors: 'none' });

					await page.setViewportSize({ width: 1280, height: 800 });
					await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
					expect.soft(await overflows(page), '200 % text').toEqual([]);
					await page.evaluate(() => {
						document.documentElement.style.fontSize = '';
						document.documentElement.dataset.size = 'projector';
					});
					expect.soft(await overflows(page), 'projector').toEqual([]);
					await page.evaluate(() => delete document.documentElement.dataset.size);
				});

				// last, as exhibits awake when they have the focus
				await test.step('the keyboard reaches everything, seen and free', async () => {
					await page.emulateMedia({ reducedMotion: 'no-preference' });
					await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
					const expected = await page.evaluate(
						() =>
							[
								...document.querySelectorAll<HTMLElement>(
									'a[href], button, input, select, textarea, summary'
								)
							]
								.filter((element) => element.checkVisibility({ visibilityProperty: true }))
								.filter((element) => !element.matches(':disabled, [tabindex="-1"], [inert] *'))
								// One radio of a group stands for all.
								.filter(
									(element) =>
										!(element instanceof HTMLInputElement && element.type === 'radio') ||
										element.checked
								).length
					);
					const problems: string[] = [];
					let stops = 0;
					for (; stops < expected * 2 + 20;) {
						await page.keyboard.press('Tab');
						const stop = await focused(page);
						if (!stop || stop.again) break;
						stops++;
						if (!stop.ring) problems.push(`no ring: ${stop.name}`);
						if (!stop.inside) problems.push(`out of view: ${stop.name}`);
						else if (!stop.free) problems.push(`covered: ${stop.name}`);
					}
					expect.soft(problems).toEqual([]);
					expect.soft(stops).toBeGreaterThanOrEqual(expected);
				});

				await test.step('is quiet', () => expect.soft(faults).toEqual([]));
			});
		});

		test('nothing moves at 390 and at 1280 px when JavaScript comes late', async ({ browser }) => {
			// A window each: of a page behind another nothing is said to move.
			const moves = async (width: number, height: number) => {
				const page = await browser.newPage({ serviceWorkers: 'block' });
				// Tall enough to see the whole page: only what is in view counts as a shift.
				await page.setViewportSize({ width, height });
				let release = () => {};
				const held = new Promise<void>((done) => (release = done));
				await page.route(/\.js$/, async (route) => {
					await held;
					await route.continue();
				});
				await page.goto(address, { waitUntil: 'commit' });
				const since = await drawn(page);
				release();
				await hydrated(page);
				const { sum, moved } = await layoutShift(page, since);
				await page.close();
				expect(sum, `${width} px: ${moved.join('\n')}`).toBeLessThanOrEqual(0.01);
			};
			await Promise.all([moves(390, 6000), moves(1280, 5000)]);
		});
	});
}

/** @file Every page of the sitemap, by the bars that hold for all of them. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { focused, layoutShift, overflows, smallTargets, words } from './layout.ts';
import { addresses, faultsOf, open } from './site.ts';

const pages = addresses();
const notFound = '/no/such/page/';

/** After this a page has long been drawn without its code. */
const LATE = 1500; // ms

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

test('every internal link leads to a page', async ({ page, request }) => {
	const asked = new Map<string, number>();
	for (const address of pages) {
		await open(page, address);
		const links = await page.$$eval('a[href]', (all) =>
			all.map((link) => (link as HTMLAnchorElement).href)
		);
		for (const link of new Set(links.map((href) => href.replace(/#.*/, '')))) {
			if (new URL(link).hostname !== 'localhost') continue;
			if (!asked.has(link)) {
				asked.set(link, (await request.get(link, { maxRedirects: 0 })).status());
			}
			expect(asked.get(link), `${link} on ${address}`).toBe(200);
		}
	}
});

for (const address of [...pages, notFound]) {
	test.describe(address, () => {
		test('is there, quiet and in order', async ({ page }) => {
			const status = address === notFound ? 404 : 200;
			// The browser says of the 404 itself that it is one.
			const faults = await faultsOf(page, status === 404 ? /status of 404/ : undefined);
			const response = await page.goto(address);
			expect(response?.status()).toBe(status);
			await page.waitForSelector('html[data-hydrated]', { state: 'attached' });
			await page.waitForLoadState('networkidle');

			expect(await page.locator('html').getAttribute('lang')).toBe('en');
			const levels = await page.$$eval('h1, h2, h3, h4, h5, h6', (all) =>
				all.filter((heading) => heading.checkVisibility()).map(({ tagName }) => Number(tagName[1]))
			);
			expect(levels.filter((level) => level === 1)).toHaveLength(1);
			expect(levels[0]).toBe(1);
			levels.forEach((level, index) => {
				if (index > 0)
					expect(level, `heading ${index + 1}`).toBeLessThanOrEqual(levels[index - 1] + 1);
			});
			expect(faults).toEqual([]);
		});

		test('axe finds nothing, in light and in dark', async ({ page }) => {
			await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
			await open(page, address);
			for (const theme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme: theme });
				const { violations } = await new AxeBuilder({ page })
					.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
					.analyze();
				expect(
					violations.flatMap(({ id, nodes }) =>
						nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`)
					),
					theme
				).toEqual([]);
			}
		});

		test('nothing overflows: 320 px, large text, forced colours, right to left', async ({
			page
		}) => {
			await page.setViewportSize({ width: 320, height: 640 });
			await open(page, address);
			expect(await overflows(page), '320 px').toEqual([]);
			expect(await smallTargets(page), 'targets').toEqual([]);

			await page.evaluate(() => (document.documentElement.dir = 'rtl'));
			expect(await overflows(page), '320 px, right to left').toEqual([]);
			await page.evaluate(() => document.documentElement.removeAttribute('dir'));

			await page.emulateMedia({ forcedColors: 'active' });
			expect(await overflows(page), '320 px, forced colours').toEqual([]);
			await page.emulateMedia({ forcedColors: 'none' });

			await page.setViewportSize({ width: 1280, height: 800 });
			await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
			expect(await overflows(page), '200 % text').toEqual([]);
			await page.evaluate(() => {
				document.documentElement.style.fontSize = '';
				document.documentElement.dataset.size = 'projector';
			});
			expect(await overflows(page), 'projector').toEqual([]);
		});

		test('nothing moves at 390 and at 1280 px when JavaScript comes late', async ({ browser }) => {
			// A window each: of a page behind another nothing is said to move.
			const moves = async (width: number, height: number) => {
				const page = await browser.newPage({ serviceWorkers: 'block' });
				// Tall enough to see the whole page: only what is in view counts as a shift.
				await page.setViewportSize({ width, height });
				await page.route(/\.js$/, async (route) => {
					await new Promise((done) => setTimeout(done, LATE));
					await route.continue();
				});
				await open(page, address);
				await page.waitForTimeout(300);
				const { sum, moved } = await layoutShift(page);
				await page.close();
				expect(sum, `${width} px: ${moved.join('\n')}`).toBeLessThanOrEqual(0.01);
			};
			await Promise.all([moves(390, 6000), moves(1280, 5000)]);
		});

		test('reads in full without JavaScript', async ({ page, browser, baseURL }) => {
			await open(page, address);
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
			expect(withScript.length).toBeGreaterThan(10);
			expect(1 - missing.length / withScript.length, missing.join(' ')).toBeGreaterThanOrEqual(
				0.98
			);
		});

		test('the keyboard reaches everything, seen and free', async ({ page }) => {
			await open(page, address);
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
			expect(problems).toEqual([]);
			expect(stops).toBeGreaterThanOrEqual(expected);
		});
	});
}

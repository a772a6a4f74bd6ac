/**
 * @file S4, words and numbers: readers whose browser speaks another language, who write numbers another way, whose page runs
 * from right to left.
 *
 * | fault                                | guard                                                     |
 * | ------------------------------------ | --------------------------------------------------------- |
 * | a browser in ar, de or hi            | every number is written with `'en'`, never with the browser's own |
 * | a decimal comma, Arabic digits       | number.ts; a number that could be two is asked about      |
 * | a page turned by an extension        | `dir="ltr"` where a drawing has a direction               |
 * | output in two directions, overrides  | Stream.svelte: each token is isolated                     |
 */
import { expect, test, type Page } from '@playwright/test';
import { overflows, overlaps } from './layout.ts';
import { addresses, exhibit, faultsOf, open, openAwake, withRuns } from './site.ts';

/** The text of a page once it is alive, and its numbers as they are written. */
async function textOf(page: Page, address: string) {
	await openAwake(page, address);
	return (await page.locator('body').innerText()).replace(/\s+/g, ' ');
}

for (const [locale, timezoneId, tags] of [
	['ar-EG', 'Africa/Cairo', {}],
	['de-DE', 'Europe/Berlin', { tag: '@long' }],
	['hi-IN', 'Asia/Kolkata', { tag: '@long' }]
] as const) {
	test(
		`a browser that speaks ${locale} shows the same words and numbers`,
		tags,
		async ({ browser, baseURL }) => {
			test.setTimeout(120_000);
			const there = await browser.newContext({ locale, timezoneId, baseURL: baseURL ?? '' });
			const here = await browser.newContext({
				locale: 'en-GB',
				timezoneId,
				baseURL: baseURL ?? ''
			});
			const [theirs, ours] = [await there.newPage(), await here.newPage()];
			const faults = await faultsOf(theirs);
			// The receipt alone writes its dates as the reader's browser does.
			for (const address of addresses().filter((one) => one !== '/receipt/')) {
				expect(await textOf(theirs, address), address).toBe(await textOf(ours, address));
			}
			await open(theirs, '/#spike.seed=5&spike.pace=fast');
			await exhibit(theirs).run.click();
			await exhibit(theirs).hasTokens(1);
			await exhibit(theirs).atRest();
			expect(await theirs.locator('body').innerText()).not.toMatch(/[٠-٩۰-۹०-९]/);
			expect(faults).toEqual([]);
			await there.close();
			await here.close();
		}
	);
}

test.describe('numbers typed', () => {
	test.use({ locale: 'de-DE' });

	/** Every field for a number on every page: what is written must be understood, or refused with a sentence. */
	test('with a comma, with groups or in Arabic digits, are understood or refused in words', async ({
		page
	}) => {
		test.setTimeout(120_000);
		const faults = await faultsOf(page);
		let fields = 0;
		for (const address of withRuns()) {
			await openAwake(page, address);
			await page.evaluate(() =>
				document.querySelectorAll('details').forEach((one) => (one.open = true))
			);
			expect(
				await page.locator('input[type="number"]').count(),
				'it would drop a comma silently'
			).toBe(0);
			for (const field of await page.getByRole('spinbutton').all()) {
				if (!(await field.isVisible()) || !(await field.isEnabled())) continue;
				fields++;
				const bounds = await field.evaluate((input) => ({
					min: Number(input.ariaValueMin),
					max: Number(input.ariaValueMax)
				}));
				for (const [text, value] of [
					['0,7', 0.7],
					['٠٫٧', 0.7],
					['١', 1],
					['1', 1],
					['1,500', undefined],
					['seven', undefined],
					['-3', undefined],
					['1e3', undefined],
					['9'.repeat(30), undefined]
				] as const) {
					const before = Number(await field.getAttribute('aria-valuenow'));
					await field.fill(text);
					await field.blur();
					const after = Number(await field.getAttribute('aria-valuenow'));
					const refused = (await field.getAttribute('aria-invalid')) === 'true';
					const where = `${text} in ${await field.getAttribute('id')} of ${address}`;
					if (refused) {
						expect(after, where).toBe(before);
						const said = page.locator(`[id="${await field.getAttribute('aria-describedby')}"]`);
						await expect(said, where).toContainText(/It stays at [\d.]+\.$/);
					} else {
						expect(after, where).toBe(value);
						expect(await field.inputValue(), where).toBe(String(value));
					}
					if (value === undefined) expect(refused, where).toBe(true);
					else if (Number.isInteger(value) && value >= bounds.min && value <= bounds.max) {
						expect(refused, where).toBe(false);
					}
				}
			}
		}
		expect(fields).toBeGreaterThan(0);
		expect(faults).toEqual([]);
	});

	test('a seed in Arabic digits draws what the same seed draws', async ({ page }) => {
		await openAwake(page, '/#spike.pace=fast');
		await page.evaluate(() =>
			document.querySelectorAll('details').forEach((one) => (one.open = true))
		);
		const seed = page.getByRole('spinbutton', { name: /^Seed/ });
		await seed.fill('٧');
		await seed.blur();
		await expect(page).toHaveURL(/spike\.seed=7/);
	});
});

/** Texts that begin with a number which does not stand at their left end: "billion a day 2.5". */
function turned(page: Page) {
	return page.evaluate(() => {
		const found: string[] = [];
		const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT);
		const range = document.createRange();
		while (walker.nextNode()) {
			const node = walker.currentNode as Text;
			const match = /^\s*[$~]?\d[\d.,]*\s+[a-z]/.exec(node.data);
			if (!match || !node.parentElement?.checkVisibility()) continue;
			const first = match[0].search(/\d/);
			range.setStart(node, first);
			range.setEnd(node, first + 1);
			const number = range.getBoundingClientRect();
			range.setStart(node, match[0].length - 1);
			range.setEnd(node, match[0].length);
			const word = range.getBoundingClientRect();
			if (number.width && Math.abs(number.top - word.top) < 2 && number.left > word.left)
				found.push(node.data.trim());
		}
		return found;
	});
}

for (const [width, tags] of [
	[1280, {}],
	[390, { tag: '@long' }]
] as const) {
	test(
		`a page from right to left at ${width} px: no words over others, axes and drawings readable, a run works`,
		tags,
		async ({ page }) => {
			test.setTimeout(120_000);
			const faults = await faultsOf(page);
			await page.emulateMedia({ reducedMotion: 'reduce' });
			await page.setViewportSize({ width, height: 900 });
			for (const address of withRuns()) {
				await openAwake(page, address);
				const before = await overlaps(page);
				await page.evaluate(() => (document.documentElement.dir = 'rtl'));
				await page.waitForTimeout(100);
				expect(await overflows(page), `${address} ${width}`).toEqual([]);
				const after = await overlaps(page);
				expect(
					after.filter((one) => !before.includes(one)),
					`${address} ${width}`
				).toEqual([]);
				expect(await turned(page), `${address} ${width}`).toEqual([]);
			}
			await open(page, '/');
			await page.evaluate(() => (document.documentElement.dir = 'rtl'));
			const { run, stop, hasTokens, atRest } = exhibit(page);
			await run.click();
			await hasTokens(5);
			await stop.click();
			await atRest();
			expect(faults).toEqual([]);
		}
	);
}

/** A saved run whose tokens pull the line in both directions. */
function mixed() {
	const texts = [
		'Hello',
		' שלום',
		' and',
		' \u202eevil',
		' after',
		' مرحبا',
		' \u2067left',
		' end.',
		'\u0301'.repeat(50)
	];
	return {
		schema: 1,
		engine: 'pocket',
		model: { name: 'pocket model', parameters: 917504 },
		request: {
			messages: [{ role: 'user', content: 'Hello, שלום \u202e?' }],
			temperature: 0,
			topK: 0,
			seed: 1,
			maxTokens: 20
		},
		tokens: texts.map((text, index) => ({ index, at: index * 10, text })),
		usage: {
			promptTokens: 4,
			cachedTokens: 0,
			outputTokens: texts.length,
			prefillMs: 1,
			decodeMs: 90
		},
		reason: 'finished',
		device: {},
		date: '2026-11-01T00:00:00.000Z',
		version: 'x'
	};
}

test('output in two directions, with overrides, moves no token that is not its own', async ({
	page
}) => {
	const faults = await faultsOf(page);
	await open(page, '/');
	const { root } = exhibit(page);
	const box = await root.locator('.stream').boundingBox();
	await root.locator('input[type="file"]').setInputFiles({
		name: 'run.json',
		mimeType: 'application/json',
		buffer: Buffer.from(JSON.stringify(mixed()))
	});
	await expect(root.locator('.stream .came')).toHaveCount(9);
	expect(await root.locator('.stream').boundingBox()).toEqual(box);
	const places = await root.locator('.stream .came').evaluateAll((all) =>
		all.map((one) => {
			const { left, top } = one.getBoundingClientRect();
			return { text: one.textContent, left, top };
		})
	);
	// One after the other, line by line, whatever a token holds.
	for (let at = 1; at < places.length; at++) {
		const [before, now] = [places[at - 1], places[at]];
		if (Math.abs(before.top - now.top) < 5) {
			expect(now.left, `${now.text} after ${before.text}`).toBeGreaterThanOrEqual(before.left);
		} else expect(now.top).toBeGreaterThan(before.top);
	}
	expect(await overflows(page)).toEqual([]);
	expect(faults).toEqual([]);
});

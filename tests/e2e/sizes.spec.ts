/**
 * @file S4, sizes and senses: 400 % zoom, text at double size, forced colours, less motion. Nothing is lost, nothing covers what
 * has the focus, marks can be told apart, and nothing moves.
 *
 * | fault            | guard                                                                    |
 * | ---------------- | ------------------------------------------------------------------------ |
 * | 400 % zoom       | container queries and wrapping everywhere; `scroll-padding` in prose.css |
 * | double text      | sizes in rem, `overflow-wrap`, grids that fall into one column           |
 * | forced colours   | tokens.css `forced-colors`, `forced-color-adjust` on what is drawn       |
 * | less motion      | tokens.css `--quick`, `--calm`; `prefersReducedMotion` before each movement |
 */
import { expect, test, type Page } from '@playwright/test';
import { focused, overflows } from './layout.ts';
import { addresses, exhibit, faultsOf, open, openAwake, withRuns } from './site.ts';

test('400 % zoom: every page at 320 by 256 pixels, and the focus is never covered; text at 200 % on 640 px', async ({
	page
}) => {
	test.setTimeout(240_000);
	const faults = await faultsOf(page);
	const problems: string[] = [];
	for (const address of addresses()) {
		await page.setViewportSize({ width: 320, height: 256 });
		await openAwake(page, address);
		expect.soft(await overflows(page), `${address} at 400 %`).toEqual([]);
		for (let stop = 0; stop < 25; stop++) {
			await page.keyboard.press('Tab');
			const at = await focused(page);
			if (!at || at.again) break;
			if (!at.inside || !at.free)
				problems.push(`${address}: ${at.inside ? 'covered' : 'out of view'}: ${at.name}`);
		}
		expect
			.soft(await overflowsWithText(page, '200%', 640), `${address}, text at 200 %`)
			.toEqual([]);
	}
	expect(problems).toEqual([]);
	expect(faults).toEqual([]);
});

async function overflowsWithText(page: Page, size: string, width: number) {
	await page.setViewportSize({ width, height: 800 });
	await page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
	return overflows(page);
}

for (const [width, size] of [
	[480, '150%'],
	[1280, '200%']
] as const) {
	test(
		`text at ${size} on ${width} px: every page keeps within its width`,
		{ tag: '@long' },
		async ({ page }) => {
			test.setTimeout(180_000);
			await page.emulateMedia({ reducedMotion: 'reduce' });
			for (const address of addresses()) {
				await openAwake(page, address);
				expect(await overflowsWithText(page, size, width), address).toEqual([]);
			}
		}
	);
}

/** The colours that large marks are drawn in, where the reader's own palette rules. */
function marks(page: Page) {
	return page.evaluate(() => {
		const ground = getComputedStyle(document.body).backgroundColor;
		const colours = new Set<string>();
		for (const one of document.querySelectorAll<HTMLElement>('[data-tokens] *')) {
			if (!one.checkVisibility() || one.matches('input, button, select, label, a')) continue;
			const { width, height } = one.getBoundingClientRect();
			if (width < 2 || height < 2) continue;
			const style = getComputedStyle(one);
			for (const colour of one instanceof SVGElement
				? [style.fill, style.stroke]
				: [
						style.backgroundColor,
						style.borderBlockEndWidth !== '0px' ? style.borderBlockEndColor : ground
					]) {
				if (/^rgb\(/.test(colour) && colour !== ground) colours.add(colour);
			}
		}
		return colours.size;
	});
}

test('forced colours: marks stand out from the ground and from each other', async ({ page }) => {
	test.setTimeout(120_000);
	await page.emulateMedia({ forcedColors: 'active' });
	for (const address of withRuns()) {
		await openAwake(page, address);
		expect(await marks(page), `${address}: colours of its marks`).toBeGreaterThanOrEqual(2);
	}
	await open(page, '/');
	const bar = page.locator('[data-tokens] .bar').first();
	const colour = (name: string) =>
		page
			.locator('[data-tokens]')
			.first()
			.evaluate((root, name) => {
				const probe = document.createElement('i');
				probe.style.backgroundColor = `var(${name})`;
				root.append(probe);
				const { backgroundColor } = getComputedStyle(probe);
				probe.remove();
				return backgroundColor;
			}, name);
	const fills = [
		await colour('--in-fill'),
		await colour('--out-fill'),
		await colour('--learned-fill'),
		await colour('--paper')
	];
	expect(new Set(fills).size, fills.join(', ')).toBe(4);
	await expect(bar).toBeVisible();
});

test('less motion: nothing is animated while a run goes on, a scale is picked, a page is changed', async ({
	page
}) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await openAwake(page, '/');
	const moving = () =>
		page.evaluate(() =>
			document
				.getAnimations()
				.filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 20)
				.map((one) => (one.effect as KeyframeEffect).target?.outerHTML.slice(0, 100))
		);
	const { root, run, stop, hasTokens, atRest } = exhibit(page);
	await run.click();
	await hasTokens(3);
	expect(await moving()).toEqual([]);
	await stop.click();
	await atRest();
	const before = await root.locator('.plot').innerHTML();
	await root.locator('input[value="everyone"]').check({ force: true });
	// At once in its place: two frames on, nothing is on its way.
	const frames = await page.evaluate(async () => {
		const seen: string[] = [];
		for (let frame = 0; frame < 6; frame++) {
			await new Promise((done) => requestAnimationFrame(done));
			seen.push(document.querySelector('[data-tokens] .plot')!.innerHTML);
		}
		return new Set(seen.slice(1)).size;
	});
	expect(frames).toBe(1);
	expect(await root.locator('.plot').innerHTML()).not.toBe(before);
	expect(await moving()).toEqual([]);
	await page.getByRole('link', { name: 'About' }).first().click();
	await page.waitForURL(/about/);
	expect(await moving()).toEqual([]);
});

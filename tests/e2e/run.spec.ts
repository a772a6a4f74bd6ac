/** @file A run on the front page, as a reader meets it. Walked with a WebGPU adapter and without. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { exactDollars, exhibit, faultsOf, hydrated, open, tabLine, trimmed } from './site.ts';

const recorded = JSON.parse(readFileSync('src/lib/exhibits/spike/recorded.json', 'utf8')) as {
	tokens: { text: string }[];
};

/** Everything about the bar that a reader could see move, once a frame until nothing runs. */
async function watchBar(page: Page) {
	await page.evaluate(() => {
		const states = new Set<string>();
		const root = document.querySelector('[data-tokens]')!;
		const bar = root.querySelector('.bar')!;
		(window as unknown as { barStates: Set<string> }).barStates = states;
		const look = () => {
			const { x, y, width, height } = bar.getBoundingClientRect();
			states.add(JSON.stringify([x, y + scrollY, width, height, bar.outerHTML]));
			requestAnimationFrame(look);
		};
		look();
	});
	return () =>
		page.evaluate(() => [...(window as unknown as { barStates: Set<string> }).barStates].length);
}

test('this project has the adapter that it should have', async ({ page }, { project }) => {
	await page.goto('/');
	const adapter = await page.evaluate(async () => {
		const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<unknown> } };
		return Boolean(await gpu?.requestAdapter());
	});
	expect(adapter).toBe(project.name === 'gpu');
});

test('text streams, the counts grow, the bar stands still', async ({ page }) => {
	const faults = await faultsOf(page);
	await open(page, '/');
	const { run, root, tokens, hasTokens, atRest } = exhibit(page);
	expect(await tokens()).toBe(0);
	await expect(root).toHaveAttribute('aria-busy', 'false');
	const barStates = await watchBar(page);

	await run.click();
	await expect(root).toHaveAttribute('aria-busy', 'true');
	await hasTokens(1);
	const early = { count: await tokens(), text: await root.locator('.stream').innerText() };
	await hasTokens(early.count + 10);
	// The tab may be a group of tokens ahead of the picture, never more.
	const [shown, counted] = await Promise.all([tokens(), tabLine(page)]);
	expect(Math.abs(counted.came - shown)).toBeLessThanOrEqual(5);
	const later = await root.locator('.stream').innerText();
	expect(later.length).toBeGreaterThan(early.text.length);
	await expect(root).toContainText(/\blive\b/);

	await atRest();
	const count = await tokens();
	const { sent, came } = await tabLine(page);
	expect(came).toBe(count);
	expect(sent).toBeGreaterThan(0);
	expect(await barStates()).toBe(1);
	expect(faults).toEqual([]);
});

test('the bill is the counts at the prices of the card, to the last digit', async ({ page }) => {
	await open(page, '/');
	const { run, stop, hasTokens, atRest } = exhibit(page);
	await run.click();
	await hasTokens(15);
	await stop.click();
	await atRest();
	const { sent, came, dollars } = await tabLine(page);
	expect(trimmed(dollars)).toBe(await exactDollars(page, { sent, came }));
});

test('Stop acts within 100 ms, the counts then stand still, and a second run works', async ({
	page
}) => {
	await open(page, '/');
	const { run, stop, tokens, hasTokens, atRest } = exhibit(page);
	await run.click();
	await hasTokens(5);
	await expect(stop).toBeVisible();
	const took = await page.evaluate(
		() =>
			new Promise<number>((done) => {
				const root = document.querySelector('[data-tokens]')!;
				const button = [...root.querySelectorAll('button')].find(
					(one) => one.textContent?.trim() === 'Stop'
				)!;
				const start = performance.now();
				new MutationObserver(() => {
					if (root.getAttribute('aria-busy') === 'false') done(performance.now() - start);
				}).observe(root, { attributes: true });
				button.click();
			})
	);
	expect(took).toBeLessThan(100);
	const stopped = await tokens();
	const line = await tabLine(page);
	await page.waitForTimeout(400);
	expect(await tokens()).toBe(stopped);
	expect(await tabLine(page)).toEqual(line);

	await run.click();
	await hasTokens(5);
	await stop.click();
	await atRest();
	expect((await tabLine(page)).came).toBe(stopped + (await tokens()));
});

test('leaving in the middle of a run ends it, and what was used stays on the tab', async ({
	page
}) => {
	const faults = await faultsOf(page);
	await open(page, '/');
	const { run, hasTokens, atRest } = exhibit(page);
	await run.click();
	await hasTokens(5);
	await page.getByRole('link', { name: 'About' }).first().click();
	await page.waitForURL(/\/about\/$/);
	await page.waitForTimeout(200);
	const left = await tabLine(page);
	expect(left.came).toBeGreaterThanOrEqual(5);
	await page.waitForTimeout(400);
	expect(await tabLine(page)).toEqual(left);

	await page.goBack();
	await expect(run).toBeVisible();
	await run.click();
	await hasTokens(3);
	expect(page.workers().length).toBe(1);
	await page.reload();
	await hydrated(page);
	await run.click();
	await hasTokens(3);
	expect(page.workers().length).toBe(1);
	await exhibit(page).stop.click();
	await atRest();
	expect(faults).toEqual([]);
});

test('the same seed draws the same words again', async ({ page }) => {
	const answers: string[] = [];
	for (let time = 0; time < 2; time++) {
		await open(page, '/#spike.pace=fast&spike.seed=11');
		const { run, root, atRest, hasTokens } = exhibit(page);
		await run.click();
		await hasTokens(1);
		await atRest();
		answers.push(await root.locator('.stream').innerText());
		await page.goto('/about/');
	}
	expect(answers[0].length).toBeGreaterThan(40);
	expect(answers[1]).toBe(answers[0]);
});

test('the keyboard alone starts and stops a run', async ({ page }) => {
	await open(page, '/');
	const { run, stop, hasTokens, atRest, tokens } = exhibit(page);
	for (let stops = 0; stops < 60; stops++) {
		await page.keyboard.press('Tab');
		if (await run.evaluate((button) => button === document.activeElement)) break;
	}
	await expect(run).toBeFocused();
	await page.keyboard.press('Enter');
	await hasTokens(5);
	await expect(stop).toBeFocused();
	await page.keyboard.press('Space');
	await atRest();
	const stopped = await tokens();
	await expect(run).toBeFocused();
	await page.waitForTimeout(300);
	expect(await tokens()).toBe(stopped);
});

for (const [name, media] of [
	['dark', { colorScheme: 'dark' }],
	['reduced motion', { reducedMotion: 'reduce' }],
	['forced colours', { forcedColors: 'active' }]
] as const) {
	test(`a run in ${name}, and at a phone's width`, async ({ page }) => {
		const faults = await faultsOf(page);
		await page.emulateMedia(media);
		await page.setViewportSize({ width: 320, height: 640 });
		await open(page, '/');
		const { run, stop, hasTokens, atRest, root } = exhibit(page);
		const box = await root.boundingBox();
		await run.click();
		await hasTokens(10);
		expect((await root.boundingBox())?.height).toBe(box?.height);
		await stop.click();
		await atRest();
		expect(
			await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
		).toBeLessThanOrEqual(0);
		expect(faults).toEqual([]);
	});
}

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('the recorded run is there, whole and labelled', async ({ page }) => {
		await page.goto('/');
		const root = page.locator('[data-tokens]').first();
		await expect(root).toHaveAttribute('data-tokens', '0');
		await expect(root).toContainText(/recorded \d/);
		const squeeze = (text: string) => text.replace(/[\s⏎]+/g, '');
		const stream = squeeze((await root.locator('.stream').textContent()) ?? '');
		const text = squeeze(recorded.tokens.map((token) => token.text).join(''));
		expect(text.length).toBeGreaterThan(100);
		expect(stream).toContain(text);
		await expect(root.getByRole('button', { name: /^Run/ })).toHaveCount(0);
	});
});

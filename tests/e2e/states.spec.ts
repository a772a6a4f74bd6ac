/** @file The long ones: every state an exhibit can be in, by the bars that hold for pages; faults that take their time. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { violations } from './axe.ts';
import { overflows } from './layout.ts';
import { exhibit, faultsOf, hydrated, open, withRuns } from './site.ts';

const withExhibit = withRuns().filter((one) => one === '/' || /\/lessons\/./.test(one));
const hasSpike = (address: string) =>
	readFileSync(`build${address}index.html`, 'utf8').includes('name="spike-');
const tagged = { tag: '@long' };

for (const address of withExhibit) {
	for (const colorScheme of ['light', 'dark'] as const) {
		test(
			`${address}: axe finds nothing while it runs, when it has run, with cards open, ${colorScheme}`,
			tagged,
			async ({ page }) => {
				test.setTimeout(120_000);
				await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
				await open(page, `${address}#spike.pace=slow&bill.pace=slow`);
				const { run, stop, hasTokens, atRest } = exhibit(page);
				await run.click();
				await hasTokens(2);
				expect(await violations(page), 'running').toEqual([]);
				await stop.click();
				await atRest();
				expect(await violations(page), 'stopped').toEqual([]);
				await page.getByRole('region', { name: 'Your tab' }).getByRole('button').first().click();
				expect(await violations(page), 'price cards').toEqual([]);
				await page.keyboard.press('Escape');
				for (const fold of await page.locator('summary:visible').all()) await fold.click();
				expect(await violations(page), 'folds open').toEqual([]);
			}
		);
	}

	// where the spike is not, its scales are not either
	if (!hasSpike(address)) continue;
	test(
		`${address}: every scale on every basis stays inside the page at 320 px`,
		tagged,
		async ({ page }) => {
			test.setTimeout(120_000);
			await page.setViewportSize({ width: 320, height: 640 });
			await page.emulateMedia({ reducedMotion: 'reduce' });
			const heights = new Set<number>();
			for (const by of ['dollars', 'work', 'time']) {
				for (const as of ['you', 'class', 'company', 'crossing', 'everyone']) {
					await page.goto('about:blank');
					await open(page, `${address}#spike.by=${by}&spike.as=${as}`);
					await expect(
						exhibit(page).root.getByRole('radio', { checked: true }).first()
					).toBeAttached();
					await page.waitForTimeout(300);
					expect(await overflows(page), `${by}, ${as}`).toEqual([]);
					const text = await exhibit(page).root.innerText();
					expect(text, `${by}, ${as}`).not.toMatch(/NaN|undefined|Infinity|\bnull\b|\de\+\d/);
					heights.add((await exhibit(page).root.locator('.plot').boundingBox())?.height ?? 0);
				}
			}
			expect([...heights], 'the plot keeps its height').toHaveLength(1);
		}
	);
}

test('weights that never come are given up, with a sentence', tagged, async ({ page }) => {
	test.setTimeout(90_000);
	const faults = await faultsOf(page, /Failed to load resource|net::ERR_/);
	const server = await serve({
		folder: 'build',
		fault: (path, _, response) => {
			if (!path.endsWith('.bin')) return;
			response.writeHead(200, { 'Content-Length': '900000' }).write('x'.repeat(1000));
			return true;
		}
	});
	try {
		await open(page, server.url);
		const { run, root } = exhibit(page);
		await run.click();
		await expect(root).toContainText(/did not arrive whole|could not be fetched/, {
			timeout: 60_000
		});
		await expect(root).toContainText(/recorded \d/);
		expect(faults).toEqual([]);
	} finally {
		await server.close();
	}
});

test(
	'a worker whose program never comes is given up, with a sentence',
	tagged,
	async ({ page }) => {
		test.setTimeout(90_000);
		const server = await serve({
			folder: 'build',
			fault: (path) => path.startsWith('/_app/immutable/workers/')
		});
		try {
			await open(page, server.url);
			const { run, root } = exhibit(page);
			await run.click();
			await expect(root).toContainText(/program that runs the pocket model could not be loaded/, {
				timeout: 60_000
			});
			await expect(root).toContainText(/recorded \d/);
		} finally {
			await server.close();
		}
	}
);

for (const address of withExhibit) {
	test(
		`${address}: whichever script is missing, the text and the recorded run are there`,
		tagged,
		async ({ browser }) => {
			test.setTimeout(300_000);
			const asked = new Set<string>();
			let missing = '';
			const server = await serve({
				folder: 'build',
				fault: (path, _, response) => {
					if (path.endsWith('.js')) asked.add(path);
					if (path !== missing) return;
					response.writeHead(404, { 'Content-Type': 'text/html' }).end('<!doctype html>');
					return true;
				}
			});
			try {
				const visit = async () => {
					const page = await (await browser.newContext()).newPage();
					await page.goto(server.url.slice(0, -1) + address);
					await page.waitForLoadState('networkidle');
					return page;
				};
				const whole = await visit();
				await hydrated(whole);
				const { run, hasTokens } = exhibit(whole);
				await run.click();
				await hasTokens(1);
				await whole.context().close();
				const scripts = [...asked].filter((path) => existsSync(join('build', path)));
				expect(scripts.length).toBeGreaterThan(5);
				for (missing of scripts) {
					const page = await visit();
					await expect(page.locator('h1'), missing).toBeVisible();
					await expect(page.locator('[data-tokens]').first(), missing).toContainText(/recorded \d/);
					await page.context().close();
				}
			} finally {
				await server.close();
			}
		}
	);
}

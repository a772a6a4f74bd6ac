/**
 * @file R8: a slow machine. What is measured is the processor's time of the page's main thread, task by task, as what else goes on
 * in the machine does not count in it: no task over 50 ms while a page loads and runs, and none in a tour of its controls that would
 * take over 200 ms on a processor six times slower.
 *
 * | fault                       | guard                                                             |
 * | --------------------------- | ----------------------------------------------------------------- |
 * | a control that is slow      | what does not change with it hangs on `whole`, not on each token  |
 * | a run that holds the page   | beat.ts, pace.ts `TURN`: one publication a frame at most          |
 * | a page that is slow to load | exhibits are HTML until touched                                   |
 */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { onMainThread } from '../../bench/busy.ts';
import { exhibit, open, openAwake, withRuns } from './site.ts';

const tagged = { tag: '@long' };

/** The longest tasks of the page's main thread during `deed`, in milliseconds of processor time, longest first. */
async function tasksOf(browser: Browser, page: Page, deed: () => Promise<void>) {
	await browser.startTracing(page, {
		categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline']
	});
	await deed();
	const own = onMainThread(await browser.stopTracing());
	const tasks = own.filter(({ name, tdur }) => name === 'RunTask' && tdur !== undefined);
	expect(tasks.length, 'tasks with their processor time').toBeGreaterThan(50);
	return tasks
		.sort((a, b) => b.tdur! - a.tdur!)
		.slice(0, 3)
		.map((task) => {
			const inside = own
				.filter(
					({ pid, tid, ts, tdur, name }) =>
						name !== 'RunTask' &&
						pid === task.pid &&
						tid === task.tid &&
						ts >= task.ts &&
						ts < task.ts + (task.dur ?? 0) &&
						(tdur ?? 0) > 2000
				)
				.slice(0, 6)
				.map(
					({ name, tdur, args }) =>
						`${name} ${args?.data?.type ?? args?.data?.functionName ?? ''} ${((tdur ?? 0) / 1000).toFixed(0)}`
				);
			return { ms: task.tdur! / 1000, inside: inside.join(', ') };
		});
}

/** Every control that can be seen, pressed or moved once, with a run going on for some of it. */
async function tour(page: Page) {
	const { root, run } = exhibit(page);
	await run.click();
	await page.waitForTimeout(1500);
	for (const radio of await root.locator('input[type="radio"]').all()) {
		if (await radio.isVisible()) await radio.click({ force: true, timeout: 1000 }).catch(() => {});
	}
	for (const fold of await root.locator('summary').all()) {
		if (await fold.isVisible()) await fold.click({ timeout: 1000 }).catch(() => {});
	}
	for (const range of await root.locator('input[type="range"]').all()) {
		if (!(await range.isVisible())) continue;
		await range.focus();
		for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
	}
	const stop = root.getByRole('button', { name: 'Stop', exact: true });
	if (await stop.count())
		await stop
			.first()
			.click({ timeout: 1000 })
			.catch(() => {});
	const stream = root.locator('.stream').first();
	if (await stream.count()) await stream.focus({ timeout: 1000 });
	for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 't', 'r', 'b'])
		await page.keyboard.press(key);
	const line = page.getByRole('region', { name: 'Your tab' });
	await line.getByRole('button').first().click();
	await page.getByRole('dialog').locator('label').nth(1).click();
	await page.keyboard.press('Escape');
	await page.getByRole('radio', { name: 'dark', exact: true }).check({ force: true });
}

/** The best of three: the first visits may meet a machine that is busy with something else. */
async function best(limit: number, measure: () => Promise<{ ms: number; inside: string }[]>) {
	let least = { ms: Infinity, inside: '' };
	for (let visit = 0; visit < 3 && least.ms >= limit; visit++) {
		const [longest] = await measure();
		if (longest.ms < least.ms) least = longest;
	}
	expect(least.ms, least.inside).toBeLessThan(limit);
}

for (const address of withRuns()) {
	test(
		`${address}: no task over 50 ms while it loads and runs`,
		tagged,
		async ({ browser, page }) => {
			test.setTimeout(120_000);
			await best(50, async () => {
				await page.goto('about:blank');
				return tasksOf(browser, page, async () => {
					await open(page, address);
					await page.waitForLoadState('networkidle');
					await exhibit(page).run.click();
					await page.waitForTimeout(4000);
				});
			});
		}
	);

	test(
		`${address}: six times slower, every control would answer within 200 ms`,
		tagged,
		async ({ browser, page }) => {
			test.setTimeout(180_000);
			await page.setViewportSize({ width: 1280, height: 900 });
			await best(200 / 6, async () => {
				await page.goto('about:blank');
				await openAwake(page, address);
				return tasksOf(browser, page, () => tour(page));
			});
		}
	);
}

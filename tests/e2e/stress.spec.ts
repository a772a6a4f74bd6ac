/**
 * @file R1, R2, R3 and R5: a run started and stopped without end, pages changed in its middle, a worker that dies. Always one
 * worker, an exact bill, and memory that does not grow.
 *
 * | fault                                     | guard                                              |
 * | ----------------------------------------- | -------------------------------------------------- |
 * | start and stop, 200 times                 | run.svelte.ts `#stop`, client.ts `#number`         |
 * | start straight after stop (lock leak)     | session.ts `stop`, run.ts `settle`                 |
 * | Enter held, double click                  | steady.ts                                          |
 * | pressed again while the code is coming    | until-touched.ts `again`                           |
 * | pages changed in the middle of a run      | Exhibit.svelte `run.leave()`, until-touched.ts `unmount` |
 * | a worker that dies without a word         | link.ts `#onBeat`                                  |
 */
import { expect, test, type Page } from '@playwright/test';
import { exactDollars, exhibit, faultsOf, hydrated, open, tabLine, trimmed } from './site.ts';

/** Megabytes of heap, nodes and listeners of a page, after its rubbish is taken out. */
async function weigh(page: Page) {
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable');
	for (let time = 0; time < 3; time++) await session.send('HeapProfiler.collectGarbage');
	const { usedSize } = await session.send('Runtime.getHeapUsage');
	const { metrics } = await session.send('Performance.getMetrics');
	const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? NaN;
	await session.detach();
	return {
		heap: usedSize / 1e6,
		nodes: metric('Nodes'),
		listeners: metric('JSEventListeners'),
		documents: metric('Documents')
	};
}

/** Starts and stops as fast as the page lets one, each time after the first token. In the page, as a hand is too slow. */
function startAndStop(page: Page, times: number) {
	return page.evaluate(async (times) => {
		const root = document.querySelector<HTMLElement>('[data-tokens]')!;
		const button = (name: RegExp) =>
			[...root.querySelectorAll('button')].find((one) => name.test(one.textContent!.trim()));
		const until = async (true_: () => boolean) => {
			const end = performance.now() + 5000;
			while (!true_()) {
				if (performance.now() > end) throw new Error(`still ${root.innerText.slice(0, 400)}`);
				await new Promise((done) => setTimeout(done));
			}
		};
		let came = 0;
		const beginnings = new Set<string>();
		for (let time = 0; time < times; time++) {
			// Watched, not looked for: a quick reply may begin and end between two looks.
			let begun = false;
			const watch = new MutationObserver(() => (begun = true));
			watch.observe(root, { attributeFilter: ['aria-busy'] });
			button(/^Run\b/)!.click();
			await until(() => begun);
			watch.disconnect();
			await until(() => Number(root.dataset.tokens) > 0);
			// At full speed it may have come to its end.
			button(/^Stop$/)?.click();
			await until(() => root.ariaBusy === 'false');
			came += Number(root.dataset.tokens);
			beginnings.add(root.querySelector('.came')!.textContent!);
		}
		return { came, beginnings: [...beginnings] };
	}, times);
}

test('200 starts and stops: an exact bill, one worker, a flat heap, and no run that is empty', async ({
	page
}) => {
	test.setTimeout(120_000);
	const faults = await faultsOf(page);
	await open(page, '/#spike.seed=3&spike.pace=fast');
	await startAndStop(page, 21);
	const before = await weigh(page);
	const start = await tabLine(page);

	const { came, beginnings } = await startAndStop(page, 200);
	const line = await tabLine(page);
	expect(beginnings).toHaveLength(1);
	expect(line.came - start.came).toBe(came);
	// Every run sent the same prompt.
	expect(line.sent).toBe((start.sent / 21) * 221);
	expect(trimmed(line.dollars)).toBe(await exactDollars(page, line));
	expect(page.workers()).toHaveLength(1);
	const after = await weigh(page);
	expect(after.heap - before.heap, 'megabytes').toBeLessThan(5);
	expect(after.nodes).toBeLessThan(before.nodes * 1.1);
	expect(after.listeners).toBeLessThan(before.listeners * 1.1);
	expect(faults).toEqual([]);
});

test('presses at any moment, not one waited for, end idle with a true tab', async ({ page }) => {
	const faults = await faultsOf(page);
	await open(page, '/');
	const { atRest, run, hasTokens, stop, tokens } = exhibit(page);
	await run.click();
	await hasTokens(1);
	await stop.click();
	await atRest();
	await page.evaluate(async () => {
		const button = document.querySelector('[data-tokens] button') as HTMLButtonElement;
		for (let press = 0; press < 100; press++) {
			button.click();
			await new Promise((done) => setTimeout(done, press % 7));
		}
	});
	await atRest();
	const before = (await tabLine(page)).came;
	await run.click();
	await hasTokens(5);
	await stop.click();
	await atRest();
	expect((await tabLine(page)).came).toBe(before + (await tokens()));
	expect(page.workers()).toHaveLength(1);
	expect(faults).toEqual([]);
});

test('a held Enter and a double click each start one run', async ({ page }) => {
	await open(page, '/#spike.pace=slow');
	const { run, stop, hasTokens, atRest } = exhibit(page);
	await run.focus();
	await expect(page.locator('.exhibit[data-awake]')).toBeAttached();
	// A key that is down already sends repeats.
	for (let repeat = 0; repeat < 21; repeat++) await page.keyboard.down('Enter');
	await page.keyboard.up('Enter');
	await hasTokens(1);
	await expect(stop).toBeVisible();
	await page.keyboard.press('Enter');
	await atRest();

	await page.waitForTimeout(600);
	await run.dblclick();
	await hasTokens(2);
	await page.waitForTimeout(600);
	await stop.click();
	await atRest();
});

test('whoever presses again while the code is on its way gets one run, of what the address says', async ({
	page
}) => {
	await open(page, '/');
	await page.route('**/*.js', async (route) => {
		await new Promise((done) => setTimeout(done, 800));
		await route.continue();
	});
	const { root, run, hasTokens, atRest } = exhibit(page);
	await page.evaluate(() => (location.hash = 'spike.pace=fast&spike.seed=7'));
	for (let press = 0; press < 4; press++) await run.click();
	const answers: string[] = [];
	for (let time = 0; time < 2; time++) {
		if (time) await run.click();
		await hasTokens(1);
		await atRest();
		answers.push(await root.locator('.stream').innerText());
	}
	expect(answers[0]).toBe(answers[1]);
});

/** Leaves the front page in the middle of a run, so many times, by its links or by loading pages. */
async function comeAndGo(page: Page, times: number, whole: boolean) {
	for (let time = 0; time < times; time++) {
		await exhibit(page).run.click();
		await exhibit(page).hasTokens(1);
		if (whole && time % 2) await page.goto('/about/#', { waitUntil: 'commit' });
		else if (whole) await page.reload();
		else await page.getByRole('link', { name: 'About' }).first().click();
		if (!whole || time % 2) {
			await page.waitForURL(/about/);
			await hydrated(page);
			await page.getByRole('link', { name: 'Running Tab' }).first().click();
			await page.waitForURL((url) => url.pathname === '/');
		}
		await hydrated(page);
	}
}

for (const [times, tags] of [
	[8, {}],
	[50, { tag: '@long' }]
] as const) {
	test(
		`${times} page changes in the middle of a run leave one worker and a flat heap`,
		tags,
		async ({ page }) => {
			test.setTimeout(300_000);
			const faults = await faultsOf(page);
			await open(page, '/#spike.pace=slow');
			// Until the browser has compiled what it runs often: the heap grows by ever less, without any run as well.
			await comeAndGo(page, times > 8 ? 24 : 8, false);
			await page.waitForTimeout(300);
			const before = await weigh(page);
			const { came } = await tabLine(page);
			await comeAndGo(page, times, false);
			await page.waitForTimeout(300);
			const after = await weigh(page);
			expect(page.workers()).toHaveLength(1);
			expect(after.heap / before.heap, `${before.heap} to ${after.heap} MB`).toBeLessThan(1.1);
			expect(after.nodes, 'nodes').toBeLessThan(before.nodes * 1.1);
			expect(after.listeners, 'listeners').toBeLessThan(before.listeners * 1.1);
			expect(after.documents).toBeLessThanOrEqual(before.documents);
			expect((await tabLine(page)).came).toBeGreaterThanOrEqual(came + times);

			await comeAndGo(page, times, true);
			await exhibit(page).run.click();
			await exhibit(page).hasTokens(1);
			expect(page.workers()).toHaveLength(1);
			expect((await tabLine(page)).came).toBeGreaterThanOrEqual(came + 2 * times);
			expect(faults).toEqual([]);
		}
	);
}

test('a worker that dies without a word is missed within seconds, told and announced; one press runs on', async ({
	page
}) => {
	const faults = await faultsOf(page);
	await open(page, '/#spike.pace=slow');
	const { root, run, stop, hasTokens, tokens, atRest } = exhibit(page);
	await run.click();
	await hasTokens(4);
	const text = (await root.locator('.came').allTextContents()).join('');
	await page
		.workers()[0]
		.evaluate(() => (globalThis as unknown as Worker & { close(): void }).close());
	const died = Date.now();
	await expect(root.locator('.readout')).toContainText(/stopped answering.*Press Run/, {
		timeout: 15_000
	});
	// 2.7 s by design; the rest is for a busy machine.
	expect(Date.now() - died).toBeLessThan(6000);
	await atRest();
	await expect(root.getByRole('status').first()).toContainText(/stopped answering.* came back for/);
	expect((await root.locator('.came').allTextContents()).join('')).toContain(text);
	const came = await tokens();
	expect((await tabLine(page)).came).toBe(came);
	await run.click();
	await hasTokens(3);
	await stop.click();
	await atRest();
	expect((await tabLine(page)).came).toBe(came + (await tokens()));
	expect(page.workers()).toHaveLength(1);
	expect(faults).toEqual([]);
});

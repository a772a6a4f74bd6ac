/**
 * @file The memory of a page: what its process holds of its own at the most while the pocket model writes, and while models of three
 * sizes learn, beside a blank page of the same browser. The worker's WebAssembly memory is in it. On Linux, where a
 * process tells.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { median, type Line } from './line.ts';
import { launch, open, site, type Site } from './site.ts';

const LIMIT = 250; // MB
const TIMES = 3;
const WATCHED = 12_000; // ms
const EVERY = 250; // ms

/** Megabytes of the largest process that has a page: its share of all that it has mapped. */
async function largest(browser: Browser): Promise<number> {
	const session = await browser.newBrowserCDPSession();
	const { processInfo } = await session.send('SystemInfo.getProcessInfo');
	await session.detach();
	const held = processInfo
		.filter(({ type, id }) => type === 'renderer' && existsSync(`/proc/${id}/smaps_rollup`))
		.map(({ id }) => /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))!)
		.map(([, kB]) => Number(kB) / 1000);
	return Math.max(...held);
}

/** Has `begin` happen in a browser of its own. @returns the most megabytes that are then held, and those of a blank page */
async function most(url: string, begin: (page: Page) => Promise<void>) {
	const browser = await launch();
	try {
		await (await browser.newPage()).goto('data:text/html,<!doctype html><title>blank</title>');
		const blank = await largest(browser);
		const page = await open(browser, url);
		await begin(page);
		let peak = 0;
		for (const end = Date.now() + WATCHED; Date.now() < end;) {
			peak = Math.max(peak, await largest(browser));
			await page.waitForTimeout(EVERY);
		}
		return { peak, blank };
	} finally {
		await browser.close();
	}
}

async function run(page: Page): Promise<void> {
	await page.getByRole('button', { name: /^Run/ }).first().click();
	await page.waitForFunction(
		() => Number(document.querySelector<HTMLElement>('[data-tokens]')!.dataset.tokens) > 20
	);
}

async function train(page: Page): Promise<void> {
	const main = page.locator('.train .main');
	await main.click();
	await page.waitForFunction(
		() =>
			/^(Pause|Train it, about)/.test(
				document.querySelector<HTMLElement>('.train .main')!.innerText
			),
		undefined,
		{ timeout: 60_000 }
	);
	// so long a run is begun by a second press
	if (!/^Pause/.test(await main.innerText())) await main.click();
	await page.waitForFunction(
		() => Number(document.querySelector<HTMLElement>('.train')!.dataset.steps) > 2,
		undefined,
		{ timeout: 60_000 }
	);
}

/** The largest size is offered where there is a GPU; here the processor trains it, in the page's own worker. */
function trainLargest(host: Site) {
	return async (page: Page): Promise<void> => {
		await page.locator('.train').hover();
		while (!host.asked.some(({ file }) => file.includes('training-worker')))
			await page.waitForTimeout(100);
		const { file } = host.asked.find(({ file }) => file.includes('training-worker'))!;
		await page.evaluate(
			(file) =>
				new Promise<void>((done) => {
					const worker = new Worker(file, { type: 'module' });
					const kept = window as { largest?: unknown };
					kept.largest = worker;
					const recipe = {
						text: 'sentences',
						cut: 'characters',
						size: 'gpu',
						steps: 20_000,
						seed: 1
					};
					worker.onmessage = ({ data }) => {
						if (data.type === 'prepared') worker.postMessage({ type: 'learn', until: 20_000 });
						// as the page holds the last kept state
						if (data.type === 'kept') kept.largest = [worker, data];
						if (data.type === 'progress') done();
					};
					worker.postMessage({ type: 'prepare', number: 1, recipe, on: 'processor' });
				}),
			file
		);
	};
}

export async function memory(): Promise<Line[]> {
	if (!existsSync('/proc/self/smaps_rollup')) throw new Error('Only Linux tells what is held.');
	const host = await site();
	const lesson = 'lessons/two-jobs/';
	const cases = [
		{ what: 'lesson 1, the pocket model writes', at: lesson, begin: run },
		{ what: '/train/, 0.1 million parameters', at: 'train/#train.steps=20000', begin: train },
		{
			what: '/train/, 0.2 million parameters',
			at: 'train/#train.size=large&train.steps=20000',
			begin: train
		},
		{ what: '/train/, 0.8 million parameters', at: 'train/', begin: trainLargest(host) }
	];
	const lines: Line[] = [];
	try {
		for (const { what, at, begin } of cases) {
			const peaks: number[] = [];
			const blanks: number[] = [];
			for (let time = 0; time < TIMES; time++) {
				const { peak, blank } = await most(host.url + at, begin);
				peaks.push(peak);
				blanks.push(blank);
			}
			lines.push({
				what: `memory of the page: ${what}, at the most`,
				unit: 'MB',
				ours: median(peaks),
				rival: { name: 'bound', value: LIMIT },
				note: `a blank page: ${median(blanks).toFixed(0)} MB`,
				runs: peaks
			});
		}
	} finally {
		await host.close();
	}
	return lines;
}

/**
 * @file What a page costs while a model learns in it: the time from frame to frame, and the longest time the main thread was
 * busy without a pause, in 60 seconds of training. The worker beside it keeps a core busy all the while.
 */
import type { Page } from 'playwright';
import { onMainThread } from './busy.ts';
import { median, type Line } from './line.ts';
import { launch, open, site } from './site.ts';

const PARTS = 5;
const PART = 12; // s
const FRAME = 20; // ms
const TASK = 50; // ms

/** Learning that is not over before the measurement is. */
const LONG = '#train.steps=20000';

/** Milliseconds from frame to frame, for so many seconds. */
function frames(page: Page, seconds: number): Promise<number[]> {
	return page.evaluate(
		(ms) =>
			new Promise<number[]>((done) => {
				const times: number[] = [];
				const start = performance.now();
				let before = start;
				const frame = (now: number) => {
					times.push(now - before);
					before = now;
					if (now - start < ms) requestAnimationFrame(frame);
					else done(times.slice(1));
				};
				requestAnimationFrame(frame);
			}),
		seconds * 1000
	);
}

const at = (times: number[], share: number) =>
	[...times].sort((a, b) => a - b)[Math.floor(times.length * share)];

export async function train(): Promise<Line[]> {
	const host = await site();
	const browser = await launch();
	const late: number[] = [];
	const rates: number[] = [];
	const longest: number[] = [];
	let steps: number;
	try {
		const page = await open(browser, `${host.url}train/${LONG}`);
		const main = page.locator('.train .main');
		await page.locator('.train').hover();
		await main.click();
		const done = async () => Number(await page.locator('.train').getAttribute('data-steps'));
		for (let waited = 0; (await done()) < 5; waited++) {
			// so long a run is begun by a second press
			if (/^Train it, about/.test(await main.innerText())) await main.click();
			await page.waitForTimeout(200);
			if (waited > 300) throw new Error('the training does not begin');
		}
		const before = await done();
		for (let part = 0; part < PARTS; part++) {
			await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
			const times = await frames(page, PART);
			const tasks = onMainThread(await browser.stopTracing())
				.filter(({ name, tdur }) => /RunTask/.test(name) && tdur !== undefined)
				.map(({ tdur }) => tdur! / 1000);
			late.push(at(times, 0.95));
			rates.push(1000 / median(times));
			longest.push(Math.max(...tasks));
		}
		steps = (await done()) - before;
		await page.context().close();
	} finally {
		await browser.close();
		await host.close();
	}
	return [
		{
			what: `frame to frame while a model learns, 95 of 100, ${PARTS * PART} s`,
			unit: 'ms',
			ours: median(late),
			rival: { name: 'bound', value: FRAME },
			note: `${steps} steps meanwhile`,
			runs: late
		},
		{
			what: 'frames a second while a model learns',
			unit: '/s',
			ours: median(rates),
			rival: { name: 'quoted: TensorFlow Playground', value: 26 },
			runs: rates
		},
		{
			what: 'main thread: longest task in that time, of the processor’s time',
			unit: 'ms',
			ours: median(longest),
			rival: { name: 'bound', value: TASK },
			note: `longest of all ${Math.max(...longest).toFixed(1)}`,
			runs: longest
		}
	];
}

/**
 * @file A model on a real GPU, which is taken away, runs out of memory, or is used without end. Real: the page's side, the
 * worker's program, the worker, WebGPU on the software adapter, and the crash of its process. Not web-llm, whose programs cannot
 * be had here: its double takes the GPU and has it work for every token.
 */
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { rolldown } from 'rolldown';
import { telling } from '#lib/engine/webllm/telling.ts';
import { browserPath, gpuArguments, launchArguments } from '../../scripts/browser.mjs';
import type { InPage } from './in-page/gpu.ts';

declare const gpu: InPage;

const answer = 'A longer answer, of many tokens.';
let [page, worker]: string[] = [];

test.beforeAll(async () => {
	[page, worker] = await Promise.all(
		['gpu', 'gpu-worker'].map(async (name) => {
			const input = `tests/e2e/in-page/${name}.ts`;
			const bundle = await rolldown({ input, platform: 'browser', logLevel: 'silent' });
			const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
			await bundle.close();
			return output[0].code;
		})
	);
});

/** A browser of its own: what is done to its GPU is done to all of its pages. */
async function openPage(): Promise<{ browser: Browser; tab: Page; errors: string[] }> {
	const executablePath = browserPath();
	const browser = await chromium.launch({
		args: [...launchArguments, ...gpuArguments],
		...(executablePath ? { executablePath } : {})
	});
	const tab = await browser.newPage();
	const errors: string[] = [];
	tab.on('pageerror', (error) => errors.push(String(error)));
	await tab.route('**/*', (route) => {
		const path = new URL(route.request().url()).pathname;
		return path.endsWith('.js')
			? route.fulfill({
					contentType: 'text/javascript',
					body: path === '/worker.js' ? worker : page
				})
			: route.fulfill({
					contentType: 'text/html',
					body: '<!doctype html><title>Page</title><script type="module" src="/page.js"></script>'
				});
	});
	await tab.goto('http://localhost:9/');
	await tab.waitForFunction(() => 'gpu' in globalThis);
	return { browser, tab, errors };
}

let opened: Awaited<ReturnType<typeof openPage>>;
test.beforeEach(async () => {
	opened = await openPage();
});
test.afterEach(async () => {
	await opened.browser.close();
	expect(opened.errors).toEqual([]);
});

async function crashGpu({ browser }: { browser: Browser }) {
	const session = await browser.newBrowserCDPSession();
	await session.send('Browser.crashGpuProcess' as never).catch(() => {});
	await session.detach();
}

/** In the midst of an answer. @returns how that ended */
async function writeAndCrash() {
	const { tab } = opened;
	const writing = tab.evaluate(() => gpu.write(Infinity, 'slow'));
	await tab.waitForFunction(() => gpu.progress >= 3, undefined, { polling: 5 });
	await crashGpu(opened);
	return writing;
}

test('the process of the GPU crashes in the midst of an answer: the text stays, the next press goes on, a second crash ends it', async () => {
	const { tab } = opened;
	expect(await tab.evaluate(() => gpu.load('slow'))).toBe('');
	const first = await writeAndCrash();
	expect(first).toMatchObject({ reason: 'failed', error: telling.lost() });
	expect(answer.startsWith(first.text)).toBe(true);
	expect(first.counted).toBe(first.tokens);
	expect(first.tokens).toBeGreaterThanOrEqual(3);
	expect(tab.workers()).toHaveLength(1);

	const second = await tab.evaluate(() => gpu.write(Infinity, 'slow'));
	expect(second).toMatchObject({ reason: 'finished', text: answer });
	test.info().annotations.push({ type: 'after a crash', description: `${Math.round(second.ms)} ms to a whole answer` }); // prettier-ignore

	const third = await writeAndCrash();
	expect(third).toMatchObject({ reason: 'failed', error: telling.givenUp() });
	await expect.poll(() => tab.workers().length).toBe(0);
	expect(await tab.evaluate(() => gpu.write(Infinity, 'slow'))).toMatchObject({
		reason: 'failed',
		error: telling.givenUp(),
		tokens: 0
	});
});

test('a GPU that crashes while nothing is written is taken again by the next run', async () => {
	const { tab } = opened;
	await tab.evaluate(() => gpu.load());
	await tab.evaluate(() => gpu.write());
	await crashGpu(opened);
	await expect.poll(() => tab.evaluate(() => gpu.stage().at)).toBe('failed');
	expect(await tab.evaluate(() => gpu.write())).toMatchObject({ reason: 'finished', text: answer });
	expect(tab.workers()).toHaveLength(1);
});

test('a model that is larger than the GPU is told so, its memory is given back, and a smaller one runs', async () => {
	const { tab } = opened;
	expect(await tab.evaluate(() => gpu.load('huge'))).toBe(telling.memory());
	await expect.poll(() => tab.workers().length).toBe(0);
	expect(await tab.evaluate(() => gpu.load())).toBe('');
	expect(await tab.evaluate(() => gpu.write())).toMatchObject({ text: answer });
});

test('a worker that ends without a word is missed within seconds, and replaced', async () => {
	const { tab } = opened;
	expect(await tab.evaluate(() => gpu.write(Infinity, 'm'))).toMatchObject({ text: answer });
	await tab.evaluate(() => gpu.load('dies').catch(() => {}));
	const { text, reason, error, ms } = await tab.evaluate(() => gpu.write(Infinity, 'dies'));
	expect({ text, reason, error }).toEqual({
		text: 'A l',
		reason: 'failed',
		error: telling.silent()
	});
	expect(ms).toBeLessThan(9000);
	expect(await tab.evaluate(() => gpu.write())).toMatchObject({ text: answer });
	expect(tab.workers()).toHaveLength(1);
});

/** Bytes, after what is no longer used was taken out. */
async function heap(tab: Page): Promise<number> {
	const session = await tab.context().newCDPSession(tab);
	await session.send('Performance.enable');
	for (let time = 0; time < 3; time++) await session.send('HeapProfiler.collectGarbage');
	const { metrics } = await session.send('Performance.getMetrics');
	await session.detach();
	return metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value;
}

test('50 loads and unloads: one worker at most, no GPU left, and a flat heap', async () => {
	const { tab } = opened;
	let most = 0;
	const cycle = async (nth: number) => {
		expect(await tab.evaluate(() => gpu.load())).toBe('');
		most = Math.max(most, tab.workers().length);
		if (nth % 5 === 0)
			expect(await tab.evaluate(() => gpu.write())).toMatchObject({ text: answer });
		await tab.evaluate(() => gpu.unload());
	};
	for (let i = 0; i < 5; i++) await cycle(i);
	const before = await heap(tab);
	for (let i = 0; i < 50; i++) await cycle(i);
	await expect.poll(() => tab.workers().length).toBe(0);
	expect(most).toBe(1);
	const grown = (await heap(tab)) - before;
	test.info().annotations.push({
		type: 'heap',
		description: `${Math.round(grown / 1000)} kB more after 50`
	});
	expect(grown).toBeLessThan(500_000);
});

test('200 starts and stops on one load: one worker, exact counts, and a flat heap', async () => {
	const { tab } = opened;
	await tab.evaluate(() => gpu.load());
	const cycle = () =>
		tab.evaluate(async () => {
			const wrong = [];
			for (let i = 0; i < 20; i++) {
				const { tokens, counted, reason } = await gpu.write(1 + (i % 6));
				if (tokens !== counted || tokens !== 1 + (i % 6) || reason !== 'cancelled') wrong.push(i);
			}
			return wrong;
		});
	expect(await cycle()).toEqual([]);
	const before = await heap(tab);
	for (let i = 0; i < 10; i++) expect(await cycle()).toEqual([]);
	expect(tab.workers()).toHaveLength(1);
	const grown = (await heap(tab)) - before;
	test.info().annotations.push({
		type: 'heap',
		description: `${Math.round(grown / 1000)} kB more after 200`
	});
	expect(grown).toBeLessThan(500_000);
	expect(await tab.evaluate(() => gpu.write())).toMatchObject({ text: answer, reason: 'finished' });
});

/**
 * @file What one training leaves behind for the next: nothing. Counted in bytes, in the page and in its worker, after the rubbish is
 * taken out.
 *
 * | fault                                  | guard                                                     |
 * | -------------------------------------- | --------------------------------------------------------- |
 * | memory grows from training to training | session.ts `replace`: the last run ends before the next    |
 * | a worker for each training             | client.ts `#start`: one, until it is lost                  |
 */
import { expect, test, type Page, type Worker } from '@playwright/test';
import { browserPath, launchArguments } from '../../scripts/browser.mjs';
import { faultsOf, open } from './site.ts';

const executablePath = browserPath();
test.use({
	launchOptions: {
		args: [...launchArguments, '--js-flags=--expose-gc'],
		...(executablePath ? { executablePath } : {})
	}
});

const TIMES = 10;

type Counting = typeof globalThis & { gc(): void; memories: WeakRef<WebAssembly.Memory>[] };

/** From here on every memory of WebAssembly is known. */
const count = (worker: Worker) =>
	worker.evaluate(() => {
		const here = globalThis as Counting;
		here.memories = [];
		const Real = WebAssembly.Memory;
		WebAssembly.Memory = class extends Real {
			constructor(size: WebAssembly.MemoryDescriptor) {
				super(size);
				here.memories.push(new WeakRef(this));
			}
		};
	});

/** Megabytes of WebAssembly that are alive of all that were made, and how many those were. */
const weighed = (worker: Worker) =>
	worker.evaluate(async () => {
		const { gc, memories } = globalThis as Counting;
		for (let time = 0; time < 3; time++) {
			await new Promise((done) => setTimeout(done, 20));
			gc();
		}
		const alive = memories.flatMap((one) => one.deref()?.buffer.byteLength ?? []);
		return { made: memories.length, held: alive.reduce((sum, bytes) => sum + bytes, 0) / 1e6 };
	});

/** Megabytes and nodes of the page. */
async function weigh(page: Page) {
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable');
	for (let time = 0; time < 3; time++) await session.send('HeapProfiler.collectGarbage');
	const { usedSize } = await session.send('Runtime.getHeapUsage');
	const { metrics } = await session.send('Performance.getMetrics');
	await session.detach();
	return {
		heap: usedSize / 1e6,
		nodes: metrics.find(({ name }) => name === 'Nodes')!.value
	};
}

test(`${TIMES} trainings, one after another: neither the page nor its worker holds more than after the first`, async ({
	page
}) => {
	test.setTimeout(180_000);
	const faults = await faultsOf(page);
	await open(page, '/train/#train.size=large&train.steps=12');
	const main = page.locator('.train .main');
	const status = page.locator('.train .status');
	const train = async () => {
		await expect(main).toHaveText(/^Train it/, { timeout: 30_000 });
		await main.click();
		await expect(status).toHaveText(/^done/, { timeout: 30_000 });
	};
	const startOver = () => main.click();
	await train();
	const [worker] = page.workers();
	await count(worker);
	await startOver();
	await train();
	const first = { ...(await weighed(worker)), ...(await weigh(page)) };
	expect(first.made).toBeGreaterThan(0);
	expect(first.held).toBeGreaterThan(1);

	for (let time = 0; time < TIMES; time++) {
		await startOver();
		await train();
	}
	const last = { ...(await weighed(worker)), ...(await weigh(page)) };
	expect(last.made).toBeGreaterThan(first.made + TIMES - 1);
	expect(last.held, 'megabytes of WebAssembly').toBeLessThanOrEqual(first.held);
	expect(last.heap, 'megabytes of the page').toBeLessThan(first.heap + 1);
	expect(last.nodes, 'nodes of the page').toBeLessThan(first.nodes * 1.1);
	expect(page.workers()).toHaveLength(1);
	expect(faults).toEqual([]);
});

/**
 * @file Training on a GPU, on the site as it is built: a real adapter, which is software, and what becomes of a run when that GPU
 * is taken away, or its process crashes. Each in a browser of its own: what is done to its GPU is done to all of its pages.
 */
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { browserPath, gpuArguments, launchArguments } from '../../scripts/browser.mjs';
import { violations } from './axe.ts';
import { overflows } from './layout.ts';
import { faultsOf, hydrated } from './site.ts';

/** A software adapter takes seconds for a step of the small model, the processor takes no time for the rest. */
const SMALL = 'train.size=small&train.steps=120';
test.setTimeout(240_000);

const main = (page: Page) => page.locator('.train .main');
const status = (page: Page) => page.locator('.train .status');
const message = (page: Page) => page.locator('.train .message');
const bill = (page: Page) => page.locator('.train .spike-part');
const place = (page: Page, name: RegExp) => page.getByRole('radio', { name });
const steps = async (page: Page) => Number(await page.locator('.train').getAttribute('data-steps'));
const done = (page: Page) => expect(status(page)).toHaveText(/^done/, { timeout: 200_000 });

let browser: Browser;
test.afterEach(() => browser.close());

async function withGpu(baseURL: string, fragment: string, args = gpuArguments) {
	const executablePath = browserPath();
	browser = await chromium.launch({
		args: [...launchArguments, ...args],
		...(executablePath ? { executablePath } : {})
	});
	const page = await (await browser.newContext({ baseURL, serviceWorkers: 'block' })).newPage();
	const faults = await faultsOf(page, /GPU|device|Instance/i);
	// a test may take from a worker what it holds of a GPU
	page.on('worker', (worker) =>
		worker
			.evaluate(() => {
				const request = GPUAdapter.prototype.requestDevice;
				GPUAdapter.prototype.requestDevice = async function (...args) {
					const device = await request.apply(this, args);
					const scope = globalThis as unknown as { held?: GPUDevice[] };
					(scope.held ??= []).push(device);
					return device;
				};
			})
			.catch(() => {})
	);
	await page.goto(`/train/#${fragment}`);
	await hydrated(page);
	await page.locator('.exhibit').first().dispatchEvent('pointerover');
	await expect(page.locator('.exhibit[data-awake]').first()).toBeVisible();
	// of a short text little is held out, which is read again and again
	await page.getByLabel('your own text').check();
	const own = page.getByRole('textbox', { name: /^Paste any text/ });
	await own.fill('Anna und Otto sehen den Uhu am See. '.repeat(40));
	await own.blur();
	return { page, faults };
}

/** Presses once it is known how long it takes: with an imitated GPU that is long, and said before. */
async function begin(page: Page) {
	await main(page).hover();
	await expect(main(page)).toHaveText(/^Train it, about .* here$/, { timeout: 60_000 });
	await main(page).click();
}

/** Until it learns on the GPU and a state is kept that it can go on from. */
async function learning(page: Page) {
	await begin(page);
	await expect(main(page)).toHaveText('Pause');
	await expect(message(page)).toContainText('It learns on the GPU');
	await expect
		.poll(() => page.evaluate(() => localStorage['running-tab-training']), { timeout: 60_000 })
		.toBe('1');
}

/** The run goes on with the processor, says so, and comes to its end. */
async function goesOn(page: Page) {
	await expect(message(page)).toContainText(
		/The GPU was lost\. The training goes on with the processor, from its last kept step, \d+\./,
		{ timeout: 30_000 }
	);
	const from = Number(/step, (\d+)\./.exec(await message(page).innerText())![1]);
	expect(from).toBeGreaterThan(0);
	await done(page);
	await expect(status(page)).toHaveText('done: 120 steps, trained here, in part on the GPU');
	await expect(message(page)).toContainText('The GPU was lost.');
	await expect(bill(page)).toContainText('time of the GPU');
	expect(await page.locator('.train').innerText()).not.toMatch(/NaN|undefined|Infinity/);
	// the curve has every step once
	expect(await steps(page)).toBe(120);
}

test('a GPU that is taken away in mid-run: it goes on with the processor from its last kept step, and says so', async ({
	baseURL
}) => {
	const { page, faults } = await withGpu(baseURL!, `${SMALL}&train.on=gpu`);
	await learning(page);
	await page
		.workers()
		.at(-1)!
		.evaluate(() => {
			const { held } = globalThis as unknown as { held: GPUDevice[] };
			for (const device of held) device.destroy();
		});
	await goesOn(page);
	expect(faults).toEqual([]);
});

test('the process of the GPU crashes while the page trains: it goes on with the processor, and says so', async ({
	baseURL
}) => {
	const { page, faults } = await withGpu(baseURL!, `${SMALL}&train.on=gpu`);
	await learning(page);
	const session = await browser.newBrowserCDPSession();
	// its answer may get lost with the process
	await session.send('Browser.crashGpuProcess' as never).catch(() => {});
	await goesOn(page);
	expect(faults).toEqual([]);
});

test('a run on the GPU to its end: its bill, its card and the message say so; writing needs no GPU any more', async ({
	baseURL
}) => {
	const { page, faults } = await withGpu(baseURL!, 'train.size=small&train.steps=10&train.on=gpu');
	await begin(page);
	await done(page);
	await expect(status(page)).toHaveText('done: 10 steps, trained here on the GPU');
	await expect(message(page)).toContainText('not to this very mosaic');
	await expect(bill(page)).toContainText(/or rented\s*not known/);
	await page.getByText('How this is counted and estimated').click();
	await expect(page.locator('.train .formula')).toContainText('2 to 575 watts');
	expect(await violations(page)).toEqual([]);
	await page.setViewportSize({ width: 320, height: 640 });
	expect(await overflows(page)).toEqual([]);

	await page.getByLabel('Name your model').fill('Made on a GPU');
	const coming = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save it as a file' }).click();
	const stream = await (await coming).createReadStream();
	let text = '';
	for await (const part of stream) text += String(part);
	const file = JSON.parse(text);
	expect(file.on).toBe('gpu');
	expect(file.spent.onGpu.steps).toBe(10);
	expect(file.wattHours.high / file.wattHours.low).toBeGreaterThan(20);
	expect(faults).toEqual([]);
});

test('the faster one is measured: an imitated GPU is named, and learns only if it is the faster one', async ({
	baseURL
}) => {
	const { page, faults } = await withGpu(baseURL!, SMALL);
	await expect(place(page, /whichever is faster/)).toBeChecked();
	await expect(page.getByText('only imitated here, by the processor')).toBeVisible();
	await main(page).hover();
	await expect(main(page)).toHaveText(/^Train it, about .* here$/, { timeout: 60_000 });
	const pace = async (name: RegExp) => {
		const words = await page.locator('label', { has: place(page, name) }).innerText();
		const [, each] = /([\d.,]+) steps a second here/.exec(words) ?? [];
		const [, takes] = /a step in ([\d.,]+) seconds here/.exec(words) ?? [];
		return each ? Number(each.replace(',', '')) : 1 / Number(takes);
	};
	const [processor, gpu] = [await pace(/^the processor/), await pace(/^the GPU/)];
	expect(gpu).toBeGreaterThan(0);
	expect(processor).toBeGreaterThan(gpu);
	await expect(page.locator('label', { has: place(page, /whichever is faster/) })).toContainText(
		'here: the processor'
	);
	await expect(message(page)).toContainText('So it will learn on the processor.');
	await main(page).click();
	await done(page);
	await expect(status(page)).toHaveText('done: 120 steps, trained here');
	expect(faults).toEqual([]);
});

test('where no GPU is offered, that is said in a sentence, and there is nothing to choose', async ({
	baseURL
}) => {
	const { page, faults } = await withGpu(baseURL!, `${SMALL}&train.on=gpu`, []);
	await expect(page.getByText('as long as this browser offers no GPU to train on')).toBeVisible();
	await expect(place(page, /whichever is faster/)).toHaveCount(0);
	await main(page).click();
	await done(page);
	await expect(status(page)).toHaveText('done: 120 steps, trained here');
	expect(faults).toEqual([]);
});

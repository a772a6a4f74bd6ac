/** @file The check of the device in browsers that really have, or lack, what it looks for. */
import { expect, test, type Page } from '@playwright/test';
import { rolldown } from 'rolldown';
import { gpuArguments } from '../../scripts/browser.mjs';
import type { Advice } from './in-page/device.ts';

let code: string;

test.beforeAll(async () => {
	const bundle = await rolldown({ input: 'tests/e2e/in-page/device.ts', platform: 'browser' });
	code = (await bundle.generate({ format: 'iife' })).output[0].code;
	await bundle.close();
});

/** What the check says in an otherwise empty page at `origin`, and what it asked of the network. */
async function advise(page: Page, origin = 'http://localhost:9') {
	const asked: string[] = [];
	await page.route('**/*', (route) => {
		asked.push(route.request().url());
		return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Page</title>' });
	});
	await page.goto(`${origin}/`);
	await page.evaluate(code);
	const advice = await page.evaluate(() =>
		(globalThis as unknown as { advise: () => Promise<Advice> }).advise()
	);
	expect(asked).toEqual([`${origin}/`]);
	return advice;
}

/** Every model is refused, by one sentence. */
function refused({ model, offered, hidden }: Advice): string {
	expect(model).toBeUndefined();
	expect(offered).toEqual([]);
	const reasons = new Set(hidden.flatMap(({ verdict }) => verdict.reasons));
	expect(reasons.size).toBe(1);
	return [...reasons][0];
}

test('G1: a page that came over plain http is told about https', async ({ page }) => {
	const advice = await advise(page, 'http://tab.example.org');
	expect(advice.device).toMatchObject({ secure: false, asked: 'not-asked' });
	expect(refused(advice)).toMatch(/secure connection/);
});

test('G1: a browser without WebGPU is named as such', async ({ page }) => {
	await page.addInitScript(() =>
		Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined })
	);
	expect(refused(await advise(page))).toMatch(/has no WebGPU/);
});

test('G2: a browser that really finds no adapter says so', async ({ page }) => {
	const advice = await advise(page);
	expect(advice.device).toMatchObject({ secure: true, webgpu: true, asked: 'none' });
	expect(refused(advice)).toMatch(/found no graphics chip/);
});

test.describe('with the software adapter', () => {
	let page: Page;

	test.beforeEach(async ({ playwright }) => {
		const { args = [], ...options } = test.info().project.use.launchOptions ?? {};
		const browser = await playwright.chromium.launch({
			...options,
			args: [...args, ...gpuArguments]
		});
		page = await browser.newPage();
	});

	test.afterEach(() => page.context().browser()!.close());

	test('G3: nothing is recommended, and each model can be tried all the same', async () => {
		const { model, offered } = await advise(page);
		expect(model).toBeUndefined();
		expect(offered.length).toBe(5);
		for (const { verdict } of offered) {
			expect(verdict.fits).toBe('try-anyway');
			expect(verdict.reasons[0]).toMatch(/advise against it/);
		}
	});

	test('G4: without f16, twins are offered and the size is said', async () => {
		const { offered, hidden } = await advise(page);
		expect(offered.every(({ model }) => /f32/.test(model.id))).toBe(true);
		expect(hidden.map(({ model }) => model.name)).toEqual(['Gemma 3 1B']);
	});

	test.describe('that passes for a real one', () => {
		test.beforeEach(() =>
			page.addInitScript(() => {
				const real = { architecture: 'rocket', vendor: 'acme', description: '', device: '' };
				Object.defineProperty(GPUAdapter.prototype, 'info', { get: () => real });
			})
		);

		/** The adapter says so of one of its limits. */
		const limit = (name: string, value: number) =>
			page.addInitScript(
				([name, value]) =>
					Object.defineProperty(GPUSupportedLimits.prototype, name, { get: () => value }),
				[name, value] as const
			);

		test('the twin of the first model is recommended', async () => {
			const { model, notes } = await advise(page);
			expect(model?.id).toBe('SmolLM2-360M-Instruct-q4f32_1-MLC');
			expect(notes[0]).toMatch(/no 16-bit arithmetic/);
		});

		for (const [name, value, says] of [
			['maxStorageBuffersPerShaderStage', 8, /takes 8/],
			['maxComputeWorkgroupStorageSize', 16_384, /16 KiB/],
			['maxBufferSize', 2 ** 27, /128 MiB at most/],
			['maxStorageBufferBindingSize', 2 ** 26, /read 64 MiB/]
		] as const) {
			test(`G5: ${name} of ${value} is refused, and the number is said`, async () => {
				await limit(name, value);
				expect(refused(await advise(page))).toMatch(says);
			});
		}

		for (const [error, cause] of [
			['OperationError', 'a limit that is out of reach'],
			['TypeError', 'a feature that is not there']
		]) {
			test(`G6: a GPU that refuses with ${error} for ${cause} is told within 2 s`, async () => {
				await page.addInitScript((error) => {
					const { requestDevice } = GPUAdapter.prototype;
					GPUAdapter.prototype.requestDevice = function (asked) {
						return requestDevice.call(
							this,
							error === 'TypeError'
								? { ...asked, requiredFeatures: ['shader-f16'] }
								: { ...asked, requiredLimits: { maxTextureDimension2D: 2 ** 20 } }
						);
					};
				}, error);
				// Had it taken longer, it would be told as one that does not answer.
				expect(refused(await advise(page))).toMatch(/refused to work/);
			});
		}

		test('G6: a GPU that never answers is told after 2 s', async () => {
			await page.addInitScript(() => {
				GPUAdapter.prototype.requestDevice = () => new Promise(() => {});
			});
			const advice = await advise(page);
			expect(refused(advice)).toMatch(/did not answer in time/);
			expect(advice.ms).toBeGreaterThan(1900);
			expect(advice.ms).toBeLessThan(8000);
		});
	});
});

/** The GPU process really crashes in mid-step: in a browser of its own, because all its pages lose their devices. */
import { chromium } from 'playwright';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';
import { browserPath, gpuArguments, launchArguments } from '../../../../scripts/browser.mjs';
import type { Told } from './testing/page.ts';

test('a crash of the GPU process ends the training at once, and it goes on from its checkpoint', async () => {
	const input = new URL('testing/page.ts', import.meta.url).pathname;
	const bundle = await rolldown({ input });
	const { output } = await bundle.generate({ format: 'esm' });
	const executablePath = browserPath();
	const browser = await chromium.launch({
		args: [...launchArguments, ...gpuArguments],
		...(executablePath ? { executablePath } : {})
	});

	try {
		const page = await browser.newPage();
		// a secure place, as WebGPU wants; nothing listens there
		await page.route('http://localhost/', (route) =>
			route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
		);
		await page.goto('http://localhost/');
		await page.addScriptTag({ type: 'module', content: output[0].code });
		await page.waitForFunction(() => 'trainUntilLost' in globalThis);

		const session = await browser.newBrowserCDPSession();
		await page.exposeFunction('crash', () =>
			// its answer may get lost with the process
			session.send('Browser.crashGpuProcess').catch(() => {})
		);
		const told: Told = await page.evaluate(
			// eslint-disable-next-line @typescript-eslint/no-explicit-any
			() => globalThis.trainUntilLost(() => void (globalThis as any).crash())
		);
		expect(told).toMatchObject({ name: 'GpuLostError', goesOn: [2, 2] });
		expect(told.message).toMatch(/^The GPU /);
		expect(told.after).toBeLessThan(1000);
	} finally {
		await browser.close();
	}
}, 60_000);

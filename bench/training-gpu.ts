/**
 * @file Training steps a second through WebGPU, in a browser, beside one core in the same page. Where no GPU is
 * found the lines say so: a software adapter computes on the processor, and slowly.
 */
import { chromium } from 'playwright';
import { rolldown } from 'rolldown';
import { browserPath, launchArguments } from '../scripts/browser.mjs';
import { median, type Line } from './line.ts';
import type { Measured, Setting } from './training-gpu.page.ts';

const settings: (Setting & { name: string })[] = [
	{
		name: '0.03 M parameters, 16 × 64 tokens a step',
		config: { vocabulary: 96, context: 64, width: 32, heads: 2, layers: 2 },
		sequences: 16
	},
	{
		name: '0.1 M parameters, 8 × 64 tokens a step',
		config: { vocabulary: 256, context: 64, width: 64, heads: 4, layers: 2 },
		sequences: 8
	},
	{
		name: '0.8 M parameters, 16 × 128 tokens a step',
		config: { vocabulary: 256, context: 128, width: 128, heads: 4, layers: 4 },
		sequences: 16
	}
];

/** With which a browser without a window uses the machine's own GPU. */
const gpuArguments = [
	'--enable-unsafe-webgpu',
	'--enable-features=Vulkan',
	'--ignore-gpu-blocklist'
];

export async function trainingOnGpu(): Promise<Line[]> {
	const bundle = await rolldown({ input: 'bench/training-gpu.page.ts' });
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
		await page.waitForFunction(() => 'measureTraining' in globalThis);

		const lines: Line[] = [];
		for (const { name, ...setting } of settings) {
			const measured: Measured | undefined = await page.evaluate(
				(setting) => globalThis.measureTraining(setting),
				setting
			);
			if (!measured) {
				console.error('training-gpu: no GPU here, nothing measured');
				return [];
			}
			lines.push({
				what: `Training on the GPU, ${name}`,
				unit: 'steps/s',
				ours: median(measured.gpu),
				rival: { name: 'one core', value: median(measured.cpu) },
				note: measured.adapter,
				runs: measured.gpu
			});
		}
		return lines;
	} finally {
		await browser.close();
	}
}

/** @file From a cold start to the first live token: bytes and time. */
import { readFileSync } from 'node:fs';
import manifest from '#lib/engine/pocket/manifest.json';
import { median, type Line } from './line.ts';
import { launch, open, site } from './site.ts';

/** Measured elsewhere, on other pages: quoted, not compared in one run. In megabytes to the first live model. */
const anchors =
	'quoted: llm-viz 0.90 MB (sorts letters), web-llm-chat ≥ 207 MB, Transformer Explainer about 664 MB';

export async function firstToken(): Promise<Line[]> {
	const host = await site();
	const browser = await launch();
	const bytes: number[] = [];
	const fromPress: number[] = [];
	const fromStart: number[] = [];
	let script = 0;
	try {
		for (let time = 0; time < 5; time++) {
			host.forget();
			const page = await open(browser, host.url);
			const [press, token] = await page.evaluate(
				() =>
					new Promise<[number, number]>((done) => {
						const root = document.querySelector('[data-tokens]')!;
						const button = [...root.querySelectorAll('button')].find((one) =>
							/^\s*Run\b/.test(one.textContent ?? '')
						)!;
						let pressed = 0;
						new MutationObserver(() => {
							if (Number(root.getAttribute('data-tokens')) > 0) done([pressed, performance.now()]);
						}).observe(root, { attributes: true, attributeFilter: ['data-tokens'] });
						pressed = performance.now();
						button.click();
					})
			);
			fromPress.push(token - press);
			fromStart.push(token);
			bytes.push(host.asked.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);
			script = host.asked
				.filter(({ file }) => file.endsWith('.js'))
				.reduce((sum, { bytes }) => sum + bytes, 0);
			await page.context().close();
		}
	} finally {
		await browser.close();
		await host.close();
	}
	const weights = readFileSync(`build/pocket/${manifest.weights.file}.br`).length / 1e6;
	return [
		{
			what: 'bytes to the first live token',
			unit: 'MB',
			ours: median(bytes),
			rival: { name: 'bound: its weights alone', value: weights },
			note: `${(script / 1000).toFixed(0)} kB of it JavaScript; ${anchors}`,
			runs: bytes
		},
		{
			what: 'press of Run to the first live token, nothing in the cache',
			unit: 'ms',
			ours: median(fromPress),
			rival: { name: 'bound asked for', value: 1000 },
			note: 'no network delay',
			runs: fromPress
		},
		{
			what: 'opening the page to the first live token, pressed when it answers',
			unit: 'ms',
			ours: median(fromStart),
			runs: fromStart
		}
	];
}

/**
 * @file What showing a run costs the run: tokens a second of the pocket model in the lab at full pace, and of its worker
 * with nothing to look at, same requests, by turns.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import type { RunRecord } from '#lib/events.ts';
import { median, type Line } from './line.ts';
import { launch, open, site } from './site.ts';

const SEEDS = 15;
/** Runs before anything is measured. */
const WARM = 10;
/** Runs shorter than this say little of speed. */
const LEAST = 40; // tokens

/** Runs once in the lab. */
async function inLab(page: Page, seed: number): Promise<RunRecord> {
	await page.evaluate((seed) => (location.hash = `lab.seed=${seed}&lab.pace=fast&lab.n=256`), seed);
	const root = page.locator('[data-tokens]').first();
	await root.getByRole('button', { name: /^Run\b/ }).click();
	await page.waitForFunction(
		() =>
			document.querySelector('[data-tokens]')!.getAttribute('aria-busy') !== 'true' &&
			Number(document.querySelector('[data-tokens]')!.getAttribute('data-tokens')) > 0
	);
	const coming = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save this run' }).first().click();
	return JSON.parse(readFileSync(await (await coming).path(), 'utf8')) as RunRecord;
}

/** Milliseconds from the first to the last token, in a worker that nobody watches; it is kept, as the lab keeps its own. */
async function bare(page: Page, files: { worker: string; weights: string }, request: unknown) {
	return page.evaluate(
		async ({ files, request }) => {
			const kept = window as { bare?: Worker };
			const worker = (kept.bare ??= new Worker(files.worker, { type: 'module' }));
			const first = !worker.onmessage;
			return new Promise<{ tokens: number; ms: number }>((done) => {
				const run = () => worker.postMessage({ type: 'run', run: 1, request, reuse: false });
				let from: number | undefined;
				let tokens = 0;
				worker.onmessage = ({ data }) => {
					if (data.type === 'ready') run();
					if (data.type === 'started') worker.postMessage({ type: 'pull', burst: 1000 });
					if (data.type !== 'tokens') return;
					const last = performance.now() - data.tokens.at(-1).ago;
					from ??= last;
					tokens += data.tokens.length;
					if (data.over) done({ tokens, ms: last - from });
					else worker.postMessage({ type: 'pull', burst: 1000 });
				};
				if (first) worker.postMessage({ type: 'load', weights: files.weights });
				else run();
			});
		},
		{ files, request }
	);
}

export async function withUi(): Promise<Line[]> {
	const host = await site();
	const browser = await launch();
	const shown: number[] = [];
	const alone: number[] = [];
	try {
		const page = await open(browser, `${host.url}lab/`);
		await inLab(page, 0);
		const asked = (end: RegExp) =>
			host.asked.map(({ file }) => file).find((file) => end.test(file))!;
		const files = { worker: asked(/workers\/.*\.js$/), weights: asked(/\/pocket\//) };
		for (let seed = 1; shown.length < SEEDS; seed++) {
			const { request, tokens } = await inLab(page, seed);
			const other = await bare(page, files, request);
			// the first ones compile
			if (tokens.length < LEAST || seed <= WARM) continue;
			shown.push((tokens.length - 1) / ((tokens.at(-1)!.at - tokens[0].at) / 1000));
			if (other.tokens !== tokens.length) throw new Error('The bare run wrote something else.');
			alone.push((other.tokens - 1) / (other.ms / 1000));
		}
	} finally {
		await browser.close();
		await host.close();
	}
	return [
		{
			what: `pocket model in the lab at full pace, ${SEEDS} runs`,
			unit: 'tokens/s',
			ours: median(shown),
			rival: { name: 'bound: its worker alone', value: median(alone) },
			note: 'by the time of each token in the run record',
			runs: shown
		}
	];
}

/** @file Lighthouse, as on a phone: the median of five runs for each kind of page, and for every lesson. */
import { readFileSync } from 'node:fs';
import lighthouse from 'lighthouse';
import { median, type Line } from './line.ts';
import { launch, site } from './site.ts';

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const PORT = 9333; // of the browser's debugging interface

/** One page of every kind that is built otherwise than a lesson. */
const kinds = [
	'/',
	'/lab/',
	'/lab/till-roll/',
	'/models/',
	'/model/',
	'/ledger/',
	'/ledger/training/',
	'/claims/',
	'/lessons/',
	'/receipt/',
	'/about/',
	'/train/',
	'/lab/fine-tune/',
	'/lab/inside/',
	'/lab/final-run/',
	'/lab/price-time-machine/',
	'/lab/watt-hours/'
];

/** @param only one address, to measure it alone */
export async function lighthouseScores(only?: string): Promise<Line[]> {
	const host = await site();
	const addresses = [...readFileSync('build/sitemap.xml', 'utf8').matchAll(/<loc>(.*?)<\/loc>/g)]
		.map(([, url]) => new URL(url).pathname)
		.filter((path) => kinds.includes(path) || /\/lessons\/./.test(path))
		.filter((path) => !only || path === only);
	const lines: Line[] = [];
	try {
		for (const address of addresses) {
			const scores: Record<string, number[]> = {};
			const audits: Record<string, number[]> = {};
			let broken = 0;
			for (let time = 0; time < 5;) {
				const browser = await launch(`--remote-debugging-port=${PORT}`);
				try {
					const result = await lighthouse(host.url.replace(/\/$/, '') + address, {
						port: PORT,
						logLevel: 'error',
						onlyCategories: [...categories]
					});
					if (!result || result.lhr.runtimeError) {
						// the browser, not the page: measured again, and said
						if (++broken > 3) throw new Error(`Lighthouse does not come to an end on ${address}.`);
						console.error(`${address}: ${result?.lhr.runtimeError?.message ?? 'no result'}`);
						continue;
					}
					time++;
					for (const name of categories) {
						(scores[name] ??= []).push((result.lhr.categories[name].score ?? 0) * 100);
					}
					for (const name of [
						'largest-contentful-paint',
						'total-blocking-time',
						'cumulative-layout-shift'
					]) {
						(audits[name] ??= []).push(result.lhr.audits[name].numericValue ?? NaN);
					}
				} finally {
					await browser.close();
				}
			}
			const bound = address === '/' ? 95 : 97;
			for (const name of categories) {
				lines.push({
					what: `Lighthouse, ${name}, ${address}`,
					unit: '',
					ours: median(scores[name]),
					rival: { name: 'asked for', value: name === 'performance' ? bound : 100 },
					...(name === 'performance'
						? {
								note: `LCP ${(median(audits['largest-contentful-paint']) / 1000).toFixed(2)} s, TBT ${median(audits['total-blocking-time']).toFixed(0)} ms, CLS ${median(audits['cumulative-layout-shift']).toFixed(3)}`
							}
						: {}),
					runs: scores[name]
				});
			}
		}
	} finally {
		await host.close();
	}
	return lines;
}

/**
 * @file What a reader's connection carries once an exhibit is touched, in brotli at its best, counted at the server from a cold
 * start. What it carries before is counted where every page is opened: crawl.spec.ts.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { counted, quiet, sum, travels } from './carried.ts';
import { exhibit, withRuns } from './site.ts';

for (const address of withRuns().filter(
	(one) => ['/', '/lab/'].includes(one) || /\/lessons\/./.test(one)
)) {
	test(`${address}: the first live token within 1.2 MB in all, 110 kB of JavaScript after a run`, async ({
		page
	}, { annotations }) => {
		await counted(async (origin, files) => {
			await page.goto(origin + address);
			const { run, hasTokens, stop, atRest } = exhibit(page);
			await quiet(page);
			await run.click();
			await hasTokens(1);
			const first = sum(files);
			await stop.click();
			await atRest();
			await quiet(page);
			annotations.push({ type: 'bytes to the first live token', description: String(first) });
			expect(first, files.map((file) => `${travels(file)} ${file}`).join('\n')).toBeLessThanOrEqual(
				1_200_000
			);
			expect(sum(files, /\.js$/), files.join('\n')).toBeLessThanOrEqual(110_000);
			for (const file of files.filter((name) => name.endsWith('.js'))) {
				expect(readFileSync(join('build', file), 'utf8'), file).not.toContain('mlc-ai');
			}
			expect(new Set(files).size, 'nothing is fetched twice').toBe(files.length);
		});
	});
}

for (const address of ['/lessons/watch-a-model-learn/', '/lessons/frozen/']) {
	test(`${address}: a training that is asked for brings its program, within 110 kB, and no model`, async ({
		page
	}) => {
		await counted(async (origin, files) => {
			await page.goto(origin + address);
			await quiet(page);
			await page
				.getByRole('button', { name: /^Train/ })
				.first()
				.click();
			const comes = () => files.filter((file) => file.includes('/workers/training-worker')).length;
			await expect.poll(comes, { timeout: 20_000 }).toBe(1);
			await quiet(page);
			expect(sum(files, /\.js$/), files.join('\n')).toBeLessThanOrEqual(110_000);
			expect(files.filter((file) => file.startsWith('/pocket/'))).toEqual([]);
		});
	});
}

test('web-llm is shipped once, for its worker alone', () => {
	const scripts = readdirSync('build/_app', { recursive: true, encoding: 'utf8' }).filter((name) =>
		name.endsWith('.js')
	);
	const bearers = scripts.filter((name) =>
		readFileSync(join('build/_app', name), 'utf8').includes('prebuiltAppConfig')
	);
	expect(bearers.length, bearers.join('\n')).toBe(1);
	expect(bearers[0]).toMatch(/^immutable\/workers\/chunks\//);
	expect(scripts.filter((name) => statSync(join('build/_app', name)).size > 500_000)).toEqual(
		bearers
	);
});

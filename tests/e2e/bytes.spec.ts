/** @file What a reader's connection carries, in brotli at its best, counted at the server from a cold start. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { addresses, exhibit, hydrated, withRuns } from './site.ts';

/** Body of a file of the build as it travels, in bytes. */
function travels(file: string): number {
	const path = join('build', file);
	const body = readFileSync(path);
	if (/\.(woff2|png|jpg|webp)$/.test(file)) return body.length;
	const small = existsSync(`${path}.br`)
		? readFileSync(`${path}.br`).length
		: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
	return Math.min(small, body.length);
}

/** Runs `visit` against a server of its own and notes what is asked of it. */
async function counted(visit: (origin: string, files: string[]) => Promise<void>) {
	const files: string[] = [];
	const server = await serve({
		folder: 'build',
		fault: (path) => {
			files.push(path.endsWith('/') ? `${path}index.html` : path);
		}
	});
	try {
		await visit(server.url.replace(/\/$/, ''), files);
	} finally {
		await server.close();
	}
}

const sum = (files: string[], names = /./) =>
	files.filter((file) => names.test(file)).reduce((bytes, file) => bytes + travels(file), 0);

/** Until nothing more is asked for. */
async function quiet(page: Page) {
	await hydrated(page);
	await page.waitForLoadState('networkidle');
	await page.waitForTimeout(300);
}

for (const address of addresses()) {
	test(`${address}: at most 60 kB of JavaScript and 20 requests before anything is touched`, async ({
		page
	}) => {
		await counted(async (origin, files) => {
			await page.goto(origin + address);
			await quiet(page);
			expect(files.length).toBeGreaterThan(5);
			expect(sum(files, /\.js$/), files.join('\n')).toBeLessThanOrEqual(60_000);
			expect(sum(files, /\.css$/)).toBeLessThanOrEqual(13_000);
			expect(files.length, files.join('\n')).toBeLessThanOrEqual(20);
			expect(files.filter((file) => file.startsWith('/pocket/'))).toEqual([]);
			expect(files.filter((file) => file.includes('/workers/'))).toEqual([]);
		});
	});
}

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

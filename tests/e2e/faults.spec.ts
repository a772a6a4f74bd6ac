/**
 * @file What breaks on real networks and in real browsers. Whatever happens: a plain sentence, the recorded run still
 * there, nothing on the console that is ours, and a page that works when the fault is gone.
 */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { exhibit, faultsOf, open, tabLine } from './site.ts';

type Fault = (path: string, response: ServerResponse) => boolean | void;

/** A server whose answers a test can spoil, and mend again. */
const test = base.extend<{ host: { url: string; fault: Fault | undefined; asked: string[] } }>({
	// eslint-disable-next-line no-empty-pattern
	host: async ({}, use) => {
		const host = { url: '', fault: undefined as Fault | undefined, asked: [] as string[] };
		const server = await serve({
			folder: 'build',
			fault: (path, _, response) => {
				host.asked.push(path);
				return host.fault?.(path, response);
			}
		});
		host.url = server.url;
		await use(host);
		await server.close();
	}
});

/** The browser's own lines on a request that failed; what we brought about, not what our code says. */
const browsersOwn = /Failed to load resource|net::ERR_/;

const isWeights = (path: string) => /^\/pocket\/.*\.bin$/.test(path);
const isWorker = (path: string) => path.startsWith('/_app/immutable/workers/');

function answer(response: ServerResponse, status: number, type: string, body: Buffer | string) {
	response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
	return true;
}

/** Presses Run and expects a sentence and the recorded run, then mends the fault and expects a live one. */
async function saysSoAndRecovers(page: Page, sentence: RegExp, mend: () => void) {
	const { run, root, tokens, hasTokens, atRest, stop } = exhibit(page);
	const recorded = await root.locator('.stream').innerText();
	const height = (await root.boundingBox())?.height;
	await run.click();
	await expect(root).toContainText(sentence, { timeout: 25_000 });
	await expect(root).toContainText(/recorded \d/);
	expect(await root.innerText()).not.toMatch(/TypeError|undefined|NaN|\[object|Infinity/);
	expect((await root.boundingBox())?.height).toBe(height);
	await atRest(60_000);
	expect(await tokens()).toBe(0);
	expect(await root.locator('.stream').innerText()).toBe(recorded);
	expect((await tabLine(page)).came).toBe(0);

	mend();
	await run.click();
	await hasTokens(3);
	await stop.click();
	await atRest();
	expect((await tabLine(page)).came).toBe(await tokens());
}

test.describe('weights', () => {
	const file = (path: string) => readFileSync(join('build', path));

	for (const [name, sentence, fault] of [
		[
			'missing',
			/file is not there: the server answered 404/,
			(_, response) => answer(response, 404, 'text/html', '<!doctype html><h1>Not here</h1>')
		],
		[
			'with one bit turned over',
			/did not arrive as it was published/,
			(path, response) => {
				const bytes = Buffer.from(file(path));
				bytes[bytes.length >> 1] ^= 1;
				return answer(response, 200, 'application/octet-stream', bytes);
			}
		],
		[
			'cut short',
			/did not arrive whole/,
			(path, response) =>
				answer(response, 200, 'application/octet-stream', file(path).subarray(0, 300_000))
		],
		[
			'too long',
			/longer than the/,
			(path, response) =>
				answer(response, 200, 'application/octet-stream', Buffer.concat([file(path), file(path)]))
		],
		[
			'broken off',
			/did not arrive whole|could not be fetched/,
			(path, response) => {
				const bytes = file(path);
				response.writeHead(200, { 'Content-Length': bytes.length, 'Cache-Control': 'no-store' });
				response.write(bytes.subarray(0, 200_000), () => response.destroy());
				return true;
			}
		],
		[
			"a hotel's sign-in page",
			/a web page instead of/,
			(_, response) => answer(response, 200, 'text/html', 'Sign in to use this network.')
		],
		[
			'a sign-in page that hides its type',
			/a web page instead of/,
			(_, response) =>
				answer(response, 200, 'application/octet-stream', '\n<html><h1>Sign in</h1></html>')
		],
		['unreachable', /could not be fetched/, (_, response) => Boolean(response.destroy())]
	] as [string, RegExp, Fault][]) {
		test(name, async ({ page, host }) => {
			const faults = await faultsOf(page, browsersOwn);
			host.fault = (path, response) => (isWeights(path) ? fault(path, response) : undefined);
			await open(page, host.url);
			await saysSoAndRecovers(page, sentence, () => (host.fault = undefined));
			expect(faults).toEqual([]);
		});
	}

	test('damaged once: fetched again, and nobody notices', async ({ page, host }) => {
		let times = 0;
		host.fault = (path, response) => {
			if (!isWeights(path) || times++ > 0) return;
			return answer(response, 200, 'application/octet-stream', file(path).subarray(0, 1000));
		};
		await open(page, host.url);
		const { run, hasTokens } = exhibit(page);
		await run.click();
		await hasTokens(3);
		expect(times).toBe(2);
	});
});

test.describe('the worker', () => {
	for (const [name, fault] of [
		['missing', (_, response) => answer(response, 404, 'text/html', '<!doctype html>')],
		['unreachable', (_, response) => Boolean(response.destroy())],
		[
			'a web page',
			(_, response) => answer(response, 200, 'text/html', '<!doctype html><h1>Sign in</h1>')
		],
		[
			'in pieces',
			(_, response) => answer(response, 200, 'text/javascript', 'import "./gone.js"; }')
		]
	] as [string, Fault][]) {
		test(`its script is ${name}`, async ({ page, host }) => {
			const faults = await faultsOf(page, browsersOwn);
			host.fault = (path, response) => (isWorker(path) ? fault(path, response) : undefined);
			await open(page, host.url);
			await saysSoAndRecovers(
				page,
				/program that runs the pocket model could not be loaded/,
				() => (host.fault = undefined)
			);
			expect(faults).toEqual([]);
		});
	}

	test('throws in the middle of a run', async ({ page, host }) => {
		const faults = await faultsOf(page, browsersOwn);
		await open(page, `${host.url}#spike.pace=slow`);
		const { run, hasTokens, root, atRest } = exhibit(page);
		await run.click();
		await hasTokens(3);
		await page.workers()[0].evaluate(() => {
			setTimeout(() => {
				throw new Error('out of memory');
			});
		});
		await expect(root).toContainText(/stopped with an error.*out of memory/, { timeout: 15_000 });
		await atRest();
		await run.click();
		await hasTokens(3);
		expect(faults).toEqual([]);
	});

	test('a browser without WebAssembly writes the same text, in plain TypeScript', async ({
		page,
		host
	}) => {
		const faults = await faultsOf(page);
		const answers: string[] = [];
		for (const wasm of [true, false]) {
			host.fault = (path, response) => {
				if (!isWorker(path)) return;
				// Both times, as what the host sends itself would be kept for the second.
				const code = readFileSync(join('build', path), 'utf8');
				const without = wasm ? '' : 'delete globalThis.WebAssembly;';
				return answer(response, 200, 'text/javascript', without + code);
			};
			await page.goto('about:blank');
			await open(page, `${host.url}#spike.pace=fast&spike.seed=5`);
			const { run, hasTokens, root, atRest } = exhibit(page);
			await run.click();
			await hasTokens(1);
			await atRest();
			answers.push(await root.locator('.stream').innerText());
			expect(await page.workers()[0].evaluate(() => 'WebAssembly' in globalThis)).toBe(wasm);
		}
		expect(answers[0].length).toBeGreaterThan(40);
		expect(answers[1]).toBe(answers[0]);
		expect(faults).toEqual([]);
	});
});

test('a part of the page that is fetched on Run is missing', async ({ page, host }) => {
	await open(page, host.url);
	const faults = await faultsOf(page, browsersOwn);
	host.fault = (path, response) =>
		path.endsWith('.js') ? answer(response, 404, 'text/html', '<!doctype html>') : undefined;
	const { run, root, atRest } = exhibit(page);
	await run.click();
	// The page may load itself again, once: a new version may have been published.
	await page.waitForTimeout(1500);
	await expect(root).toContainText(/recorded \d/);
	await page.waitForTimeout(500);
	host.fault = undefined;
	await open(page, host.url);
	await run.click();
	await exhibit(page).hasTokens(3);
	await exhibit(page).stop.click();
	await atRest();
	expect(faults).toEqual([]);
});

test.describe('prompts', () => {
	for (const [name, prompt] of [
		['nothing', ''],
		['only spaces', ' \t  '],
		['a megabyte', 'All work and no play. '.repeat(48_000)],
		['emoji and half of one', 'What is 😀👩‍👩‍👧‍👦🇩🇪? \ud83d'],
		['right to left', 'ما هو الرمز؟ מה זה אסימון? \u202eabc'],
		['HTML', '<img src=x onerror=alert(1)><script>alert(1)</script>&lt;b&gt;'],
		['control characters', 'a\u0000b\u0007c\u001b[31md\u007f\u0085e'],
		['marks without end', `Z${'\u0301'.repeat(5000)}`],
		['markers of the model itself', '<end><user><assistant></s>']
	] as const) {
		test(name, async ({ page, host }) => {
			const faults = await faultsOf(page);
			await open(page, host.url);
			const { root, run, hasTokens, stop, atRest, tokens } = exhibit(page);
			const field = root.locator('input[type="text"], textarea').first();
			const height = (await root.locator('.stream').boundingBox())?.height;
			const took = await field.evaluate((input: HTMLInputElement, value) => {
				const start = performance.now();
				input.value = value;
				input.dispatchEvent(new Event('input', { bubbles: true }));
				return performance.now() - start;
			}, prompt as string);
			expect(took).toBeLessThan(1000);
			await run.click();
			await hasTokens(3);
			await stop.click();
			await atRest();

			expect((await tabLine(page)).came).toBe(await tokens());
			expect(await root.locator('img, script, iframe').count()).toBe(0);
			expect((await root.locator('.stream').boundingBox())?.height).toBe(height);
			expect(
				await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
			).toBeLessThanOrEqual(0);
			if (prompt.length > 10_000) {
				await expect(root).toContainText(/[Cc]ut to/);
				expect((await field.inputValue()).length).toBeLessThanOrEqual(2000);
			}
			if (name === 'HTML') await expect(root.locator('.stream')).toContainText('<img');
			expect(faults).toEqual([]);
		});
	}
});

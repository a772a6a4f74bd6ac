/** @file What every end-to-end test needs to know of the built site. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';

/** Of the many pages of single numbers, which are all made alike: a range, a formula, a quarrel, words for a number; and those of several. */
const numbers = [
	'training',
	'gpt4-cost-estimates',
	'crossing-served-busy',
	'openai-2024-inference-share',
	'data-openai-business'
];

/** Addresses of the pages of the sitemap, from the root of the host; of single numbers, some. */
export function addresses(): string[] {
	if (!existsSync('build/sitemap.xml')) throw new Error('There is no build/: run "npm run build".');
	return everyAddress().filter((address) => {
		const id = /\/ledger\/([^/]+)\/$/.exec(address)?.[1];
		return !id || numbers.includes(id);
	});
}

/** Addresses of every page of the sitemap. */
export function everyAddress(): string[] {
	return [...readFileSync('build/sitemap.xml', 'utf8').matchAll(/<loc>(.*?)<\/loc>/g)].map(
		([, url]) => new URL(url).pathname
	);
}

/** Addresses of the pages that have an exhibit with a run. */
export function withRuns(): string[] {
	return addresses().filter((address) =>
		readFileSync(`build${address}index.html`, 'utf8').includes(' data-tokens=')
	);
}

/** Addresses of the pages that have any exhibit, with a run or without. */
export function withExhibits(): string[] {
	return addresses().filter((address) =>
		readFileSync(`build${address}index.html`, 'utf8').includes('class="exhibit')
	);
}

/** Until the page answers to clicks. */
export async function hydrated(page: Page) {
	await page.waitForSelector('html[data-hydrated]', { state: 'attached' });
}

/** Opens a page and waits until it answers to clicks. */
export async function open(page: Page, address: string) {
	await page.goto(address);
	await hydrated(page);
}

/** Opens a page and has the code of its exhibits take over. */
export async function openAwake(page: Page, address: string) {
	await open(page, address);
	for (const one of await page.locator('.exhibit').all()) await one.dispatchEvent('pointerover');
	await expect(page.locator('.exhibit:not([data-awake])')).toHaveCount(0);
}

/** Chromium's own line whenever a page asks for a GPU and there is none. */
const NO_GPU = 'console warning: No available adapters.';

/**
 * Notes everything a page should not do: errors and warnings on the console, uncaught errors, violations of its
 * policy, requests to other hosts. Call it before the page is opened.
 *
 * `expected`: what a fault test brings about itself, such as the browser's own line on a file that is missing.
 */
export async function faultsOf(page: Page, expected?: RegExp): Promise<string[]> {
	const faults: string[] = [];
	const note = (fault: string) => {
		if (!expected?.test(fault) && !fault.endsWith(NO_GPU)) faults.push(fault);
	};
	page.on('console', (message) => {
		if (message.type() === 'error' || message.type() === 'warning') {
			note(`console ${message.type()}: ${message.text()}`);
		}
	});
	page.on('pageerror', (error) => note(`uncaught: ${error.message}`));
	page.on('request', (request) => {
		const url = new URL(request.url());
		const own = ['data:', 'blob:'].includes(url.protocol) || url.hostname === 'localhost';
		if (!own) note(`foreign request: ${url.href}`);
	});
	await page.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', (event) =>
			console.error(`policy: ${event.effectiveDirective} blocked ${event.blockedURI}`)
		);
	});
	return faults;
}

/** The exhibit that holds the first `Run…` button of the page, by the contract that all exhibits keep. */
export function exhibit(page: Page) {
	const root = page.locator('[data-tokens]').first();
	return {
		root,
		run: root.getByRole('button', { name: /^Run\b/ }).first(),
		stop: root.getByRole('button', { name: 'Stop', exact: true }),
		/** Output tokens of the live run; 0 before one. */
		tokens: async () => Number(await root.getAttribute('data-tokens')),
		/** Waits until nothing runs. */
		async atRest(timeout = 30_000) {
			await expect(root).toHaveAttribute('aria-busy', 'false', { timeout });
		},
		/** Waits for so many live tokens at least. */
		async hasTokens(count: number, timeout = 20_000) {
			await expect
				.poll(async () => Number(await root.getAttribute('data-tokens')), {
					intervals: [20],
					timeout
				})
				.toBeGreaterThanOrEqual(count);
		}
	};
}

/** The counts in the line at the foot of the page, and the dollars it shows. */
export async function tabLine(page: Page) {
	const line = page.getByRole('region', { name: 'Your tab' });
	const text = (await line.locator('p').first().innerText()).replace(/\s+/g, ' ');
	const match = /([\d,]+) in ([\d,]+) out .*?\$([\d,.]+)/.exec(text);
	const number = (digits: string | undefined) => Number((digits ?? '0').replaceAll(',', ''));
	return { sent: number(match?.[1]), came: number(match?.[2]), dollars: match?.[3] ?? '0', text };
}

/** What these counts cost at the card that the tab bills at, to the last digit, worked out apart from the site's code. */
export async function exactDollars(page: Page, { sent, came }: { sent: number; came: number }) {
	const button = page.getByRole('region', { name: 'Your tab' }).getByRole('button').first();
	await button.click();
	const row = page.getByRole('dialog').locator('label:has(input:checked)');
	const prices = (await row.locator('.price').allInnerTexts()).map((text) =>
		BigInt(Math.round(Number(text.replace('$', '')) * 1e6))
	);
	expect(prices).toHaveLength(2);
	await page.keyboard.press('Escape');
	// Millionths of a dollar per million tokens: 12 decimals, no rounding anywhere.
	const exact = BigInt(sent) * prices[0] + BigInt(came) * prices[1];
	const digits = exact.toString().padStart(13, '0');
	return trimmed(`${digits.slice(0, -12)}.${digits.slice(-12)}`);
}

/** An amount without idle zeros and commas. */
export function trimmed(dollars: string) {
	return dollars.replaceAll(',', '').replace(/\.?0+$/, '');
}

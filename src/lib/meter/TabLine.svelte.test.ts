import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import type { RunEvent } from '#lib/events.ts';
import { Tab } from './tab.svelte.ts';
import Page from './TabLine.fixture.svelte';

async function* run(sent: number, came: number): AsyncGenerator<RunEvent, void, void> {
	yield { type: 'started', at: 0, promptTokens: sent, cachedTokens: 0 };
	for (let index = 0; index < Math.min(came, 200); index++) {
		yield { type: 'token', index, at: index, text: 'a' };
	}
	const usage = {
		promptTokens: sent,
		cachedTokens: 0,
		outputTokens: came,
		prefillMs: 1,
		decodeMs: 1
	};
	yield { type: 'settled', at: came, usage, reason: 'finished' };
}

async function spend(tab: Tab, sent = 23, came = 140) {
	for await (const _ of tab.watch(run(sent, came)));
}

const line = () => document.querySelector<HTMLElement>('section p')!;
const words = () => line().innerText.replace(/\s+/g, ' ').trim();

beforeEach(async () => {
	sessionStorage.clear();
	localStorage.clear();
	await page.viewport(1280, 800);
});

afterEach(() => page.viewport(1280, 800));

test('says so quietly when nothing was spent', async () => {
	await render(Page, { tab: new Tab() });
	expect(words()).toBe('nothing on the tab yet at GPT-6 Luna, September 2026');
});

test('shows what was sent, what came back, and the exact sum at the card', async () => {
	const tab = new Tab();
	await render(Page, { tab });
	await spend(tab);
	await expect
		.poll(words)
		.toBe('23 in 140 out would cost $0.0000723 at GPT-6 Luna, September 2026');
});

test('shows every token as it is counted, and announces none', async () => {
	const tab = new Tab();
	await render(Page, { tab });
	const watched = tab.watch(run(2, 3));
	await watched.next();
	await expect.poll(words).toContain('2 in 0 out');
	await watched.next();
	await expect.poll(words).toContain('2 in 1 out');
	await watched.return();
	expect(document.querySelector('[aria-live], [role=status], [role=alert], output')).toBeNull();
});

test.each([320, 390, 1280, 1920])(
	'has one height at %d px, spent or not, and fits',
	async (width) => {
		await page.viewport(width, 640);
		const tab = new Tab();
		await render(Page, { tab });
		const before = line().getBoundingClientRect().height;
		await spend(tab, 12_345, 6_789);
		await expect.poll(words).toContain('12,345 in');
		expect(line().getBoundingClientRect().height).toBe(before);
		expect(before).toBeLessThan(80);
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
	}
);

test.each([
	[320, 256],
	[320, 640],
	[1280, 800]
])('covers nothing at the end of the page at %d × %d', async (width, height) => {
	await page.viewport(width, height);
	await render(Page, { tab: new Tab() });
	scrollTo(0, document.documentElement.scrollHeight);
	const last = document.querySelector('[data-last]')!.getBoundingClientRect();
	expect(line().getBoundingClientRect().top).toBeGreaterThanOrEqual(last.bottom);
});

test('another card is chosen by mouse and by keyboard, and kept', async () => {
	const tab = new Tab();
	await render(Page, { tab });
	await spend(tab);
	await page.getByRole('button', { name: /^at / }).click();
	await page.getByRole('radio', { name: /GPT-4 .*March 2023/ }).click();
	expect(words()).toBe('23 in 140 out would cost $0.00909 at GPT-4, March 2023');

	await userEvent.keyboard('{ArrowDown}');
	expect(words()).toBe('23 in 140 out would cost $0.000326 at GPT-3.5 Turbo, March 2023');
	expect(localStorage.getItem('running-tab.card')).toBe('gpt-3-5-turbo');

	await userEvent.keyboard('{Escape}');
	expect(document.querySelector('[popover]')!.matches(':popover-open')).toBe(false);
});

test('the bill behind it shows its arithmetic and where the price is from', async () => {
	const tab = new Tab();
	await render(Page, { tab });
	await spend(tab);
	await page.getByRole('button', { name: /^at / }).click();
	const rows = () =>
		[...document.querySelectorAll<HTMLElement>('section tr')].map((row) =>
			row.innerText.replace(/\s+/g, ' ').trim()
		);
	await expect
		.poll(() => rows().slice(1))
		.toEqual([
			'sent 23 × $0.10 = $0.0000023',
			'came back 140 × $0.50 = $0.0000700',
			'would cost $0.0000723'
		]);
	const source = document.querySelector<HTMLAnchorElement>('section a[rel*=external]')!;
	expect(source.href).toBe(tab.card.source);
	expect(document.querySelector<HTMLElement>('[popover]')!.innerText).toContain(
		'would cost at a vendor'
	);
});

test('what is opened stays inside a phone', async () => {
	await page.viewport(320, 480);
	const tab = new Tab();
	await render(Page, { tab });
	await spend(tab, 1_234_567, 987_654);
	await page.getByRole('button', { name: /^at / }).click();
	const panel = document.querySelector<HTMLElement>('[popover]')!;
	const box = panel.getBoundingClientRect();
	expect([box.left >= 0, box.top >= 0, box.right <= 320, box.bottom <= 480]).toEqual([
		true,
		true,
		true,
		true
	]);
	expect(panel.scrollWidth).toBeLessThanOrEqual(panel.clientWidth);
});

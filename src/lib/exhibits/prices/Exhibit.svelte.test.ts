import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { flushSync } from 'svelte';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import { Tab } from '#lib/meter/tab.svelte.ts';
import Page from './Exhibit.fixture.svelte';

const find = <E extends Element>(selector: string) => document.querySelector<E>(selector)!;
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const bold = () => text('.caption strong');
const totals = () =>
	[...document.querySelectorAll('.slip')].map(
		(slip) =>
			slip.querySelector('.total dd')?.textContent ?? slip.querySelector('.none')?.textContent
	);
const first = 'On 14 March 2023 this run cost $0.00558 with GPT-4.';

beforeEach(() => {
	history.replaceState(null, '', '#');
	sessionStorage.clear();
	localStorage.clear();
});
afterEach(() => page.viewport(1280, 800));

async function show(hash = '', tab = new Tab()) {
	history.replaceState(null, '', hash || '#');
	await page.viewport(900, 900);
	return render(Page, { tab });
}

test('makes its point before anyone touches it', async () => {
	await show();
	expect(bold()).toBe(first);
	expect(totals()).toEqual(['$0.00558', '$0.000254']);
	expect(text('.billed')).toBe('On the bill: 68 tokens in, 59 out');
	expect(text('.unit')).toContain('each line is ten times the one below');
	expect(find('.area').getAttribute('aria-label')).toContain('each line ten times the one below');
	expect(find('.area').getAttribute('aria-label')).toContain(first);
	// Steps and dots, nothing else: no path has a slope.
	for (const path of document.querySelectorAll('svg path:not(.dots)')) {
		const points = [...path.getAttribute('d')!.matchAll(/L([\d.]+) [\d.]+|H([\d.]+)/g)];
		for (const [i, [, left]] of points.entries()) {
			if (left !== undefined && i) expect(left).toBe(points[i - 1][2]);
		}
	}
});

test('by keyboard: the slider, a stop, a typed day', async () => {
	await show();
	const slider = find<HTMLInputElement>('.slider input');
	slider.focus();
	await userEvent.keyboard('{Home}');
	expect(bold()).toBe('On 18 November 2021 this run cost $0.00762 with GPT-3.');
	expect(totals()[1]).toBe('No model that was as good as GPT-3.5 was on sale yet.');
	expect(slider.getAttribute('aria-valuetext')).toBe('18 November 2021');
	await page.getByRole('button', { name: 'the famous fall' }).click();
	expect(totals()[1]).toBe('$0.0000114');
	expect(location.hash).toBe('#prices.day=2024-10-03');
	const date = page.getByLabelText('Or type a day');
	await date.fill('7 August 2025');
	await userEvent.keyboard('{Enter}');
	expect(bold()).toContain('$0.000675 with GPT-5');
	await date.fill('2076-01-01');
	await userEvent.keyboard('{Enter}');
	expect(bold()).toContain('$0.000675 with GPT-5');
	expect(text('.refused[role=status]')).toContain('The record goes from 18 November 2021');
});

test('the day can be pulled in the picture', async () => {
	await show();
	const area = find<HTMLElement>('.area');
	const box = area.getBoundingClientRect();
	area.setPointerCapture = () => {};
	const at = (x: number, type: string) =>
		flushSync(() =>
			area.dispatchEvent(
				new PointerEvent(type, {
					clientX: box.left + x * box.width,
					clientY: box.top + 50,
					pointerId: 1,
					button: 0,
					bubbles: true
				})
			)
		);
	at(0.5, 'pointerdown');
	const half = bold();
	expect(half).not.toBe(first);
	at(2, 'pointermove');
	expect(bold()).toContain('On 15 November 2026');
	at(2, 'pointerup');
	expect(location.hash).toBe('#prices.day=2026-11-15');
	at(0, 'pointermove');
	expect(bold()).toContain('On 15 November 2026');
});

test('another maker, and as good as GPT-4', async () => {
	await show('#prices.day=2024-10-03');
	await page.getByLabelText('Whose top model').selectOptions('anthropic');
	// 68 × 15 + 59 × 75
	expect(totals()[0]).toBe('$0.005445');
	await page.getByLabelText('Good enough is as good as').selectOptions('gpt-4');
	// Gemini 1.5 Pro: 68 × 1.25 + 59 × 5
	expect(totals()[1]).toBe('$0.00038');
	expect(location.hash).toBe('#prices.day=2024-10-03&prices.top=anthropic&prices.level=gpt-4');
});

test('typed counts are billed, and no more is cached than sent', async () => {
	await show('#prices.day=2026-11-15');
	await page.getByRole('radio', { name: /Your own/ }).click({ force: true });
	await page.getByLabelText('Tokens in', { exact: true }).fill('1000');
	await userEvent.keyboard('{Tab}');
	await page.getByLabelText(/from a cache/).fill('900');
	await userEvent.keyboard('{Tab}');
	await page.getByLabelText('Tokens out').fill('100');
	await userEvent.keyboard('{Tab}');
	expect(totals()[0]).toBe('$0.0069');
	expect(location.hash).toBe('#prices.day=2026-11-15&prices.tokens=1000%2C900%2C100');
	await page.getByLabelText('Tokens in', { exact: true }).fill('500');
	await userEvent.keyboard('{Tab}');
	expect(text('.billed')).toBe('On the bill: 500 tokens in, 500 of them from a cache, 100 out');
});

test('the reader’s own tab, once there is something on it', async () => {
	const tab = new Tab();
	await show('#prices.of=tab', tab);
	expect(bold()).toBe(first);
	const radio = find<HTMLInputElement>('input[value=tab]');
	expect(radio.disabled).toBe(true);
	async function* run() {
		yield { type: 'started', at: 0, promptTokens: 1000, cachedTokens: 0 } as const;
		yield {
			type: 'settled',
			at: 1,
			usage: { promptTokens: 1000, cachedTokens: 0, outputTokens: 0, prefillMs: 1, decodeMs: 1 },
			reason: 'finished'
		} as const;
	}
	for await (const _ of tab.watch(run(), { model: 'told' })) void _;
	// 1,000 × 30
	await expect.poll(bold).toBe('On 14 March 2023 your tab cost $0.03 with GPT-4.');
	expect(radio.disabled).toBe(false);
});

test.each([
	'#prices.day=2076-01-01&prices.top=__proto__&prices.level=constructor',
	'#prices.day=2024-02-30&prices.tokens=1,2,3',
	'#prices.day=NaN&prices.tokens=0,0,0&prices.of=all',
	'#prices.tokens=9999999999,0,1&prices.top=<b>',
	'#prices.tokens=1e9,0,1&prices.day=%E0%A4%A'
])('what is wrong in the address changes nothing: %s', async (hash) => {
	await show(hash);
	expect(bold()).toBe(first);
	expect(text('.billed')).toBe('On the bill: 68 tokens in, 59 out');
});

test('has tables of the same', async () => {
	await show();
	const rows = [...document.querySelectorAll('table:first-of-type tbody tr')].map((row) =>
		[...row.children].map((cell) => cell.textContent!.trim()).join(' | ')
	);
	expect(rows[0]).toContain('18 November 2021 | GPT-3, OpenAI | $60.00 | $60.00 | $0.00762');
	expect(rows[0]).toContain('The largest of the four models');
	await page.getByRole('button', { name: 'the last day on record' }).click();
	const coming = [...document.querySelectorAll('details p')].map((p) =>
		p.textContent!.replace(/\s+/g, ' ')
	);
	expect(coming.join(' ')).toContain(
		'Announced by then and not yet charged: gemini-3.6-flash, Google, from 1 January 2027'
	);
});

test.each([320, 390, 1280])('at %d pixels nothing sticks out', async (width) => {
	await page.viewport(width, 900);
	await render(Page, { tab: new Tab(), width: `${Math.min(width - 32, 816)}px` });
	for (const day of ['2021-11-18', '2023-03-14', '2025-03-01', '2026-11-15']) {
		location.hash = `#prices.day=${day}`;
		await new Promise((done) => setTimeout(done, 60));
		const frame = find('.machine').getBoundingClientRect();
		for (const label of document.querySelectorAll(
			'.name, .today, .slip, .caption, .stops, .years span'
		)) {
			const box = label.getBoundingClientRect();
			expect(box.left, `${day} ${label.textContent}`).toBeGreaterThanOrEqual(frame.left);
			expect(box.right, `${day} ${label.textContent}`).toBeLessThanOrEqual(frame.right);
		}
	}
});

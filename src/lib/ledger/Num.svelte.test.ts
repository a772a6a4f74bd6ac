import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import cost from 'virtual:ledger/figure/gpt4-cost-estimates';
import flop from 'virtual:ledger/figure/gpt4-flop';
import Num from './Num.svelte';

const card = () => document.querySelector<HTMLElement>('[popover]')!;

afterEach(() => page.viewport(1280, 800));

test('prints the number in words', async () => {
	await render(Num, { figure: cost });
	await expect.element(page.getByRole('button')).toHaveTextContent(/^37 to 82 million dollars$/);
});

test('prints powers of ten with raised digits', async () => {
	await render(Num, { figure: flop });
	await expect.element(page.getByRole('button')).toHaveTextContent(/^2\.1\s×\s1025 operations$/);
	expect(document.querySelector('button sup')?.textContent).toBe('25');
});

test('opens to statement, source, date, range, kind and confidence', async () => {
	await render(Num, { figure: cost });
	expect(card().matches(':popover-open')).toBe(false);

	await page.getByRole('button').click();

	expect(card().matches(':popover-open')).toBe(true);
	const text = card().innerText.replace(/\s+/g, ' ');
	for (const part of [
		cost.statement,
		cost.source.title,
		'Epoch AI, 2 May 2026',
		'as of 2023',
		'37 to 82 million',
		'kind estimate',
		'confidence medium'
	]) {
		expect(text).toContain(part);
	}
	const [source, entry] = card().querySelectorAll('a');
	expect(source.href).toBe(cost.source.url);
	expect(entry.getAttribute('href')).toMatch(/\/ledger\/gpt4-cost-estimates\/$/);
});

test('opens and closes by keyboard', async () => {
	await render(Num, { figure: cost });
	await userEvent.keyboard('{Tab}{Enter}');
	expect(card().matches(':popover-open')).toBe(true);
	await userEvent.keyboard('{Tab}');
	expect(document.activeElement?.textContent).toBe(cost.source.title);
	await userEvent.keyboard('{Escape}');
	expect(card().matches(':popover-open')).toBe(false);
	expect(document.activeElement?.tagName).toBe('BUTTON');
});

/** A number at the left, and at the right a place for the mouse to go to. */
async function beside() {
	await page.viewport(1280, 800);
	const { container } = await render(Num, { figure: cost });
	container.setAttribute('style', 'position:fixed;top:100px;left:100px');
	const away = document.createElement('p');
	away.textContent = 'away';
	away.setAttribute('style', 'position:fixed;bottom:0;right:0');
	container.append(away);
	await userEvent.hover(away);
	return { point: () => page.getByRole('button').hover(), leave: () => userEvent.hover(away) };
}

const open = () => card().matches(':popover-open');
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 500));

test('opens when a mouse rests on it, and closes when the mouse leaves', async () => {
	const { point, leave } = await beside();
	await point();
	await expect.poll(open).toBe(true);
	await leave();
	await expect.poll(open).toBe(false);
	await point();
	await expect.poll(open).toBe(true);
});

test('a mouse that only passes opens nothing', async () => {
	const { point, leave } = await beside();
	await point();
	await leave();
	await aWhile();
	expect(open()).toBe(false);
});

test('stays open under a mouse that goes into it', async () => {
	const { point } = await beside();
	await point();
	await expect.poll(open).toBe(true);
	await userEvent.hover(card());
	await aWhile();
	expect(open()).toBe(true);
});

test('pressed while it is pointed at, it stays when the mouse leaves', async () => {
	const { point, leave } = await beside();
	await point();
	await expect.poll(open).toBe(true);
	document.querySelector<HTMLElement>('.num > button')!.click();
	await leave();
	await aWhile();
	expect(open()).toBe(true);
});

test('marks a range behind one number, and an old number, and says both in the card', async () => {
	await render(Num, { figure: { ...flop, old: true as const } });
	const button = document.querySelector('.num > button')!;
	expect(getComputedStyle(button, '::after').content).toContain('±◦');
	await page.getByRole('button').click();
	expect(card().innerText).toContain('which is old');
	expect(card().innerText).toMatch(/range\s+8\.2/);
});

test('has no mark where there is nothing to mark', async () => {
	const { old: _, ...fresh } = cost;
	await render(Num, { figure: fresh });
	const button = document.querySelector('.num > button')!;
	expect(getComputedStyle(button, '::after').content).toBe('none');
});

test('may stand in a paragraph: phrasing elements only', async () => {
	await render(Num, { figure: flop });
	const names = [...document.querySelectorAll('.num, .num *')].map(({ localName }) => localName);
	expect(names.length).toBeGreaterThan(10);
	for (const name of names) expect(['span', 'button', 'a', 'sup']).toContain(name);
});

test.each([
	[320, 480],
	[320, 256],
	[1280, 800]
])('is never clipped at %d × %d, wherever the number stands', async (width, height) => {
	await page.viewport(width, height);
	for (const place of ['top:0;left:0', 'top:0;right:0', 'bottom:0;left:0', 'bottom:0;right:0']) {
		const { container, unmount } = await render(Num, { figure: flop });
		container.setAttribute('style', `position:fixed;${place}`);
		await page.getByRole('button').click();
		const box = card().getBoundingClientRect();

		expect(box.left).toBeGreaterThanOrEqual(0);
		expect(box.top).toBeGreaterThanOrEqual(0);
		expect(box.right).toBeLessThanOrEqual(width);
		expect(box.bottom).toBeLessThanOrEqual(height);
		expect(box.height).toBeGreaterThan(100);
		await unmount();
	}
});

test('opening moves nothing in the paragraph', async () => {
	const { container } = await render(Num, { figure: cost });
	const before = container.getBoundingClientRect().toJSON();
	await page.getByRole('button').click();
	expect(container.getBoundingClientRect().toJSON()).toEqual(before);
});

test('without its entry it says so instead of printing nothing', async () => {
	await expect(render(Num, { id: 'gone' })).rejects.toThrow(/"gone".*was not given its entry/);
});

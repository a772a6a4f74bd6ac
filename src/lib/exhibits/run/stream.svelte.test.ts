import { expect, test, vi } from 'vitest';
import { tick } from 'svelte';
import { render } from 'vitest-browser-svelte';
import shipped from '../spike/recorded.json';
import { recorded, type Shown } from './shown.ts';
import Stream from './Stream.svelte';

const whole = recorded(shipped as never);
const tokens = Array.from({ length: 400 }, (_, index) => ({
	index,
	at: index,
	text: ` word${index}`
}));
const at = (came: number): Shown => ({
	...whole,
	source: 'live',
	tokens,
	counts: { sent: 3, came }
});

async function show(shown: Shown, growing: boolean) {
	const onstep = vi.fn();
	const props = { shown, growing, active: undefined, onstep };
	const page = await render(Stream, props);
	const box = page.container.querySelector<HTMLElement>('.stream')!;
	box.style.setProperty('--rows', '4');
	document.body.style.inlineSize = '300px';
	const key = (key: string, more: object = {}) =>
		box.dispatchEvent(
			new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
		);
	const active = () => box.querySelector<HTMLElement>('.active')?.dataset.index;
	const fromEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight;
	return { page, box, key, active, fromEnd, onstep, props };
}

test('arrow keys step through what came, from its first to its last; with another key they are the browser’s', async () => {
	const { key, active, onstep } = await show(at(3), false);
	expect(key('ArrowRight', { ctrlKey: true })).toBe(true);
	expect(key('ArrowRight', { altKey: true })).toBe(true);
	expect(key('ArrowRight', { metaKey: true })).toBe(true);
	expect(key('ArrowDown')).toBe(true);
	expect(onstep).not.toHaveBeenCalled();
	expect(key('ArrowRight')).toBe(false);
	await expect.poll(active).toBe('0');
	key('ArrowLeft');
	expect(onstep.mock.lastCall).toEqual([0]);
	for (let i = 0; i < 5; i++) key('ArrowRight');
	await expect.poll(active).toBe('2');
});

test('where nothing came there is nothing to step to', async () => {
	const { key, onstep } = await show(at(0), false);
	expect(key('ArrowRight')).toBe(true);
	expect(onstep).not.toHaveBeenCalled();
});

test('what is pointed at is named; beside the tokens nothing is', async () => {
	const { box, active, key, onstep } = await show(at(3), false);
	const over = (element: Element) =>
		element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
	over(box.querySelector('[data-index="1"]')!);
	await expect.poll(active).toBe('1');
	over(box.querySelector('p')!);
	await expect.poll(active).toBeUndefined();
	// and the next step begins at the first
	key('ArrowRight');
	expect(onstep.mock.lastCall).toEqual([0]);
	over(box.querySelector('[data-index="2"]')!);
	await expect.poll(active).toBe('2');
	// a finger that is lifted goes on naming it, a mouse that leaves does not
	box.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'touch' }));
	await tick();
	expect(active()).toBe('2');
	box.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));
	await expect.poll(active).toBeUndefined();
});

test('the end of what grows is kept in sight, until the reader scrolls back; another run begins at its end', async () => {
	const { page, box, fromEnd, props } = await show(at(100), true);
	const grow = (came: number) => page.rerender({ ...props, shown: at(came) });
	await grow(150);
	await expect.poll(fromEnd).toBeLessThan(2);
	box.scrollTop = 0;
	await new Promise((resolve) => setTimeout(resolve, 100));
	await grow(200);
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(box.scrollTop).toBeLessThan(30);
	await grow(0);
	await grow(180);
	await expect.poll(fromEnd).toBeLessThan(2);
});

test('a box that becomes another width still shows the end', async () => {
	const { page, box, fromEnd, props } = await show(at(100), true);
	await page.rerender({ ...props, shown: at(150) });
	await expect.poll(fromEnd).toBeLessThan(2);
	await new Promise((resolve) => setTimeout(resolve, 100)); // its width is known by then
	box.style.inlineSize = '150px';
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(fromEnd()).toBeLessThan(2);
	expect(box.textContent).toContain('word149');
});

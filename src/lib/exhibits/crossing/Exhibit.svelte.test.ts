import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { flushSync } from 'svelte';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import Exhibit from './Exhibit.svelte';

const find = <E extends Element>(selector: string) => document.querySelector<E>(selector)!;
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const bold = () => text('.caption strong');
const label = () => find('.drawing').getAttribute('aria-label')!;

beforeEach(() => history.replaceState(null, '', '#'));
afterEach(() => page.viewport(1280, 800));

async function show(hash = '') {
	history.replaceState(null, '', hash || '#');
	await page.viewport(900, 900);
	return render(Exhibit, { id: 'crossing' });
}

test('makes its point before anyone touches it', async () => {
	await show();
	expect(bold()).toBe('33 million people need 182 days.');
	expect(text('.meets')).toBe('The crossing day 182');
	expect(text('.flat')).toBe(
		'Just you, a class of 30 and a company of 10,000 all lie on the axis.'
	);
	expect(label()).toContain('level line at 12 trillion');
	expect(label()).toContain('33 million people need 182 days.');
});

test('the smallest of these is not caught up with first: what it has read decides, not its size', async () => {
	await show();
	const found: string[] = [];
	for (const name of [/SmolLM2/, /Llama/, /Qwen3/]) {
		await page.getByRole('radio', { name }).click({ force: true });
		found.push(bold());
	}
	expect(found).toEqual([
		'33 million people need 182 days.',
		'33 million people need 709 days.',
		'33 million people need 4.5 years.'
	]);
	expect(location.hash).toBe('#crossing.model=qwen3');
});

test('counted in dollars for one person alone on a chip it takes two days', async () => {
	await show();
	await page.getByRole('combobox').selectOptions('alone');
	// 0.03 * 4e12 / (33e6 * 2000) = 1.82 days
	expect(bold()).toBe('33 million people need 44 hours.');
	expect(text('.meets')).toBe('The crossing day 2');
});

test('with trial runs it is a range, drawn and said as one', async () => {
	await show('#crossing.count=trials&crossing.people=1000000000');
	// 300/22.6 and 300/9.6 times 4e12, at 2e12 a day
	expect(bold()).toBe('1 billion people need 27 to 63 days.');
	expect(text('.meets')).toBe('The crossing day 27 to 63');
	expect(document.querySelectorAll('.between')).toHaveLength(1);
});

test('by keyboard: the slider, a crowd, the tokens', async () => {
	await show();
	const slider = page.getByRole('slider');
	slider.element().dispatchEvent(new Event('focus'));
	(slider.element() as HTMLInputElement).focus();
	await userEvent.keyboard('{Home}');
	expect(bold()).toMatch(/^You alone need 16 million years\.$/);
	expect(slider.element().getAttribute('aria-valuetext')).toBe('you alone');
	await userEvent.keyboard('{Tab}{Tab}{Tab}{Enter}');
	expect(bold()).toMatch(/^10,000 people need/);
	await page.getByLabelText(/Tokens each/).fill('4000');
	await userEvent.keyboard('{Enter}{Tab}');
	await expect.poll(() => location.hash).toBe('#crossing.people=10000&crossing.tokens=4000');
});

test('the line can be pulled to any crowd', async () => {
	await show();
	const box = find('.area').getBoundingClientRect();
	const knob = find<HTMLElement>('.knob');
	const at = (x: number, y: number) => ({
		clientX: box.left + x * box.width,
		clientY: box.bottom - y * box.height,
		pointerId: 1,
		button: 0,
		bubbles: true
	});
	knob.setPointerCapture = () => {};
	const pull = (x: number, y: number, type = 'pointermove') =>
		flushSync(() => knob.dispatchEvent(new PointerEvent(type, at(x, y))));
	pull(1, 1, 'pointerdown');
	// through the far corner: 15 trillion in a year
	pull(1, 1);
	expect(bold()).toMatch(/^21 million people need/);
	pull(0.25, 1);
	expect(bold()).toMatch(/^82 million people need/);
	pull(0.25, 1, 'pointerup');
	expect(location.hash).toBe('#crossing.people=82000000');
	pull(1, 0.1);
	expect(bold()).toMatch(/^82 million people need/);
});

test.each([
	'#crossing.people=NaN&crossing.tokens=-5',
	'#crossing.people=1e309&crossing.tokens=0',
	'#crossing.people=99999999999&crossing.model=__proto__&crossing.count=constructor',
	'#crossing.people=%E0%A4%A&crossing.tokens=<b>'
])('what is wrong in the address changes nothing: %s', async (hash) => {
	await show(hash);
	expect(bold()).toBe('33 million people need 182 days.');
});

test.each([320, 390, 1280])(
	'at %d pixels nothing sticks out, and no label lies on another',
	async (width) => {
		await page.viewport(width, 900);
		const { container } = await render(Exhibit, { id: 'crossing' });
		container.style.maxInlineSize = `${width - 32}px`;
		for (const hash of [
			'',
			'people=1',
			'people=1000000000',
			'model=qwen3&crossing.count=trials',
			'count=alone'
		]) {
			location.hash = hash && `#crossing.${hash}`;
			await new Promise((done) => setTimeout(done, 60));
			const frame = find('.crossing').getBoundingClientRect();
			const labels = [
				...document.querySelectorAll('.level-name span, .level-name b, .meets, .crowd-name, .flat')
			];
			for (const label of labels) {
				const box = label.getBoundingClientRect();
				expect(box.left, `${hash} ${label.textContent}`).toBeGreaterThanOrEqual(frame.left);
				expect(box.right, `${hash} ${label.textContent}`).toBeLessThanOrEqual(frame.right);
			}
		}
	}
);

test('has a table of the same', async () => {
	await show();
	const rows = [...document.querySelectorAll('table:first-of-type tbody tr')].map((row) =>
		[...row.children].map((cell) => cell.textContent!.trim()).join(', ')
	);
	expect(rows).toHaveLength(5);
	expect(rows[0]).toBe('you alone, 730,000, 1 part in 16 million, 16 million years');
	expect(rows[3]).toBe('33 million people, 24 trillion, 2 times, 182 days');
	expect(rows[4]).toBe('1 billion people, 730 trillion, 61 times, 6 days');
});

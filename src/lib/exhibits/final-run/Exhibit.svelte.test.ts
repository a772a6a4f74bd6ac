import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import Exhibit from './Exhibit.svelte';

const all = (selector: string) =>
	[...document.querySelectorAll<HTMLElement>(selector)].map((element) =>
		element.textContent.replace(/\s+/g, ' ').trim()
	);
/** The results of the four steps. */
const results = () => all('ol li > b');
const knob = () => document.querySelector<HTMLElement>('.knob')!;
const show = async () => {
	const { container } = await render(Exhibit, { id: 'final' });
	return container;
};
const first = [
	'= 2.4 × 1018',
	'= 1.5 to 3.2 hours',
	'= $2.90 to $16',
	'= 1.1 to 3.6 kilowatt-hours'
];

beforeEach(async () => {
	history.replaceState(null, '', '#');
	await page.viewport(1000, 900);
});

test('makes its point before anyone touches it: ten times of either, ten times the bill', async () => {
	await show();
	expect(all('.caption strong')).toEqual([
		'Ten times the parameters or ten times the text: either way ten times the bill.'
	]);
	expect(results()).toEqual(first);
	expect(all('.name.ours')).toEqual(['10 × the parameters', '10 × the text', 'your run']);
	// The two ends of the dotted line lie on one diagonal: as far to the right as the other is up.
	const [mine, more, longer] = [knob(), ...document.querySelectorAll('.ten')].map((element) => {
		const { x, y, width, height } = element.getBoundingClientRect();
		return { x: x + width / 2, y: y + height / 2 };
	});
	const area = document.querySelector('.area')!.getBoundingClientRect();
	expect((longer.x - mine.x) / area.width).toBeCloseTo(1 / 7, 2);
	expect((mine.y - more.y) / area.height).toBeCloseTo(1 / 8, 2);
});

test('the dot is pulled, and the sums and the address follow', async () => {
	await show();
	const area = document.querySelector('.area')!.getBoundingClientRect();
	const at = (x: number, y: number) => ({
		bubbles: true,
		button: 0,
		pointerId: 1,
		clientX: area.left + x * area.width,
		clientY: area.bottom - y * area.height
	});
	knob().setPointerCapture = () => {};
	knob().dispatchEvent(new PointerEvent('pointerdown', at(4 / 7, 0.16)));
	knob().dispatchEvent(new PointerEvent('pointermove', at(5 / 7, 5 / 8)));
	await expect.poll(() => results()[0]).toBe('= 6 × 1022');
	expect(location.hash).toBe('');
	knob().dispatchEvent(new PointerEvent('pointerup', at(5 / 7, 5 / 8)));
	await expect.poll(() => location.hash).toBe('#final.n=10000000000&final.d=1000000000000');
	expect(all('[role=status]').at(-1)).toContain('10 billion parameters, 1 trillion tokens');
	// Beyond the edge it stays at the edge.
	knob().dispatchEvent(new PointerEvent('pointerdown', at(5 / 7, 5 / 8)));
	knob().dispatchEvent(new PointerEvent('pointermove', at(4, -9)));
	knob().dispatchEvent(new PointerEvent('pointerup', at(4, -9)));
	await expect.poll(() => location.hash).toBe('#final.n=100000&final.d=100000000000000');
});

test('arrow keys move the dot, with Shift ten times at once', async () => {
	await show();
	knob().focus();
	await userEvent.keyboard('{Shift>}{ArrowUp}{/Shift}');
	expect(results()[0]).toBe('= 2.4 × 1019');
	await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}{ArrowLeft}{ArrowDown}');
	expect(location.hash).toBe('#final.n=16000000&final.d=1600000000000');
	expect(document.activeElement).toBe(knob());
});

test('sliders set by factors of ten; what is typed is taken exactly', async () => {
	await show();
	const [parameters, tokens] = document.querySelectorAll<HTMLInputElement>('input[type=range]');
	parameters.value = '200';
	parameters.dispatchEvent(new Event('input', { bubbles: true }));
	tokens.value = '200';
	tokens.dispatchEvent(new Event('input', { bubbles: true }));
	tokens.dispatchEvent(new Event('change', { bubbles: true }));
	await expect.poll(() => location.hash).toBe('#final.n=1000000000&final.d=100000000000');
	const [n, d] = page.getByRole('spinbutton', { name: 'in billions' }).elements();
	await userEvent.fill(n, '174.6');
	await userEvent.fill(d, '300');
	await userEvent.tab();
	expect(location.hash).toBe('#final.n=174600000000&final.d=300000000000');
	// It is now a run on record.
	expect(all('.caption strong')[0]).toMatch(/^GPT-3: 3\.14 × 1023 operations/);
	await userEvent.fill(n, '1e99');
	await userEvent.tab();
	expect(all('.refused')[0]).toMatch(/^That is no number/);
	expect(location.hash).toContain('final.n=174600000000&');
});

test('a jump takes dot and chip to a run on record, with what was published', async () => {
	await show();
	await page.getByRole('button', { name: 'GPT-3 2020' }).click();
	expect(location.hash).toBe('#final.n=174600000000&final.d=300000000000&final.chip=v100');
	expect(all('.scroll table')[0]).toContain('3.14 × 10233.14 × 1023the same but for rounding');
	expect(all('.scroll table')[0]).toContain(
		'1.5 to 3.3 million hours3.55 million hours6.8 % above the range'
	);
	await page.getByRole('button', { name: /DeepSeek/ }).click();
	expect(all('.caption')[0]).toContain('Of its 671 billion parameters 37 billion work on a token');
	expect(results()[0]).toBe('= 3.29 × 1024');
	expect(all('td').join('|')).toContain('37 billion of 671 billion');
	expect(all('[aria-pressed=true]')).toEqual(['DeepSeek-V3 2024']);
});

test('a press on a dot of the plane takes the reader’s onto it, number for number', async () => {
	await show();
	const [pocket] = document.querySelectorAll('.dot:not(.ten, .mine)');
	const { x, y } = pocket.getBoundingClientRect();
	const area = document.querySelector('.area')!;
	area.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: x + 9, clientY: y + 9 }));
	await expect.poll(() => location.hash).toBe('#final.n=917504&final.d=14336000');
	expect(all('.caption strong')[0]).toMatch(/^our pocket model: 78\.9 trillion operations/);
});

test('another chip has other hours, dollars and watts, and the same operations', async () => {
	await show();
	await page.getByRole('radio', { name: /V100/ }).click({ force: true });
	expect(results()[0]).toBe(first[0]);
	expect(results()[1]).toBe('= 12 to 25 hours');
	expect(location.hash).toBe('#final.chip=v100');
});

test.each(['#final.n=-1&final.d=<b>&final.chip=__proto__', '#final.n=%FF', '#final.d=1e12'])(
	'what is wrong in the address changes nothing: %s',
	async (hash) => {
		history.replaceState(null, '', hash);
		await show();
		expect(results()).toEqual(first);
	}
);

const states = [
	'',
	'final.n=37000000000&final.d=14800000000000',
	'final.n=100000&final.d=10000000'
];

test.each([256, 288, 358, 560, 816])(
	'in %d pixels nothing sticks out and no name lies on another',
	async (width) => {
		const container = await show();
		container.style.inlineSize = `${width}px`;
		for (const state of states) {
			location.hash = `#${state}`;
			await new Promise((done) => setTimeout(done, 60));
			const frame = document.querySelector('.run')!.getBoundingClientRect();
			for (const element of document.querySelectorAll('.run :is(b, span, p, i, button)')) {
				if (element.closest('[popover], .scroll, .visually-hidden')) continue;
				const box = element.getBoundingClientRect();
				const told = `${state} ${element.textContent}`;
				expect(box.right, told).toBeLessThanOrEqual(frame.right + 1);
				expect(box.left, told).toBeGreaterThanOrEqual(frame.left - 1);
			}
			const names = [...document.querySelectorAll<HTMLElement>('.name, .amount')]
				.filter((name) => name.offsetWidth)
				.map((name) => ({ text: name.textContent, box: name.getBoundingClientRect() }));
			expect(names.length).toBeGreaterThan(4);
			names.forEach((a, i) =>
				names.slice(i + 1).forEach((b) => {
					const apart =
						a.box.right <= b.box.left + 0.5 ||
						b.box.right <= a.box.left + 0.5 ||
						a.box.bottom <= b.box.top + 2 ||
						b.box.bottom <= a.box.top + 2;
					expect(apart, `${state}: ${a.text} and ${b.text}`).toBe(true);
				})
			);
		}
	}
);

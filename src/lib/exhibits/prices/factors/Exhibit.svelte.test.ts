import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import Exhibit from './Exhibit.svelte';

const find = <E extends Element>(selector: string) => document.querySelector<E>(selector)!;
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const bold = () => text('.caption strong');
const first = 'The price of a token fell to 1 part in 280, and the bill is 1.1 times what it was.';

beforeEach(() => history.replaceState(null, '', '#'));
afterEach(() => page.viewport(1280, 800));

async function show(hash = '') {
	history.replaceState(null, '', hash || '#');
	await page.viewport(900, 900);
	return render(Exhibit, { id: 'factors' });
}

test('makes its point before anyone touches it', async () => {
	await show();
	expect(bold()).toBe(first);
	expect(find('.walk').getAttribute('aria-label')).toContain(first);
	expect(text('dl')).toContain('Our assumption');
	expect(document.querySelectorAll('.leg')).toHaveLength(3);
});

test('each leg begins where the last one ended', async () => {
	await show();
	const [price, tokens, tasks] = [...document.querySelectorAll('.leg')].map((leg) =>
		leg.getBoundingClientRect()
	);
	expect(tokens.left).toBeCloseTo(price.left, 0);
	expect(tasks.left).toBeCloseTo(tokens.right, 0);
	const dots = [...document.querySelectorAll('.dot')].map((dot) => {
		const box = dot.getBoundingClientRect();
		return (box.left + box.right) / 2;
	});
	expect(price.right).toBeCloseTo(dots[0], 0);
	expect(tasks.right).toBeCloseTo(dots[1], 0);
});

test('the cases', async () => {
	await show();
	const found: string[] = [];
	for (const name of [/A chat/, /best model/, /Google/]) {
		await page.getByRole('radio', { name }).click({ force: true });
		found.push(text('.row.end b span'));
	}
	expect(found).toEqual([
		'20 percent of what it was',
		'13 times what it was',
		'1.2 times what it was'
	]);
	expect(document.querySelectorAll('.leg')).toHaveLength(2);
	expect(location.hash).toBe('#factors.case=google');
});

test('by keyboard: a slider makes it the reader’s own assumption, and what was not touched stays what it was', async () => {
	await show();
	const tasks = document.querySelectorAll<HTMLInputElement>('.sliders input')[2];
	tasks.focus();
	await userEvent.keyboard('{Home}');
	expect(bold()).toContain('1 part in 19 of what it was');
	expect(text('dl')).toContain('Your own assumption.');
	expect(text('dl')).toContain('An answer reasoned out at length');
	await userEvent.keyboard('{Tab}');
	expect(location.hash).toBe('#factors.price=280&factors.tokens=15&factors.tasks=1');
});

test.each([
	'#factors.case=__proto__&factors.price=NaN&factors.tokens=1&factors.tasks=1',
	'#factors.price=-3&factors.tokens=1e9&factors.tasks=<b>',
	'#factors.price=2&factors.tokens=2',
	'#factors.price=99999&factors.tokens=2&factors.tasks=2'
])('what is wrong in the address changes nothing: %s', async (hash) => {
	await show(hash);
	expect(bold()).toBe(first);
});

test.each([320, 390, 1280])('at %d pixels nothing sticks out', async (width) => {
	await page.viewport(width, 900);
	const { container } = await render(Exhibit, { id: 'factors' });
	container.style.inlineSize = `${Math.min(width - 32, 816)}px`;
	for (const hash of [
		'case=top',
		'price=1000&factors.tokens=1&factors.tasks=1',
		'price=1&factors.tokens=1000&factors.tasks=1000'
	]) {
		location.hash = `#factors.${hash}`;
		await new Promise((done) => setTimeout(done, 60));
		const frame = find('.factors').getBoundingClientRect();
		for (const label of document.querySelectorAll('.row b, .leg, .dot, .line span')) {
			const box = label.getBoundingClientRect();
			if (!box.width) continue;
			expect(box.left, `${hash} ${label.textContent}`).toBeGreaterThanOrEqual(frame.left - 1);
			expect(box.right, `${hash} ${label.textContent}`).toBeLessThanOrEqual(frame.right + 1);
		}
	}
});

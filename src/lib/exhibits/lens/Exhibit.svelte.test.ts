import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import Exhibit from './Exhibit.svelte';

const all = (selector: string) =>
	[...document.querySelectorAll<HTMLElement>(selector)].map((element) =>
		element.textContent!.replace(/\s+/g, ' ').trim()
	);
/** How far each bar reaches, as a share of the axis. */
const ends = () =>
	[...document.querySelectorAll<HTMLElement>('.track')].map((track) =>
		Math.max(
			...[...track.querySelectorAll('i')].map(
				(bar) => bar.getBoundingClientRect().width / track.getBoundingClientRect().width
			)
		)
	);

beforeEach(async () => {
	history.replaceState(null, '', '#');
	await page.viewport(1000, 900);
});

test('makes its point before anyone touches it: one run, two bars, a number in the air', async () => {
	await render(Exhibit, { id: 'lens' });
	expect(all('.caption strong')).toEqual(['One run, from $31 million to $206 million.']);
	expect(all('.track b')).toEqual([
		'$30.7 million',
		'$191 to $206 million',
		'more than 300 million: no source found'
	]);
	const [owned, cloud, air] = ends();
	expect(cloud / owned).toBeCloseTo(206 / 30.7, 0);
	expect(air).toBeGreaterThan(cloud);
});

test('what was said without an end is drawn without one, and gaps are written', async () => {
	await render(Exhibit, { id: 'lens' });
	await page.getByRole('radio', { name: /GPT-4/ }).click({ force: true });
	expect(all('.track b')[2]).toBe('more than $100 million');
	expect(document.querySelectorAll('.open')).toHaveLength(1);
	expect(all('.gaps b')).toHaveLength(4);
	for (const gap of all('.gaps li > span')) expect(gap).toMatch(/^Not published\./);
	expect(location.hash).toBe('#lens.of=gpt4');
});

test('the first bar is seen inside every bar that holds it, as long as it is', async () => {
	await render(Exhibit, { id: 'lens' });
	const widths = (selector: string) =>
		[...document.querySelectorAll<HTMLElement>(selector)].map(
			(element) => element.getBoundingClientRect().width
		);
	expect(widths('.held')).toHaveLength(1);
	await page.getByRole('radio', { name: /Llama/ }).click({ force: true });
	expect(widths('.held')).toHaveLength(2);
	for (const width of widths('.held')) expect(width).toBeCloseTo(widths('.solid')[0], 0);
	expect(all('.how')).toEqual([
		'stands apart: prices of another year',
		'holds the first bar, and the landlord’s profit',
		'holds the first bar, and all other work of the chips'
	]);
	// What has a bar is no gap any more.
	expect(all('.gaps b')).toEqual([
		'Trial runs and research',
		'The people who made it',
		'The text, and cleaning it'
	]);
});

test('bar and crossing move together', async () => {
	await render(Exhibit, { id: 'lens' });
	expect(all('.then')[0]).toMatch(/^No price per token/);
	await page.getByRole('radio', { name: /GPT-4/ }).click({ force: true });
	// 37.3 million dollars at 60 dollars a million tokens
	expect(all('.then')[0]).toContain('620 billion tokens');
	await page.getByRole('radio', { name: /rented from a cloud/ }).click({ force: true });
	expect(all('.then')[0]).toContain('1.3 trillion to 1.4 trillion tokens');
	expect(location.hash).toBe('#lens.of=gpt4&lens.by=cloud');
});

test.each(['#lens.of=__proto__&lens.by=<b>', '#lens.of=%FF', '#lens.by=hours'])(
	'what is wrong in the address changes nothing: %s',
	async (hash) => {
		history.replaceState(null, '', hash);
		await render(Exhibit, { id: 'lens' });
		expect(all('.caption strong')).toEqual(['One run, from $31 million to $206 million.']);
		expect(all('.chosen .name')).toEqual(['Machines, for the days it ran $30.7 million']);
	}
);

test.each([288, 358, 816])('in %d pixels nothing sticks out', async (width) => {
	const { container } = await render(Exhibit, { id: 'lens' });
	container.style.inlineSize = `${width}px`;
	for (const of of ['gemini', 'gpt4', 'llama', 'deepseek']) {
		location.hash = `#lens.of=${of}`;
		await new Promise((done) => setTimeout(done, 60));
		const frame = document.querySelector('.lens')!.getBoundingClientRect();
		for (const element of document.querySelectorAll('.lens b, .lens span, .lens p, .lens i')) {
			if (element.closest('[popover]')) continue;
			const box = element.getBoundingClientRect();
			expect(box.right, `${of} ${element.textContent}`).toBeLessThanOrEqual(frame.right);
			expect(box.left, `${of} ${element.textContent}`).toBeGreaterThanOrEqual(frame.left - 1);
		}
	}
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { flushSync } from 'svelte';
import { render } from 'vitest-browser-svelte';
import table from 'virtual:ledger/runs';
import type { TrainingRun } from '#lib/ledger/card.ts';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import Exhibit from './Exhibit.svelte';

const find = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector)!;
const words = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const text = (selector: string) => words(find(selector));
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const seen = (selector: string) => all(selector).filter((element) => element.checkVisibility());
const field = () => find('.field');
const rows = () => all('.twin tbody').filter(({ hidden }) => !hidden);

beforeEach(() => history.replaceState(null, '', '#'));
afterEach(() => page.viewport(1280, 800));

async function show(hash = '', props = {}) {
	history.replaceState(null, '', hash || '#');
	await page.viewport(900, 900);
	return render(Exhibit, { id: 'runs', whole: true, ...props });
}

test('makes its point before anyone touches it', async () => {
	await show();
	expect(text('.caption strong')).toBe(
		'The dearest runs rise from hundreds of dollars to hundreds of millions. One result falls.'
	);
	expect(text('.caption')).toContain('$4,350 to $43,000 in 2019, and again for $15 to $48 in 2026');
	const named = seen('.name').map(words);
	expect(named).toEqual(
		expect.arrayContaining([
			'GPT-2$4,350 to $43,000',
			'GPT-2 again$15 to $48',
			'Transformer$438 to $930',
			'GPT-4$37.3 to $100 million',
			'DeepSeek-V3$5.58 million'
		])
	);
	expect(text('.title')).toBe('DeepSeek-V3 DeepSeek, 24 December 2024');
	expect(text('.said')).toBe(
		'Beside GPT-3 175B, DeepSeek-V3 took 49 times the tokens, 11 times the operations and 1.2 to 2.6 times the dollars.'
	);
	expect(rows()).toHaveLength(table.length);
	expect(text('.key')).toContain('runs with no cost published: a stroke at the foot');
});

test('by keys from run to run in the order of their days, each said in full', async () => {
	await show();
	field().focus();
	await userEvent.keyboard('{Home}');
	expect(field().getAttribute('aria-valuetext')).toBe(
		'Transformer (big), Google Research, Google Brain, 12 June 2017, dollars: $438 to $930, high confidence'
	);
	expect(field().getAttribute('aria-valuenow')).toBe('1');
	await userEvent.keyboard('{ArrowRight}{ArrowRight}');
	expect(text('.title b')).toBe('GPT-2 (1.5B)');
	expect(text('.tip')).toBe('GPT-2 (1.5B) $4,350 to $43,000');
	expect(location.hash).toBe('#runs.at=gpt-2-1-5b');
	await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
	expect(text('.title b')).toBe('Transformer (big)');
	await userEvent.keyboard('{End}');
	expect(text('.title b')).toBe('GPT-6 Astra');
	expect(field().getAttribute('aria-valuetext')).toContain('no cost published, low confidence');
	await userEvent.keyboard('{Enter}');
	expect(all('.compare thead th')).toHaveLength(3);
});

test('whoever points reads the nearest, also under the picture; far from all nothing changes', async () => {
	await show();
	const box = find('.area').getBoundingClientRect();
	const point = (x: number, y: number, type: string) =>
		flushSync(() =>
			field().dispatchEvent(
				new PointerEvent(type, {
					clientX: box.left + x * box.width,
					clientY: box.bottom - y * box.height,
					bubbles: true,
					pointerType: 'mouse'
				})
			)
		);
	// GPT-4: March 2023, 100 million dollars; its dot lies 7 of 8 powers of ten up
	point(0.62, 0.875, 'pointermove');
	expect(text('.title b')).toBe('GPT-4');
	expect(location.hash).toBe('');
	point(0.3, 0.95, 'pointermove');
	expect(text('.title b')).toBe('GPT-4');
	expect(all('.tip')).toHaveLength(0);
	point(0.97, -0.04, 'click');
	expect(text('.title b')).toBe('GPT-6 Astra');
	expect(location.hash).toBe('#runs.at=gpt-6-astra');
});

test('shown only those that are asked for, the others faint, and the words follow', async () => {
	await show();
	await page.getByText('Show only some of them').click();
	await page.getByLabelText('made by').selectOptions('DeepSeek');
	expect(rows().map((row) => words(row.querySelector('th')!))).toEqual([
		'DeepSeek-V3 DeepSeek, 24 December 2024',
		'DeepSeek-V4-Pro DeepSeek, 23 April 2026'
	]);
	expect(text('[role="status"]')).toBe(`2 of ${table.length} runs are shown.`);
	expect(text('.caption strong')).toBe('1 of 2 runs: $5.58 million.');
	expect(find('.field').getAttribute('aria-valuemax')).toBe('2');
	expect(location.hash).toBe('#runs.maker=DeepSeek');
	await page.getByLabelText('made by').selectOptions('');
	await page.getByLabelText('named').fill('qwen3');
	expect(rows()).toHaveLength(2);
	expect(text('.caption strong')).toBe('2 runs: no cost published.');
	await page.getByLabelText('named').fill('nobody knows it');
	expect(text('.caption strong')).toBe('No run is like that.');
	expect(rows()).toHaveLength(0);
	await page.getByRole('button', { name: 'Show all' }).click();
	expect(rows()).toHaveLength(table.length);
	expect(location.hash).toBe('');
});

test('picked from the table, up to four, with the factors between them', async () => {
	await show('#runs.pick=none');
	expect(text('.compare')).toContain('None has been picked.');
	for (const name of ['GPT-2 (1.5B)', 'nanochat GPT-2-grade record', 'Gopher (280B)', 'LaMDA'])
		await page.getByRole('checkbox', { name: `Compare ${name}` }).click();
	const dollars = [...all('.compare tbody tr')[0].children].map(words);
	expect(dollars).toEqual([
		'Dollars',
		'$4,350 to $43,000',
		'$15 to $48 0.035 to 1.1 % of it',
		'$641,000 to $3.64 million 15 to 840 times',
		'$230,000 or more at least 5.3 times'
	]);
	expect(
		(page.getByRole('checkbox', { name: 'Compare OPT-175B' }).element() as HTMLInputElement)
			.disabled
	).toBe(true);
	expect(location.hash).toBe('#runs.pick=gpt-2-1-5b.nanochat-gpt-2-grade-record.gopher-280b.lamda');
	await page.getByRole('button', { name: 'Take GPT-2 (1.5B) out' }).click();
	expect(all('.compare thead th')).toHaveLength(3);
});

test('sorted by a column, and the other way round; what is not known is last both ways', async () => {
	await show();
	const order = () =>
		rows().map((row) => {
			const name = row.querySelector('th')!;
			return words(name)
				.replace(words(name.querySelector('small')!), '')
				.trim();
		});
	const first = () => order()[0];
	await page.getByRole('button', { name: /^dollars/ }).click();
	expect(first()).toBe('Grok 3');
	expect(find('[aria-sort]').getAttribute('aria-sort')).toBe('descending');
	expect(rows().at(-1)!.querySelector('td')!.textContent).toBe('–');
	await page.getByRole('button', { name: /^dollars/ }).click();
	expect(first()).toBe('nanochat GPT-2-grade record');
	expect(rows().at(-1)!.querySelector('td')!.textContent).toBe('–');
	expect(location.hash).toBe('#runs.sort=dollars');
	await page.getByLabelText('in order of').selectOptions('name');
	expect(first()).toBe('Alpaca 7B (fine-tune)');
});

test('what stands in the address is shown', async () => {
	await show(
		'#runs.by=parameters&runs.maker=Meta&runs.from=2024&runs.at=llama-4-maverick&runs.pick=gpt-4.grok-4&runs.sort=tokens.down'
	);
	expect(text('.unit')).toContain('parameters');
	expect(find('search details').hasAttribute('open')).toBe(true);
	expect(rows().every((row) => /Meta/.test(row.textContent!))).toBe(true);
	expect(text('.title b')).toBe('Llama 4 Maverick');
	expect(words(all('.compare thead th')[1])).toContain('Grok 4');
	expect(words(rows()[0])).toContain('Llama 4 Maverick');
});

const hostile: [name: string, hash: string][] = [
	[
		'prototype keys',
		'#runs.by=__proto__&runs.at=constructor&runs.pick=toString.valueOf&runs.sort=__proto__.down'
	],
	[
		'markup and broken escapes',
		'#runs.by=%3Cscript%3E&runs.at=%E0%A4%A&runs.maker=%00&runs.size=constructor&runs.known=x'
	],
	['numbers that are none', '#runs.from=NaN&runs.to=-1&runs.sure=1e309&runs.sort=hasOwnProperty'],
	['thousands of runs', `#runs.pick=${'a.'.repeat(4000)}&runs.at=${'9'.repeat(4000)}`],
	['a search of pages', `#runs.q=${'x'.repeat(20000)}`],
	['no values', '#runs=&runs.=1&.runs=2&&&=']
];

test.each(hostile)('what is wrong in the address changes nothing: %s', async (_, hash) => {
	await show(hash);
	expect(rows()).toHaveLength(table.length);
	expect(text('.title b')).toBe('DeepSeek-V3');
	expect(words(rows()[0])).toContain('Transformer (big)');
	expect(find<HTMLSelectElement>('.order select').value).toBe('date');
	expect(all('.compare thead th')).toHaveLength(2);
	expect(text('.unit')).toContain('dollars for the final run');
	expect(document.body.textContent).not.toMatch(/NaN|undefined|Infinity|\[object/);
});

test.each([288, 358, 600, 816])(
	'in %d pixels nothing sticks out, no name lies on another',
	async (width) => {
		await page.viewport(1000, 900);
		const { container } = await render(Exhibit, { id: 'runs', whole: true });
		container.style.inlineSize = `${width}px`;
		const overlaps: string[] = [];
		for (const hash of ['', 'by=operations', 'by=parameters', 'by=energy', 'maker=Google']) {
			location.hash = hash && `#runs.${hash}`;
			await new Promise((done) => setTimeout(done, 60));
			const frame = find('.panel').getBoundingClientRect();
			const names = seen('.name').map((element) => ({
				name: words(element),
				box: element.getBoundingClientRect()
			}));
			expect(names.length, hash).toBeGreaterThanOrEqual(3);
			for (const [i, { name, box }] of names.entries()) {
				expect(box.left, `${hash} ${name}`).toBeGreaterThanOrEqual(frame.left);
				expect(box.right, `${hash} ${name}`).toBeLessThanOrEqual(frame.right);
				for (const other of names.slice(i + 1)) {
					const { left, right, top, bottom } = other.box;
					if (box.left < right && left < box.right && box.top < bottom && top < box.bottom)
						overlaps.push(`${hash}: ${name} on ${other.name}`);
				}
			}
			for (const element of seen('.runs p, .runs dd, .runs td, .runs th, .runs label')) {
				if (element.closest('.scroll, .visually-hidden') || !element.textContent!.trim()) continue;
				const box = element.getBoundingClientRect();
				if (box.width < 2) continue;
				expect(box.right, `${hash} ${words(element).slice(0, 60)}`).toBeLessThanOrEqual(
					container.getBoundingClientRect().right + 1
				);
			}
		}
		expect(overlaps).toEqual([]);
	}
);

const four = 'pick=gpt-3-175b.deepseek-v3.gpt-2-1-5b.nanochat-gpt-2-grade-record';

// 304 and 358: phones of 320 and 390; with four picked a button says so, in more words
test.each([
	[304, ''],
	[304, four],
	[358, ''],
	[358, four],
	[410, four],
	[552, ''],
	[816, '']
])('nothing below moves, whichever run is read, in %d pixels, %s', async (width, picked) => {
	await page.viewport(1000, 900);
	location.hash = picked && `#runs.${picked}`;
	const { container } = await render(Exhibit, { id: 'runs', whole: true });
	container.style.inlineSize = `${width}px`;
	field().focus();
	await userEvent.keyboard('{Home}');
	const top = () =>
		find('.compare').getBoundingClientRect().top - find('.runs').getBoundingClientRect().top;
	const tops = new Map([[top(), 'Transformer']]);
	for (const run of table) {
		await userEvent.keyboard('{ArrowRight}');
		tops.set(top(), run.model);
	}
	expect([...tops]).toHaveLength(1);
});

test.each([
	[288, 'gpt-3-175b.deepseek-v3'],
	[288, four.slice(5)],
	[358, four.slice(5)],
	[552, four.slice(5)],
	[816, four.slice(5)]
])('side by side without scrolling sideways, in %d pixels: %s', async (width, picked) => {
	await page.viewport(1000, 900);
	location.hash = `#runs.pick=${picked}`;
	const { container } = await render(Exhibit, { id: 'runs', whole: true });
	container.style.inlineSize = `${width}px`;
	const { right } = find('.compare').getBoundingClientRect();
	const cells = seen('.compare :is(th, td, th *, td *)');
	expect(cells.length).toBeGreaterThan(20);
	for (const cell of cells)
		expect(cell.getBoundingClientRect().right, words(cell)).toBeLessThanOrEqual(right + 1);
});

test('on a phone the values of three runs stand under each other, each with its name', async () => {
	await page.viewport(390, 900);
	location.hash = '#runs.pick=gpt-3-175b.deepseek-v3.gpt-2-1-5b';
	await render(Exhibit, { id: 'runs', whole: true });
	const cells = [...all('.compare tbody tr')[0].querySelectorAll('td')];
	const boxes = cells.map((cell) => cell.getBoundingClientRect());
	expect(boxes[0].bottom).toBeLessThanOrEqual(boxes[1].top);
	expect(boxes[1].bottom).toBeLessThanOrEqual(boxes[2].top);
	expect(cells.map((cell) => getComputedStyle(cell, '::before').content)).toEqual([
		'"GPT-3 175B"',
		'"DeepSeek-V3"',
		'"GPT-2 (1.5B)"'
	]);
});

test('elsewhere it is the picture and a short table, with the way to the rest', async () => {
	await show('', { whole: false });
	expect(all('.twin, .compare, search')).toHaveLength(0);
	expect(all('details tbody tr')).toHaveLength(table.length);
	expect(words(all('details tbody tr')[0])).toBe(
		'Transformer (big), Google Research, Google Brain12 June 2017$438 to $930high'
	);
	expect(page.getByRole('link', { name: /Search these runs/ }).element()).toBeTruthy();
});

describe('a thousand runs', () => {
	const many: TrainingRun[] = Array.from({ length: 1000 }, (_, i) => ({
		model: `Model ${i}`,
		org: `House ${i % 40}`,
		date: `${2010 + (i % 16)}-0${1 + (i % 9)}-1${i % 10}`,
		params: 1e6 * 1.01 ** i,
		costLow: 10 * 1.02 ** i,
		costHigh: 20 * 1.02 ** i,
		source: 'https://example.org/',
		confidence: (['high', 'medium', 'low'] as const)[i % 3]
	}));

	test('are as many elements in the picture as a few', async () => {
		await show('', { runs: many });
		const elements = all('.picture *').length;
		expect(elements).toBeLessThan(220);
		expect(rows()).toHaveLength(1000);
	});

	test('a letter typed takes no row away and makes none', async () => {
		await show('', { runs: many });
		await page.getByText('Show only some of them').click();
		let made = 0;
		const watcher = new MutationObserver((changes) => {
			for (const { addedNodes, removedNodes } of changes)
				made += [...addedNodes, ...removedNodes].filter((node) => node instanceof Element).length;
		});
		watcher.observe(find('.twin'), { subtree: true, childList: true });
		await page.getByLabelText('named').fill('model 99');
		await expect.poll(() => rows().length).toBe(19);
		watcher.disconnect();
		expect(made).toBe(0);
	});
});

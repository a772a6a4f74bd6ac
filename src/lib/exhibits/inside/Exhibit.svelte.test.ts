import { beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import { Looker } from '#lib/engine/pocket/looker.ts';
import manifest from '#lib/engine/pocket/manifest.json';
import tokenizerJson from '#lib/engine/pocket/tokenizer.json';
import { Tab } from '#lib/meter/tab.svelte.ts';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { Random } from '#lib/tiny/random.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import { Weights } from '#lib/tiny/weights.ts';
import Page from './Exhibit.fixture.svelte';
import type { Opened } from './subject.ts';

/** A model of the pocket model's shape with random weights. */
function model({ fails = false } = {}): Opened {
	const backend = createBackend('plain', Generator.bytesNeeded(manifest.config));
	const weights = new Weights(manifest.config, backend, false);
	const random = new Random(3);
	for (let i = 0; i < weights.values.length; i++) weights.values[i] = 0.1 * random.normal();
	weights.changed();
	const tokenizer = Tokenizer.fromJSON(tokenizerJson as unknown as TokenizerJson);
	const looker = new Looker(new Generator(weights), tokenizer);
	return {
		name: 'random',
		model: { name: 'random', parameters: weights.values.length },
		look: async (request, written) => {
			if (fails) throw new Error('The model did not come.');
			return looker.look(request, written, 'all');
		},
		retrace: async (request, written) => looker.retrace(request, written)
	};
}

const exhibit = () => document.querySelector<HTMLElement>('.exhibit-inside')!;
const find = <E extends Element = HTMLElement>(selector: string) =>
	exhibit().querySelector<E>(selector)!;
const all = (selector: string) => [...exhibit().querySelectorAll<HTMLElement>(selector)];
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const press = (name: string) =>
	all('button')
		.find((one) => one.textContent!.trim() === name)!
		.click();
const busy = () => exhibit().getAttribute('aria-busy');

async function show(props: object = {}) {
	const tab = new Tab();
	const one = model();
	await render(Page, { tab, rate: Infinity, model: async () => one, ...props });
	return { tab };
}

beforeEach(() => {
	sessionStorage.clear();
	localStorage.clear();
	history.replaceState(null, '', location.pathname + location.search);
});

test('before it is touched: the recorded pass as one drawing, and its first step', async () => {
	await show();
	expect(text('.head')).toContain('recorded');
	expect(all('.overview .name').length).toBe(13);
	expect(all('.overview .cell').length).toBe(13 * 5);
	expect(all('.overview .candidate').map((one) => one.textContent!.includes('%'))).toEqual(
		Array(5).fill(true)
	);
	await expect.poll(() => all('.step').length).toBe(1);
	expect(text('.step h2')).toBe('1. Cut');
	expect(exhibit().dataset.tokens).toBe('0');
});

test('the steps are walked by buttons and keys, stand in the address, and are read from it', async () => {
	await show();
	press('Next');
	await expect.poll(() => text('.step h2')).toBe('2. Rows');
	expect(location.hash).toBe('#inside.step=rows');
	const key = (key: string) =>
		all('.stepper .button')[1].dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
	key('ArrowRight');
	await expect.poll(() => text('.step h2')).toBe('3. Attention');
	expect(all('.heads svg').length).toBe(16);
	// of the recording, the head that finds what came after the earlier “the”
	expect(all('.looks li')[3].textContent).toMatch(/moon\s*84/);
	key('ArrowLeft');
	key('ArrowLeft');
	key('ArrowLeft');
	await expect.poll(() => text('.step h2')).toBe('1. Cut');
	location.hash = '#inside.step=__proto__&inside.head=99&inside.t=9&inside.k=-1&inside.q=Hi';
	await expect.poll(() => find<HTMLInputElement>('.head input').value).toBe('Hi');
	expect(text('.step h2')).toBe('1. Cut');
	location.hash = '#inside.step=cache';
	await expect.poll(() => text('.step h2')).toBe('7. Cache');
	expect(text('.step')).toContain('to the last bit');
});

test('on paper and where no program runs all seven steps stand there', async () => {
	await show();
	await expect.poll(() => all('summary b').length).toBe(0);
	window.dispatchEvent(new Event('beforeprint'));
	await expect.poll(() => all('summary b').length).toBe(7);
	expect(all('details:has(> summary b)').every((one) => (one as HTMLDetailsElement).open)).toBe(
		true
	);
	// each has what belongs to it, and what is looked at keeps its choice
	expect(all('details:has(> summary b) .heads svg').length).toBe(16);
	window.dispatchEvent(new Event('afterprint'));
	await expect.poll(() => all('summary b').length).toBe(0);
});

test('a text of one’s own is read, cut to what can be drawn, put on the tab, and drawn pass by pass', async () => {
	const { tab } = await show();
	const input = find<HTMLInputElement>('.head input');
	input.value = 'The boat. '.repeat(29);
	input.dispatchEvent(new Event('input', { bubbles: true }));
	location.hash = '';
	press('Run it on these words');
	await expect.poll(() => exhibit().dataset.tokens, { timeout: 20_000 }).toBe('8');
	await expect.poll(busy).toBe('false');
	expect(text('.head')).toContain('live, in this tab');
	expect(text('.note')).toMatch(/tokens at the end did not fit/);
	expect(all('.overview .name').length).toBe(24);
	expect(tab.usage).toMatchObject({ promptTokens: 24, outputTokens: 8 });

	find<HTMLInputElement>('input[value=draw]').click();
	await expect.poll(() => all('.written button').length).toBe(8);
	all('.written button')[5].click();
	await expect.poll(() => all('.overview .name').length).toBe(29);
	find<HTMLInputElement>('input[value=cache]').click();
	await expect.poll(() => text('.step')).toContain('here, just now');
	expect(text('.step')).toContain('31 tokens worked out in 8 passes');
});

test('temperature and top-k act on the scores, which stay', async () => {
	await show();
	find<HTMLInputElement>('input[value=score]').click();
	await expect.poll(() => all('.step tbody tr').length).toBe(9);
	const scores = () => all('.step tbody td:nth-child(2)').map((cell) => cell.textContent);
	const shares = () => all('.step tbody td:last-child').map((cell) => cell.textContent);
	const before = { scores: scores(), shares: shares() };
	const slide = (at: number, value: string) => {
		const slider = all('.sliders input')[at] as HTMLInputElement;
		slider.value = value;
		slider.dispatchEvent(new Event('input', { bubbles: true }));
		slider.dispatchEvent(new Event('change', { bubbles: true }));
	};
	slide(0, '0.5');
	await expect.poll(shares).not.toEqual(before.shares);
	expect(scores()).toEqual(before.scores);
	slide(1, '2');
	await expect.poll(() => all('.step tbody tr').length).toBe(4);
	expect(text('.step')).toContain('1,021 of 1,024 tokens are left out');
	expect(location.hash).toContain('inside.k=3');
});

test('the program is fetched when it is opened, with the lines of the step marked', async () => {
	await show();
	find<HTMLInputElement>('input[value=work]').click();
	find<HTMLDetailsElement>('.program details').open = true;
	await expect.poll(() => all('.program code.mark').length, { timeout: 10_000 }).toBeGreaterThan(3);
	expect(
		all('.program code.mark')
			.map((line) => line.textContent)
			.join('')
	).toContain('function workOut');
	find<HTMLInputElement>('input[value=look]').click();
	await expect
		.poll(() =>
			all('.program code.mark')
				.map((line) => line.textContent)
				.join('')
		)
		.toContain('function lookBack');
});

test('a model that does not come is a sentence, and what stood there stays', async () => {
	const broken = model({ fails: true });
	await show({ model: async () => broken });
	press('Run it on these words');
	await expect.poll(() => text('.note')).toMatch(/^The model did not come\./);
	await expect.poll(busy).toBe('false');
	expect(all('.overview .name').length).toBe(13);
	expect(text('.head')).toContain('recorded');
});

test('nothing is wider than a phone of 320 pixels, at any step', async () => {
	await show({ width: '288px' });
	for (const radio of all('.stepper input') as HTMLInputElement[]) {
		radio.click();
		await expect.poll(() => find('.step').isConnected).toBe(true);
		const { right, left } = exhibit().getBoundingClientRect();
		for (const element of all(
			'.step > *, .overview *, .heads *, .large, .looks *, .head *, .passes *'
		)) {
			const box = element.getBoundingClientRect();
			expect(box.right, `${radio.value}: ${element.outerHTML.slice(0, 80)}`).toBeLessThanOrEqual(
				right + 1
			);
			expect(box.left).toBeGreaterThanOrEqual(left - 1);
		}
	}
});

const passes = () => text('.passes p');
const pass = (name: string) =>
	all('.passes button').find((one) => one.textContent!.trim() === name)!;

test('the recorded look is walked pass by pass: what is read, drawn and kept grows, and the address says where', async () => {
	await show();
	expect(passes()).toBe(
		'Pass 1 of 8. 13 tokens are read, your words with what the program adds; then “ moon” is drawn.'
	);
	expect(pass('Previous pass').getAttribute('aria-disabled')).toBe('true');
	const first = all('.overview .cell').map((cell) => cell.innerHTML);
	pass('Previous pass').click();
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(location.hash).toBe('');
	expect(passes()).toMatch(/^Pass 1 of 8/);
	pass('Next pass').click();
	await expect
		.poll(passes)
		.toMatch(/^Pass 2 of 8\. 14 tokens are read, the newest “ moon”; then “/);
	expect(location.hash).toBe('#inside.pass=2');
	expect(all('.overview .name').length).toBe(14);
	// whoever came before stays what it was
	const second = all('.overview .cell').map((cell) => cell.innerHTML);
	expect(second.length).toBe(14 * 5);

	find<HTMLInputElement>('input[value=score]').click();
	await expect.poll(() => all('.step tbody tr').length).toBe(9);
	find<HTMLInputElement>('input[value=draw]').click();
	await expect.poll(() => all('.written button').length).toBe(8);
	expect(all('.written button')[1].getAttribute('aria-pressed')).toBe('true');
	find<HTMLInputElement>('input[value=cache]').click();
	await expect
		.poll(() => text('.step'))
		.toContain('Pass 2, framed: with the cache 1 of 14 tokens is worked out');
	expect(text('.step')).toContain('Kept from passes before: 13,312 numbers.');
	find<HTMLInputElement>('input[value=look]').click();
	await expect.poll(() => all('.heads svg').length).toBe(16);

	for (let i = 0; i < 9; i++) pass('Next pass').click();
	await expect.poll(passes).toMatch(/^Pass 8 of 8\. 20 tokens are read/);
	expect(pass('Next pass').getAttribute('aria-disabled')).toBe('true');
	location.hash = '#inside.pass=1&inside.step=cut';
	await expect.poll(passes).toMatch(/^Pass 1 of 8/);
	expect(all('.overview .cell').map((cell) => cell.innerHTML)).toEqual(first);
	location.hash = '#inside.pass=99';
	await expect.poll(() => find<HTMLInputElement>('input[value=cut]').checked).toBe(true);
	expect(passes()).toMatch(/^Pass 1 of 8/);
	location.hash = '#inside.pass=3';
	await expect.poll(passes).toMatch(/^Pass 3 of 8\. 15 tokens/);
});

test('later passes that do not come are a sentence, and the first stays; they are asked for again', async () => {
	let tries = 0;
	const recorded = (await import('./recorded-passes.json')).default;
	await show({
		later: async () => {
			if (!tries++) throw new TypeError('Failed to fetch');
			return recorded;
		}
	});
	pass('Next pass').click();
	await expect.poll(() => text('.note')).toMatch(/^The later passes of the recording could not/);
	expect(passes()).toMatch(/^Pass 1 of 8/);
	pass('Next pass').click();
	await expect.poll(passes).toMatch(/^Pass 2 of 8/);
	expect(text('.note')).toBe('');
	expect(tries).toBe(2);
});

test('passes of the recording that come when something else is on show are left alone', async () => {
	const recorded = (await import('./recorded-passes.json')).default;
	let come = () => {};
	await show({ later: () => new Promise((resolve) => (come = () => resolve(recorded))) });
	pass('Next pass').click();
	press('Run it on these words');
	await expect.poll(() => exhibit().dataset.tokens, { timeout: 20_000 }).toBe('8');
	await expect.poll(busy).toBe('false');
	const before = all('.overview .cell').map((cell) => cell.innerHTML);
	expect(passes()).toMatch(/^Pass 1 of 8/);
	come();
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(passes()).toMatch(/^Pass 1 of 8/);
	expect(all('.overview .cell').map((cell) => cell.innerHTML)).toEqual(before);
	// a run that is over is walked as well
	expect(location.hash).toBe('');
	pass('Next pass').click();
	await expect.poll(passes).toMatch(/^Pass 2 of 8\. 14 tokens/);
	expect(all('.overview .name').length).toBe(14);
	press('Run it on these words');
	await expect.poll(() => location.hash).toBe('');
	await expect.poll(busy).toBe('false');
	expect(passes()).toMatch(/^Pass 1 of/);
});

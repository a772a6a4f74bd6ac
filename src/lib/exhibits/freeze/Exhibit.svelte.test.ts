import { beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import type { News } from '#lib/engine/training/client.ts';
import { first } from '#lib/engine/training/recipe.ts';
import { TrainingClient } from '#lib/engine/training/client.ts';
import { Tab } from '#lib/meter/tab.svelte.ts';
import type { Fingerprinted } from './asking.svelte.ts';
import Page from './Exhibit.fixture.svelte';
import { Learning } from './learning.ts';
import recorded from './recorded.json';
import { sha, told, trainer } from './testing/told.ts';

const exhibit = () => document.querySelector<HTMLElement>('.exhibit-freeze')!;
const find = <E extends Element = HTMLElement>(selector: string) =>
	exhibit().querySelector<E>(selector)!;
const all = (selector: string) => [...exhibit().querySelectorAll<HTMLElement>(selector)];
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const press = (name: string) =>
	all('button')
		.find((one) => one.textContent!.trim() === name)!
		.click();
const busy = () => exhibit().getAttribute('aria-busy');
const lines = (side: number) =>
	all('.side')[side].querySelectorAll('svg:not(.face svg) path').length;
const face = (side: number) => all('.side')[side].querySelector('.face svg')!.innerHTML;

function type(input: HTMLInputElement, value: string) {
	input.value = value;
	input.dispatchEvent(new Event('input', { bubbles: true }));
}

async function show(engine?: Fingerprinted, props: object = {}) {
	const tab = new Tab();
	await render(Page, {
		tab,
		learning: trainer(),
		...(engine ? { engine: async () => engine } : {}),
		...props
	});
	return { tab };
}

beforeEach(() => {
	sessionStorage.clear();
	localStorage.clear();
	history.replaceState(null, '', location.pathname + location.search);
});

test('before it is touched: a hundred recorded prompts of one fingerprint, a hundred steps of as many', async () => {
	await show(told().engine);
	expect(text('.status')).toMatch(/^recorded \d/);
	expect(exhibit().dataset.tokens).toBe('0');
	expect(text('.caption')).toMatch(
		/^100 prompts, one fingerprint\. 100 steps of training, 101 fingerprints\./
	);
	expect([lines(0), lines(1)]).toEqual([101, 101]);
	expect(all('.teach li').length).toBe(3);
	expect(text('.teach li:nth-child(2) .verdict')).toMatch(/^It uses it\./);
	expect(text('.teach li:nth-child(3) .verdict')).toMatch(/^Gone\./);
});

test('a hundred prompts, all on the tab, and no line that differs', async () => {
	const { engine, asked } = told();
	const { tab } = await show(engine);
	const standing = face(0);
	press('Run a hundred prompts');
	await expect.poll(busy).toBe('true');
	await expect.poll(() => face(0)).not.toBe(standing);
	const still = face(0);
	await expect.poll(busy, { timeout: 20_000 }).toBe('false');
	expect(asked.length).toBe(100);
	expect(new Set(asked.map(({ seed }) => seed)).size).toBe(100);
	expect(face(0)).toBe(still);
	expect(text('.caption')).toMatch(
		/^100 prompts, one fingerprint\. 100 steps of training, 101 fingerprints\./
	);
	expect(tab.usage).toMatchObject({ promptTokens: 500, outputTokens: 300 });
	expect(exhibit().dataset.tokens).toBe('300');
	press('Run a hundred more');
	await expect.poll(() => text('.counts b')).not.toBe('100');
	press('Stop');
	await expect.poll(busy).toBe('false');
	expect(asked.length).toBeLessThan(200);
	expect(asked.length).toBeGreaterThan(100);
	expect(lines(0)).toBe(101);
});

test('weights that do change are told, not covered up', async () => {
	const { engine } = told({ weights: (asked) => sha(asked < 2 ? 7 : 8) });
	await show(engine);
	for (const [i, question] of ['One?', 'Two?'].entries()) {
		type(find<HTMLInputElement>('.act input'), question);
		await expect.poll(() => find('.act .button').getAttribute('aria-disabled')).toBe('false');
		press('Run this prompt');
		await expect.poll(() => text('.counts b')).toBe(String(i + 1));
		await expect.poll(busy).toBe('false');
	}
	expect(text('.caption')).toMatch(/^2 prompts, 2 fingerprints\. .*must not be/);
});

test('one step of training is one more line, and the model in use is as it was recorded', async () => {
	const { engine, asked } = told();
	await show(engine);
	press('One step');
	await expect.poll(() => lines(1)).toBe(2);
	press('One step');
	await expect.poll(() => lines(1)).toBe(3);
	expect(lines(0)).toBe(101);
	expect(asked.length).toBe(0);
	expect(text('.caption')).toContain('2 steps of training, 3 fingerprints.');
});

test('a hundred steps, each another line; where the training breaks, a sentence says so', async () => {
	const { engine, asked } = told();
	await show(engine, { learning: trainer({ fails: 103 }) });
	press('Train a hundred steps');
	await expect.poll(() => lines(1)).toBeGreaterThan(3);
	press('Pause');
	await expect
		.poll(() => all('.act .button').some((one) => one.textContent === 'Pause'))
		.toBe(false);
	const paused = lines(1);
	expect(paused).toBeLessThan(50);
	press('Train a hundred steps');
	await expect.poll(() => lines(1), { timeout: 20_000 }).toBe(101);
	await expect
		.poll(() => all('.act .button')[1].textContent?.trim(), { timeout: 20_000 })
		.toBe('Train a hundred steps');
	press('Train a hundred steps');
	await expect
		.poll(() => text('figcaption .note'), { timeout: 20_000 })
		.toMatch(/^The training stopped answering/);
	expect(text('.caption')).toContain('102 steps of training, 103 fingerprints.');
	expect(asked.length).toBe(0);
});

test('a model that breaks is a sentence, and what stood there stays', async () => {
	const { engine } = told();
	engine.fingerprint = () => Promise.reject(new Error('The weights did not come.'));
	await show(engine);
	press('Run a hundred prompts');
	await expect.poll(() => text('figcaption .note')).toBe('The weights did not come.');
	await expect.poll(busy).toBe('false');
	expect(lines(0)).toBe(101);
	expect(text('.status')).toMatch(/^recorded/);
});

test('what is told is sent again with the question, and not in a new chat', async () => {
	const { engine, asked } = told({
		answer: ({ messages }) => (messages.length > 1 ? ['You', ' are', ' Ada'] : ['Otto'])
	});
	const { tab } = await show(engine);
	type(find<HTMLInputElement>('.word input'), 'Ada');
	press('Run these three');
	await expect.poll(busy).toBe('true');
	await expect.poll(busy, { timeout: 5000 }).toBe('false');
	expect(asked.map(({ messages }) => messages.map(({ content }) => content))).toEqual([
		['My name is Ada.'],
		['My name is Ada.', 'Otto', 'What is my name?'],
		['What is my name?']
	]);
	expect(text('.teach li:nth-child(2) .verdict')).toMatch(/^It uses it\./);
	expect(text('.teach li:nth-child(3) .verdict')).toMatch(/^Gone\./);
	expect(text('.teach li:nth-child(2) .foot')).toBe('15 tokens sent; 0000 0000');
	expect(text('.counts b')).toBe('3');
	expect(tab.usage.promptTokens).toBe(25);
	expect(location.hash).toBe('#freeze.word=Ada');
});

test('a colour that it makes nothing of is told as that; a hostile fragment is as at first', async () => {
	await show(told().engine);
	all('.teach input[type=radio]')[1].click();
	await expect.poll(() => location.hash).toBe('#freeze.kind=colour');
	expect(text('.sentence')).toContain('My favourite colour is blue.');
	press('Run these three');
	await expect.poll(() => text('.teach li:nth-child(2) .verdict')).toMatch(/^It does not use it\./);
	location.hash = '#freeze.kind=__proto__&freeze.word=%00&freeze.seed=-1';
	await expect.poll(() => text('.sentence')).toContain('My name is Mina.');
	const field = find<HTMLInputElement>('.word input');
	location.hash = `#freeze.word=${'x'.repeat(500)}`;
	await expect.poll(() => field.value).toBe('x'.repeat(24));
	expect(recorded.taught.word).toBe('Mina');
});

test('with a real trainer every step is another fingerprint, the first of them the recorded ones', async () => {
	const clients: TrainingClient[] = [];
	await show(told().engine, {
		learning: async () => ({
			Learning,
			client: (hear: (news: News) => void) => {
				clients.push(new TrainingClient(hear));
				return clients[0];
			}
		})
	});
	expect(first.seed).toBe(1);
	for (const count of [2, 3, 4]) {
		press('One step');
		await expect.poll(() => lines(1), { timeout: 10_000 }).toBe(count);
	}
	find<HTMLDetailsElement>('details:last-of-type').open = true;
	await expect.poll(() => all('tbody tr').length).toBe(101);
	const shown = all('tbody tr')
		.slice(0, 4)
		.map((row) => row.children[2].textContent);
	expect(shown).toEqual(recorded.learnt.sha256.slice(0, 4));
	for (const client of clients) client.dispose();
});

test('nothing is wider than a phone of 320 pixels', async () => {
	await show(told().engine, { width: '288px' });
	const { right, left } = exhibit().getBoundingClientRect();
	for (const element of all('figure *, .teach *, .head *')) {
		const box = element.getBoundingClientRect();
		expect(box.right, element.outerHTML.slice(0, 80)).toBeLessThanOrEqual(right + 1);
		expect(box.left).toBeGreaterThanOrEqual(left - 1);
	}
	const [used, trained] = all('.side').map((side) => side.getBoundingClientRect());
	for (const element of all('.side:first-child *')) {
		expect(element.getBoundingClientRect().right).toBeLessThanOrEqual(used.right + 1);
	}
	expect(used.right).toBeLessThan(trained.left);
});

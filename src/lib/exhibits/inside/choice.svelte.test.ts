import { beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import { ProcessorLearner } from '#lib/engine/training/learner.ts';
import { Reading } from '#lib/engine/training/reading.ts';
import { first, sizes } from '#lib/engine/training/recipe.ts';
import { Tab } from '#lib/meter/tab.svelte.ts';
import type { ChoiceDoors } from './choice.svelte.ts';
import Page from './Exhibit.fixture.svelte';
import { fileSubject, subjectOf } from './trained.ts';

const reading = new Reading({ ...first, size: 'small', steps: 20 });
const { batch: _batch, rate: _rate, ...shape } = sizes.small;
const config = { ...shape, vocabulary: reading.tokenizer.size };
const values = ProcessorLearner.new(config, 1).weights();
const source = { config, tokenizer: reading.tokenizer.toJSON(), values };

const worker = () =>
	new Worker(new URL('../../engine/training/testing/looking-worker.ts', import.meta.url), {
		type: 'module'
	});
const about = { name: 'the model you trained here', sha256: 'ab'.repeat(32), prompt: 'The moon' };

type Doors = Awaited<ReturnType<ChoiceDoors['trained']>>;
let kept = true;
const doors: Doors = {
	ownSubject: async () => (kept ? subjectOf('own', source, about, worker) : undefined),
	fileSubject: async (file) => {
		if (file.size < 100) return fileSubject(file);
		return subjectOf('file', source, { ...about, name: 'Bright owl' }, worker);
	},
	forgetModel: async () => {
		kept = false;
	}
};

const exhibit = () => document.querySelector<HTMLElement>('.exhibit-inside')!;
const find = <E extends Element = HTMLElement>(selector: string) =>
	exhibit().querySelector<E>(selector)!;
const all = (selector: string) => [...exhibit().querySelectorAll<HTMLElement>(selector)];
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const patient = { timeout: 15_000 };
const rests = () => expect.poll(() => exhibit().getAttribute('aria-busy'), patient).toBe('false');

async function show(fragment = '', width = '816px') {
	history.replaceState(null, '', location.pathname + location.search + fragment);
	const tab = new Tab();
	await render(Page, { tab, rate: Infinity, trained: async () => doors, width });
	return tab;
}

beforeEach(() => {
	kept = true;
	sessionStorage.clear();
	localStorage.clear();
});

test('the model that was trained here is looked into: its tokens, its shape, its numbers', async () => {
	const tab = await show();
	find<HTMLInputElement>('input[value=own]').click();
	await expect.poll(() => text('.head'), patient).toContain('The model you trained here');
	await rests();
	expect(find<HTMLInputElement>('.head input').value).toBe('The moon');
	// a character a token, after the marker that begins a text
	expect(all('.overview .name').map((one) => one.textContent!.trim())).toEqual([
		'<end>',
		...'The'.split(''),
		expect.stringContaining('␣'),
		...'moon'.split('')
	]);
	expect(all('.overview .cell').length).toBe(9 * 3);
	expect(text('.step')).toContain(`9 tokens of a list of ${config.vocabulary}. The one with`);
	expect(tab.usage.promptTokens).toBe(9);

	find<HTMLInputElement>('input[value=look]').click();
	await expect.poll(() => all('.heads svg').length).toBe(4);
	expect(text('.says')).toContain('by two heads');
	find<HTMLInputElement>('input[value=cache]').click();
	await expect.poll(() => text('.step'), patient).toContain('in each of 2 layers');
	expect(text('.step')).toContain('to the last bit');
	expect(location.hash).toContain('inside.of=own');
});

test('characters that it has never read are told, and the rest is read', async () => {
	await show();
	find<HTMLInputElement>('input[value=own]').click();
	await expect.poll(() => text('.head'), patient).toContain('The model you trained here');
	await rests();
	const input = find<HTMLInputElement>('.head input');
	input.value = 'The €';
	input.dispatchEvent(new Event('input', { bubbles: true }));
	find<HTMLButtonElement>('.head button').click();
	await expect.poll(() => text('.note'), patient).toContain('It has never read €');
	await rests();
	expect(all('.overview .name').length).toBe(1 + 4);
});

test('back at the pocket model its recording stands there again', async () => {
	await show();
	find<HTMLInputElement>('input[value=own]').click();
	await expect.poll(() => text('.head'), patient).toContain('The model you trained here');
	await rests();
	find<HTMLInputElement>('input[value=pocket]').click();
	await expect.poll(() => text('.head')).toContain('recorded');
	expect(all('.overview .name').length).toBe(13);
	expect(find<HTMLInputElement>('.head input').value).toContain('Nilo');
	expect(location.hash).not.toContain('of=');
});

test('where no model is kept that is said, with the way to one, and the pocket model stays', async () => {
	kept = false;
	await show();
	find<HTMLInputElement>('input[value=own]').click();
	await expect.poll(() => text('.said')).toContain('No model of yours is kept');
	expect(find<HTMLAnchorElement>('.said a').getAttribute('href')).toContain('/train/');
	expect(find<HTMLInputElement>('input[value=pocket]').checked).toBe(true);
	expect(text('.head')).toContain('recorded');
});

test('an address that speaks of it brings it; forgotten, it is gone', async () => {
	await show('#inside.of=own&inside.step=rows&inside.q=moon');
	await expect.poll(() => text('.head'), patient).toContain('The model you trained here');
	await rests();
	expect(find<HTMLInputElement>('.head input').value).toBe('moon');
	expect(text('.step h2')).toBe('2. Rows');
	all('.whose button')
		.find((one) => one.textContent!.trim() === 'Forget it')!
		.click();
	await expect.poll(() => text('.said')).toContain('It is forgotten');
	expect(kept).toBe(false);
	expect(text('.head')).toContain('recorded');
});

function give(content: string): void {
	const files = new DataTransfer();
	files.items.add(new File([content], 'model.json'));
	const input = find<HTMLInputElement>('input[type=file]');
	input.files = files.files;
	input.dispatchEvent(new Event('change', { bubbles: true }));
}

test('a model from a file is looked into under its name; a file that is none is a sentence', async () => {
	await show();
	give('{"kind":"<img src=x>"}');
	await expect.poll(() => text('.said')).toContain('This is not a model that can be opened');
	expect(text('.said')).toContain('Nothing was changed.');
	expect(text('.head')).toContain('recorded');
	give('x'.repeat(200));
	await expect.poll(() => text('.head'), patient).toContain('Bright owl');
	await rests();
	expect(find<HTMLInputElement>('input[value=file]').checked).toBe(true);
	expect(all('.overview .cell').length).toBe(9 * 3);
});

test('a small model is no wider than a phone of 320 pixels, at any step', async () => {
	await show('#inside.of=own', '288px');
	await expect.poll(() => text('.head'), patient).toContain('The model you trained here');
	await rests();
	for (const radio of all('.stepper input') as HTMLInputElement[]) {
		radio.click();
		await expect.poll(() => find('.step').isConnected).toBe(true);
		const { right, left } = exhibit().getBoundingClientRect();
		for (const element of all('.step > *, .overview *, .heads *, .large, .looks *, .whose *')) {
			const box = element.getBoundingClientRect();
			expect(box.right, `${radio.value}: ${element.outerHTML.slice(0, 80)}`).toBeLessThanOrEqual(
				right + 1
			);
			expect(box.left).toBeGreaterThanOrEqual(left - 1);
		}
	}
});

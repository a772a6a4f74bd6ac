import { afterEach, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import type { Engine } from '#lib/engine/engine.ts';
import type { RunEvent } from '#lib/events.ts';
import { ownTraining } from '#lib/meter/own.ts';
import { Tab } from '#lib/meter/tab.svelte.ts';
import { chips, serving, trainingEntry } from '#lib/meter/training-entries.ts';
import { writer } from '../run/writer.svelte.ts';
import Page from './Exhibit.fixture.svelte';

/** A model on the reader's GPU, as an exhibit meets it. */
const onGpu: Engine = {
	name: 'webllm',
	model: { name: 'SmolLM2 360M', parameters: 361_821_120 },
	async *run(): AsyncGenerator<RunEvent, void, void> {
		yield { type: 'started', at: 0, promptTokens: 30, cachedTokens: 0 };
		for (let index = 0; index < 70; index++) yield { type: 'token', index, at: index, text: ' w' };
		yield {
			type: 'settled',
			at: 70,
			usage: { promptTokens: 30, cachedTokens: 0, outputTokens: 70, prefillMs: 9, decodeMs: 61 },
			reason: 'finished'
		};
	},
	dispose() {}
};

const trainedOn = (tokens: string) =>
	ownTraining(onGpu.model.name, onGpu.model.parameters, {
		...chips,
		serving,
		tokens: trainingEntry(tokens)
	});

const exhibit = () => document.querySelector<HTMLElement>('.spike')!;
const text = (selector: string) =>
	exhibit().querySelector(selector)!.textContent!.replace(/\s+/g, ' ').trim();
const option = (value: string) =>
	exhibit().querySelector<HTMLOptionElement>(
		`select[aria-label="Counted in"] option[value=${value}]`
	)!;

/** What is behind "The formula", once its code is there. */
async function sums() {
	const found = () =>
		[...exhibit().querySelectorAll('details')].find((one) =>
			one.textContent!.includes('Dollars of its training')
		);
	await expect.poll(found).toBeTruthy();
	return found()!;
}

async function run() {
	const tab = new Tab();
	await render(Page, { tab });
	exhibit().querySelector<HTMLButtonElement>('.head button')!.click();
	await expect.poll(() => exhibit().dataset.tokens).toBe('70');
	await expect.poll(() => exhibit().getAttribute('aria-busy')).toBe('false');
	return tab;
}

beforeEach(() => {
	sessionStorage.clear();
	localStorage.clear();
	history.replaceState(null, '', location.pathname + location.search + '#spike.pace=fast');
});
afterEach(() => writer.use(undefined));

test('the model on the reader’s GPU writes, on the same tab, beside its own training', async () => {
	writer.use(onGpu, trainedOn('smollm2-360m-tokens'));
	const tab = await run();
	expect(text('.head')).toMatch(/^SmolLM2 360M, 362 million weights, on your GPU/);
	expect(tab.usage).toMatchObject({ promptTokens: 30, outputTokens: 70 });

	// time is not known of it; work is: 3 · D = 12e12 tokens, which is 120e9 answers of 100 tokens
	expect(option('time').disabled).toBe(true);
	expect(option('work').disabled).toBe(false);
	await userEvent.selectOptions(
		exhibit().querySelector('select[aria-label="Counted in"]')!,
		'work'
	);
	await expect
		.poll(() => text('figcaption'))
		.toContain('It took 100 tokens of work; training took as much as 12 trillion.');
	exhibit().querySelector<HTMLInputElement>('input[value=crossing]')!.click();
	await expect.poll(() => text('figcaption')).toContain('After 12 trillion tokens');
	const words = (await sums()).textContent!.replace(/\s+/g, ' ');
	expect(words).toContain('after 12 trillion tokens of use, three times those it was trained on');
	expect(words).toContain('6 × 362 million × 4 trillion');
	expect(exhibit().textContent).not.toContain('As counted');
});

const choose = (name: string, value: string) =>
	userEvent.selectOptions(exhibit().querySelector(`select[aria-label="${name}"]`)!, value);

test('in dollars its own training stands beside its own use, as a range, with the entries behind it', async () => {
	writer.use(onGpu, trainedOn('smollm2-360m-tokens'));
	await run();
	const billed = exhibit().querySelector<HTMLSelectElement>('select[aria-label="Billed as"]')!;
	expect(billed.selectedOptions[0].textContent).toBe('itself, on rented chips');
	// 11 to 58 thousand dollars; 100 tokens × 0.00196 dollars a million
	expect(text('.bar-label')).toContain('$11,000 to $58,000');
	expect(text('.drawing .low')).toContain('$11,000');
	expect(text('.sum')).toContain('$0.000000196');
	expect(text('.sum')).toContain('billed as SmolLM2 360M, on rented chips');
	// The sentence comes to rest a moment after the run does.
	await expect.poll(() => text('figcaption')).toContain('no invoice');
	expect(text('figcaption')).toContain('making the model is put at $11,000 to $58,000');
	expect(text('figcaption')).not.toContain('A price is what a vendor asks');
	const solid = exhibit().querySelector<HTMLElement>('.bar .solid')!;
	expect(Number.parseFloat(solid.style.height)).toBeCloseTo((10_551 / 58_071) * 100, 0);

	exhibit().querySelector<HTMLInputElement>('input[value=crossing]')!.click();
	await expect
		.poll(() => text('figcaption'))
		.toMatch(/After 54 to 300 billion answers like this one the bill .* estimate for making it/);
	await expect
		.poll(() => text('figcaption'))
		.toMatch(
			/8,500 to 47,000 readers in a year, 3\.1 to 17 million in a day or 4\.5 to 25 billion/
		);

	const formula = await sums();
	const cited = [...formula.querySelectorAll<HTMLAnchorElement>('a.more')].map(({ pathname }) =>
		pathname.split('/').at(-2)
	);
	expect(cited).toEqual([
		'smollm2-360m-tokens',
		'h100-peak',
		'training-utilisation',
		'h100-rent-2026',
		'deepseek-serving-rate'
	]);
	expect(formula.textContent!.replace(/\s+/g, ' ')).toContain('these 100 to $0.000000196');
});

test('its tokens can be billed as another model all the same, and as itself again', async () => {
	writer.use(onGpu, trainedOn('smollm2-360m-tokens'));
	await run();
	await choose('Billed as', 'GPT-4, March 2023');
	await expect.poll(() => text('.bar-label')).toContain('$37 to $82 million');
	expect(location.hash).toMatch(/at=gpt-?4/);
	await expect.poll(() => text('figcaption')).not.toContain('How many readers');
	await choose('Billed as', 'itself');
	await expect.poll(() => text('.bar-label')).toContain('$11,000 to $58,000');
	expect(location.hash).not.toContain('at=');
});

test('where only a ceiling of its training tokens is known, bar and crossing are at most that', async () => {
	writer.use(onGpu, trainedOn('qwen25-tokens'));
	await run();
	expect(text('.bar-label')).toMatch(/^at most \$47,000 to \$260,000/);
	await expect.poll(() => text('figcaption')).toContain('only a ceiling is known');
	await choose('Counted in', 'work');
	await expect.poll(() => text('figcaption')).toContain('as much as 54 trillion at most');
});

test('a run of the pocket model has no part in it', async () => {
	writer.use(onGpu, trainedOn('smollm2-360m-tokens'));
	writer.pocket = true;
	await render(Page, { tab: new Tab() });
	expect(text('.bar-label')).toContain('$37 to $82 million');
	expect(exhibit().textContent).not.toContain('on rented chips');
});

test('where its training is not known it is only priced', async () => {
	writer.use(onGpu);
	await run();
	expect(option('work').disabled).toBe(true);
	expect(option('dollars').disabled).toBe(false);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import type { Engine } from '#lib/engine/engine.ts';
import type { RunEvent } from '#lib/events.ts';
import { Tab } from '#lib/meter/tab.svelte.ts';
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

const exhibit = () => document.querySelector<HTMLElement>('.spike')!;
const text = (selector: string) =>
	exhibit().querySelector(selector)!.textContent!.replace(/\s+/g, ' ').trim();
const option = (value: string) =>
	exhibit().querySelector<HTMLOptionElement>(
		`select[aria-label="Counted in"] option[value=${value}]`
	)!;

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
	writer.use(onGpu, 4e12);
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
	const formula = [...exhibit().querySelectorAll('details')].find((one) =>
		one.textContent!.includes('Why three')
	)!;
	const words = formula.textContent!.replace(/\s+/g, ' ');
	expect(words).toContain(
		'4 trillion tokens of training are worth three times as many of use: 12 trillion'
	);
	expect(words).toContain('6 × 362 million × 4 trillion');
	expect(words).not.toContain('As counted');
});

test('where its training is not known it is only priced', async () => {
	writer.use(onGpu);
	await run();
	expect(option('work').disabled).toBe(true);
	expect(option('dollars').disabled).toBe(false);
});

import { beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import type { Engine } from '#lib/engine/engine.ts';
import type { Request, RunEvent } from '#lib/events.ts';
import { Tab } from '#lib/meter/tab.svelte.ts';
import Page from './Exhibit.fixture.svelte';
import recorded from './recorded.json';

/** An engine that reads a token in 0.1 ms and writes one in 0.5, by its own account. */
function told({ hold = Infinity, error }: { hold?: number; error?: string } = {}) {
	const asked: Request[] = [];
	const engine: Engine = {
		name: 'told',
		model: { name: 'told', parameters: 1 },
		async *run(request: Request, signal: AbortSignal): AsyncGenerator<RunEvent, void, void> {
			asked.push(request);
			const promptTokens = request.maxTokens === 20 ? 188 : 8;
			yield { type: 'started', at: 0, promptTokens, cachedTokens: 0 };
			let index = 0;
			while (index < request.maxTokens && !signal.aborted) {
				if (asked.length > hold) {
					await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
					break;
				}
				yield { type: 'token', index, at: index, text: ' w' };
				index++;
			}
			const usage = { promptTokens, cachedTokens: 0, outputTokens: index };
			yield {
				type: 'settled',
				at: index,
				usage: { ...usage, prefillMs: promptTokens / 10, decodeMs: index / 2 },
				reason: signal.aborted ? 'cancelled' : error ? 'failed' : 'length',
				...(error ? { error } : {})
			};
		},
		dispose() {}
	};
	return { engine, asked };
}

const exhibit = () => document.querySelector<HTMLElement>('.phases')!;
const find = <E extends Element = HTMLElement>(selector: string) =>
	exhibit().querySelector<E>(selector)!;
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const button = () => find<HTMLButtonElement>('.head button');
const busy = () => exhibit().getAttribute('aria-busy');
const width = (selector: string, row: number) =>
	exhibit().querySelectorAll(selector)[row].getBoundingClientRect().width;

async function show(engine: Engine, props: object = {}) {
	const tab = new Tab();
	await render(Page, { tab, engine: async () => engine, ...props });
	return { tab };
}

beforeEach(() => {
	sessionStorage.clear();
	localStorage.clear();
	history.replaceState(null, '', location.pathname + location.search);
});

test('before it is touched it shows the recorded rounds, and says that they are recorded', async () => {
	await show(told().engine);
	expect(text('.status')).toMatch(/^recorded \d/);
	expect(text('.note')).toMatch(/^Recorded \d.*9 rounds/);
	expect(exhibit().querySelectorAll('tbody tr').length).toBe(recorded.trials.length);
	expect(exhibit().dataset.tokens).toBe('0');
	expect(button().textContent!.trim()).toBe('Run both here');
});

test('both are run in turn, their bars drawn to one scale, and all of it goes on the tab', async () => {
	const { engine, asked } = told();
	const { tab } = await show(engine);
	button().click();
	await expect.poll(() => text('.status')).toBe('measured here, in this tab');
	expect(busy()).toBe('false');
	expect(asked.map(({ maxTokens }) => maxTokens)).toEqual([
		20, 200, 20, 200, 20, 200, 20, 200, 20, 200
	]);
	expect(exhibit().dataset.tokens).toBe('1100');
	await expect.poll(() => tab.usage.outputTokens).toBe(1100);
	expect(tab.usage.promptTokens).toBe(5 * 196);

	expect(text('.caption')).toMatch(/^Writing a token took 5 times as long as reading one\./);
	expect(find('[role=img]').getAttribute('aria-label')).toBe(text('.caption'));
	// 18.8 ms and 10 ms, 0.8 ms and 100 ms
	const unit = width('.write', 1) / 100;
	expect(width('.read', 0)).toBeCloseTo(18.8 * unit, 0);
	expect(width('.write', 0)).toBeCloseTo(10 * unit, 0);
	expect(width('.read', 1)).toBeCloseTo(0.8 * unit, 0);
});

test('Stop ends it, and a round that is not complete is not compared', async () => {
	const { engine } = told({ hold: 3 });
	await show(engine);
	button().click();
	await expect.poll(() => exhibit().querySelectorAll('tbody tr').length).toBe(2);
	expect(busy()).toBe('true');
	expect(button().textContent!.trim()).toBe('Stop');
	button().click();
	await expect.poll(busy).toBe('false');
	expect(exhibit().querySelectorAll('tbody tr').length).toBe(2);
	expect(text('.note')).toContain('1 round,');
});

test('what goes wrong is told in a sentence, and the recorded rounds stay', async () => {
	const { engine } = told({ error: 'The model broke.' });
	await show(engine);
	button().click();
	await expect.poll(() => text('.note')).toBe('The model broke.');
	expect(exhibit().querySelectorAll('tbody tr').length).toBe(recorded.trials.length);
	expect(text('.status')).toMatch(/^recorded/);
	expect(button().textContent!.trim()).toBe('Run both again');
});

test('a guess is drawn where it says, in units of the first run', async () => {
	await show(told().engine, { guess: 2 });
	button().click();
	await expect.poll(busy).toBe('false');
	const bar = find('.row .bar').getBoundingClientRect();
	const unit = width('.write', 1) / 100;
	expect(find('.guess').getBoundingClientRect().left - bar.left).toBeCloseTo(2 * 28.8 * unit, 0);
	expect(text('.guess')).toBe('you, before');
});

test('the number of rounds is in the address, and hostile ones are ignored', async () => {
	location.hash = '#phases.rounds=1';
	const { engine, asked } = told();
	await show(engine);
	button().click();
	await expect.poll(() => text('.status')).toBe('measured here, in this tab');
	expect(asked.length).toBe(2);
	for (const hostile of ['1e9', '-1', '<b>', '5000000000']) {
		location.hash = `#phases.rounds=${hostile}`;
		await expect.poll(() => find<HTMLInputElement>('input[value="5"]').checked).toBe(true);
	}
});

test('nothing is wider than a phone of 320 pixels', async () => {
	await show(told().engine, { width: '288px', guess: 3 });
	const { right, left } = exhibit().getBoundingClientRect();
	for (const element of exhibit().querySelectorAll('.picture *, figcaption *, fieldset *')) {
		const box = element.getBoundingClientRect();
		expect(box.right, element.outerHTML.slice(0, 80)).toBeLessThanOrEqual(right + 1);
		expect(box.left).toBeGreaterThanOrEqual(left - 1);
	}
});

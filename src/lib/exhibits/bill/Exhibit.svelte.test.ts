import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import cards from 'virtual:ledger/cards';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import type { Engine } from '#lib/engine/engine.ts';
import type { Request, RunEvent } from '#lib/events.ts';
import { bill, dollars } from '#lib/meter/money.ts';
import { Tab } from '#lib/meter/tab.svelte.ts';
import Page from './Exhibit.fixture.svelte';
import record from './recorded.json';

/** Writes `count` tokens for 7 sent; holds after `hold` until it is stopped. */
function told(count: number, hold = Infinity) {
	const asked: Request[] = [];
	const engine: Engine = {
		name: 'told',
		model: { name: 'told', parameters: 1 },
		async *run(request, signal): AsyncGenerator<RunEvent, void, void> {
			asked.push(request);
			yield { type: 'started', at: 0, promptTokens: 7, cachedTokens: 0 };
			let index = 0;
			for (; index < count && !signal.aborted; index++) {
				if (index >= hold) {
					await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
					break;
				}
				yield { type: 'token', index, at: index, text: ` w${index}` };
			}
			const usage = { promptTokens: 7, cachedTokens: 0, outputTokens: index };
			yield {
				type: 'settled',
				at: index,
				usage: { ...usage, prefillMs: 1, decodeMs: 1 },
				reason: signal.aborted ? 'cancelled' : 'finished'
			};
		},
		dispose() {}
	};
	return { engine, asked };
}

const find = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector)!;
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const exhibit = () => find('[data-tokens]');
const button = () => find<HTMLButtonElement>('.head button');
const busy = () => exhibit().getAttribute('aria-busy');
const sums = () => all('.sum').map((sum) => sum.textContent);
const hows = () => all('.how').map((how) => how.innerText.replace(/\s+/g, ' ').trim());
const said = () => find('.bars').getAttribute('aria-label')!;
/** Right end of what is drawn of each bar, as a share of the axis. */
const ends = () =>
	all('svg.bar').map((svg) => {
		const { left, width } = svg.getBoundingClientRect();
		const rects = [...svg.querySelectorAll('rect:not(.fresh)')];
		return Math.max(0, ...rects.map((rect) => (rect.getBoundingClientRect().right - left) / width));
	});
const first = ['gpt-3', 'gpt-4', 'gpt-4o', 'claude-opus-5-5'].map((key) =>
	cards.find((card) => card.key === key)!
);

async function show(engine: Engine = told(0).engine, props: object = {}) {
	const tab = new Tab();
	const page = await render(Page, { tab, engine: async () => engine, ...props });
	return { tab, page };
}

async function choose(value: string) {
	find<HTMLInputElement>(`input[value=${value}]`).click();
	await expect.poll(() => find<HTMLInputElement>(`input[value=${value}]`).checked).toBe(true);
}

async function type(label: string, value: string) {
	const field = all('label').find((one) => one.textContent!.trim() === label)!.parentElement!;
	const input = field.querySelector('input')!;
	input.value = value;
	input.dispatchEvent(new Event('input', { bubbles: true }));
	input.dispatchEvent(new Event('change', { bubbles: true }));
}

beforeEach(() => {
	sessionStorage.clear();
	localStorage.clear();
	history.replaceState(null, '', location.pathname + location.search + '#bill.pace=fast');
});

describe('before it is touched', () => {
	test('the recorded run stands on four cards of different years, exact to the last digit', async () => {
		await show();
		const { promptTokens, outputTokens } = record.usage;
		const usage = { promptTokens, cachedTokens: 0, outputTokens };
		const exact = first.map((card) => bill(usage, card));
		const digits = Math.max(...exact.map(({ scale }) => scale));
		expect(sums()).toEqual(exact.map((sum) => dollars(sum, { digits })));
		expect(new Set(first.map(({ from }) => from.slice(0, 4))).size).toBe(4);
		expect(text('.status')).toMatch(/^recorded \d/);
		expect(exhibit().dataset.tokens).toBe('0');
		for (const [i, sum] of exact.entries()) {
			expect(said()).toContain(`${first[i].label}: ${dollars(sum)}, of it`);
		}
	});

	test('each bar is as long as its bill, on one axis from zero', async () => {
		await show();
		const [a, b, c, d] = ends();
		const amount = sums().map((sum) => Number(sum!.slice(1)));
		expect(b / a).toBeCloseTo(amount[1] / amount[0], 2);
		expect(c / a).toBeCloseTo(amount[2] / amount[0], 2);
		expect(d / a).toBeCloseTo(amount[3] / amount[0], 2);
	});

	test('the sum of each is written out, and its lines are behind the fold', async () => {
		await show();
		expect(hows()[1]).toBe('68 sent × $30 + 59 came back × $60 per million');
		const tables = all('table');
		expect(tables.length).toBe(4);
		expect(tables[1].textContent).toContain('$0.00558');
	});
});

describe('a live run', () => {
	test('grows the bills with every token, and is the tab’s', async () => {
		const { engine } = told(30, 20);
		const { tab } = await show(engine);
		button().click();
		await expect.poll(() => exhibit().dataset.tokens).toBe('20');
		expect(button().textContent!.trim()).toBe('Stop');
		expect(busy()).toBe('true');
		expect(hows()[1]).toBe('7 sent × $30 + 20 came back × $60 per million');
		button().click();
		await expect.poll(busy).toBe('false');
		expect(button().textContent!.trim()).toMatch(/^Run/);
		expect(tab.usage).toMatchObject({ promptTokens: 7, outputTokens: 20 });
		expect(tab.lines.map(({ model }) => model)).toEqual(['told']);
		expect(sums()[1]).toBe(
			dollars(bill({ promptTokens: 7, cachedTokens: 0, outputTokens: 20 }, first[1]), { digits: 6 })
		);
	});

	test('takes the picture back from whatever was counted', async () => {
		await show(told(3).engine);
		await choose('book');
		button().click();
		await expect.poll(busy).toBe('false');
		expect(text('.headline')).toBe('The run above: 7 in, 3 out');
		expect(location.hash).not.toContain('bill.for');
	});

	test('asks the question that was typed, with the turn before it', async () => {
		const { engine, asked } = told(3);
		await show(engine);
		const input = find<HTMLInputElement>('form input[type=text]');
		await userEvent.fill(input, 'Where is the boat?');
		find<HTMLFormElement>('form').requestSubmit();
		await expect.poll(() => asked.length).toBe(1);
		expect(asked[0].messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
		expect(asked[0].messages[2].content).toBe('Where is the boat?');
		await expect.poll(busy).toBe('false');
	});

	test('that cannot be is told in a sentence, and the record stands', async () => {
		const { tab } = await show({
			...told(0).engine,
			run() {
				throw new Error('The file is not there.');
			}
		});
		button().click();
		await expect.poll(busy).toBe('false');
		expect(text('.readout')).toBe('The file is not there.');
		expect(sums()[0]).toBe('$0.007620');
		expect(tab.usage.outputTokens).toBe(0);
	});
});

describe('the settings', () => {
	test('another card takes the place of one, and stands in the address', async () => {
		const { page } = await show();
		await userEvent.selectOptions(find('select[aria-label="Card 1 of 4"]'), 'gpt-6-luna');
		expect(location.hash).toContain('bill.cards=gpt-6-luna%2Cgpt-4%2Cgpt-4o%2Cclaude-opus-5-5');
		const sum = sums()[0];
		await page.unmount();
		await show();
		await expect.poll(() => sums()[0]).toBe(sum);
	});

	test('a vendor’s cache is cheaper only where the card says so, and draws what was saved', async () => {
		history.replaceState(null, '', '#bill.for=chat&bill.cached=100');
		await show();
		await expect.poll(() => hows()[0]).toContain('11,970 sent × $60');
		expect(hows()[0]).toContain('no price for a cache');
		expect(hows()[3]).toMatch(/^2,340 sent × \$4 \+ 9,630 from cache × \$0\.20 \+/);
		expect(all('svg.bar').map((svg) => svg.querySelectorAll('.fresh').length)).toEqual([
			0, 0, 0, 1
		]);
		expect(text('.caption')).toContain('The dashed outline is the bill with no cache');
	});

	test('asked so often, it costs so many times as much', async () => {
		history.replaceState(null, '', '#bill.times=1000');
		await show();
		await expect.poll(() => sums()).toEqual(['$7.620', '$5.580', '$1.225', '$1.452']);
		expect(text('.headline')).toBe('The run above, 1,000 times: 68,000 in, 59,000 out');
	});

	test('a card of one’s own takes decimals, and refuses what is none', async () => {
		await show();
		await userEvent.selectOptions(find('select[aria-label="Card 2 of 4"]'), 'own');
		await expect.poll(() => all('.own input').length).toBe(3);
		await type('Sent', '0,07');
		await expect.poll(() => hows()[1]).toContain('68 sent × $0.07');
		await type('Came back', 'a lot');
		await expect.poll(() => text('.own')).toContain('That is no number.');
		expect(hows()[1]).toContain('59 came back × $5');
		await type('Came back', '-3');
		await expect.poll(() => text('.own')).toContain('It takes a number from 0 to');
		expect(location.hash).toContain('bill.own=0.07%2C0.1%2C5');
	});

	test('own counts are typed, also nothing at all', async () => {
		await show();
		await choose('own');
		await type('Tokens sent', '0');
		await type('Tokens that came back', '0');
		await expect.poll(() => text('.caption')).toContain('Nothing is on the bill.');
		expect(sums()).toEqual(['$0.00', '$0.00', '$0.00', '$0.00']);
		expect(ends()).toEqual([0, 0, 0, 0]);
	});

	test('a bar too thin to be seen says so', async () => {
		await show();
		await userEvent.selectOptions(find('select[aria-label="Card 4 of 4"]'), 'gpt-6-luna');
		await choose('book');
		await expect.poll(() => hows()[3]).toContain('too small to draw');
		expect(all('svg.bar')[3].querySelector('circle')).not.toBeNull();
	});

	test('as a batch it costs half where the card says so, and that stands in the address', async () => {
		const { page } = await show();
		await choose('batch');
		await expect.poll(() => sums()[3]).toBe('$0.000726');
		expect(sums().slice(0, 3)).toEqual(['$0.007620', '$0.005580', '$0.001225']);
		expect(hows()[3]).toBe('68 sent × $2 + 59 came back × $10 per million');
		expect(text('.told')).toBe(
			'As a batch Claude Opus 5.5, September 2026 costs half. The others list no such price.'
		);
		expect(all('table')[3].textContent).toContain('$0.000726');
		expect(location.hash).toContain('bill.way=batch');
		await page.unmount();
		await show();
		await expect.poll(() => sums()[3]).toBe('$0.000726');
		await choose('now');
		await expect.poll(() => sums()[3]).toBe('$0.001452');
		expect(location.hash).not.toContain('way');
	});

	test('a very long prompt has its own price, and it is said', async () => {
		history.replaceState(
			null,
			'',
			'#bill.for=own&bill.n=300000,1&bill.cards=gpt-6-astra,gpt-4,gpt-4o,gpt-3'
		);
		await show();
		await expect.poll(() => hows()[0]).toContain('300,000 sent × $20');
		expect(text('.told')).toContain('asks more for all of a prompt of more than 272,000 tokens');
	});

	test('a hostile fragment changes nothing', async () => {
		history.replaceState(
			null,
			'',
			'#bill.for=__proto__&bill.cards=constructor,<img>,,&bill.cached=900&bill.times=3&bill.own=1e9,1,1&bill.n=-1,1e9&bill.way=__proto__&bill.q=%00&bill.seed=1e9'
		);
		await show();
		expect(sums()).toEqual(['$0.007620', '$0.005580', '$0.001225', '$0.001452']);
		expect(exhibit().querySelector('img')).toBeNull();
	});
});

test.each([288, 358, 1200])('nothing is wider than %d px, whatever is billed', async (width) => {
	history.replaceState(null, '', '#bill.times=1000000&bill.cards=own,gpt-4,gpt-4o,gpt-6-luna');
	await show(told(0).engine, { width: `${width}px` });
	for (const of of ['run', 'page', 'book', 'calls', 'chat', 'think', 'own']) {
		await choose(of);
		const { right } = exhibit().getBoundingClientRect();
		for (const element of exhibit().querySelectorAll('.bars *, .controls *, figcaption *')) {
			if (element.closest('option, svg')) continue;
			expect(
				element.getBoundingClientRect().right,
				`${of}: ${element.outerHTML}`
			).toBeLessThanOrEqual(right + 1);
		}
	}
});

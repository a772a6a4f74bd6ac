import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import type { Engine } from '#lib/engine/engine.ts';
import type { Request, RunEvent } from '#lib/events.ts';
import { Tab } from '#lib/meter/tab.svelte.ts';
import Page from './Exhibit.fixture.svelte';
import record from './recorded.json';

/** An engine that writes `texts`, one for each turn it is given, and settles when it is stopped. */
class Told implements Engine {
	readonly name = 'told';
	readonly model = { name: 'told', parameters: 1 };
	asked: Request | undefined;
	/** What the run reported when it settled. */
	settled: (RunEvent & { type: 'settled' }) | undefined;
	turns = 0;

	readonly #texts: readonly string[];
	readonly #sent: number;
	/** Holds the run after so many tokens, until it is stopped. */
	readonly #hold: number;

	constructor(texts: readonly string[], { sent = 7, hold = Infinity } = {}) {
		this.#texts = texts;
		this.#sent = sent;
		this.#hold = hold;
	}

	async *run(request: Request, signal: AbortSignal): AsyncGenerator<RunEvent, void, void> {
		this.asked = request;
		yield { type: 'started', at: 0, promptTokens: this.#sent, cachedTokens: 0 };
		let index = 0;
		while (index < this.#texts.length && !signal.aborted) {
			if (index >= this.#hold) {
				await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
				break;
			}
			this.turns++;
			yield { type: 'token', index, at: index, text: this.#texts[index], logprob: Math.log(0.25) };
			index++;
		}
		this.settled = {
			type: 'settled',
			at: index,
			usage: {
				promptTokens: this.#sent,
				cachedTokens: 0,
				outputTokens: index,
				prefillMs: 1,
				decodeMs: index
			},
			reason: signal.aborted ? 'cancelled' : 'finished'
		};
		yield this.settled;
	}

	dispose() {}
}

const words = (count: number) => Array.from({ length: count }, (_, i) => ` w${i}`);
const exhibit = () => document.querySelector<HTMLElement>('.spike')!;
const find = <E extends Element = HTMLElement>(selector: string) =>
	exhibit().querySelector<E>(selector)!;
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const button = () => find<HTMLButtonElement>('.head button');
const label = () => find('[role=img]').getAttribute('aria-label')!;
const bar = () => {
	const element = find('.area > .bar');
	return [element.outerHTML, element.getBoundingClientRect().height];
};
const busy = () => exhibit().getAttribute('aria-busy');

async function show(engine: Engine | (() => Promise<Engine>), props: object = {}) {
	const tab = new Tab();
	const door = typeof engine === 'function' ? engine : async () => engine;
	const page = await render(Page, { tab, engine: door, ...props });
	return { tab, page };
}

async function choose(radio: string) {
	find<HTMLInputElement>(`input[value=${radio}]`).click();
	await expect.poll(() => find<HTMLInputElement>(`input[value=${radio}]`).checked).toBe(true);
}

async function select(name: string, value: string) {
	await userEvent.selectOptions(find(`select[aria-label="${name}"]`), value);
}

beforeEach(() => {
	sessionStorage.clear();
	localStorage.clear();
	history.replaceState(null, '', location.pathname + location.search + '#spike.pace=fast');
});

describe('before it is touched', () => {
	test('it shows the recorded run, whole, and says that it is recorded', async () => {
		await show(new Told([]));
		const { usage } = record;
		expect(text('.status')).toMatch(/^recorded \d/);
		expect(exhibit().dataset.tokens).toBe('0');
		expect(text('.counts .came dd')).toBe(String(usage.outputTokens));
		expect(text('.counts .sent dd')).toBe(String(usage.promptTokens));
		expect(find('p[dir=auto]').querySelectorAll('.came').length).toBe(usage.outputTokens);
		expect(button().textContent!.trim()).toMatch(/^Run/);
	});

	test('its prompt is cut into as many tokens as are counted', async () => {
		await show(new Told([]));
		expect(find('p[dir=auto]').querySelectorAll('.sent').length).toBe(record.usage.promptTokens);
	});
});

describe('a live run', () => {
	test('shows the counts it received, and they are the tab’s', async () => {
		const { tab } = await show(new Told(words(50)));
		button().click();
		await expect.poll(busy).toBe('false');
		expect(exhibit().dataset.tokens).toBe('50');
		expect(text('.counts .came dd')).toBe('50');
		expect(text('.counts .sent dd')).toBe('7');
		expect(tab.usage).toMatchObject({ promptTokens: 7, outputTokens: 50 });
		expect(label()).toContain('50 tokens came back, 7 were sent');
	});

	test('is Stop while it runs, and stops', async () => {
		const engine = new Told(words(50), { hold: 5 });
		await show(engine);
		button().click();
		await expect.poll(() => exhibit().dataset.tokens).toBe('5');
		expect(busy()).toBe('true');
		expect(button().textContent!.trim()).toBe('Stop');
		button().click();
		await expect.poll(busy).toBe('false');
		expect(engine.settled?.reason).toBe('cancelled');
		expect(text('.status')).toContain('stopped');
		expect(button().textContent!.trim()).toMatch(/^Run/);
		expect(exhibit().dataset.tokens).toBe('5');
	});

	test('can be started again after Stop, and counts afresh', async () => {
		await show(new Told(words(9), { hold: 4 }));
		for (let i = 0; i < 5; i++) {
			button().click();
			await expect.poll(() => exhibit().dataset.tokens).toBe('4');
			button().click();
			await expect.poll(busy).toBe('false');
		}
		expect(text('.counts .came dd')).toBe('4');
	});

	test('leaves the bar as it is, token after token', async () => {
		for (const hash of ['spike.as=you', 'spike.as=everyone', 'spike.as=everyone&spike.by=work']) {
			history.replaceState(null, '', `#spike.pace=fast&${hash}`);
			const { page } = await show(new Told(words(60), { hold: 40 }));
			await expect
				.poll(() => find<HTMLInputElement>('fieldset input:checked').value)
				.toMatch(/y|e/);
			const before = bar();
			button().click();
			await expect.poll(() => exhibit().dataset.tokens).toBe('40');
			expect(bar()).toEqual(before);
			button().click();
			await expect.poll(busy).toBe('false');
			await page.unmount();
		}
	});

	test('is announced when it begins and when it is over, and never in between', async () => {
		await show(new Told(words(30), { hold: 20 }));
		const said: string[] = [];
		const observer = new MutationObserver(() => said.push(find('.announced').textContent!.trim()));
		observer.observe(find('.announced'), { childList: true, characterData: true, subtree: true });
		button().click();
		await expect.poll(() => exhibit().dataset.tokens).toBe('20');
		await expect.poll(() => said).toEqual(['Told is writing.']);
		button().click();
		await expect.poll(() => said.length).toBe(2);
		expect(said[1]).toMatch(
			/^Stopped\. 20 tokens came back for 7 sent\. They would cost \$0\.\d+ at /
		);
		observer.disconnect();
		const live = [...exhibit().querySelectorAll('[aria-live], [role=status], output')];
		expect(live.map((element) => element.className.split(' ')[0])).toEqual([
			'announced',
			'refused',
			'said'
		]);
	});

	test('says when the beginning of a prompt fell out of the window', async () => {
		const engine = Object.assign(new Told(words(3)), { forgotten: true });
		await show(engine);
		button().click();
		await expect.poll(busy).toBe('false');
		expect(text('.readout')).toContain('its beginning fell out');
	});

	test('puts no more tokens into the page than can be read, and keeps the last ones in sight', async () => {
		await show(new Told(words(3000), { hold: 2990 }));
		button().click();
		await expect.poll(() => exhibit().dataset.tokens, { timeout: 10_000 }).toBe('2990');
		await expect.poll(() => find('p[dir=auto]').children.length).toBeLessThan(300);
		expect(text('p[dir=auto]')).toMatch(/w2989$/);
		const box = find('.stream');
		expect(box.scrollHeight - box.scrollTop - box.clientHeight).toBeLessThan(2);
		button().click();
		await expect.poll(busy).toBe('false');
	});

	test('can be read from the start when it is over', async () => {
		await show(new Told(words(900)));
		button().click();
		await expect.poll(busy, { timeout: 10_000 }).toBe('false');
		expect(find('p[dir=auto]').querySelectorAll('.came').length).toBe(900);
		const box = find('.stream');
		expect(box.scrollHeight - box.scrollTop - box.clientHeight).toBeLessThan(2);
	});

	test('settles, and is on the tab, when the page is left in the middle of it', async () => {
		const engine = new Told(words(50), { hold: 5 });
		const { tab, page } = await show(engine);
		button().click();
		await expect.poll(() => exhibit().dataset.tokens).toBe('5');
		await page.unmount();
		await expect.poll(() => engine.settled?.reason).toBe('cancelled');
		await expect.poll(() => tab.running).toBe(false);
		expect(tab.usage.outputTokens).toBe(5);
	});
});

describe('where no engine runs', () => {
	test('the record is played again, labelled, with one sentence, and nothing is on the tab', async () => {
		const failing: Engine = {
			name: 'failing',
			model: { name: 'failing', parameters: 1 },
			async *run() {
				yield {
					type: 'settled',
					at: 0,
					usage: {
						promptTokens: 0,
						cachedTokens: 0,
						outputTokens: 0,
						prefillMs: 0,
						decodeMs: 0
					},
					reason: 'failed',
					error: 'The file is not there.'
				};
			},
			dispose() {}
		};
		const { tab } = await show(failing);
		button().click();
		await expect.poll(busy).toBe('false');
		expect(text('.status')).toMatch(/^recorded/);
		expect(text('.readout')).toBe('The file is not there.');
		expect(text('.counts .came dd')).toBe(String(record.usage.outputTokens));
		expect(exhibit().dataset.tokens).toBe('0');
		expect(tab.usage.outputTokens).toBe(0);
		expect(button().textContent!.trim()).toMatch(/^Run/);
	});

	test('code that cannot be fetched is told in a plain sentence', async () => {
		await show(() => Promise.reject(new TypeError('x is not a function')));
		button().click();
		await expect.poll(busy).toBe('false');
		expect(text('.readout')).toMatch(/^The program that runs the model could not be loaded/);
	});
});

describe('the basis', () => {
	test('sets bar and bill together', async () => {
		await show(new Told([]));
		expect(text('.bar-label .long')).toMatch(/^\$37 to \$82 million$/);
		expect(text('.counts .sum')).toMatch(
			/^\$0\.\d+ these \d+ tokens, billed as GPT-4, March 2023$/
		);

		await select('Counted in', 'work');
		expect(text('.bar-label .long')).toMatch(/tokens’ worth$/);
		expect(text('.counts .sum')).toMatch(/^\d+ on the tab$/);
		expect(exhibit().querySelector('.area')!.textContent).not.toContain('$');

		await select('Counted in', 'time');
		expect(text('.bar-label .long')).toMatch(/(seconds|minutes|hours)$/);
		expect(text('.counts .sum')).toMatch(/ s of that machine: \$/);
		expect(location.hash).toContain('spike.by=time');
	});

	test('another model changes bar and bill together', async () => {
		await show(new Told([]));
		const before = [text('.bar-label .long'), text('.counts .sum dd')];
		await select('Billed as', 'deepseek-v3');
		expect(text('.counts .sum')).toContain('billed as DeepSeek-V3');
		expect(text('.bar-label .long')).not.toBe(before[0]);
		expect(text('.counts .sum dd')).not.toBe(before[1]);
	});
});

describe('the scale', () => {
	test('is kept in the fragment, and read from it', async () => {
		const { page } = await show(new Told([]));
		await choose('everyone');
		expect(location.hash).toBe('#spike.as=everyone&spike.pace=fast');
		await page.unmount();
		await show(new Told([]));
		await expect.poll(() => label()).toContain('Scale: everyone.');
	});

	test('ignores a hostile fragment', async () => {
		history.replaceState(
			null,
			'',
			'#spike.as=<img src=x>&spike.by=constructor&spike.at=__proto__&spike.seed=1e9&spike.t=9&spike.q=%00'
		);
		await show(new Told([]));
		expect(label()).toContain('Scale: just you.');
		expect(exhibit().querySelector('img')).toBeNull();
	});

	test('has no slip where the column can be seen, and turns the lens to the bar where use is far more', async () => {
		await show(new Told([]), { basis: 'work' });
		await choose('everyone');
		find('.area').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
		await expect.poll(() => text('.this')).toBe('all of training: this square');
		await choose('crossing');
		find('.area').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
		await expect.poll(() => find('.lens')?.classList.contains('open') ?? false).toBe(false);
		expect(find('.line.crossed')).not.toBeNull();
	});
});

describe('text of a reader or a model', () => {
	const hostile = [
		'<img src=x onerror="window.hit = 1">',
		'<script>window.hit = 1</script>',
		'![](https://example.org/x.png)',
		String.fromCharCode(0x202e) + 'right to left' + String.fromCharCode(0x2066),
		'שלום',
		'\u0000\u001b[31m\u0007',
		'a' + '\u0301'.repeat(10_000),
		'x'.repeat(100_000),
		'\ud800',
		'\n\n\n\n\n\n\n\n'
	];

	test('is shown as text, and never breaks the layout', async () => {
		await show(new Told(hostile));
		const before = exhibit().getBoundingClientRect();
		button().click();
		await expect.poll(busy).toBe('false');
		const after = exhibit().getBoundingClientRect();
		expect(find('p[dir=auto]').querySelectorAll('*:not(span)').length).toBe(0);
		expect(text('p[dir=auto]')).toContain('<img src=x onerror="window.hit = 1">');
		expect('hit' in window).toBe(false);
		expect([after.width, after.height]).toEqual([before.width, before.height]);
		expect(find('.stream').scrollWidth).toBeLessThanOrEqual(find('.stream').clientWidth);
	});

	test('a prompt of a megabyte is cut, with a notice, before it is asked', async () => {
		const engine = new Told(words(3));
		await show(engine);
		const field = find<HTMLInputElement>('.ask input');
		field.value = '<b>' + 'א'.repeat(1_000_000);
		field.dispatchEvent(new Event('input', { bubbles: true }));
		await expect.poll(() => exhibit().querySelector('.cut')?.textContent).toMatch(/600 characters/);
		expect(field.value.length).toBe(600);
		find<HTMLFormElement>('form').requestSubmit();
		await expect.poll(() => engine.asked?.messages[0].content.length).toBe(600);
		await expect.poll(busy).toBe('false');
		expect(exhibit().querySelector('.stream b')).toBeNull();
	});
});

describe('a token', () => {
	test('that is pointed at says how likely it was, and lights its squares', async () => {
		await show(new Told(words(5)));
		button().click();
		await expect.poll(busy).toBe('false');
		await userEvent.hover(find('[data-index="2"]'));
		await expect.poll(() => text('.readout')).toBe('Token 3, “ w2”: the model had given it 25 %.');
		expect(find('.lens').querySelectorAll('.lit').length).toBeGreaterThan(0);
		await userEvent.hover(button());
	});

	test('can be stepped to with the arrow keys, and is read out', async () => {
		await show(new Told(words(5)));
		button().click();
		await expect.poll(busy).toBe('false');
		find('.stream').focus();
		await userEvent.keyboard('{ArrowRight}{ArrowRight}');
		await expect.poll(() => text('.announced')).toContain('Token 2, “ w1”');
	});

	test('r reads the counts', async () => {
		await show(new Told([]), { basis: 'work' });
		button().focus();
		await userEvent.keyboard('r');
		await expect
			.poll(() => text('.announced'))
			.toMatch(/^Just you: \d+ tokens sent, \d+ came back/);
	});
});

test('a run of another model is priced, and neither its work nor its time is claimed', async () => {
	history.replaceState(null, '', location.pathname + location.search + '#spike.by=work');
	await render(Page, { tab: new Tab() });
	expect(label()).toContain('as much work as');

	const foreign = { ...record, model: { name: 'other model', parameters: 362e6, sha256: 'cd' } };
	const transfer = new DataTransfer();
	transfer.items.add(new File([JSON.stringify(foreign)], 'run.json'));
	const chooser = find<HTMLInputElement>('input[type=file]');
	chooser.files = transfer.files;
	chooser.dispatchEvent(new Event('change', { bubbles: true }));
	await expect.poll(() => text('.head')).toMatch(/^Other model, 362 million weights recorded \d/);
	expect(label()).toContain('Training GPT-4 is estimated at');
	expect(text('.note')).toContain('those of Other model');
	const basis = find<HTMLSelectElement>('select[aria-label="Counted in"]');
	expect(basis.value).toBe('dollars');
	expect([...basis.options].filter((option) => !option.disabled).length).toBe(1);
});

test('a guess is marked on the axis of the bar', async () => {
	await show(new Told([]), { guess: 0.4 });
	const mark = find('.guess').getBoundingClientRect();
	const whole = find('.area > .bar').getBoundingClientRect();
	expect(find('.guess').textContent).toContain('you, before');
	expect((whole.bottom - mark.bottom) / whole.height).toBeCloseTo(0.4, 1);
});

test('nothing is wider than a phone of 320 pixels', async () => {
	await show(new Told([]), { width: '288px' });
	for (const at of ['you', 'everyone', 'crossing']) {
		await choose(at);
		const { right } = exhibit().getBoundingClientRect();
		for (const element of exhibit().querySelectorAll('.plot *, fieldset *, figcaption *')) {
			expect(element.getBoundingClientRect().right).toBeLessThanOrEqual(right + 1);
		}
	}
});

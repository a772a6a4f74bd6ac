import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page as screen, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import type { Engine } from '#lib/engine/engine.ts';
import { readRecord } from '#lib/engine/record.ts';
import type { Request, RunEvent, Token } from '#lib/events.ts';
import { Tab } from '#lib/meter/tab.svelte.ts';
import Page from './Exhibit.fixture.svelte';
import { candidatesOf, surprise } from './candidates.ts';
import recorded from './recorded.json';

/** Writes `w0 w1 …`; from the fork on the words depend on the seed. One word for each turn it is given. */
class Told implements Engine {
	readonly name = 'told';
	readonly model = { name: 'told', parameters: 1 };
	readonly asked: Request[] = [];
	turns = 0;
	/** Runs that go on at this moment, and the most there have been at once. */
	going = 0;
	most = 0;

	readonly #length: number;
	readonly #fork: number;

	constructor(length: number, fork = Infinity) {
		this.#length = length;
		this.#fork = fork;
	}

	async *run(request: Request, signal: AbortSignal): AsyncGenerator<RunEvent, void, void> {
		this.asked.push(request);
		this.most = Math.max(this.most, ++this.going);
		yield { type: 'started', at: 0, promptTokens: 7, cachedTokens: 0 };
		let index = 0;
		while (index < this.#length && !signal.aborted) {
			this.turns++;
			const text = ` w${index}${index >= this.#fork ? `s${request.seed}` : ''}`;
			const alternatives = [
				{ text: ' other', logprob: Math.log(0.5) },
				{ text, logprob: Math.log(0.25) }
			];
			yield { type: 'token', index, at: index, text, logprob: Math.log(0.25), alternatives };
			index++;
		}
		this.going--;
		yield {
			type: 'settled',
			at: index,
			usage: { promptTokens: 7, cachedTokens: 0, outputTokens: index, prefillMs: 2, decodeMs: 6 },
			reason: signal.aborted ? 'cancelled' : 'finished'
		};
	}

	dispose() {}
}

const lab = () => document.querySelector<HTMLElement>('.lab')!;
const all = <E extends HTMLElement = HTMLElement>(selector: string) => [
	...lab().querySelectorAll<E>(selector)
];
const text = (selector: string) =>
	lab().querySelector(selector)!.textContent!.replace(/\s+/g, ' ').trim();
const button = (name: RegExp) => all('button').find((one) => name.test(one.textContent!.trim()))!;
const busy = () => lab().getAttribute('aria-busy');
const tokens = () => Number(lab().dataset.tokens);
const still = () => new Promise((resolve) => setTimeout(resolve, 300));

async function show(engine: Engine | (() => Promise<Engine>), props: object = {}) {
	const tab = new Tab();
	const door = typeof engine === 'function' ? engine : async () => engine;
	const page = await render(Page, { tab, engine: door, ...props });
	return { tab, page };
}

/** What the browser would save next. */
function downloads(): Promise<{ name: string; content: Blob }> {
	return new Promise((resolve) => {
		vi.spyOn(URL, 'createObjectURL').mockImplementation((content) => {
			vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
				this: HTMLAnchorElement
			) {
				resolve({ name: this.download, content: content as Blob });
			});
			return 'blob:test';
		});
	});
}

function at(hash: string): void {
	history.replaceState(null, '', location.pathname + location.search + hash);
}

beforeEach(async () => {
	sessionStorage.clear();
	localStorage.clear();
	at('#lab.pace=fast');
	await screen.viewport(1280, 1000);
});
afterEach(() => void vi.restoreAllMocks());

describe('before it is touched', () => {
	test('the recorded run is there, whole, with a table of its tokens', async () => {
		await show(new Told(0));
		expect(tokens()).toBe(0);
		expect(busy()).toBe('false');
		expect(all('.token.came')).toHaveLength(recorded.usage.outputTokens);
		expect(all('details tbody tr')).toHaveLength(recorded.usage.outputTokens);
		expect(text('.status')).toMatch(/^recorded \d/);
		expect(button(/^Run/).textContent).toMatch(/Run it live/);
	});

	test('the candidates are those of the first token that was not the likeliest', async () => {
		await show(new Told(0));
		const index = surprise(recorded.tokens as Token[]);
		const found = candidatesOf(recorded.tokens[index] as Token)!;
		expect(text('.which')).toMatch(new RegExp(`^Token ${index + 1} of ${recorded.tokens.length}`));
		expect(all('.candidates li')).toHaveLength(found.rows.length + 1);
		expect(text('.candidates .drawn .mark')).toBe('drawn');
		expect(lab().querySelector('.token.active')!.getAttribute('data-index')).toBe(String(index));
	});

	test('pointing at another token shows its candidates, and arrows step from there', async () => {
		await show(new Told(0));
		all('.token.came')[7].dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
		await expect.poll(() => text('.which')).toMatch(/^Token 8 of/);
		lab().querySelector<HTMLElement>('.stream')!.focus();
		await userEvent.keyboard('{ArrowRight}');
		await expect.poll(() => text('.which')).toMatch(/^Token 9 of/);
		button(/^←$/).click();
		await expect.poll(() => text('.which')).toMatch(/^Token 8 of/);
		const drawn = recorded.tokens[7];
		expect(text('.candidates .drawn .share')).toBe(
			`${(Math.exp(drawn.logprob) * 100).toFixed(2)} %`
		);
	});

	test('the run is priced on every card, exactly', async () => {
		const { tab } = await show(new Told(0));
		expect(all('.cards tbody tr')).toHaveLength(tab.cards.length);
		const gpt4 = tab.cards.findIndex(({ key }) => key === 'gpt-4');
		// 9 tokens at 30 and 47 at 60 dollars a million
		expect(all('.cards tbody .amount')[gpt4].textContent).toContain('$0.00309');
	});
});

describe('a run held', () => {
	test('computes nothing until it may go on', async () => {
		at('#lab.pace=slow');
		const engine = new Told(400);
		await show(engine);
		button(/^Run/).click();
		await expect.poll(tokens).toBeGreaterThan(1);
		button(/^Pause$/).click();
		await expect.poll(() => text('.status')).toMatch(/^held after/);
		await still();
		const turns = engine.turns;
		await still();
		expect(engine.turns).toBe(turns);
		expect(busy()).toBe('true');
		button(/^Go on$/).click();
		await expect.poll(() => engine.turns).toBeGreaterThan(turns);
		button(/^Stop$/).click();
		await expect.poll(busy).toBe('false');
	});

	test('is let through by exactly one token a press, from the first on', async () => {
		const engine = new Told(5);
		await show(engine);
		for (const came of [1, 2, 3]) {
			button(/^One token$/).click();
			await expect.poll(tokens).toBe(came);
			await still();
			expect(tokens()).toBe(came);
			expect(engine.turns).toBe(came);
			expect(text('.which')).toMatch(new RegExp(`^Token ${came} of ${came}`));
		}
		button(/^Go on$/).click();
		await expect.poll(busy).toBe('false');
		expect(tokens()).toBe(5);
	});

	test('the pace of one token a press holds it as well, also in the middle', async () => {
		at('#lab.pace=slow');
		const engine = new Told(400);
		await show(engine);
		button(/^Run/).click();
		await expect.poll(tokens).toBeGreaterThan(0);
		all<HTMLInputElement>('input[value=step]')[0].click();
		await expect.poll(() => text('.status')).toMatch(/^held/);
		await still();
		const turns = engine.turns;
		button(/^One token$/).click();
		await expect.poll(() => engine.turns).toBe(turns + 1);
		all<HTMLInputElement>('input[value=fast]')[0].click();
		await expect.poll(busy).toBe('false');
		expect(tokens()).toBe(400);
		expect(location.hash).toContain('lab.pace=fast');
	});
});

describe('two runs side by side', () => {
	test('B begins as A with another seed, and says that it has not been run', async () => {
		await show(new Told(6, 3));
		button(/second run/).click();
		await expect.poll(() => all('.side').length).toBe(2);
		expect(location.hash).toContain('lab.two=1');
		expect(location.hash).toContain(`lab.b.seed=${recorded.request.seed + 1}`);
		expect(all('.side')[1].querySelector('.status')!.textContent).toBe('not run yet');
		expect(all('.side')[1].textContent).not.toMatch(/NaN|undefined/);
	});

	test('run one after the other, they part at the right token, marked in both', async () => {
		at('#lab.pace=fast&lab.two=1&lab.b.seed=9');
		const engine = new Told(6, 3);
		const { tab } = await show(engine);
		button(/^Run both$/).click();
		await expect.poll(() => engine.asked.length).toBe(2);
		await expect.poll(busy).toBe('false');
		expect(engine.asked.map(({ seed }) => seed)).toEqual([6, 9]);
		expect(engine.most).toBe(1);
		expect(all('.parting').map((one) => one.dataset.index)).toEqual(['3', '3']);
		expect(text('.both p')).toContain(
			'They share 3 tokens, then part: A writes “ w3s6”, B writes “ w3s9”.'
		);
		expect(tokens()).toBe(12);
		expect(tab.usage).toMatchObject({ promptTokens: 14, outputTokens: 12 });
		expect(all('.cards tbody tr:first-child .amount span')).toHaveLength(2);
	});

	test('while one runs the other waits, and Stop ends both', async () => {
		at('#lab.pace=slow&lab.two=1&lab.b.seed=9');
		const engine = new Told(400);
		await show(engine);
		button(/^Run both$/).click();
		await expect.poll(tokens).toBeGreaterThan(0);
		const runB = button(/^Run B$/);
		expect(runB.getAttribute('aria-disabled')).toBe('true');
		runB.click();
		expect(all('button').filter((one) => one.textContent!.trim() === 'Stop')).toHaveLength(1);
		button(/^Stop$/).click();
		await expect.poll(busy).toBe('false');
		await still();
		expect(engine.asked).toHaveLength(1);
	});
});

describe('taken along', () => {
	/** What a button would save of a live run of three tokens. */
	const saved = async (name: RegExp) => {
		await show(new Told(3));
		button(/^Run/).click();
		await expect.poll(tokens).toBe(3);
		await expect.poll(busy).toBe('false');
		const coming = downloads();
		button(name).click();
		return await coming;
	};

	test('as a table', async () => {
		const { name, content } = await saved(/CSV$/);
		expect(name).toMatch(/^running-tab-.*\.csv$/);
		const bytes = new Uint8Array(await content.arrayBuffer());
		expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
		const lines = new TextDecoder().decode(bytes).split('\r\n');
		expect(lines).toHaveLength(1 + 3 + 1);
		expect(lines[2]).toContain('1,1,," w1",false,');
	});

	test('as a text', async () => {
		const { name, content } = await saved(/^Text$/);
		expect(name).toMatch(/\.txt$/);
		expect(await content.text()).toContain('w0 w1 w2');
	});

	test('as a picture, in the colours of the theme', async () => {
		const { name, content } = await saved(/^Picture$/);
		expect(name).toMatch(/\.png$/);
		const bitmap = await createImageBitmap(content);
		expect([bitmap.width, bitmap.height]).toEqual([1200, 630]);
		const canvas = new OffscreenCanvas(1200, 630);
		const context = canvas.getContext('2d')!;
		context.drawImage(bitmap, 0, 0);
		const { data } = context.getImageData(0, 0, 1200, 630);
		const colours = new Set<number>();
		for (let i = 0; i < data.length; i += 4) {
			colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
		}
		// paper in the corner, and on it letters in more than one colour
		expect(data[0]).toBeGreaterThan(240);
		expect(colours.size).toBeGreaterThan(20);
	});
});

describe('opened', () => {
	test('a record fills the settings, and a foreign model is named', async () => {
		await show(new Told(0));
		const record = {
			...recorded,
			engine: 'webllm',
			model: { name: 'SmolLM2-360M', parameters: 361821120 },
			request: {
				messages: [
					{ role: 'system', content: 'Be kind.' },
					{ role: 'user', content: 'What is a mango?' }
				],
				temperature: 1.1,
				topK: 40,
				seed: 77,
				maxTokens: 50
			}
		};
		const input = lab().querySelector<HTMLInputElement>('input[type=file]')!;
		const transfer = new DataTransfer();
		transfer.items.add(new File([JSON.stringify(record)], 'run.json'));
		input.files = transfer.files;
		input.dispatchEvent(new Event('change', { bubbles: true }));
		await expect.poll(() => text('.by')).toMatch(/SmolLM2-360M/);
		expect(lab().querySelector<HTMLTextAreaElement>('.ask > textarea')!.value).toBe(
			'What is a mango?'
		);
		expect(text('.values')).toBe(
			'seed 77, temperature 1.1, top-k 40, up to 50, as fast as it goes'
		);
		expect(text('.others .text')).toBe('all others');
		expect(location.hash).toContain('lab.sys=Be%20kind.');
	});

	test('what is saved is what ran', async () => {
		at('#lab.pace=fast&lab.seed=31&lab.k=9&lab.t=1.25&lab.n=12&lab.sys=Be%20brief.');
		await show(new Told(3));
		button(/^Run/).click();
		await expect.poll(tokens).toBe(3);
		await expect.poll(busy).toBe('false');
		const saved = downloads();
		button(/^Save this run$/).click();
		const record = readRecord(JSON.parse(await (await saved).content.text()));
		expect(record.request).toMatchObject({ seed: 31, topK: 9, temperature: 1.25, maxTokens: 12 });
		expect(record.request.messages[0]).toEqual({ role: 'system', content: 'Be brief.' });
		expect(record.tokens.map((token) => token.alternatives?.length)).toEqual([2, 2, 2]);
	});
});

describe('what is typed', () => {
	test('is asked, and stands in the address once the field is left', async () => {
		const engine = new Told(1);
		await show(engine);
		const field = lab().querySelector<HTMLTextAreaElement>('.ask > textarea')!;
		await userEvent.fill(field, 'Who <b>are</b> you?');
		await userEvent.tab();
		expect(location.hash).toContain('lab.q=Who%20%3Cb%3Eare%3C%2Fb%3E%20you%3F');
		button(/^Run/).click();
		await expect.poll(() => engine.asked.length).toBe(1);
		expect(engine.asked[0].messages.at(-1)!.content).toBe('Who <b>are</b> you?');
	});

	test('too long for an address stays out of it, and the page says so', async () => {
		await show(new Told(0));
		const field = lab().querySelector<HTMLTextAreaElement>('.ask > textarea')!;
		field.value = 'x'.repeat(3000);
		field.dispatchEvent(new Event('input', { bubbles: true }));
		field.dispatchEvent(new Event('change', { bubbles: true }));
		await expect.poll(() => text('.ask > .notice')).toMatch(/stays out of the address/);
		expect(location.hash).not.toContain('lab.q');
		field.value = 'x'.repeat(1_000_000);
		field.dispatchEvent(new Event('input', { bubbles: true }));
		await expect.poll(() => text('.ask > .notice')).toMatch(/980,000 were left out/);
		expect(field.value.length).toBe(20_000);
	});

	test('a number takes a decimal comma', async () => {
		await show(new Told(0));
		const field = lab().querySelector<HTMLInputElement>(
			'input[role=spinbutton][inputmode=decimal]'
		)!;
		await userEvent.fill(field, '1,25');
		await userEvent.tab();
		expect(location.hash).toContain('lab.t=1.25');
	});
});

test('where nothing can run, a recording is played with the reason', async () => {
	await show(() => Promise.reject(new Error('no')));
	button(/^Run/).click();
	await expect.poll(() => text('.caption')).toMatch(/could not be loaded/);
	await expect.poll(busy).toBe('false');
	expect(tokens()).toBe(0);
	expect(text('.status')).toMatch(/^recorded/);
	expect(all('.token.came')).toHaveLength(recorded.usage.outputTokens);
});

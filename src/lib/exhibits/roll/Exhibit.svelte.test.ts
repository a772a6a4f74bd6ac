import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import type { Engine } from '#lib/engine/engine.ts';
import type { Request, RunEvent } from '#lib/events.ts';
import type { Layout } from '#lib/engine/webllm/prompt.ts';
import { Tab } from '#lib/meter/tab.svelte.ts';
import { writer } from '../run/writer.svelte.ts';
import { blocksOf } from './blocks.ts';
import Page from './Exhibit.fixture.svelte';
import recorded from './recorded.json';

/** An engine that answers every turn with three tokens, and counts as the pocket model does. */
function told({ hold = Infinity, error }: { hold?: number; error?: string } = {}) {
	const asked: Request[] = [];
	const engine: Engine = {
		name: 'told',
		model: { name: 'told', parameters: 1 },
		async *run(request: Request, signal: AbortSignal): AsyncGenerator<RunEvent, void, void> {
			asked.push(request);
			const promptTokens = blocksOf(request).reduce((sum, { kept }) => sum + kept, 0);
			const cachedTokens = asked.length > 1 ? 5 : 0;
			yield { type: 'started', at: 0, promptTokens, cachedTokens };
			let index = 0;
			while (index < 3 && !signal.aborted) {
				if (asked.length > hold && index > 0) {
					await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
					break;
				}
				yield { type: 'token', index, at: index, text: [`Answer`, ` ${asked.length}`, '.'][index] };
				index++;
			}
			yield {
				type: 'settled',
				at: index,
				usage: { promptTokens, cachedTokens, outputTokens: index, prefillMs: 1, decodeMs: 1 },
				reason: signal.aborted ? 'cancelled' : error ? 'failed' : 'finished',
				...(error ? { error } : {})
			};
		},
		dispose() {}
	};
	return { engine, asked };
}

const exhibit = () => document.querySelector<HTMLElement>('.exhibit-roll')!;
const find = <E extends Element = HTMLElement>(selector: string) =>
	exhibit().querySelector<E>(selector)!;
const all = (selector: string) => [...exhibit().querySelectorAll<HTMLElement>(selector)];
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const press = (name: string | RegExp) =>
	all('button')
		.find((one) =>
			typeof name === 'string'
				? one.textContent!.trim() === name
				: name.test(one.textContent!.trim())
		)!
		.click();
const busy = () => exhibit().getAttribute('aria-busy');
const heights = (selector: string) =>
	all(selector).map((one) => one.getBoundingClientRect().height);

async function show(engine?: Engine, props: object = {}) {
	const tab = new Tab();
	await render(Page, { tab, ...(engine ? { engine: async () => engine } : {}), ...props });
	return { tab };
}

/** A model on the reader's GPU: twelve tokens from its makers, two that open an answer, and one a word. */
function onGpu({ laid = true }: { laid?: boolean } = {}) {
	const asked: Request[] = [];
	let layout: Layout | undefined;
	const engine = {
		name: 'webllm',
		model: { name: 'SmolLM2 360M', parameters: 361_821_120 },
		context: 4096,
		get layout() {
			return laid ? layout : undefined;
		},
		get cuts() {
			return ['<|im_start|>', 'Be kind <b>', ...Array(200).fill(' w')];
		},
		async *run(request: Request, signal: AbortSignal): AsyncGenerator<RunEvent, void, void> {
			asked.push(request);
			const words = request.messages.map(({ content }) => content.split(' ').length);
			// an answer is opened by two tokens, and what it read of it is not read again
			const messages = words.map((n, i) => (i % 2 ? n + 2 : n));
			layout = { head: 12, messages, open: 2 };
			const promptTokens = messages.reduce((a, b) => a + b, 12 + 2);
			const cachedTokens = asked.length > 1 ? promptTokens - messages.at(-1)! - 2 : 0;
			yield { type: 'started', at: 0, promptTokens, cachedTokens };
			for (const [index, text] of ['All', ' right', ' then.'].entries()) {
				yield { type: 'token', index, at: index, text };
			}
			const usage = { promptTokens, cachedTokens, outputTokens: 3, prefillMs: 1, decodeMs: 1 };
			yield { type: 'settled', at: 3, usage, reason: signal.aborted ? 'cancelled' : 'finished' };
		},
		dispose() {}
	};
	return { engine, asked };
}

async function say(words: string) {
	const input = find<HTMLInputElement>('.ask input');
	input.value = words;
	input.dispatchEvent(new Event('input', { bubbles: true }));
	await expect.poll(() => find('.ask .button').getAttribute('aria-disabled')).toBe('false');
	press('Run this turn');
	await expect.poll(busy).toBe('false');
}

afterEach(() => {
	vi.restoreAllMocks();
	writer.use(undefined);
});

beforeEach(() => {
	sessionStorage.clear();
	localStorage.clear();
	history.replaceState(null, '', location.pathname + location.search);
});

test('before it is touched: the recorded chat, its blocks drawn to one scale from zero', async () => {
	await show(told().engine);
	expect(text('.status')).toMatch(/^recorded \d/);
	expect(exhibit().dataset.tokens).toBe('0');
	const columns = all('.column');
	expect(columns.length).toBe(recorded.turns.length);
	const unit = find('.ground').getBoundingClientRect().height / 256;
	columns.forEach((column, i) => {
		const { usage } = recorded.turns[i];
		const drawn = [...column.querySelectorAll('.up .block')].reduce(
			(sum, block) => sum + block.getBoundingClientRect().height,
			0
		);
		expect(drawn / unit).toBeCloseTo(usage.promptTokens + usage.outputTokens, 0);
	});
	const under = [...columns.at(-1)!.querySelectorAll('.fallen .block')];
	expect(under.length).toBeGreaterThan(2);
	expect(all('.transcript s').length).toBeGreaterThan(2);
});

test('a turn sends the whole chat again, and all of it is on the tab', async () => {
	const { engine, asked } = told();
	const { tab } = await show(engine);
	press('New chat: tear the roll');
	await expect.poll(() => text('.caption')).toContain('An empty roll.');
	expect(text('.figure, figure .note')).toMatch(/^Torn off: one roll of \d+ tokens/);
	await say('My name is Ada.');
	await say('What is my name?');
	expect(asked[1].messages).toEqual([
		{ role: 'user', content: 'My name is Ada.' },
		{ role: 'assistant', content: 'Answer 1.' },
		{ role: 'user', content: 'What is my name?' }
	]);
	expect(exhibit().dataset.tokens).toBe('6');
	const sent = asked.map((request) => blocksOf(request).reduce((sum, { kept }) => sum + kept, 0));
	await expect.poll(() => tab.usage.promptTokens).toBe(sent[0] + sent[1]);
	expect(text('.sums .sent dd')).toBe(String(sent[0] + sent[1]));
	expect(text('.caption')).toMatch(/^You typed \d+ tokens, and \d+ were sent: [\d.]+ times over\./);
	expect(text('.status')).toBe('live, in this tab');
});

test('Run asks the recorded questions anew, in a chat of their own', async () => {
	const { engine, asked } = told();
	await show(engine);
	press('Run it live');
	await expect.poll(() => asked.length).toBe(recorded.turns.length);
	await expect.poll(busy).toBe('false');
	expect(asked.map(({ messages }) => messages.at(-1)!.content)).toEqual(
		recorded.turns.map(({ asked }) => asked)
	);
	expect(asked[0].messages.length).toBe(1);
	expect(all('.transcript .answer .said')[0].textContent).toContain('Answer 6.');
});

test('Stop keeps what had come, and ends the chat there', async () => {
	const { engine, asked } = told({ hold: 1 });
	await show(engine);
	press('Run it live');
	await expect.poll(() => exhibit().dataset.tokens).toBe('4');
	expect(busy()).toBe('true');
	press('Stop');
	await expect.poll(busy).toBe('false');
	expect(asked.length).toBe(2);
	expect(all('.column').length).toBe(2);
	expect(text('.transcript .answer .said')).toBe('Answer');
});

test('what goes wrong is told, and the roll is as it was', async () => {
	const { engine } = told();
	engine.run = async function* () {
		yield {
			type: 'settled',
			at: 0,
			usage: { promptTokens: 0, cachedTokens: 0, outputTokens: 0, prefillMs: 0, decodeMs: 0 },
			reason: 'failed',
			error: 'The model broke.'
		};
	};
	await show(engine);
	press('Run it live');
	await expect.poll(() => text('figure .note')).toBe('The model broke.');
	expect(all('.column').length).toBe(recorded.turns.length);
	await expect.poll(busy).toBe('false');
});

test('a turn that is being written is left alone, and what is typed meanwhile stays', async () => {
	const { engine, asked } = told({ hold: 0 });
	await show(engine);
	const input = find<HTMLInputElement>('.ask input');
	const type = (words: string) => {
		input.value = words;
		input.dispatchEvent(new Event('input', { bubbles: true }));
	};
	const submit = () => find<HTMLFormElement>('.ask').requestSubmit();
	type('   ');
	submit();
	type('Hello');
	submit();
	await expect.poll(() => asked.length).toBe(1);
	const columns = all('.column').length;
	type('And more');
	submit();
	press(/^New chat/);
	await new Promise((wait) => setTimeout(wait, 50));
	expect(asked.length).toBe(1);
	expect(input.value).toBe('And more');
	expect(all('.column').length).toBe(columns);
	press('Stop');
	await expect.poll(busy).toBe('false');
});

test('what was asked before the model came is not asked once it was stopped', async () => {
	for (const run of [() => say('Hello'), async () => press('Run it live')]) {
		const { engine, asked } = onGpu(); // for which the roll would be torn
		let come = (_: Engine) => {};
		await show(undefined, { engine: () => new Promise<Engine>((resolve) => (come = resolve)) });
		const before = all('.column').length;
		const done = run();
		await expect.poll(busy).toBe('true');
		press('Stop');
		come(engine);
		await done;
		await expect.poll(busy).toBe('false');
		expect(asked).toEqual([]);
		expect(all('.column').length).toBe(before);
		cleanup();
	}
});

test('an address that speaks of something else changes nothing, and an empty roll is not torn', async () => {
	await show(told().engine);
	find<HTMLInputElement>('input[value=cached]').click();
	location.hash = '#other.view=device';
	await new Promise((wait) => setTimeout(wait, 50));
	expect(find<HTMLInputElement>('input[value=cached]').checked).toBe(true);
	press(/^New chat/);
	await expect.poll(() => text('figure .note')).toMatch(/^Torn off: one roll/);
	press(/^New chat/);
	await new Promise((wait) => setTimeout(wait, 50));
	expect(text('figure .note')).toMatch(/^Torn off: one roll/);
});

test('billed with a cache and computed here are other readings of the same picture', async () => {
	await show(told().engine);
	const before = heights('.up .block');
	const dollars = text('.sums .sum dd');
	find<HTMLInputElement>('input[value=cached]').click();
	await expect.poll(() => heights('.known').some((height) => height > 10)).toBe(true);
	expect(heights('.up .block')).toEqual(before);
	expect(text('.sums .sum dd')).not.toBe(dollars);
	find<HTMLInputElement>('input[value=device]').click();
	await expect.poll(() => text('.sums .sent dt')).toMatch(/^this device computed/);
	const computed = recorded.turns.reduce(
		(sum, { usage }) => sum + usage.promptTokens - usage.cachedTokens + usage.outputTokens,
		0
	);
	expect(text('.sums .sent dd')).toBe(String(computed));
	expect(location.hash).toBe('#roll.view=device');
});

test('a column is picked by its radio, and the transcript is of that turn', async () => {
	await show(told().engine);
	all('.column input')[1].click();
	await expect.poll(() => text('.transcript .heading')).toBe('What the model read in turn 2');
	expect(all('.transcript li').length).toBe(4);
	expect(location.hash).toBe('#roll.turn=2');
	expect(all('.column input')[1].getAttribute('aria-label')).toMatch(
		/^Turn 2: 35 tokens sent, \d+ of them new and \d+ again; \d+ came back\.$/
	);
	location.hash = '#roll.turn=<b>&roll.seed=-1&roll.view=__proto__';
	await expect.poll(() => text('.transcript .heading')).toContain(`turn ${recorded.turns.length}`);
});

test('a long message is cut with a word about it, and markup is only text', async () => {
	const { engine, asked } = told();
	await show(engine);
	const input = find<HTMLInputElement>('.ask input');
	input.value = '<img src=x onerror=alert(1)>'.repeat(40);
	input.dispatchEvent(new Event('input', { bubbles: true }));
	await expect.poll(() => input.value.length).toBe(400);
	expect(text('.ask [role=status]')).toMatch(/^Cut to the first 400 characters; 720 were left out/);
	press('Run this turn');
	await expect.poll(() => asked.length).toBe(1);
	await expect.poll(busy).toBe('false');
	expect(exhibit().querySelector('img')).toBeNull();
});

test('nothing is wider than a phone of 320 pixels', async () => {
	await show(told().engine, { width: '288px' });
	const { right, left } = exhibit().getBoundingClientRect();
	for (const element of all('.roll *, .sums *, .transcript *, .ask *, .segments *')) {
		const box = element.getBoundingClientRect();
		expect(box.right, element.outerHTML.slice(0, 80)).toBeLessThanOrEqual(right + 1);
		expect(box.left).toBeGreaterThanOrEqual(left - 1);
	}
});

test('the model on the reader’s GPU has a roll of its own, its tokens laid as it tells', async () => {
	const { engine, asked } = onGpu();
	writer.use(engine);
	const { tab } = await show();
	expect(text('.head')).toMatch(/^Pocket model, a chat recorded/);
	expect(text('.ask label')).toBe('Begin a new chat');
	await say('My name is Ada.');
	// not a word of the recorded chat, whose tokens are another model's
	expect(asked[0].messages).toEqual([{ role: 'user', content: 'My name is Ada.' }]);
	expect(asked[0].maxTokens).toBe(400);
	expect(text('.head')).toMatch(/^SmolLM2 360M, a chat live, in this tab/);
	expect(all('.column').length).toBe(1);
	expect(text('.transcript li')).toMatch(/^set <\|im_start\|>Be kind <b>.* 12 tokens, set by its makers$/); // prettier-ignore
	expect(text('.caption')).toContain('12 of them are not yours');
	expect(text('.window')).toContain('4,096 tokens');
	expect(text('.ask label')).toBe('Go on with this chat');

	await say('And yours?');
	expect(asked[1].messages.length).toBe(3);
	// 12 of its makers, 4 and 2, then 12, 4, 5, 2 and 2
	await expect.poll(() => tab.usage.promptTokens).toBe(18 + 25);
	expect(all('.column input')[1].getAttribute('aria-label')).toBe(
		'Turn 2: 25 tokens sent, 4 of them new, 12 from its makers and 9 again; 3 came back.'
	);
	expect(text('.sums .typed dd')).toBe('10');
	expect(text('.sums .sent dd')).toBe('43');
	find<HTMLInputElement>('input[value=device]').click();
	await expect.poll(() => text('.sums .sent dd')).toBe(String(18 + 3 + 4 + 3));
	const [, row] = [...exhibit().querySelectorAll('tbody tr')].map((one) =>
		[...one.querySelectorAll('td')].map((cell) => cell.textContent!.trim())
	);
	expect(row).toEqual(['4', '9', '12', '25', '3', '0', '7']);
	expect(text('table caption')).toBe('Tokens of each turn, as SmolLM2 360M counts them.');
});

test('a chat is not gone on with by another model, and both choices are there', async () => {
	const { engine, asked } = onGpu();
	writer.use(engine);
	await show();
	await say('Hello');
	expect(all('.writers input').length).toBe(2);
	writer.pocket = true;
	await expect.poll(() => text('.ask label')).toBe('Begin a new chat');
	writer.pocket = false;
	await expect.poll(() => text('.ask label')).toBe('Go on with this chat');
	await say('Hello');
	expect(asked[1].messages.length).toBe(3);
});

test('a turn whose tokens cannot be laid is told, and the roll is as it was', async () => {
	writer.use(onGpu({ laid: false }).engine);
	await show();
	await say('Hello');
	expect(text('figure .note')).toMatch(/^SmolLM2 360M did not tell which of its tokens/);
	expect(all('.column').length).toBe(recorded.turns.length);
	expect(text('.head')).toMatch(/^Pocket model/);
});

test('the columns of a large window reach as high as the chat needs, to one scale', async () => {
	writer.use(onGpu().engine);
	await show();
	await say(Array(120).fill('word').join(' '));
	const ground = find('.ground').getBoundingClientRect().height;
	const drawn = heights('.up .block').reduce((a, b) => a + b, 0);
	expect(drawn / ground).toBeCloseTo((12 + 122 + 3) / 200, 1);
	expect(text('.window')).toBe('the window ends far above, at 4,096 tokens');
});

test('without money it counts tokens, has no price, and a fragment brings none', async () => {
	history.replaceState(null, '', '#roll.view=cached');
	const { engine } = told();
	await show(engine, { money: false });
	expect(text('.sums .sent dd')).toMatch(/^\d/);
	expect(exhibit().textContent).not.toMatch(/\$|billed at/);
	expect(find('.segments').checkVisibility()).toBe(false);
	expect(heights('.known').every((height) => height === 0)).toBe(true);
});

/** What is saved by the button, as a file. */
async function saved(): Promise<File> {
	const file = new Promise<File>((resolve) => {
		vi.spyOn(URL, 'createObjectURL').mockImplementation((content) => {
			resolve(new File([content as Blob], 'chat.json'));
			return 'blob:test';
		});
	});
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
	press('Save this run');
	return file;
}

function open(file: File): void {
	const transfer = new DataTransfer();
	transfer.items.add(file);
	find<HTMLInputElement>('input[type=file]').files = transfer.files;
	find('input[type=file]').dispatchEvent(new Event('change', { bubbles: true }));
}

const rows = () =>
	[...exhibit().querySelectorAll('tbody tr')].map((row) =>
		[...row.querySelectorAll('td')].map((cell) => cell.textContent!.trim())
	);

test('a chat with a model on the GPU is saved as it lies, and opened where that model is not', async () => {
	const { engine } = onGpu();
	writer.use(engine);
	await show();
	await say('My name is Ada.');
	await say('And yours?');
	const [before, words] = [rows(), text('.transcript')];
	const file = await saved();

	writer.use(undefined);
	cleanup();
	await show(told().engine);
	open(file);
	await expect.poll(() => text('.head')).toMatch(/^SmolLM2 360M, a chat recorded \d/);
	expect(rows()).toEqual(before);
	expect(text('.transcript')).toBe(words);
	expect(text('.window')).toContain('4,096 tokens');
	expect(text('table caption')).toBe('Tokens of each turn, as SmolLM2 360M counts them.');

	// it can be handed on as it came, and played
	expect(JSON.parse(await (await saved()).text())).toEqual(JSON.parse(await file.text()));
	press('Play it again');
	await expect.poll(busy).toBe('false');
	expect(rows()).toEqual(before);

	// another model does not go on with it
	await say('Hello');
	expect(text('.head')).toMatch(/^Pocket model, a chat live/);
	expect(all('.column').length).toBe(1);
	expect(JSON.parse(await (await saved()).text())).not.toHaveProperty('chat');
});

test('a chat of a model on the GPU is gone on with by that model', async () => {
	const first = onGpu();
	writer.use(first.engine);
	await show();
	await say('My name is Ada.');
	const file = await saved();
	cleanup();

	const { engine, asked } = onGpu();
	writer.use(engine);
	await show();
	open(file);
	await expect.poll(() => text('.ask label')).toBe('Go on with this chat');
	await say('And yours?');
	expect(asked[0].messages.map(({ content }) => content)).toEqual(['My name is Ada.', 'All right then.', 'And yours?']); // prettier-ignore
	expect(text('.status')).toMatch(/from turn 2 on live$/);
	expect(JSON.parse(await (await saved()).text()).chat.turns.length).toBe(2);
});

test('a file that is chosen while a turn is written is not opened, and nothing is played on an empty roll', async () => {
	writer.use(onGpu().engine);
	await show();
	await say('Hello');
	const file = await saved();
	writer.use(undefined);
	cleanup();
	const other = told({ hold: 0 });
	await show(other.engine);
	press('Run it live');
	await expect.poll(() => other.asked.length).toBe(1);
	open(file);
	await new Promise((wait) => setTimeout(wait, 200));
	expect(busy()).toBe('true');
	expect(text('.head')).toMatch(/^Pocket model/);
	press('Stop');
	await expect.poll(busy).toBe('false');

	open(file);
	await expect.poll(() => text('.head')).toMatch(/^SmolLM2 360M/);
	press(/^New chat/);
	await expect.poll(() => all('.column').length).toBe(0);
	press('Play it again');
	await new Promise((wait) => setTimeout(wait, 50));
	expect(busy()).toBe('false');
	expect(all('.column').length).toBe(0);
});

test('a run of another model that does not say how its tokens lie is refused, and the roll is as it was', async () => {
	const { engine } = onGpu();
	writer.use(engine);
	await show();
	await say('My name is Ada.');
	const { chat: _, ...bare } = JSON.parse(await (await saved()).text());
	const before = rows();
	open(new File([JSON.stringify(bare)], 'chat.json'));
	await expect.poll(() => text('.keep .said')).toMatch(/^This run is of another model.*Nothing was changed\.$/); // prettier-ignore
	expect(rows()).toEqual(before);
	expect(text('.head')).toMatch(/^SmolLM2 360M, a chat live/);
});

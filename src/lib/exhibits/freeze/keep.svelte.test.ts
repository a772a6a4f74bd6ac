import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { Tab } from '#lib/meter/tab.svelte.ts';
import type { Request } from '#lib/events.ts';
import { Asking, type Fingerprinted } from './asking.svelte.ts';
import Page from './Exhibit.fixture.svelte';
import { Freeze, type Recorded } from './freeze.svelte.ts';
import { LARGEST_FILE } from './keep.ts';
import { MOST_PROMPTS } from './limits.ts';
import recorded from './recorded.json';
import { readFreezeRecord, type FreezeRecord } from './record.ts';
import { sha, told, trainer } from './testing/told.ts';

const exhibit = () => document.querySelector<HTMLElement>('.exhibit-freeze')!;
const find = <E extends Element = HTMLElement>(selector: string) =>
	exhibit().querySelector<E>(selector)!;
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const named = (name: string) =>
	[...exhibit().querySelectorAll('button')].find((one) => one.textContent!.trim() === name)!;
const press = (name: string) => named(name).click();
const busy = () => exhibit().getAttribute('aria-busy');
const said = () => text('.keep [role=status]');

/** Answers with the question and its seed. */
const echo = ({ messages, seed }: Request) => [`${messages.at(-1)!.content} `, String(seed)];

async function show(engine: Fingerprinted = told({ answer: echo }).engine) {
	await render(Page, { tab: new Tab(), learning: trainer(), engine: async () => engine });
}

async function ask(question: string) {
	const input = find<HTMLInputElement>('.act input');
	input.value = question;
	input.dispatchEvent(new Event('input', { bubbles: true }));
	await expect.poll(() => named('Run this prompt').getAttribute('aria-disabled')).toBe('false');
	press('Run this prompt');
	await expect.poll(() => text('.it')).toContain(question);
	await expect.poll(busy).toBe('false');
}

function choose(content: string | Blob): void {
	const input = find<HTMLInputElement>('input[type=file]');
	const transfer = new DataTransfer();
	transfer.items.add(new File([content], 'proof.json', { type: 'application/json' }));
	input.files = transfer.files;
	input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** What is downloaded, as text. */
function downloads(): Promise<{ name: string; text: string }> {
	return new Promise((resolve) => {
		vi.spyOn(URL, 'createObjectURL').mockImplementation((content) => {
			vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
				this: HTMLAnchorElement
			) {
				void (content as Blob).text().then((text) => resolve({ name: this.download, text }));
			});
			return 'blob:test';
		});
	});
}

async function saved() {
	const coming = downloads();
	press('Save this proof');
	const file = await coming;
	vi.restoreAllMocks();
	return file;
}

/** A proof of two prompts, three things taught and one step of training. */
async function made(): Promise<FreezeRecord> {
	await show();
	await ask('One?');
	await ask('Two?');
	press('Run these three');
	await expect.poll(() => text('.counts b')).toBe('5');
	await expect.poll(busy).toBe('false');
	press('One step');
	await expect.poll(() => text('.side:nth-child(2) .counts b')).toBe('1');
	const { name, text: content } = await saved();
	expect(name).toMatch(/^running-tab-freeze-proof-\d{4}-\d\d-\d\d-5-prompts\.json$/);
	expect(said()).toBe(`Saved as ${name}, in your downloads.`);
	return JSON.parse(content);
}

beforeEach(() => {
	sessionStorage.clear();
	localStorage.clear();
	history.replaceState(null, '', location.pathname + location.search);
});
afterEach(() => {
	vi.restoreAllMocks();
	document.body.innerHTML = '';
});

test('what was asked is saved with every answer and the fingerprint after it; before, there is nothing to save', async () => {
	await show();
	expect(named('Save this proof').getAttribute('aria-disabled')).toBe('true');
	const none = vi.spyOn(URL, 'createObjectURL');
	press('Save this proof');
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(none).not.toHaveBeenCalled();
	document.body.innerHTML = '';

	const record = await made();
	expect(readFreezeRecord(record)).toEqual(record);
	expect(record.before).toBe(sha(7));
	expect(record.prompts.map(({ answered }) => answered)).toEqual([
		'One? 17',
		'Two? 18',
		'My name is Mina. 17',
		'What is my name? 17',
		'What is my name? 17'
	]);
	expect(record.prompts[3].request.messages).toHaveLength(3);
	expect(record.prompts[0]).toMatchObject({ sent: 5, came: 2, sha256: sha(7) });
	expect(record.learnt).toEqual({ weights: 25472, sha256: [sha(1000), sha(1001)] });
	expect(record.taught!.said.map(({ asked }) => asked)).toEqual([
		'My name is Mina.',
		'What is my name?',
		'What is my name?'
	]);
	expect(record.model).toEqual({ name: 'told', parameters: 1234567 });
	expect(Math.abs(Date.parse(record.date) - Date.now())).toBeLessThan(60_000);
});

test('what was saved is opened, says the same, and comes out again where the weights are the same', async () => {
	const record = await made();
	document.body.innerHTML = '';
	const { engine, asked } = told({ answer: echo });
	await show(engine);
	record.taught!.word = 'Ada';
	choose(JSON.stringify(record));
	await expect.poll(said).toBe('Opened: 5 prompts.');
	expect(text('.status')).toMatch(/^recorded \d.* on Chrome \d+/);
	expect(text('.caption')).toMatch(
		/^5 prompts, one fingerprint\. One step of training, 2 fingerprints\./
	);
	expect(text('.last .it')).toBe('What is my name? 17');
	expect(text('.side:first-child .soft')).toBe('told, 1.2 million weights, recorded');
	expect(text('.teach li:nth-child(3) .it')).toBe('What is my name? 17');
	expect(location.hash).toBe('#freeze.word=Ada');
	find<HTMLElement>('details summary').click();
	await expect.poll(() => exhibit().querySelectorAll('.scroll ol li').length).toBe(5);
	expect(asked).toEqual([]);

	// saved again it is the file as it was
	expect(JSON.parse((await saved()).text)).toEqual(readFreezeRecord(record));

	press('Run these 5 again');
	await expect.poll(() => text('figcaption .note')).toMatch(/^All 5 answers came out here/);
	await expect.poll(busy).toBe('false');
	expect(asked.map(({ seed }) => seed)).toEqual([17, 18, 17, 17, 17]);
	expect(asked[3]).toEqual(record.prompts[3].request);
	expect(text('.status')).toBe('live, in this tab');
	press('Run a hundred more');
	await expect.poll(() => text('figcaption .note')).toMatch(/^Every answer is on the tab/);
	press('Stop');
	await expect.poll(busy).toBe('false');
	const more = readFreezeRecord(JSON.parse((await saved()).text));
	expect(more.prompts.slice(0, 5)).toEqual(record.prompts);
	expect(more.prompts.length).toBe(Number(text('.counts b')));
});

/** Answers, but stands still over what is asked as the `at`th. */
function held(at: number): Fingerprinted {
	const { engine } = told({ answer: echo });
	let asked = 0;
	const run = engine.run.bind(engine);
	engine.run = async function* (request, signal) {
		const hold = ++asked === at;
		for await (const event of run(request, signal)) {
			yield event;
			if (hold && event.type === 'token' && !signal.aborted) {
				await new Promise((resolve) => signal.addEventListener('abort', resolve));
			}
		}
	};
	return engine;
}

test('what was stopped in the midst of an answer is not compared', async () => {
	const record = await made();
	document.body.innerHTML = '';
	await show(held(2));
	choose(JSON.stringify(record));
	await expect.poll(said).toBe('Opened: 5 prompts.');
	expect(find<HTMLInputElement>('input[type=file]').value).toBe('');
	press('Run these 5 again');
	await expect.poll(() => text('.last .it')).toBe('One? 17');
	await expect.poll(() => exhibit().dataset.tokens).toBe('3');
	press('Stop');
	await expect.poll(busy).toBe('false');
	expect(text('figcaption .note')).toMatch(/^The answer came out here as it stands in the file/);
	const { prompts } = JSON.parse((await saved()).text);
	expect(prompts[1]).toMatchObject({ answered: 'Two? ', stopped: true });
});

test('what is taught is saved when all three were said, and nothing is where nothing was answered', async () => {
	await show(held(3));
	press('Run these three');
	await expect.poll(() => exhibit().dataset.tokens).toBe('5');
	press('Stop');
	await expect.poll(busy).toBe('false');
	const record = JSON.parse((await saved()).text);
	expect(record.prompts.length).toBe(3);
	expect(record).not.toHaveProperty('taught');
	document.body.innerHTML = '';

	await show(told({ error: 'It broke.' }).engine);
	const input = find<HTMLInputElement>('.act input');
	input.value = 'Why?';
	input.dispatchEvent(new Event('input', { bubbles: true }));
	await expect.poll(() => named('Run this prompt').getAttribute('aria-disabled')).toBe('false');
	press('Run this prompt');
	await expect.poll(() => text('figcaption .note')).toBe('It broke.');
	expect(named('Save this proof').getAttribute('aria-disabled')).toBe('true');
});

test('of more prompts than a file may have the last are kept, with the fingerprint before them', async () => {
	let at = 0;
	const { engine } = told({ answer: echo, weights: () => sha(at) });
	const asking = new Asking({ engine: async () => engine, watch: (run) => run });
	const freeze = new Freeze(recorded as unknown as Recorded, asking, trainer());
	freeze.pace.rate = Infinity;
	for (; at < MOST_PROMPTS + 2; at++) await freeze.one('?', 1);
	const { prompts, before } = freeze.proof!;
	expect(prompts.length).toBe(MOST_PROMPTS);
	expect(prompts[0].sha256).toBe(sha(2));
	expect(before).toBe(sha(1));
	expect(freeze.asked.count).toBe(MOST_PROMPTS + 2);
}, 30_000);

test.each([
	['another answer', { answer: () => ['else'] }],
	['other weights', { answer: echo, weights: () => sha(8) }]
])('%s than in the file is told', async (_, options) => {
	const record = await made();
	document.body.innerHTML = '';
	await show(told(options).engine);
	choose(JSON.stringify({ ...record, prompts: record.prompts.slice(0, 2) }));
	await expect.poll(said).toBe('Opened: 2 prompts.');
	press('Run these 2 again');
	await expect.poll(() => text('figcaption .note')).toMatch(/^None of 2 answers came out here/);
});

test('a proof of which nothing was taught leaves that as it was recorded', async () => {
	const { taught: _, learnt: __, ...record } = await made();
	document.body.innerHTML = '';
	await show();
	const before = text('.teach ol');
	choose(JSON.stringify(record));
	await expect.poll(said).toBe('Opened: 5 prompts.');
	expect(text('.teach ol')).toBe(before);
	expect(text('.side:nth-child(2) .counts b')).toBe('100');
	expect(location.hash).toBe('');
});

test('an answer that was stopped is the beginning of the whole one', async () => {
	const record = await made();
	document.body.innerHTML = '';
	await show();
	const [one, two] = record.prompts;
	const prompts = [
		{ ...one, answered: 'One?', stopped: true },
		{ ...two, answered: 'Two?' }
	];
	choose(JSON.stringify({ ...record, prompts }));
	await expect.poll(said).toBe('Opened: 2 prompts.');
	press('Run these 2 again');
	await expect.poll(() => text('figcaption .note')).toMatch(/^1 of 2 answers came out here/);
});

test('what is trained after a file was opened begins anew, and is not of the file', async () => {
	const record = await made();
	choose(JSON.stringify({ ...record, learnt: { weights: 9, sha256: [sha(1), sha(2), sha(3)] } }));
	await expect.poll(said).toBe('Opened: 5 prompts.');
	expect(text('.side:nth-child(2) .counts b')).toBe('2');
	press('One step');
	await expect.poll(() => text('.side:nth-child(2) .counts b')).toBe('1');
	expect(text('.side:nth-child(2) .soft')).toContain('live');
	expect(text('.side:first-child .soft')).toContain('recorded');
});

test.each([
	['no JSON', '{', /not a freeze proof that can be opened: the file is not JSON\. Nothing was/],
	['a run', '{"schema":1,"engine":"pocket"}', /kind must be freeze record\. Nothing was changed/],
	['a script for a hash', (r: FreezeRecord) => ({ ...r, before: '<img src=x>' }), /before must be/],
	['nothing', '', /not JSON/]
])('%s changes nothing and is a sentence', async (_, content, why) => {
	const record = await made();
	const before = { caption: text('.caption'), teach: text('.teach'), faces: text('.sides') };
	choose(typeof content === 'string' ? content : JSON.stringify(content(record)));
	await expect.poll(said).toMatch(why);
	expect({ caption: text('.caption'), teach: text('.teach'), faces: text('.sides') }).toEqual(
		before
	);
	expect(find('img')).toBeNull();
});

test('a file that is too large is not read', async () => {
	await show();
	const read = vi.spyOn(Blob.prototype, 'text');
	choose(new Blob([new Uint8Array(LARGEST_FILE + 1)]));
	await expect.poll(said).toMatch(/^This file is larger than the 12 MB/);
	expect(read).not.toHaveBeenCalled();
});

test('markup in an answer is text, and a name of control signs is shown as signs', async () => {
	const record = await made();
	record.prompts = [{ ...record.prompts[0], answered: '<img src=x onerror=alert(1)>' }];
	record.model.name = '<b>\u0007';
	choose(JSON.stringify(record));
	await expect.poll(said).toBe('Opened: one prompt.');
	expect(text('.last .it')).toBe('<img src=x onerror=alert(1)>');
	expect(text('.side:first-child .soft')).toContain('<b>␇');
	expect(find('img')).toBeNull();
	expect(named('Run it again')).toBeTruthy();
});

test('nothing is opened or saved while something is asked or trained', async () => {
	const record = await made();
	press('Run a hundred more');
	await expect.poll(busy).toBe('true');
	for (const name of ['Save this proof', 'Open a proof']) {
		expect(named(name).getAttribute('aria-disabled')).toBe('true');
	}
	const none = vi.spyOn(URL, 'createObjectURL');
	press('Save this proof');
	const whole = text('.counts b');
	choose(JSON.stringify({ ...record, prompts: record.prompts.slice(0, 1) }));
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(text('.status')).toMatch(/^live/);
	expect(none).not.toHaveBeenCalled();
	expect(said()).toMatch(/^Saved/);
	expect(Number(text('.counts b'))).toBeGreaterThanOrEqual(Number(whole));
	press('Stop');
	await expect.poll(busy).toBe('false');

	press('Train a hundred steps');
	await expect.poll(() => named('Pause')).toBeTruthy();
	choose(JSON.stringify({ ...record, prompts: record.prompts.slice(0, 1) }));
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(text('.status')).toBe('live, in this tab');
	press('Pause');
});

import { afterEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/prose.css';
import type { Engine } from '#lib/engine/engine.ts';
import { readRecord } from '#lib/engine/record.ts';
import type { RunEvent, RunRecord } from '#lib/events.ts';
import shipped from '../spike/recorded.json';
import Keep from './Keep.svelte';
import { LARGEST_FILE } from './open.ts';
import { Pace } from './pace.ts';
import { Run } from './run.svelte.ts';

const request = { ...shipped.request, messages: [{ role: 'user', content: 'Hello <b>there</b>' }] };
const usage = { promptTokens: 3, cachedTokens: 0, prefillMs: 1.23456, decodeMs: 2 };

/** An engine that writes `texts` at once. */
const told = (texts: string[]): Engine => ({
	name: 'told',
	model: { name: 'told model', parameters: 12, sha256: 'ab' },
	async *run(): AsyncGenerator<RunEvent, void, void> {
		yield { type: 'started', at: 0, promptTokens: 3, cachedTokens: 0 };
		for (const [index, text] of texts.entries()) {
			yield { type: 'token', index, at: index + 0.12345, text, logprob: -0.123456 };
		}
		const settled = { ...usage, outputTokens: texts.length };
		yield { type: 'settled', at: 9, usage: settled, reason: 'finished' };
	},
	dispose() {}
});

async function show(texts = ['A', ' b', ' c.'], more: object = {}) {
	const run = new Run(shipped as never, new Pace(Infinity), {
		engine: async () => told(texts),
		watch: (events) => events
	});
	const opened = vi.fn();
	const page = await render(Keep, { run, onopened: opened, ...more });
	const input = page.container.querySelector<HTMLInputElement>('input[type=file]')!;
	const said = () => page.container.querySelector('[role=status]')!.textContent!;
	return { run, page, opened, input, said };
}

const file = (text: string | Blob) => new File([text], 'run.json', { type: 'application/json' });

/** As a file chosen in the browser's own dialogue. */
function choose(input: HTMLInputElement, chosen: File): void {
	const transfer = new DataTransfer();
	transfer.items.add(chosen);
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

afterEach(() => void vi.restoreAllMocks());

test('a live run is saved as a record that can be read, with device and date', async () => {
	const { run, page } = await show();
	await run.start(request as never);
	const saved = downloads();
	await page.getByRole('button', { name: 'Save this run' }).click();
	const { name, text } = await saved;
	const record = readRecord(JSON.parse(text));
	expect(name).toMatch(/^running-tab-\d{4}-\d\d-\d\d-hello-b-there-b-seed-6\.json$/);
	expect(record.tokens.map((token) => token.text)).toEqual(['A', ' b', ' c.']);
	expect(record.tokens[1]).toEqual({ index: 1, at: 1.12, text: ' b', logprob: -0.1235 });
	expect(record.usage).toEqual({ ...usage, prefillMs: 1.23, outputTokens: 3 });
	expect(record.model).toEqual({ name: 'told model', parameters: 12, sha256: 'ab' });
	expect(record.device).toMatchObject({ browser: expect.stringMatching(/^Chrome \d+$/) });
	expect(Math.abs(Date.parse(record.date) - Date.now())).toBeLessThan(60_000);
});

test('what was saved can be opened, and is the same run, labelled as recorded', async () => {
	const one = await show();
	await one.run.start(request as never);
	const saved = downloads();
	await one.page.getByRole('button', { name: 'Save this run' }).click();
	const { text } = await saved;
	await one.page.unmount();

	const two = await show();
	choose(two.input, file(text));
	await expect
		.poll(two.said)
		.toMatch(/^Opened: Told model, recorded \d.* on Chrome \d+, .*3 tokens/);
	expect(two.run.shown.source).toBe('recorded');
	expect(two.run.shown.tokens.map((token) => token.text)).toEqual(['A', ' b', ' c.']);
	expect(two.run.shown.request).toEqual(request);
	expect(two.opened).toHaveBeenCalledOnce();
});

const record = { ...shipped, cuts: undefined };
const hostile: [string, string | Blob, RegExp][] = [
	['no JSON', '{"schema": 1,', /not JSON/],
	['NaN', JSON.stringify(record).replace(/"at":[\d.]+/, '"at":NaN'), /not JSON/],
	['null', 'null', /record must be an object/],
	['a newer schema', JSON.stringify({ ...record, schema: 2 }), /schema must be 1/],
	['a negative time', JSON.stringify(record).replace(/"at":[\d.]+/, '"at":-1'), /from 0 to/],
	[
		'a time beyond numbers',
		JSON.stringify(record).replace(/"at":[\d.]+/, '"at":1e999'),
		/from 0 to/
	],
	[
		'a million tokens',
		JSON.stringify({ ...record, tokens: Array.from({ length: 1e6 }, () => 0) }),
		/at most 100,000/
	],
	['prototype keys', '{"__proto__": {"schema": 1}, "constructor": {"prototype": {}}}', /schema/],
	['50 MB', new Blob([new Uint8Array(50_000_000)]), /larger than the 12 MB that/]
];

test.each(hostile)('%s: a sentence, and nothing is changed', async (_, content, sentence) => {
	const { run, input, said, opened } = await show();
	const before = run.shown;
	choose(input, file(content));
	await expect.poll(said).toMatch(sentence);
	expect(said()).toMatch(/Nothing was changed\.$/);
	expect(run.shown).toBe(before);
	expect(opened).not.toHaveBeenCalled();
	expect(({} as { schema?: number }).schema).toBeUndefined();
});

test('a file too long is refused unread', async () => {
	const { input, said } = await show();
	const read = vi.spyOn(Blob.prototype, 'text');
	choose(input, file(new Blob([new Uint8Array(LARGEST_FILE + 1)])));
	await expect.poll(said).toMatch(/larger than the 12 MB/);
	expect(read).not.toHaveBeenCalled();
});

test('a recording is played with its own timing, faster, and token by token', async () => {
	const { run, page } = await show();
	const slow: RunRecord = {
		...readRecord(shipped),
		tokens: [0, 300, 600].map((at, index) => ({ index, at, text: ` ${index}` })),
		usage: { ...usage, outputTokens: 3 }
	};
	run.open(slow);
	const times: number[] = [];
	const play = async (label: string) => {
		await page.getByRole('combobox').selectOptions(label);
		const start = performance.now();
		await page.getByRole('button', { name: 'Play it again' }).click();
		await expect.poll(() => run.phase).toBe('rest');
		times.push(performance.now() - start);
	};
	await play('as fast as it was');
	await play('ten times as fast');
	expect(times[0]).toBeGreaterThan(600);
	expect(times[1]).toBeLessThan(times[0]);

	await page.getByRole('combobox').selectOptions('one token a press');
	await page.getByRole('button', { name: 'Play it again' }).click();
	const next = page.getByRole('button', { name: 'Next token' });
	for (const came of [1, 2]) {
		if (came > 1) await next.click();
		await expect.poll(() => run.shown.counts.came).toBe(came);
		await new Promise((resolve) => setTimeout(resolve, 350));
		expect(run.shown.counts.came).toBe(came);
	}
	await page.getByRole('button', { name: 'Stop playing' }).click();
	await expect.poll(() => run.phase).toBe('rest');
	expect(run.shown.counts.came).toBe(3);
	expect(run.liveTokens).toBe(0);
});

test('what was run here is played again from its own record', async () => {
	const { run, page } = await show();
	await run.start(request as never);
	await page.getByRole('button', { name: 'Play it again' }).click();
	await expect.poll(() => run.phase).toBe('rest');
	expect(run.shown.source).toBe('recorded');
	expect(run.shown.request).toEqual(request);
});

test('while a run goes on nothing is saved or opened', async () => {
	const { run, page, input, opened } = await show();
	run.gate.close();
	const over = run.start(request as never);
	await expect.poll(() => run.phase).toBe('running');
	const click = vi.spyOn(HTMLAnchorElement.prototype, 'click');
	await page.getByRole('button', { name: 'Save this run' }).click({ force: true });
	choose(input, file(JSON.stringify(record)));
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(click).not.toHaveBeenCalled();
	expect(opened).not.toHaveBeenCalled();
	expect(run.shown.source).toBe('live');
	run.stop();
	await over;
});

test('what an exhibit has to save is not saved while something runs, nor before there is something', async () => {
	const click = vi.spyOn(HTMLAnchorElement.prototype, 'click');
	const there = [
		{ name: 'Save both', record: shipped as never },
		{ name: 'Save the other', record: undefined }
	];
	const { run, page, said } = await show(['A'], { saves: there });
	await page.getByRole('button', { name: 'Save the other' }).click({ force: true });
	run.gate.close();
	const over = run.start(request as never);
	await expect.poll(() => run.phase).toBe('running');
	await page.getByRole('button', { name: 'Save both' }).click({ force: true });
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(click).not.toHaveBeenCalled();
	expect(said()).toBe('');
	run.stop();
	await over;
	click.mockImplementation(() => {});
	await page.getByRole('button', { name: 'Save both' }).click();
	await expect.poll(said).toMatch(/^Saved as running-tab/);
});

test('a file that cannot be opened just now is not said to be, and the same one can be chosen again', async () => {
	const { run, input, said, opened } = await show();
	vi.spyOn(run, 'open').mockReturnValue(false);
	choose(input, file(JSON.stringify(record)));
	await expect.poll(() => input.value).toBe('');
	expect(said()).toBe('');
	expect(opened).not.toHaveBeenCalled();
});

test('nothing is played where nothing was written', async () => {
	const { run, page, said } = await show();
	run.open({ ...readRecord(shipped), tokens: [], usage: { ...usage, outputTokens: 0 } });
	const button = page.getByRole('button', { name: 'Play it again' });
	await expect.element(button).toHaveAttribute('aria-disabled', 'true');
	const play = vi.spyOn(run, 'play');
	const again = vi.spyOn(run, 'open');
	await button.click({ force: true });
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(play).not.toHaveBeenCalled();
	expect(again).not.toHaveBeenCalled();
	expect(said()).toBe('');
});

test('what was run here keeps the cuts of its prompt when it is played', async () => {
	const { run, page } = await show();
	await run.start(request as never);
	run.cut(run.shown.request, ['Hel', 'lo']);
	await expect.poll(() => run.shown.cuts).toEqual(['Hel', 'lo']);
	await page.getByRole('button', { name: 'Play it again' }).click();
	await expect.poll(() => run.phase).toBe('rest');
	expect(run.shown.source).toBe('recorded');
	expect(run.shown.cuts).toEqual(['Hel', 'lo']);
});

import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '#lib/events.ts';
import type { PriceCard } from '#lib/ledger/card.ts';
import { dollars, toNumber } from './money.ts';
import { Tab } from './tab.svelte.ts';

const small: PriceCard = {
	key: 'small',
	vendor: 'Acme',
	model: 'Small',
	label: 'Small, May 2026',
	from: '2026-05-01',
	input: '0.1',
	output: '0.5',
	source: 'https://example.org/'
};
const large: PriceCard = {
	...small,
	key: 'large',
	label: 'Large, March 2023',
	input: '30',
	output: '60'
};

const key = { visit: 'running-tab.visit', card: 'running-tab.card' };

/** A run of `tokens` tokens that writes down whether it was ended early. */
function run(prompt: number, tokens: number, settled?: { prompt: number; output: number }) {
	const state = { closed: false };
	async function* events(): AsyncGenerator<RunEvent, void, void> {
		try {
			yield { type: 'started', at: 0, promptTokens: prompt, cachedTokens: 0 };
			for (let index = 0; index < tokens; index++) {
				yield { type: 'token', index, at: index, text: 'a' };
			}
			const usage = {
				promptTokens: settled?.prompt ?? prompt,
				cachedTokens: 0,
				outputTokens: settled?.output ?? tokens,
				prefillMs: 1,
				decodeMs: 1
			};
			yield { type: 'settled', at: tokens, usage, reason: 'finished' };
		} finally {
			state.closed = true;
		}
	}
	return Object.assign(events(), { state });
}

async function finish(watched: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
	const events: RunEvent[] = [];
	for await (const event of watched) events.push(event);
	return events;
}

const counts = (tab: Tab) => [tab.usage.promptTokens, tab.usage.outputTokens, tab.runs];
const fresh = () => new Tab([large, small], 'small');

beforeEach(() => {
	sessionStorage.clear();
	localStorage.clear();
});

afterEach(() => vi.restoreAllMocks());

/** A run that took so long. */
async function* timed(prefillMs: number, decodeMs: number): AsyncGenerator<RunEvent, void, void> {
	yield { type: 'started', at: 0, promptTokens: 1, cachedTokens: 0 };
	const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 0, prefillMs, decodeMs };
	yield { type: 'settled', at: 1, usage, reason: 'finished' };
}

describe('watching a run', () => {
	test('passes every event through unchanged', async () => {
		const plain = await finish(run(23, 140));
		expect(await finish(fresh().watch(run(23, 140)))).toEqual(plain);
	});

	test('counts the prompt when it starts and every token as it comes', async () => {
		const tab = fresh();
		const watched = tab.watch(run(23, 140));

		expect(counts(tab)).toEqual([0, 0, 0]);
		await watched.next();
		expect(counts(tab)).toEqual([23, 0, 1]);
		await watched.next();
		await watched.next();
		await vi.waitFor(() => expect(counts(tab)).toEqual([23, 2, 1]));
		expect(tab.running).toBe(true);
		await finish(watched);
		expect(counts(tab)).toEqual([23, 140, 1]);
		expect(tab.running).toBe(false);
		expect(dollars(tab.bill)).toBe('$0.0000723');
	});

	test('puts fast tokens up together, and the last one when the run settles', async () => {
		const tab = fresh();
		const seen: number[] = [];
		const stop = $effect.root(() => {
			$effect(() => void seen.push(tab.usage.outputTokens));
		});
		for await (const event of tab.watch(run(23, 500))) if (event.type === 'token') flushSync();
		flushSync();
		stop();
		expect(seen.at(-1)).toBe(500);
		expect(seen.length).toBeLessThan(20);
	});

	test('believes the run when it settles', async () => {
		const tab = fresh();
		await finish(tab.watch(run(23, 140, { prompt: 20, output: 139 })));
		expect(counts(tab)).toEqual([20, 139, 1]);
	});

	test('sums several runs, also at once', async () => {
		const tab = fresh();
		await Promise.all([
			finish(tab.watch(run(10, 5))),
			finish(tab.watch(run(1, 7, { prompt: 2, output: 7 }))),
			finish(tab.watch(run(3, 0)))
		]);
		expect(counts(tab)).toEqual([15, 12, 3]);
	});

	test('keeps what a run had produced when it is left early, and closes it', async () => {
		const tab = fresh();
		const source = run(23, 140);
		for await (const event of tab.watch(source)) {
			if (event.type === 'token' && event.index === 9) break;
		}
		expect(counts(tab)).toEqual([23, 10, 1]);
		expect(tab.running).toBe(false);
		expect(source.state.closed).toBe(true);
	});

	test('keeps what a run had produced when it throws', async () => {
		const tab = fresh();
		async function* broken(): AsyncGenerator<RunEvent, void, void> {
			yield { type: 'started', at: 0, promptTokens: 5, cachedTokens: 0 };
			yield { type: 'token', index: 0, at: 1, text: 'a' };
			throw new Error('gone');
		}
		await expect(finish(tab.watch(broken()))).rejects.toThrow('gone');
		expect(counts(tab)).toEqual([5, 1, 1]);
		expect(tab.running).toBe(false);
	});

	test('asks for nothing before it is asked', async () => {
		const tab = fresh();
		const source = run(23, 140);
		const next = vi.spyOn(source, 'next');
		const watched = tab.watch(source);
		await watched.next();
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(next).toHaveBeenCalledTimes(1);
		await watched.return();
	});

	test.each([NaN, -5, 1.5, Infinity, 1e15])(
		'is not upset by an engine that counts %d',
		async (bad) => {
			const tab = fresh();
			await finish(tab.watch(run(bad, 3, { prompt: bad, output: bad })));
			expect(counts(tab)).toEqual([0, 3, 1]);
			expect(toNumber(tab.bill)).toBeGreaterThan(0);
		}
	);

	test('does not bill what this device had cached as cached', async () => {
		const tab = fresh();
		await finish(tab.watch(run(23, 1)));
		expect(tab.usage.cachedTokens).toBe(0);
	});
});

describe('the card', () => {
	test('prices the whole visit afresh: money is never added up', async () => {
		const tab = fresh();
		await finish(tab.watch(run(23, 140)));
		tab.card = large;
		expect(dollars(tab.bill)).toBe('$0.00909');
		await finish(tab.watch(run(23, 140)));
		tab.card = small;
		expect(dollars(tab.bill)).toBe('$0.0001446');
	});

	test('is remembered, and the standard one is remembered as nothing', () => {
		fresh().card = large;
		const later = fresh();
		expect(later.card).toBe(small);
		const stop = later.follow();
		expect(later.card).toBe(large);
		later.card = small;
		expect(localStorage.getItem(key.card)).toBeNull();
		stop();
	});

	test.each(['', 'gone', '__proto__', '{"key":"large"}', 'x'.repeat(1e5)])(
		'stored as %.20j is the standard one',
		(stored) => {
			localStorage.setItem(key.card, stored);
			const tab = fresh();
			tab.follow()();
			expect(tab.card).toBe(small);
		}
	);

	test('of another list is ignored', () => {
		const tab = fresh();
		tab.card = { ...large };
		expect(tab.card).toBe(small);
	});

	test('follows a choice made in another tab of the site', () => {
		const tab = fresh();
		const stop = tab.follow();
		localStorage.setItem(key.card, 'large');
		dispatchEvent(new StorageEvent('storage', { key: key.card }));
		expect(tab.card).toBe(large);
		stop();
	});
});

describe('the visit', () => {
	test('survives a reload', async () => {
		await finish(fresh().watch(run(23, 140)));
		const tab = fresh();
		expect(counts(tab)).toEqual([0, 0, 0]);
		tab.follow()();
		expect(counts(tab)).toEqual([23, 140, 1]);
		expect(dollars(tab.bill)).toBe('$0.0000723');
	});

	test('survives a reload in the middle of a run', async () => {
		const tab = fresh();
		const stop = tab.follow();
		const watched = tab.watch(run(23, 140));
		for (let i = 0; i < 11; i++) await watched.next();
		dispatchEvent(new PageTransitionEvent('pagehide'));
		stop();

		const later = fresh();
		later.follow()();
		expect(counts(later)).toEqual([23, 10, 1]);
	});

	test('takes up what other pages added while this one slept', () => {
		const tab = fresh();
		const stop = tab.follow();
		sessionStorage.setItem(key.visit, '{"sent":7,"came":8,"runs":2}');
		dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
		expect(counts(tab)).toEqual([0, 0, 0]);
		dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
		expect(counts(tab)).toEqual([7, 8, 2]);
		stop();
	});

	test.each([
		'',
		'null',
		'[]',
		'23',
		'{"sent":23}',
		'{"sent":-1,"came":1,"runs":1}',
		'{"sent":1e300,"came":1,"runs":1}',
		'{"sent":"23","came":1,"runs":1}',
		'{"sent":1.5,"came":1,"runs":1}',
		'{"sent":null,"came":1,"runs":1}',
		'{"sent":9007199254740993,"came":1,"runs":1}',
		'<script>',
		'{"version":3,"sent":1,"came":1,"runs":1}',
		'{"version":"2","sent":1,"came":1,"runs":1}',
		'{"sent":1,"came":1,"runs":1,"reused":2}',
		`{"sent":1,"came":1,"runs":1,"x":"${'y'.repeat(20_000)}"}`
	])('stored as %.50s is taken for nothing', (stored) => {
		sessionStorage.setItem(key.visit, stored);
		const tab = fresh();
		tab.follow()();
		expect(counts(tab)).toEqual([0, 0, 0]);
		expect(dollars(tab.bill)).toBe('$0.00');
	});

	test('lists its runs, and what the last one was asked', async () => {
		const tab = fresh();
		const request = {
			messages: [{ role: 'user' as const, content: 'Where is the boat?' }],
			temperature: 0.7,
			topK: 0,
			seed: 7,
			maxTokens: 200
		};
		await finish(tab.watch(run(23, 140), { model: 'Pocket model', request }));
		await finish(tab.watch(run(5, 6)));
		expect(tab.lines.map(({ model, sent, came }) => [model, sent, came])).toEqual([
			['Pocket model', 23, 140],
			['a model', 5, 6]
		]);
		expect(tab.lines[0].at).toBeGreaterThan(Date.now() - 60_000);
		expect(tab.last).toBeUndefined();
		await finish(tab.watch(run(1, 1), { model: 'x'.repeat(1000), request }));
		expect(tab.lines[2].model.length).toBe(60);

		const later = fresh();
		later.follow()();
		expect(later.lines).toEqual(tab.lines);
		expect(later.last).toEqual({
			prompt: 'Where is the boat?',
			temperature: 0.7,
			topK: 0,
			seed: 7,
			maxTokens: 200
		});
	});

	test('a run says how long this device computed, and keeps it over a reload', async () => {
		const tab = fresh();
		await finish(tab.watch(timed(12.4, 53.2)));
		await finish(tab.watch(timed(NaN, 1)));
		expect(tab.lines.map(({ ms }) => ms)).toEqual([66, undefined]);
		const later = fresh();
		later.follow()();
		expect(later.lines.map(({ ms }) => ms)).toEqual([66, undefined]);
	});

	test.each(['-1', '1.5', '"66"', 'null', '1e300', '{"valueOf":1}'])(
		'a stored time of %s is none, and the run is still listed',
		(ms) => {
			sessionStorage.setItem(
				key.visit,
				`{"version":2,"sent":1,"came":1,"reused":0,"runs":1,"lines":[{"at":1,"model":"m","sent":1,"came":1,"ms":${ms}}]}`
			);
			const tab = fresh();
			tab.follow()();
			expect(tab.lines.map(({ model, ms }) => [model, ms])).toEqual([['m', undefined]]);
		}
	);

	test('lists no more than fifty runs, and counts them all', async () => {
		const tab = fresh();
		for (let i = 0; i < 53; i++) await finish(tab.watch(run(1, i)));
		expect(tab.lines.map(({ came }) => came)).toEqual(Array.from({ length: 50 }, (_, i) => i + 3));
		const later = fresh();
		later.follow()();
		expect(counts(later)).toEqual([53, (52 * 53) / 2, 53]);
		expect(later.lines.length).toBe(50);
	});

	test('keeps nothing of a conversation or a long text but its counts', async () => {
		const tab = fresh();
		const asked = { temperature: 0, topK: 0, seed: 1, maxTokens: 9 };
		const user = (content: string) => ({ role: 'user' as const, content });
		for (const messages of [
			[user('a'), user('secret')],
			[user('secret'.repeat(200))],
			[{ role: 'system' as const, content: 'secret' }],
			[]
		]) {
			await finish(tab.watch(run(1, 1), { model: 'm', request: { ...asked, messages } }));
			expect(tab.last).toBeUndefined();
		}
		expect(sessionStorage.getItem(key.visit)).not.toContain('secret');
	});

	test.each([
		'[{"at":1,"model":"m","sent":9,"came":1}]',
		'[{"at":1,"model":"m","sent":1,"came":1},{"at":1,"model":"m","sent":1,"came":1}]',
		'[{"at":null,"model":"m","sent":1,"came":1}]',
		'[{"at":1,"model":7,"sent":1,"came":1}]',
		'[{"at":1,"model":"m","sent":-1,"came":1}]',
		'[null]',
		'{"length":1}',
		'"<b>"'
	])('lists nothing of %s, and keeps the counts', (lines) => {
		sessionStorage.setItem(
			key.visit,
			`{"version":2,"sent":2,"came":2,"reused":0,"runs":1,"lines":${lines},"last":${lines}}`
		);
		const tab = fresh();
		tab.follow()();
		expect(counts(tab)).toEqual([2, 2, 1]);
		expect(tab.lines).toEqual([]);
		expect(tab.last).toBeUndefined();
	});

	test('counts what this device had still in mind, and bills it all the same', async () => {
		const tab = fresh();
		async function* again(): AsyncGenerator<RunEvent, void, void> {
			yield { type: 'started', at: 0, promptTokens: 30, cachedTokens: 20 };
			const usage = { promptTokens: 30, cachedTokens: 20, outputTokens: 0 };
			yield {
				type: 'settled',
				at: 1,
				usage: { ...usage, prefillMs: 1, decodeMs: 1 },
				reason: 'finished'
			};
		}
		await finish(tab.watch(again()));
		expect(tab.reused).toBe(20);
		expect(tab.usage).toEqual({ promptTokens: 30, cachedTokens: 0, outputTokens: 0 });
	});

	test('is torn off: nothing is on it, here or after a reload', async () => {
		const tab = fresh();
		await finish(tab.watch(run(23, 140), { model: 'm' }));
		const watched = tab.watch(run(5, 9, { prompt: 3, output: 9 }));
		for (let i = 0; i < 4; i++) await watched.next();
		tab.tear();
		expect([...counts(tab), ...tab.lines]).toEqual([0, 0, 0]);
		const later = fresh();
		later.follow()();
		expect([...counts(later), ...later.lines]).toEqual([0, 0, 0]);

		await finish(watched);
		expect(counts(tab)).toEqual([0, 6, 0]);
	});

	test('goes on where storage is forbidden', async () => {
		for (const method of ['getItem', 'setItem', 'removeItem'] as const) {
			vi.spyOn(Storage.prototype, method).mockImplementation(() => {
				throw new DOMException('forbidden', 'SecurityError');
			});
		}
		const tab = fresh();
		const stop = tab.follow();
		await finish(tab.watch(run(23, 140)));
		tab.card = large;
		expect(dollars(tab.bill)).toBe('$0.00909');
		stop();
	});
});

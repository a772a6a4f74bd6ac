/** @file What a stranger may have put into storage, and what a clock may say: the bill stays a bill. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readLedger } from '#lib/ledger/server/read.ts';
import { cardStore } from './cards.ts';
import { charge } from './charge.ts';
import { bill, compare, dollars, nothing } from './money.ts';
import { numbers } from './numbers.fixture.ts';
import { linesOf, localDates, textOf } from './receipt-lines.ts';
import { fileOf, receiptOf } from './receipt.ts';
import { read, write, zero, type Visit } from './visit.ts';

const { cards, prices } = readLedger('.');
const model = { name: 'Pocket model', sha256: '0123456789abcdef'.repeat(4), trainingTokens: 20e6 };

let stored: Record<string, string>;

beforeEach(() => {
	stored = {};
	const storage = {
		getItem: (key: string) => stored[key] ?? null,
		setItem: (key: string, value: string) => (stored[key] = value),
		removeItem: (key: string) => delete stored[key]
	};
	vi.stubGlobal('sessionStorage', storage);
	vi.stubGlobal('localStorage', storage);
});

afterEach(() => vi.unstubAllGlobals());

const sound: Visit = {
	counts: { sent: 68, came: 59, reused: 20, runs: 2 },
	lines: [
		{ at: Date.UTC(2026, 10, 26), model: 'Pocket model', sent: 30, came: 20 },
		{ at: Date.UTC(2026, 10, 26), model: 'Another', sent: 38, came: 39 }
	],
	last: { prompt: 'What?', seed: 7, temperature: 0.7, topK: 0, maxTokens: 200 }
};

/** Values as they may stand in JSON; some of them in no JSON of ours. */
const values = [
	...[
		'NaN',
		'-1',
		'1.5',
		'1e309',
		'-1e309',
		'1e308',
		'9007199254740993',
		'1000000000001',
		'0',
		'-0'
	],
	...['null', 'true', '""', '"1"', '"1e3"', '"١٢"', '"1,5"', '[]', '[1]', '{}', '{"length":1}'],
	...['{"__proto__":{"sent":5}}', '{"constructor":1}', '{"valueOf":1}', '"\\u202e"', '"__proto__"']
];

/** What must never stand on a bill or a receipt. */
const broken = /NaN|Infinity|undefined|null|\[object|[-−]\s?\$|\$\s?[-−]/;

const dates = localDates('en-GB');
const clocks = [undefined, NaN, 0, -1e15, 8.64e15, Date.UTC(2076, 10, 26)];
let looks = 0;

function everythingHolds(): void {
	const { counts, lines, last } = read() ?? { counts: zero, lines: [], last: undefined };
	const usage = { promptTokens: counts.sent, cachedTokens: 0, outputTokens: counts.came };
	for (const card of cards) {
		const sum = bill(usage, card);
		expect(compare(sum, nothing)).not.toBe(-1);
		expect(dollars(sum)).toMatch(/^\$\d{1,3}(,\d{3})*\.\d{2,}$/);
	}
	// Names and prompts are text, and may say anything: they are shown as text.
	const named = lines.map((line) => ({ ...line, model: 'a model' }));
	const asked = last && { ...last, prompt: 'What?' };
	const { reused, runs } = counts;
	const visited = { usage, reused, runs, lines: named, last: asked, card: cards[0] };
	const receipt = receiptOf(visited, model, clocks[looks++ % clocks.length]);
	expect(textOf(linesOf(receipt, dates))).not.toMatch(broken);
	expect(fileOf(receipt)).not.toMatch(/NaN|Infinity|null|: "?-\d/);
}

test('a sound visit comes back as it was', () => {
	write(sound);
	expect(read()).toEqual(sound);
	everythingHolds();
});

test('every place of a stored visit with every wrong value: counts or an empty tab, and never a broken bill', () => {
	write(sound);
	const [key] = Object.keys(stored);
	const text = stored[key];
	// Everything after a colon or a comma in the JSON that is a value of its own.
	const places = [...text.matchAll(/(?<=[:[,])(-?[\d.]+|"[^"]*"(?!:)|\{|\[)/g)];
	expect(places.length).toBeGreaterThan(20);
	let refused = 0;
	for (const { index, 0: old } of places) {
		for (const value of values) {
			stored[key] = text.slice(0, index) + value + text.slice(index + old.length);
			if (!read()) refused++;
			everythingHolds();
		}
	}
	expect(refused).toBeGreaterThan(100);
	expect(({} as Record<string, unknown>).sent).toBeUndefined();
});

test('1,000 stored visits torn at random', () => {
	write(sound);
	const [key] = Object.keys(stored);
	const text = stored[key];
	const draw = numbers(11);
	for (let i = 0; i < 1000; i++) {
		const cuts = Array.from({ length: 1 + (draw() % 3) }, () => draw() % text.length);
		stored[key] = cuts.reduce((torn, at) => {
			const what = draw() % 3;
			const bit = values[draw() % values.length];
			if (what === 0) return torn.slice(0, at);
			return torn.slice(0, at) + bit + torn.slice(at + (what === 1 ? 0 : bit.length));
		}, text);
		everythingHolds();
	}
});

test.each([
	['five megabytes', `{"version":2,"sent":1,"came":1,"runs":1,"x":"${'x'.repeat(5e6)}"}`],
	['brackets that never end', '['.repeat(100_000)],
	['a later version', JSON.stringify({ version: 3, ...sound.counts })],
	['more reused than sent', JSON.stringify({ version: 2, ...sound.counts, reused: 69 })],
	['a list', '[68,59,20,2]'],
	['nothing', ''],
	['null', 'null']
])('%s is an empty tab', (_, text) => {
	stored['running-tab.visit'] = text;
	expect(read()).toBeUndefined();
	everythingHolds();
});

test('storage that throws is an empty tab', () => {
	vi.stubGlobal('sessionStorage', {
		getItem() {
			throw new DOMException('no', 'SecurityError');
		}
	});
	expect(read()).toBeUndefined();
	expect(() => write(sound)).not.toThrow();
});

test.each(['__proto__', 'constructor', 'toString', '', 'x'.repeat(1e6), 'gpt-4\u0000', '{}'])(
	'a stored card %j is the standard one',
	(key) => {
		stored['running-tab.card'] = key;
		expect(cardStore(cards, 'gpt-6-luna').remembered().key).toBe('gpt-6-luna');
	}
);

describe('the largest visit there can be', () => {
	const most = { promptTokens: 1e12, cachedTokens: 0, outputTokens: 1e12 };

	test('has an exact bill at every price on record', () => {
		for (const price of prices) {
			for (const batch of [false, true]) {
				const { sum } = charge(most, price, { batch });
				expect(dollars(sum)).toMatch(/^\$\d{1,3}(,\d{3})*\.\d{2,}$/);
			}
		}
	});
});

test('a clock that jumps back or is fifty years off changes no amount', () => {
	const usage = { promptTokens: 68, cachedTokens: 0, outputTokens: 59 };
	const sums = [1976, 2026, 2076].map((year) => {
		const at = Date.UTC(year, 0, 1, 12);
		const lines = [{ at: at - 1e12, model: 'a', sent: 68, came: 59 }];
		return receiptOf({ usage, reused: 0, runs: 1, lines, card: cards[0] }, model, at).bill;
	});
	expect(new Set(sums.map((sum) => JSON.stringify(sum))).size).toBe(1);
});

import { describe, expect, test } from 'vitest';
import table from 'virtual:ledger/runs';
import { keyOf, makersOf } from '#lib/ledger/run.ts';
import { axes } from './axes.ts';
import {
	asked,
	everything,
	fitting,
	housesOf,
	makersIn,
	sizes,
	wantedIn,
	yearsIn
} from './filter.ts';
import { columns, sorted, type Column } from './sorting.ts';
import { caption, unknownWords } from './words.ts';

const some = (wanted: Partial<typeof everything>) =>
	table.filter(fitting({ ...everything, ...wanted }));
const names = (wanted: Partial<typeof everything>) => some(wanted).map(({ model }) => model);

test('nothing asked for is everything', () => {
	expect(some({})).toHaveLength(table.length);
	expect(asked(everything)).toBe(false);
	expect(asked({ ...everything, q: 'a' })).toBe(true);
});

test('makers are one by one, and houses under all their names', () => {
	const [transformer] = table;
	expect(transformer.org).toBe('Google Research,Google Brain');
	expect(makersOf(transformer)).toEqual(['Google Research', 'Google Brain']);
	expect(housesOf(transformer)).toEqual(['Google']);
	expect(makersIn(table)[0].maker).toBe('Meta');
	expect(names({ maker: 'Google' })).toEqual(
		expect.arrayContaining(['Chinchilla', 'Gemini 1.0 Ultra', 'PaLM (540B)', 'BERT-Large'])
	);
	expect(names({ maker: 'Meta' })).toContain('RoBERTa Large');
	expect(names({ maker: 'NVIDIA' })).toEqual(['Megatron-Turing NLG 530B', 'Nemotron-4 340B']);
	for (const { maker, count } of makersIn(table)) expect(some({ maker })).toHaveLength(count);
});

test('years, one or several, both ends counted', () => {
	expect(some({ from: '2017', to: '2017' })).toHaveLength(1);
	const parts = yearsIn(table).map((year) => some({ from: year, to: year }).length);
	expect(parts.reduce((a, b) => a + b)).toBe(table.length);
	expect(some({ from: '2025', to: '2019' })).toHaveLength(0);
});

test('sizes leave nobody out and count nobody twice', () => {
	const parts = Object.keys(sizes).map((size) => some({ size }).length);
	expect(parts.reduce((a, b) => a + b)).toBe(table.length);
	expect(names({ size: 'secret' })).toContain('GPT-5');
	expect(names({ size: 'small' })).not.toContain('GPT-5');
});

test('what is known', () => {
	for (const axis of axes) {
		const known = some({ known: axis.key });
		expect(known.length).toBeGreaterThan(10);
		expect(known.every((run) => axis.ends(run))).toBe(true);
	}
});

test('words, in any order, of name and maker', () => {
	expect(names({ q: '  QWEN3 ' })).toEqual(['Qwen3-235B-A22B', 'Qwen3-0.6B']);
	expect(names({ q: 'hugging 135m' })).toEqual(['SmolLM2 135M']);
	expect(names({ q: '.*' })).toEqual([]);
});

describe('what an address asks for', () => {
	test('is taken', () => {
		const values = new Map(
			Object.entries({ q: 'llama', maker: 'Meta', from: '2023', to: '2024', sure: 'high' })
		);
		expect(wantedIn(values, table)).toEqual({
			...everything,
			q: 'llama',
			maker: 'Meta',
			from: '2023',
			to: '2024',
			sure: 'high'
		});
	});

	test.each(['__proto__', 'constructor', 'NaN', '1e309', '-1', '<script>', '2016', 'HIGH', 'zzz'])(
		'is left out where it is none: %s',
		(value) => {
			const keys = ['maker', 'from', 'to', 'size', 'sure', 'known'];
			expect(wantedIn(new Map(keys.map((key) => [key, value])), table)).toEqual(everything);
		}
	);

	test('a search has an end', () => {
		expect(wantedIn(new Map([['q', 'x'.repeat(5000)]]), table).q).toHaveLength(60);
	});
});

describe('the order of the table', () => {
	test.each(Object.keys(columns) as Column[])('by %s, none lost, both ways', (by) => {
		const [up, down] = [sorted(table, by, false), sorted(table, by, true)];
		expect(new Set(up)).toEqual(new Set(table));
		expect(new Set(down)).toEqual(new Set(table));
		expect(up[0]).not.toBe(down[0]);
	});

	test('what is not known is last, whichever way', () => {
		for (const down of [false, true]) {
			const known = sorted(table, 'energy', down).map(({ energy }) => energy !== undefined);
			expect(known.lastIndexOf(true)).toBeLessThan(known.indexOf(false));
		}
	});

	test('a range counts by its low end from below and by its high one from above', () => {
		const first = sorted(table, 'dollars', false)[0];
		expect(first.model).toBe('nanochat GPT-2-grade record');
		expect(sorted(table, 'dollars', true)[0].model).toBe('Grok 3');
	});
});

describe('what the picture says', () => {
	test.each([
		['dollars', /^The dearest runs rise/],
		['operations', /^130 million times the operations in 9 years\.$/],
		['tokens', /^Even small models now read more than the largest once did\.$/],
		['parameters', /^Many of the largest are no longer used whole\.$/],
		['hours', /^From 672 hours of a chip to 246 million\.$/],
		['energy', /^The energy of only \d+ runs is known\.$/]
	])('of all runs, by %s', (key, finding) => {
		const axis = axes.find((one) => one.key === key)!;
		const said = caption(table, true, axis);
		expect(said.finding).toMatch(finding);
		expect(`${said.finding} ${said.rest}`).not.toMatch(/NaN|undefined|Infinity|no number/);
	});

	test('of some: from the least to the most, with the factor', () => {
		const [dollars] = axes;
		expect(caption(some({ maker: 'Google' }), false, dollars)).toEqual({
			finding: '9 of 10 runs: from $438 to $192 million.',
			rest: 'The least is Transformer (big) of 2017, the most Gemini 1.0 Ultra of 2023, 33,000 to 440,000 times as much.'
		});
	});

	test('of every maker and axis something true', () => {
		for (const axis of axes) {
			for (const { maker } of makersIn(table)) {
				const runs = some({ maker });
				const { finding, rest } = caption(runs, false, axis);
				expect(finding).toMatch(/^\d/);
				expect(`${finding} ${rest}`).not.toMatch(/NaN|undefined|Infinity|no number/);
				const without = runs.filter((run) => !axis.ends(run)).length;
				if (without) expect(unknownWords(runs, axis)).toMatch(new RegExp(`^${without} run`));
			}
		}
	});

	test('where the dearest are gone, nobody says that they rose to hundreds of millions', () => {
		const [dollars] = axes;
		const cheap = table.filter(({ costLow = 0 }) => costLow < 1e8);
		expect(caption(cheap, true, dollars).finding).toMatch(/^\d+ of \d+ runs: from \$15 to/);
	});

	test('where a run of the story is gone, no word of it is said', () => {
		const [dollars] = axes;
		const without = table.filter(({ model }) => keyOf(model) !== 'gpt-2-1-5b');
		expect(caption(without, true, dollars).finding).toMatch(/^\d+ of \d+ runs: from \$15 to/);
	});
});

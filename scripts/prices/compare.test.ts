import { describe, expect, test } from 'vitest';
import type { Price } from '#lib/ledger/price.ts';
import { main, report } from '../prices-check.ts';
import { compare, type Difference, type Other } from './compare.ts';

const row = (model: string, more: Partial<Price> = {}): Price => ({
	vendor: 'acme',
	model,
	from: '2026-01-01',
	input: '1',
	cachedInput: '0.1',
	output: '5',
	source: 'https://example.org/price',
	basis: 'effective',
	...more
});
const long = {
	when: 'long',
	over: 200_000,
	whole: true,
	input: '2',
	output: '8',
	source: ''
} as const;

const same = { input_mtok: 1, cache_read_mtok: 0.1, output_mtok: 5 };

/** A list made up so that there is one difference of each kind. */
const theirs: Record<string, Record<string, unknown>> = {
	same,
	dearer: { ...same, input_mtok: 1.5 },
	'no-cache': { input_mtok: 1, output_mtok: 5 },
	'writes-too': { ...same, cache_write_mtok: 1.25 },
	'a-length-here': same,
	'a-length-there': { ...same, output_mtok: { base: 5, tiers: [{ start: 128_000, price: 9 }] } },
	'the-same-length': {
		...same,
		input_mtok: { base: 1, tiers: [{ start: 199_999, price: 2 }] },
		output_mtok: { base: 5, tiers: [{ start: 200_000, price: 8 }] }
	},
	'another-length': {
		...same,
		input_mtok: { base: 1, tiers: [{ start: 200_000, price: 3 }] },
		output_mtok: { base: 5, tiers: [{ start: 200_000, price: 8 }] }
	},
	promised: same,
	negative: { ...same, input_mtok: -1 },
	endless: { ...same, input_mtok: Number('1e309') },
	text: { ...same, input_mtok: '1' },
	'no-tiers': { ...same, input_mtok: { base: 1 } },
	'broken-tier': { ...same, input_mtok: { base: 1, tiers: [null] } },
	nothing: {}
};
const other: Other = (_, model) =>
	Object.hasOwn(theirs, model) ? { id: model, prices: theirs[model] } : undefined;

const said = (price: Price, day = '2026-11-26') =>
	compare([price], other, day).map(({ kind, says }) => `${kind}: ${says}`);

describe('each kind of difference is told', () => {
	test.each<[string, Price, string[]]>([
		['none', row('same'), []],
		['a price', row('dearer'), ['price: input: 1 here, 1.5 there, ours from 2026-01-01']],
		[
			'no price there',
			row('no-cache'),
			['absent: cached input: 0.1 here, no price there, ours from 2026-01-01']
		],
		[
			'no price here',
			row('writes-too'),
			['absent: writing to the cache: no price here, 1.25 there, ours from 2026-01-01']
		],
		[
			'a length here',
			row('a-length-here', { conditions: [long] }),
			[
				'length: input: 2 above 200000 tokens here and not there; output: 8 above 200000 tokens here and not there, ours from 2026-01-01'
			]
		],
		[
			'a length there',
			row('a-length-there'),
			['length: output: 9 above 128000 tokens there and not here, ours from 2026-01-01']
		],
		['a length that differs by one token', row('the-same-length', { conditions: [long] }), []],
		[
			'a length with another price',
			row('another-length', { conditions: [long] }),
			[
				'length: input: 2 above 200000 tokens here and not there; input: 3 above 200000 tokens there and not here, ours from 2026-01-01'
			]
		],
		[
			'a promise that is over',
			row('promised', { until: '2026-11-25' }),
			['lapsed: promised to 2026-11-25, and nothing is on record for after']
		],
		['a promise that holds', row('promised', { until: '2026-11-26' }), []],
		['a model they do not have', row('ours'), ['unknown: is not in the other list']],
		['a prototype key for a model', row('__proto__'), ['unknown: is not in the other list']],
		[
			'nothing at all',
			row('nothing'),
			[
				'absent: input: 1 here, no price there; cached input: 0.1 here, no price there; output: 5 here, no price there, ours from 2026-01-01'
			]
		]
	])('%s', (_, price, differences) => {
		expect(said(price)).toEqual(differences);
	});

	test.each(['negative', 'endless', 'text', 'no-tiers', 'broken-tier'])(
		'%s: what is no price',
		(model) => {
			expect(said(row(model))).toEqual([
				'unreadable: input: what stands there is no price, ours from 2026-01-01'
			]);
		}
	);
});

test('what we say of a model in brackets is no part of its name, and another name there is told', () => {
	const named: Other = (_, model) => ({
		id: `${model}-latest`,
		prices: { ...same, input_mtok: 2 }
	});
	expect(compare([row('large (8K)')], named, '2026-11-26')).toEqual([
		{
			vendor: 'acme',
			model: 'large (8K)',
			kind: 'price',
			says: 'input: 1 here, 2 there (there: large-latest), ours from 2026-01-01'
		}
	]);
});

test('it is the price of the day that is compared', () => {
	const history = [row('dearer'), row('dearer', { from: '2026-06-01', input: '1.5' })];
	expect(compare(history, other, '2025-12-31')).toEqual([]);
	expect(compare(history, other, '2026-05-31')).toHaveLength(1);
	expect(compare(history, other, '2026-06-01')).toEqual([]);
	expect(() => compare(history, other, '2026-02-30')).toThrow(RangeError);
});

test('the report stands by kind, the most telling first', () => {
	const lines: string[] = [];
	report(
		[row('ours'), row('other'), row('dearer')].flatMap((price) =>
			compare([price], other, '2026-11-26')
		),
		(line) => lines.push(line)
	);
	expect(lines).toEqual([
		'Another price (1)',
		'  acme dearer: input: 1 here, 1.5 there, ours from 2026-01-01',
		'',
		'Not in the other list (2)',
		'  acme ours, acme other',
		''
	]);
	const none: string[] = [];
	report([] as Difference[], (line) => none.push(line));
	expect(none).toEqual(['No difference.']);
});

test.each([[['yesterday']], [['2026-11-26', 'more']]])(
	'called with %j it says how',
	async (args) => {
		const lines: string[] = [];
		expect(await main(args, (line) => lines.push(line))).toBe(2);
		expect(lines).toEqual(['usage: npm run prices:check -- [DAY, such as 2026-11-26]']);
	}
);

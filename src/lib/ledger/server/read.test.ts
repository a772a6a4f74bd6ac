import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LedgerError } from './fault.ts';
import { folder, readLedger } from './read.ts';

const soundFigures = `- id: run-cost
  topic: training
  statement: A run cost between one and two dollars.
  low: 1
  high: 2
  unit: USD
  asOf: '2024-05'
  source:
    title: A page
    publisher: A publisher
    url: https://example.org/page
    published: '2024-05-13'
  kind: reported
  confidence: medium
  check: primary
`;
const soundPrices = `vendor,model,announced,effective,checked,until,input_usd_per_mtok,cached_input_usd_per_mtok,cache_write_usd_per_mtok,output_usd_per_mtok,batch_share,source_url,date_basis,note
acme,large,2023-03-14,2023-03-14,,,30,,,60,,https://example.org/price,release,
acme,large,2023-12-01,2024-01-01,2024-02-01,2024-12-31,3,0.3,3.75,6,0.5,https://example.org/price,effective,"cut, at last"
`;
const soundConditions = `vendor,model,price_from,condition,since,until,input_usd_per_mtok,cached_input_usd_per_mtok,cache_write_usd_per_mtok,output_usd_per_mtok,source_url,note
acme,large,2024-01-01,prompt > 200000,,,6,0.6,7.5,9,https://example.org/price,
`;
const soundTops = `vendor,model,since,name,why,source_url
acme,large,2023-03-14,Large,The only one.,https://example.org/price
`;
const soundScores = `vendor,model,name,mmlu,listed_as,source_url
acme,large,Large,64.8,Large,https://example.org/scores
`;
const soundRuns = `model,org,date,params,active_params,tokens,training_flop,hardware,gpu_hours,cost_usd_low,cost_usd_high,energy_mwh,co2_t,source_url,confidence,note
Large,Acme,2023-01-01,1e+09,,2e+10,1.2e+20,,,1,2,,,https://example.org/run,high,
`;
const soundAreas = `id,name,square_metres,how,source_url,check
tennis,a tennis court,260.87,23.77 x 10.97 m,https://example.org/tennis,general-knowledge
`;
const soundTerms = `- key: example
  who: Example
  licence: CC0 1.0
  url: https://example.org/licence
  read: true
  note: Anything goes.
  pages: [example.org]
`;
const soundCards = `standard: large-2023
cards:
  - key: large-2023
    vendor: Acme
    model: Large
    label: Large, March 2023
    row: { vendor: acme, model: large, from: '2023-03-14' }
billedAs:
  - key: large-2023
    label: Large, March 2023
    vendor: Acme
    model: Large
    row: { vendor: acme, model: large, from: '2023-03-14' }
    training: run-cost
    run: Large
`;

let root: string;

const soundClaims = `lessons: [two-jobs]
topics:
  - id: cost
    name: What it costs
claims:
  - id: S0-01
    claim: It costs a lot.
    verdict: roughly
    topics: [cost]
    evidence: It is a lot.
    say: As it stands.
    lessons: [two-jobs]
`;

function put(name: string, text: string) {
	writeFileSync(join(root, folder, name), text);
}

function faults(): string {
	try {
		readLedger(root);
	} catch (error) {
		if (error instanceof LedgerError) return error.message;
		throw error;
	}
	return 'none';
}

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'ledger-'));
	mkdirSync(join(root, folder), { recursive: true });
	put('figures.yaml', soundFigures);
	put('prices.csv', soundPrices);
	put('price-conditions.csv', soundConditions);
	put('top-models.csv', soundTops);
	put('model-scores.csv', soundScores);
	put('training-runs.csv', soundRuns);
	put('areas.csv', soundAreas);
	put('cards.yaml', soundCards);
	put('claims.yaml', soundClaims);
	put('terms.yaml', soundTerms);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a sound ledger', () => {
	test('is read whole', () => {
		const { figures, prices, runs, areas, cards, standard, billedAs } = readLedger(root);

		expect(figures.get('run-cost')).toEqual({
			id: 'run-cost',
			statement: 'A run cost between one and two dollars.',
			low: 1,
			high: 2,
			unit: 'USD',
			asOf: '2024-05',
			source: {
				title: 'A page',
				publisher: 'A publisher',
				url: 'https://example.org/page',
				published: '2024-05-13'
			},
			kind: 'reported',
			confidence: 'medium',
			check: 'primary',
			old: true
		});
		expect(prices[0]).toEqual({
			vendor: 'acme',
			model: 'large',
			from: '2023-03-14',
			announced: '2023-03-14',
			effective: '2023-03-14',
			input: '30',
			output: '60',
			source: 'https://example.org/price',
			basis: 'release'
		});
		expect(prices[1]).toMatchObject({
			announced: '2023-12-01',
			from: '2024-01-01',
			checked: '2024-02-01',
			until: '2024-12-31',
			input: '3',
			cachedInput: '0.3',
			cacheWrite: '3.75',
			batchShare: '0.5',
			note: 'cut, at last',
			conditions: [{ when: 'long', over: 200_000, whole: true, input: '6', output: '9' }]
		});
		expect(runs[0]).toMatchObject({ model: 'Large', tokens: 2e10, costLow: 1 });
		expect(areas[0].squareMetres).toBe(260.87);
		expect(cards[0]).toMatchObject({ from: '2023-03-14', to: '2024-01-01', input: '30' });
		expect(standard).toBe('large-2023');
		expect(billedAs[0]).toMatchObject({ training: { id: 'run-cost' }, trainingTokens: 2e10 });
	});

	test('may have Windows line endings and a byte order mark', () => {
		put('prices.csv', '\uFEFF' + soundPrices.replaceAll('\n', '\r\n'));
		put('figures.yaml', '\uFEFF' + soundFigures.replaceAll('\n', '\r\n'));
		expect(faults()).toBe('none');
		expect(readLedger(root).prices[1].note).toBe('cut, at last');
	});

	test('is what this repository holds', () => {
		const { entries, cards, billedAs } = readLedger(process.cwd());
		expect(entries.length).toBeGreaterThan(40);
		expect(cards.length).toBeGreaterThanOrEqual(7);
		expect(billedAs[0]).toMatchObject({
			label: 'GPT-4, March 2023',
			card: { input: '30', output: '60' },
			training: { low: 37_300_000, high: 82_000_000 }
		});
	});
});

/** Each: what is done to the entry, and what must be said about it, with the line. */
const wrongFigures: [name: string, change: (text: string) => string, message: RegExp][] = [
	[
		'the name of another page',
		(t) => t.replace('id: run-cost', 'id: training'),
		/:1: id is the name of a page$/m
	],
	['no source', (t) => t.replace(/ {2}source:\n( {4}.*\n)+/, ''), /:1: "run-cost" has no source$/m],
	['no title', (t) => t.replace(/ {4}title.*\n/, ''), /:9: source has no source\.title$/m],
	['no date', (t) => t.replace(/ {2}asOf.*\n/, ''), /:1: "run-cost" has no asOf$/m],
	['no unit', (t) => t.replace(/ {2}unit.*\n/, ''), /:1: "run-cost" has no unit$/m],
	['no kind', (t) => t.replace(/ {2}kind.*\n/, ''), /:1: "run-cost" has no kind$/m],
	[
		'no confidence',
		(t) => t.replace(/ {2}confidence.*\n/, ''),
		/:1: "run-cost" has no confidence$/m
	],
	['no number', (t) => t.replace(/ {2}(low|high).*\n/g, ''), /:1: "run-cost" has no number/],
	[
		'a unit nobody knows',
		(t) => t.replace('unit: USD', 'unit: parsecs per fortnight'),
		/:6: unit is not in the vocabulary of units/
	],
	[
		'more than all of it',
		(t) => t.replace('unit: USD', 'unit: percent').replace('high: 2', 'high: 200'),
		/:6: "run-cost" is above 100 percent/
	],
	[
		'a price of tokens among the training costs',
		(t) => t.replace('unit: USD', 'unit: USD per million tokens'),
		/:6: "run-cost" is a price of tokens, so its topic must be/
	],
	[
		'a list price in hours',
		(t) => t.replace('unit: USD', 'unit: GPU-hours').replace('reported', 'list-price'),
		/:6: "run-cost" is a list price, and GPU-hours is neither/
	],
	['less than nothing', (t) => t.replace('low: 1', 'low: -1'), /:1: "run-cost" is below zero$/m],
	[
		'a number beyond all numbers',
		(t) => t.replace('high: 2', 'high: 1e309'),
		/:5: high must be a finite/
	],
	[
		'a comma for a point',
		(t) => t.replace('low: 1', 'low: 1,5'),
		/:4: low must be a finite number$/m
	],
	[
		'a source under no terms',
		(t) => t.replace('example.org', 'elsewhere.org'),
		/:11: source\.url falls under no terms/
	],
	[
		'an objection to nothing',
		(t) => t + '  disagrees: [gone]\n',
		/:16: figures.yaml has no entry "gone"$/m
	],
	[
		'an objection to itself',
		(t) => t + '  disagrees: [run-cost]\n',
		/:16: "run-cost" cannot disagree with itself$/m
	],
	[
		'an objection twice',
		(t) => t + '  disagrees: [run-cost, run-cost]\n',
		/:16: disagrees names "run-cost" twice$/m
	],
	[
		'another voice without a source',
		(t) => t + '  others:\n    - says: No.\n      title: A page\n      publisher: P\n',
		/:17: others has no others\.0\.url$/m
	],
	[
		'arithmetic that is not shown',
		(t) => t.replace('primary', 'derived'),
		/:1: "run-cost" is derived, so its formula must say from what$/m
	],
	['an unknown field', (t) => t + '  colour: red\n', /:16: unknown field "colour"$/m],
	[
		'an unknown field of the source',
		(t) => t.replace('    url', '    author: me\n    url'),
		/:11: unknown field "source.author"/
	],
	[
		'a field named __proto__',
		(t) => t + '  __proto__: { admin: true }\n',
		/:16: unknown field "__proto__"$/m
	],
	[
		'a field named constructor',
		(t) => t + '  constructor: x\n',
		/:16: unknown field "constructor"$/m
	],
	['the same field twice', (t) => t + '  unit: euros\n', /:16: Map keys must be unique/],
	['infinity', (t) => t.replace('low: 1', 'low: -.inf'), /:4: low must be a finite number$/m],
	[
		'no number at all',
		(t) => t.replace('low: 1', 'low: .nan'),
		/:4: low must be a finite number$/m
	],
	[
		'a number in words',
		(t) => t.replace('low: 1', "low: '1'"),
		/:4: low must be a finite number$/m
	],
	['low above high', (t) => t.replace('low: 1', 'low: 3'), /:4: low \(3\) is above high \(2\)$/m],
	[
		'a value outside',
		(t) => t.replace('low: 1', 'value: 9\n  low: 1'),
		/:4: value \(9\) lies outside/
	],
	['an unquoted year', (t) => t.replace("'2024-05'", '2024'), /:7: asOf must be a quoted date/],
	['a month that is none', (t) => t.replace("'2024-05'", "'2024-13'"), /:7: asOf is not a day/],
	[
		'a day that is none',
		(t) => t.replace('2024-05-13', '2023-02-29'),
		/:12: source\.published is not a day/
	],
	['plain http', (t) => t.replace('https:', 'http:'), /:11: source\.url must begin with https/],
	[
		'a script for an address',
		(t) => t.replace('https://example.org/page', 'javascript:alert(1)'),
		/:11: source\.url must begin/
	],
	[
		'a password in the address',
		(t) => t.replace('https://', 'https://me:secret@'),
		/:11: source\.url must not hold/
	],
	['an unknown kind', (t) => t.replace('reported', 'rumour'), /:13: kind must be one of/],
	['an unknown confidence', (t) => t.replace('medium', 'total'), /:14: confidence must be one of/],
	[
		'a list for a text',
		(t) => t.replace('unit: USD', 'unit: [USD]'),
		/:6: unit must be a single value$/m
	],
	[
		'an estimate without its method',
		(t) => t.replace('reported', 'estimate'),
		/:1: "run-cost" is an estimate, so/
	],
	['an id with spaces', (t) => t.replace('run-cost', 'Run Cost'), /:1: id must be lower-case/],
	[
		'text that turns around',
		(t) => t.replace('A page', '"A \\u202Egap"'),
		/:9: source\.title holds a control/
	],
	['a doubled id', (t) => t + t, /:16: "run-cost" is already used in line 1$/m],
	['a reference', (t) => t.replace('  source:\n', '  source: *there\n'), /figures\.yaml:\d+: /],
	['a list that is none', () => 'run: 1\n', /:1: the file must be a list$/m],
	['broken YAML', (t) => t + ' - : [\n', /figures\.yaml:\d+: /]
];

test.each(wrongFigures)('figures.yaml with %s names file and line', (_, change, message) => {
	const changed = change(soundFigures);
	expect(changed).not.toBe(soundFigures);
	put('figures.yaml', changed);

	expect(faults()).toMatch(/^content\/ledger\/figures\.yaml:\d+: /);
	expect(faults()).toMatch(message);
	expect(({} as Record<string, unknown>).admin).toBeUndefined();
});

const wrongRuns: [name: string, change: (text: string) => string, message: RegExp][] = [
	[
		'a cost that is none',
		(t) => t.replace(',1,2,,', ',free,2,,'),
		/:2: cost_usd_low must be a number above 0/
	],
	[
		'a cost upside down',
		(t) => t.replace(',1,2,,', ',2,1,,'),
		/:2: cost_usd_low \(2\) is above cost_usd_high \(1\)/
	],
	['an unknown confidence', (t) => t.replace(',high,', ',sure,'), /:2: confidence must be one of/],
	[
		'a number in another script of digits',
		(t) => t.replace('1e+09', '١٠٠'),
		/:2: params must be a number above 0/
	],
	[
		'a number in hexadecimal',
		(t) => t.replace('1e+09', '0x10'),
		/:2: params must be a number above 0/
	],
	[
		'operations of all parameters of a mixture',
		(t) => t.replace('1e+09,,2e+10', '1e+09,1e+08,2e+10'),
		/:2: training_flop \(120000000000000000000\) counts all params of a mixture of experts/
	],
	[
		'more active than there are',
		(t) => t.replace('1e+09,,2e+10', '1e+09,2e+09,2e+10'),
		/:2: active_params is above params/
	],
	[
		'active parameters of nothing',
		(t) => t.replace('1e+09,,2e+10', ',1e+09,2e+10'),
		/:2: active_params is a part of params, which is empty/
	],
	[
		'a number beyond all numbers',
		(t) => t.replace('1.2e+20', '1e309'),
		/:2: training_flop must be a number above 0/
	],
	['less than nothing', (t) => t.replace('2e+10', '-2e+10'), /:2: tokens must be a number above 0/],
	['nothing at all', (t) => t.replace('2e+10', '0'), /:2: tokens must be a number above 0/],
	['no number', (t) => t.replace('2e+10', 'NaN'), /:2: tokens must be a number above 0/],
	[
		'a comma for a point',
		(t) => t.replace('2e+10', '"2,5"'),
		/:2: tokens must be a number above 0/
	],
	[
		'a day that does not exist',
		(t) => t.replace('2023-01-01', '2023-02-29'),
		/:2: date is not a day of the calendar/
	],
	['half a date', (t) => t.replace('2023-01-01', '2023-01'), /:2: date must be a full day/],
	['no date', (t) => t.replace('2023-01-01', ''), /:2: date is empty/],
	['no source', (t) => t.replace('https://example.org/run', ''), /:2: source_url is empty/],
	[
		'a source that is a script',
		(t) => t.replace('https://example.org/run', 'javascript:alert(1)'),
		/:2: source_url must begin with https/
	],
	['no confidence', (t) => t.replace(',high,', ',,'), /:2: confidence is empty/],
	['no maker', (t) => t.replace('Acme', ''), /:2: org is empty/],
	['a maker without a name', (t) => t.replace('Acme', '"Acme,,"'), /:2: org names nobody/],
	['no name', (t) => t.replace('Large', ''), /:2: model is empty/],
	['a name of signs', (t) => t.replace('Large', '???'), /:2: model has no letter or digit/],
	[
		'a name that turns the text around',
		(t) => t.replace('Large', 'Large\u202e'),
		/:2: model holds a control character/
	],
	['the same run twice', (t) => t + t.split('\n')[1] + '\n', /:3: Large already stands in line 2/],
	[
		'two names that would be one in an address',
		(t) => t + t.split('\n')[1].replace('Large', 'large!') + '\n',
		/:3: large! already stands in line 2/
	],
	[
		'a run of which nothing is known',
		(t) =>
			t +
			t
				.split('\n')[1]
				.replace('Large', 'Small')
				.replace(/,1e.*1,2,/, ',,,,,,,,,') +
			'\n',
		/:3: of Small no number is known/
	],
	[
		'a note as long as a page',
		(t) => t.replace(',high,', `,high,${'x'.repeat(601)}`),
		/:2: note is longer than 600 characters/
	],
	[
		'a cell too many',
		(t) => t.replace(',high,', ',high,,'),
		/:2: 17 cells where the heading has 16/
	],
	[
		'another heading',
		(t) => t.replace('gpu_hours', 'chip_hours'),
		/:1: the columns must be model,org,date/
	],
	[
		'a quotation that never ends',
		(t) => t.replace('Acme', '"Acme'),
		/:2: a quotation mark is never/
	]
];

test.each(wrongRuns)('training-runs.csv with %s names file and line', (_, change, message) => {
	put('training-runs.csv', change(soundRuns));
	expect(faults()).toMatch(message);
	expect(faults()).toContain('content/ledger/training-runs.csv:');
});

describe('what rests on something deleted', () => {
	test('a card without its price stops the build', () => {
		put(
			'prices.csv',
			soundPrices
				.split('\n')
				.filter((line) => !line.includes('2023-03-14'))
				.join('\n')
		);
		expect(faults()).toMatch(
			/content\/ledger\/cards\.yaml:7: prices\.csv has no row "acme, large, 2023-03-14"$/m
		);
		expect(faults()).toMatch(/content\/ledger\/cards\.yaml:13: prices\.csv has no row/);
	});

	test('a training bar without its figure stops the build', () => {
		put('figures.yaml', soundFigures.replace('id: run-cost', 'id: another'));
		expect(faults()).toBe('content/ledger/cards.yaml:14: figures.yaml has no entry "run-cost"');
	});

	test('a training bar in another unit stops the build', () => {
		put('figures.yaml', soundFigures.replace('unit: USD', 'unit: GPU-hours'));
		expect(faults()).toBe('content/ledger/cards.yaml:14: "run-cost" is in GPU-hours, not in USD');
	});

	test('a training run without its tokens stops the build', () => {
		put('training-runs.csv', soundRuns.replace('2e+10', ''));
		expect(faults()).toMatch(
			/cards\.yaml:15: training-runs\.csv has no row "Large" with its tokens/
		);
	});

	test('a standard card that is gone stops the build', () => {
		put('cards.yaml', soundCards.replace('standard: large-2023', 'standard: gone'));
		expect(faults()).toBe(
			'content/ledger/cards.yaml:1: standard must be the key of one of the cards'
		);
	});

	test('an entry of a price that is worked out stops the build without the price', () => {
		const derived = soundFigures
			.replace('topic: training', 'topic: prices')
			.replace(
				'  low: 1\n  high: 2\n',
				"  derived:\n    formula: tokens * price\n    from:\n      tokens: 1 million tokens\n      price: 'prices.csv: acme, large, 2023-03-14, input'\n"
			);
		put('figures.yaml', derived);
		put('cards.yaml', soundCards);
		expect(readLedger(root).figures.get('run-cost')).toMatchObject({ value: 30 });
		put('prices.csv', soundPrices.replaceAll('2023-03-14', '2023-03-15'));
		expect(faults()).toContain(
			'content/ledger/figures.yaml:8: derived.from.price prices.csv has no row "acme, large, 2023-03-14"'
		);
	});

	test('a file of 5 MB is not even opened', () => {
		put('figures.yaml', soundFigures + '#'.repeat(5_000_000));
		expect(faults()).toMatch(/^content\/ledger\/figures\.yaml:1: the file is larger than 4 MB/m);
	});

	test('a missing file is named', () => {
		rmSync(join(root, folder, 'prices.csv'));
		expect(faults()).toMatch(/^content\/ledger\/prices\.csv:1: the file is missing$/m);
	});

	// The ones of this repository, one by one: none may be deleted unnoticed.
	const ours = readLedger(process.cwd());
	const figures = readFileSync(join(folder, 'figures.yaml'), 'utf8');
	const prices = readFileSync(join(folder, 'prices.csv'), 'utf8');

	test.each(ours.billedAs.map(({ training }) => training.id))('our figure %s', (id) => {
		cpSync('content/ledger', join(root, folder), { recursive: true });
		put('figures.yaml', figures.replace(`- id: ${id}\n`, `- id: deleted-${id}\n`));
		expect(faults()).toContain(`figures.yaml has no entry "${id}"`);
	});

	test.each(ours.cards.map(({ key, from, source }) => [key, from, source]))(
		'our price %s',
		(_, from, source) => {
			cpSync('content/ledger', join(root, folder), { recursive: true });
			const rest = prices
				.split('\n')
				.filter((line) => !(line.includes(`,${from},`) && line.includes(source)));
			put('prices.csv', rest.join('\n'));
			expect(faults()).toContain('prices.csv has no row');
		}
	);
});

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LedgerError } from './fault.ts';
import { folder, readLedger } from './read.ts';

let root: string;

/** The ledger of this repository, with changes to one of its files. */
function changed(name: string, ...changes: [from: string | RegExp, to: string][]) {
	const path = join(root, folder, name);
	let text = readFileSync(path, 'utf8');
	for (const [from, to] of changes) {
		const next = text.replace(from, to);
		expect(next).not.toBe(text);
		text = next;
	}
	writeFileSync(path, text);
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

const figure = (id: string) => readLedger(root).figures.get(id)!;

/** Another number in an entry that is written out. */
const number = (id: string, field: string, to: string): [RegExp, string] => [
	new RegExp(`(- id: ${id}\\n(?:  .*\\n)*?  ${field}: )\\S+`),
	`$1${to}`
];

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'derived-'));
	mkdirSync(join(root, folder), { recursive: true });
	cpSync('content/ledger', join(root, folder), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('what is worked out', () => {
	test('moves when a number of the ledger moves, and its sentence with it', () => {
		expect(figure('compute-growth-since-gpt3')).toMatchObject({
			value: 3200,
			low: 1600,
			high: 6400
		});
		changed('figures.yaml', number('gpt3-flop', 'value', '6.28e+23'));
		const moved = figure('compute-growth-since-gpt3');
		expect(moved).toMatchObject({ value: 1600, low: 800, high: 3200 });
		expect(moved.statement).toContain('1,600-fold');
	});

	test('moves when a price moves', () => {
		expect(figure('query-price-gpt4-launch').value).toBe(4.5);
		changed('prices.csv', [
			'gpt-4 (8K),2023-03-14,2023-03-14,,,30,',
			'gpt-4 (8K),2023-03-14,2023-03-14,,,60,'
		]);
		const moved = figure('query-price-gpt4-launch');
		expect(moved.value).toBe(6);
		expect(moved.statement).toContain('cost 6 cents');
	});

	test('moves when a training run moves', () => {
		expect(figure('moe-active-share').value).toBe(5.5);
		changed('training-runs.csv', ['6.71e+11,3.7e+10', '6.71e+11,7.4e+10']);
		expect(figure('moe-active-share').value).toBe(11);
	});

	test('may rest on what is itself worked out', () => {
		expect(figure('crossing-served-alone').value).toBe(0.03);
		changed('figures.yaml', number('rule-6nd', 'value', '12'));
		expect(figure('crossing-tokens').value).toBe(6);
		expect(figure('crossing-served-alone').value).toBe(0.06);
	});

	test('agrees with sums made by hand', () => {
		const { figures } = readLedger(root);
		const value = (id: string) => figures.get(id)!.value;
		expect(value('crossing-tokens')).toBe(6 / 2);
		expect(value('chinchilla-quadratic')).toBe(4);
		expect(value('laptop-igpu-bandwidth')).toBe(51.2);
		// 5 cents × 2.5 billion × 365.25 days
		expect(value('five-cents-check')).toBe(45_700_000_000);
		// 19.9 MW over 10,500 kWh in 8,766 hours
		expect(value('training-in-homes')).toBe(16_600);
		// 5.576 million over 87,072 a day: 64 days of 434 billion tokens, over 14.8 trillion
		expect(value('crossing-served-busy')).toBe(1.9);
		// 87,072 over 434 billion × 2 × 37 billion
		expect(value('deepseek-serving-rate')).toBe(2.71);
		expect(figures.get('query-price-2026')).toMatchObject({ low: 0.03, high: 3 });
		expect(figures.get('decode-speed-limit')).toMatchObject({ low: 13, high: 880 });
		expect(figures.get('training-in-cars')).toMatchObject({ low: 5.4, high: 33_000 });
	});

	test('says what each of its numbers is and where it is from', () => {
		const entry = readLedger(root).entries.find(({ figure }) => figure.id === 'moe-active-share')!;
		expect(entry.derived).toEqual({
			formulas: [{ of: 'number', formula: 'active / all' }],
			inputs: [
				{
					name: 'active',
					words: '37 billion parameters',
					row: {
						table: 'runs',
						words: 'DeepSeek-V3, active_params',
						source: 'https://arxiv.org/abs/2412.19437',
						run: 'deepseek-v3'
					}
				},
				expect.objectContaining({ name: 'all', words: '671 billion parameters' })
			]
		});
	});
});

const homes = (from: string, to: string): [string, string] => [from, to];

test.each([
	[
		'an unknown entry',
		homes('home: us-home-electricity', 'home: gone'),
		'derived.from.home figures.yaml has no entry "gone"'
	],
	[
		'an end it has not',
		homes('home: us-home-electricity', 'home: us-home-electricity.high'),
		'"us-home-electricity" has no high'
	],
	[
		'a part there is not',
		homes('home: us-home-electricity', 'home: us-home-electricity.note'),
		'may name value, low or high'
	],
	[
		'an entry that only stands for words',
		homes('home: us-home-electricity', 'home: data-openai-business'),
		'not to be computed with'
	],
	[
		'two prices for one number',
		homes('home: us-home-electricity', 'home: small-model-price-2026'),
		'holds two prices: name low'
	],
	[
		'an entry open at one end',
		homes('home: us-home-electricity', 'home: gpt4-cost-altman'),
		'is open at one end: name the end it has'
	],
	[
		'another dimension',
		homes('home: us-home-electricity', 'home: gpt3-flop'),
		'gives energy per time × operation, and homes is home'
	],
	[
		'a unit nobody knows',
		homes('power: 19.9 MW', 'power: 19.9 horses'),
		'"19.9 horses" is no number with a unit'
	],
	[
		'a table row there is not',
		homes('power: 19.9 MW', "power: 'training-runs.csv: GPT-9, params'"),
		'has no row "GPT-9"'
	],
	[
		'a column there is not',
		homes('power: 19.9 MW', "power: 'training-runs.csv: GPT-4, constructor'"),
		'no number in a column "constructor"'
	],
	[
		'an empty cell',
		homes('power: 19.9 MW', "power: 'training-runs.csv: GPT-4.5, params'"),
		'has no params of GPT-4.5'
	],
	[
		'a direction there is not',
		homes('power: 19.9 MW', "power: 'prices.csv: openai, gpt-6-luna, 2026-09-22, toString'"),
		'must end in input, cached or output'
	],
	[
		'a name it does not use',
		homes('power: 19.9 MW', 'power: 19.9 MW\n      idle: 1 x'),
		'derived.from.idle is used in no formula'
	],
	[
		'a name that every object has',
		homes('power: 19.9 MW', 'constructor: 19.9 MW'),
		'cannot hold a name "constructor"'
	],
	[
		'a formula that runs code',
		homes('formula: power / home', "formula: 'process.exit()'"),
		'derived.formula cannot be read at'
	],
	['no formula', homes('    formula: power / home\n', ''), '"training-in-homes" has no formula'],
	[
		'a formula too many',
		homes('formula: power / home', 'formula: power / home\n    low: power / home'),
		'one or the other'
	],
	[
		'itself in its formula',
		homes('home: us-home-electricity', 'home: training-in-homes'),
		'training-in-homes is itself worked out from training-in-homes'
	],
	[
		'a number written as well',
		homes('  unit: homes', '  value: 3\n  unit: homes'),
		'its numbers must not be written as well'
	]
] as const)('a formula with %s stops the build and names file and line', (_, change, message) => {
	changed('figures.yaml', [change[0], change[1]]);
	expect(faults()).toContain(message);
	expect(faults()).toMatch(/^content\/ledger\/figures\.yaml:\d+: /);
});

describe('a mixture of experts', () => {
	const sum = (parameters: string) =>
		`
- id: deepseek-v3-by-rule
  topic: training
  statement: By the rule of thumb DeepSeek-V3 took {value} operations.
  derived:
    formula: rule * parameters * tokens
    from:
      rule: rule-6nd
      parameters: 'training-runs.csv: DeepSeek-V3, ${parameters}'
      tokens: 'training-runs.csv: DeepSeek-V3, tokens'
  unit: FLOP
  asOf: '2024'
  source:
    title: DeepSeek-V3 Technical Report
    publisher: DeepSeek-AI
    url: https://arxiv.org/abs/2412.19437
  kind: rule-of-thumb
  confidence: medium
  check: derived
`;
	const add = (text: string) => {
		const path = join(root, folder, 'figures.yaml');
		writeFileSync(path, readFileSync(path, 'utf8') + text);
	};

	test('is reckoned by the parameters in use', () => {
		add(sum('active_params'));
		// 6 × 37 billion × 14.8 trillion, within a tenth of what is stated: 3.3e24
		expect(figure('deepseek-v3-by-rule').value).toBe(3.29e24);
	});

	test('is refused by all of its parameters', () => {
		add(sum('params'));
		expect(faults()).toMatch(
			/figures\.yaml:\d+: derived\.from\.parameters DeepSeek-V3 is, or may be, a mixture of experts: a token passes/
		);
	});

	test('is refused, too, where nobody says how many are in use', () => {
		add(sum('params').replace('csv: DeepSeek-V3, params', 'csv: Grok 4, params'));
		expect(faults()).toMatch(
			/figures\.yaml:\d+: derived\.from\.parameters Grok 4 is, or may be, a mixture of experts: a token passes/
		);
	});

	test('a dense model has one number of parameters, and either column will do', () => {
		add(sum('params').replaceAll('DeepSeek-V3,', 'BLOOM-176B,'));
		expect(figure('deepseek-v3-by-rule').value).toBe(3.87e23);
	});
});

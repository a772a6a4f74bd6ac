import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { PriceCard } from '#lib/ledger/card.ts';
import { factsOf } from './facts.ts';
import { bill, dollars, money } from './money.ts';
import { COLUMNS, linesOf, localDates, textOf, wrapped } from './receipt-lines.ts';
import { decimal } from './money.ts';
import { fileOf, nameOf, plausible, receiptOf, type Visited } from './receipt.ts';

const bySchema = new Ajv2020({ strict: true }).compile(
	JSON.parse(readFileSync('static/schema/receipt.json', 'utf8'))
);

const card: PriceCard = {
	key: 'small',
	vendor: 'Acme',
	model: 'Small',
	label: 'Small, May 2026',
	from: '2026-05-01',
	input: '0.1',
	cachedInput: '0.01',
	output: '0.5',
	source: 'https://example.org/'
};
const model = { name: 'Pocket model', sha256: '0123456789abcdef'.repeat(4), trainingTokens: 20e6 };
const now = Date.UTC(2026, 10, 26, 12);

const visit = (changes: Partial<Visited> = {}): Visited => ({
	usage: { promptTokens: 68, cachedTokens: 0, outputTokens: 59 },
	reused: 0,
	runs: 1,
	lines: [{ at: now, model: 'Pocket model', sent: 68, came: 59 }],
	last: { prompt: 'What?', seed: 7, temperature: 0.7, topK: 0, maxTokens: 200 },
	card,
	...changes
});
const empty = visit({
	usage: { promptTokens: 0, cachedTokens: 0, outputTokens: 0 },
	runs: 0,
	lines: [],
	last: undefined
});
const dates = localDates('en-GB');
const paper = (of: Visited, at: number | undefined = now) =>
	textOf(linesOf(receiptOf(of, model, at), dates));

describe('the receipt', () => {
	test('says what was used and what it would cost, exactly', () => {
		const { counts, bill: money_, work } = receiptOf(visit({ reused: 20 }), model, now);
		expect(counts).toEqual({ sent: 68, cached: 0, came: 59, reused: 20, runs: 1 });
		expect(money_).toEqual({ sent: '0.0000068', came: '0.0000295', sum: '0.0000363' });
		expect(work).toEqual({ used: 107, training: 60e6, crossed: false });
	});

	test('is crossed when use has taken as much work as training, to the token', () => {
		const used = (outputTokens: number) =>
			receiptOf(
				visit({ usage: { promptTokens: 100, cachedTokens: 0, outputTokens }, reused: 40 }),
				model
			).work.crossed;
		expect(used(60e6 - 61)).toBe(false);
		expect(used(60e6 - 60)).toBe(true);
	});

	test.each([NaN, 0, -1e15, Date.UTC(1970, 5), Date.UTC(2023, 11, 31), Date.UTC(2101, 1), 8.7e15])(
		'has no date where the clock says %d',
		(ms) => {
			expect(receiptOf(visit(), model, ms).date).toBeUndefined();
			expect(paper(visit(), ms)).toContain('no date: the clock here');
			expect(plausible(ms)).toBeUndefined();
		}
	);

	test('a run of no plausible time has none, and is listed', () => {
		const of = visit({ lines: [{ at: -5, model: 'Pocket model', sent: 68, came: 59 }] });
		expect(receiptOf(of, model, now).runs).toEqual([{ model: 'Pocket model', sent: 68, came: 59 }]);
		expect(paper(of)).toContain('Pocket model        68 in 59 out');
	});

	test('keeps to its published schema, full, empty, crossed, undated', () => {
		for (const [of, at] of [
			[visit(), now],
			[empty, now],
			[visit({ usage: { promptTokens: 1e9, cachedTokens: 0, outputTokens: 1e9 } }), now],
			[visit(), 0],
			[visit({ last: undefined }), now]
		] as const) {
			const file = JSON.parse(fileOf(receiptOf(of, model, at)));
			expect(bySchema(file), JSON.stringify(bySchema.errors)).toBe(true);
		}
	});

	test('the schema refuses what is no receipt', () => {
		const right = JSON.parse(fileOf(receiptOf(visit(), model, now)));
		for (const wrong of [
			{ ...right, schema: 2 },
			{ ...right, counts: { ...right.counts, came: -1 } },
			{ ...right, bill: { ...right.bill, sum: 0.1 } },
			{ ...right, bill: { ...right.bill, sum: '1e-7' } },
			{ ...right, model: { ...right.model, sha256: 'x' } },
			{ ...right, prompt: 'secret' }
		]) {
			expect(bySchema(wrong)).toBe(false);
		}
	});

	test('names its file by its day', () => {
		expect(nameOf(receiptOf(visit(), model, now))).toBe('running-tab-receipt-2026-11-26');
		expect(nameOf(receiptOf(visit(), model, 0))).toBe('running-tab-receipt');
	});

	test('decimals are the amounts they were', () => {
		for (let i = 0; i < 300; i++) {
			const amount = bill(
				{ promptTokens: i * 7919, cachedTokens: 0, outputTokens: i ** 3 },
				{ input: `${i}.${i}`, output: '0.000001' }
			);
			expect(money(decimal(amount))).toEqual(amount);
		}
	});
});

describe('on paper', () => {
	test('no line is longer than the paper is wide', () => {
		const lines = Array.from({ length: 50 }, (_, i) => ({
			at: now,
			model: i % 2 ? 'A model with a very long name indeed' : 'Unbreakable'.repeat(6),
			sent: 10 ** (i % 10),
			came: 5
		}));
		const used = { promptTokens: 1e12, cachedTokens: 0, outputTokens: 1e12 };
		for (const of of [visit(), empty, visit({ usage: used, runs: 99, lines })]) {
			for (const row of paper(of).split('\n')) expect(row.length, row).toBeLessThanOrEqual(COLUMNS);
		}
	});

	test('ends with its last lines', () => {
		expect(paper(visit()).replace(/\s+/g, ' ')).toMatch(
			/ Training was settled before you came in\. Your share of it: 1 part in 472,441\. This tab does not close\. $/
		);
	});

	test('of nothing says so', () => {
		const text = paper(empty);
		expect(text).toContain('Nothing sent, nothing came back.');
		expect(text).toContain('Your share of it: none yet.');
		expect(text).toMatch(/would cost +\$0\.00\n/);
		expect(text).not.toContain('seed');
		expect(paper(visit())).toMatch(/last seed +7\n/);
	});

	test('lists ten runs and sums up those before', () => {
		const lines = Array.from({ length: 12 }, () => ({ at: now, model: 'm', sent: 1, came: 2 }));
		const usage = { promptTokens: 100, cachedTokens: 0, outputTokens: 200 };
		const text = paper(visit({ usage, runs: 40, lines }));
		expect(text).toMatch(/30 before these +90 in 180 out/);
		expect(text.match(/ 1 in 2 out/g)?.length).toBe(10);
	});

	test('says when use has crossed training', () => {
		const usage = { promptTokens: 0, cachedTokens: 0, outputTokens: 120e6 };
		const text = paper(visit({ usage, lines: [] })).replace(/\s+/g, ' ');
		expect(text).toContain('Crossed: using it took as much work as making it.');
		expect(text).toContain('Your share of it: 2 trainings.');
	});

	test('writes dates as the reader’s language does', () => {
		const arabic = linesOf(receiptOf(visit(), model, now), localDates('ar-EG'));
		expect(textOf(arabic)).toMatch(/[٠-٩]/);
		expect(textOf(linesOf(receiptOf(visit(), model, now), localDates('de-DE')))).toContain(
			'26.11.2026'
		);
	});

	test('breaks between words, and long words in themselves', () => {
		expect(wrapped('a'.repeat(40) + ' b')).toEqual(['a'.repeat(32), 'aaaaaaaa b']);
		expect(wrapped('  ')).toEqual([]);
	});
});

describe('facts', () => {
	const prompts = {
		id: 'p',
		statement: 'A service is asked 2.5 billion times a day.',
		value: 2.5e9,
		unit: 'prompts per day',
		asOf: '2025-07',
		source: { title: 't', publisher: 'P', url: 'https://example.org/' },
		kind: 'reported' as const,
		confidence: 'medium' as const,
		check: 'secondary' as const
	};
	const dear = { ...card, label: 'Dear, March 2023', input: '30', output: '60' };
	const of = (one: Visited) =>
		factsOf({
			receipt: receiptOf(one, model, now),
			text: { name: 'lesson 6', words: 750 },
			ratio: 0.75,
			prompts,
			dear
		});

	test('are none for nothing', () => expect(of(empty)).toEqual([]));

	test('say their sums', () => {
		const facts = of(visit());
		expect(facts.map(({ says }) => says)).toEqual([
			'You have now used 13 percent of the tokens it takes to write lesson 6.',
			'Training took the work of 472,441 visits like this one.',
			'If there were as many such visits a day as one service gets prompts, use would pass the training of this small model 16 seconds after midnight.',
			'One dollar would buy 27,500 visits like this at Small, May 2026.',
			'At Dear, March 2023, the same tokens would have cost 150 times as much.'
		]);
		expect(facts[0].sum).toBe(
			'It has 750 words ÷ 0.75 words a token = 1,000 tokens. 127 ÷ 1,000 = 0.13.'
		);
		expect(facts[4].sum).toContain(dollars(money('0.00558')));
	});

	test('stay sentences at any size', () => {
		for (const tokens of [1, 900, 1e4, 1e8, 1e12]) {
			const usage = { promptTokens: tokens, cachedTokens: 0, outputTokens: tokens };
			for (const { says, sum } of of(visit({ usage, lines: [] }))) {
				expect(says + sum).not.toMatch(/NaN|Infinity|undefined|\?|e\+/);
			}
		}
	});
});

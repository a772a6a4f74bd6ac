import { describe, expect, test } from 'vitest';
import table from 'virtual:ledger/runs';
import type { TrainingRun } from '#lib/ledger/card.ts';
import { dollarsOf, dollarWords, parameterWords } from './axes.ts';
import { factor, factorWords, measures, sentence } from './compare.ts';

const run = (model: string) => table.find((one) => one.model === model)!;
const bare: TrainingRun = {
	model: 'Bare',
	org: 'Nobody',
	date: '2024-01-01',
	source: 'https://example.org/',
	confidence: 'low'
};

describe('how many times', () => {
	test.each([
		['two numbers', { low: 2, high: 2 }, { low: 6, high: 6 }, { low: 3, high: 3 }],
		['two ranges', { low: 2, high: 4 }, { low: 8, high: 12 }, { low: 2, high: 6 }],
		['ranges that overlap', { low: 2, high: 4 }, { low: 3, high: 5 }, { low: 0.75, high: 2.5 }],
		['only a floor above', { low: 2, high: 4 }, { low: 8 }, { low: 2 }],
		['only a floor below', { low: 2 }, { low: 8, high: 12 }, { high: 6 }],
		['only a ceiling above', { low: 2, high: 4 }, { high: 12 }, { high: 6 }],
		['a ceiling below and a floor above', { high: 2 }, { low: 8 }, { low: 4 }]
	])('%s', (_, a, b, times) => {
		expect(factor(a, b)).toEqual(times);
	});

	test.each([
		['two floors', { low: 2 }, { low: 8 }],
		['two ceilings', { high: 2 }, { high: 8 }],
		['nothing of one', undefined, { low: 8, high: 8 }],
		['nothing of the other', { low: 8, high: 8 }, undefined]
	])('of %s nothing can be said', (_, a, b) => {
		expect(factor(a, b)).toBeUndefined();
	});

	test('the other way round it is one over it', () => {
		const [a, b] = [
			{ low: 3, high: 7 },
			{ low: 20, high: 90 }
		];
		const [there, back] = [factor(a, b)!, factor(b, a)!];
		expect(back.low! * there.high!).toBeCloseTo(1, 12);
		expect(back.high! * there.low!).toBeCloseTo(1, 12);
	});
});

test.each([
	[{ low: 49.3, high: 49.3 }, '49 times'],
	[{ low: 1.24, high: 2.63 }, '1.2 to 2.6 times'],
	[{ low: 0.75, high: 2.5 }, '0.75 to 2.5 times'],
	[{ low: 0.212, high: 0.212 }, '21\u00a0% of it'],
	[{ low: 0.00035, high: 0.011 }, '0.035 to 1.1\u00a0% of it'],
	[{ low: 3 }, 'at least 3 times'],
	[{ high: 6 }, 'at most 6 times'],
	[{ high: 0.5 }, 'at most 50\u00a0% of it'],
	[{ low: 1.001, high: 1.004 }, 'as much'],
	[{ low: 1234567, high: 1234567 }, '1,200,000 times']
])('%j is said as %s', (times, words) => {
	expect(factorWords(times)).toBe(words);
});

describe('of the runs of the ledger', () => {
	test('the sentence has the factors, ranges where there are ranges', () => {
		// 1.48e13 / 3e11, 3.3e24 / 3.14e23, 5.58 / 4.49 and 5.58 / 2.12
		expect(sentence(run('GPT-3 175B'), run('DeepSeek-V3'))).toBe(
			'Beside GPT-3 175B, DeepSeek-V3 took 49 times the tokens, 11 times the operations and 1.2 to 2.6 times the dollars.'
		);
		expect(sentence(run('GPT-3 175B'), run('Gopher (280B)'))).toBe(
			'Beside GPT-3 175B, Gopher (280B) took as many tokens, 2 times the operations and 0.14 to 1.7 times the dollars.'
		);
	});

	test('where nothing is known of both, that is said', () => {
		expect(sentence(bare, run('DeepSeek-V3'))).toBe(
			'Of Bare and DeepSeek-V3 no such number is known of both.'
		);
		for (const { ends, words } of measures) {
			expect(ends(bare)).toBeUndefined();
			expect(words(bare)).toBe('not published');
		}
	});

	test.each([
		['GPT-4', '$37.3 to $100 million'],
		['DeepSeek-V3', '$5.58 million'],
		['OPT-175B', '$734,000 or more'],
		// its makers: "less than $100"
		['Alpaca 7B (fine-tune)', 'up to $100'],
		['Chinchilla', 'not published'],
		['nanochat GPT-2-grade record', '$15 to $48']
	])('%s: %s', (model, words) => {
		expect(dollarWords(run(model))).toBe(words);
	});

	test.each([
		['DeepSeek-V3', '671 billion, 37 billion per token'],
		['GPT-3 175B', '175 billion'],
		// mixtures of which nobody says how much is at work
		['Switch Transformer 1.5T (MoE)', '1.57 trillion in all'],
		['Grok 4', '3 trillion in all'],
		['GPT-5', 'not published']
	])('%s has %s', (model, words) => {
		expect(parameterWords(run(model))).toBe(words);
	});

	test('every two of them compare without a number that is none', () => {
		for (const a of table) {
			for (const b of table) {
				for (const { key, ends } of measures) {
					const times = factor(ends(a), ends(b));
					if (times) {
						expect(factorWords(times), `${key} of ${a.model}, ${b.model}`).not.toMatch(
							/NaN|Infinity|no number|undefined/
						);
					}
				}
			}
		}
	});

	test('no range is upside down', () => {
		for (const one of table) {
			const { low, high } = dollarsOf(one) ?? {};
			if (low !== undefined && high !== undefined) expect(low).toBeLessThanOrEqual(high);
		}
	});
});

import { describe, expect, test } from 'vitest';
import { chipOf } from './chips.ts';
import { landmarkOf, landmarks } from './landmarks.ts';
import { operationsFor, sumOf } from './sums.ts';
import { apart, rowsOf } from './words.ts';

const run = (key: string) => landmarks.find((one) => one.key === key)!;

describe('by hand', () => {
	test('GPT-3: 6 × 174.6 billion × 300 billion are 3.14 × 10²³, on V100s 1.5 to 3.3 million hours', () => {
		const { operations, hours } = sumOf(run('gpt3'), chipOf('v100'));
		expect(operations).toBeCloseTo(6 * 174.6e9 * 300e9, -15);
		expect(operations / 3.14e23).toBeCloseTo(1, 2);
		// 125 trillion a second, 46 and 21 percent of them used
		expect(hours.low).toBeCloseTo(3.1428e23 / (125e12 * 0.46 * 3600), -3);
		expect(hours.high).toBeCloseTo(3.1428e23 / (125e12 * 0.21 * 3600), -3);
	});

	test('Llama 3.1 405B: 3.8 × 10²⁵, 46 to 253 million dollars on H100s, 18 to 57 gigawatt-hours', () => {
		const { operations, hours, dollars, wattHours } = sumOf(run('llama31'), chipOf('h100'));
		expect(operations / 3.8e25).toBeCloseTo(1, 2);
		expect(hours.low / 1e6).toBeCloseTo(23.1, 1);
		expect(hours.high / 1e6).toBeCloseTo(50.7, 1);
		expect(dollars.low / 1e6).toBeCloseTo(23.1458 * 1.99, 0);
		expect(dollars.high / 1e6).toBeCloseTo(50.7 * 5, 0);
		expect(wattHours.low / 1e9).toBeCloseTo(23.1458 * 0.7 * 1.1, 1);
		expect(wattHours.high / 1e9).toBeCloseTo(50.7 * 0.7 * 1.6, 1);
	});

	test('ten times of either number is ten times the bill', () => {
		const one = { parameters: 1e7, tokens: 1e11 };
		const chip = chipOf('h100');
		const more = sumOf({ ...one, parameters: 1e8 }, chip);
		expect(more).toEqual(sumOf({ ...one, tokens: 1e12 }, chip));
		expect(more.dollars.high / sumOf(one, chip).dollars.high).toBeCloseTo(10, 9);
	});

	test('what a sum of dollars buys costs that sum', () => {
		for (const key of ['h100', 'a100', 'v100']) {
			const bought = operationsFor(1000, chipOf(key));
			const cost = (operations: number) =>
				sumOf({ parameters: operations / 6, tokens: 1 }, chipOf(key)).dollars;
			expect(cost(bought.low).high).toBeCloseTo(1000, 6);
			expect(cost(bought.high).low).toBeCloseTo(1000, 6);
		}
	});
});

describe('runs on record', () => {
	test('of a mixture of experts it is the active parameters that count', () => {
		const deepseek = run('deepseek');
		expect(deepseek.parameters).toBe(37e9);
		expect(deepseek.inAll).toBe(671e9);
		expect(sumOf(deepseek, chipOf('h100')).operations / 3.3e24).toBeCloseTo(1, 2);
		expect(landmarks.filter(({ inAll }) => inAll).map(({ key }) => key)).toEqual(['deepseek']);
	});

	test('stand in the order of their bills, each with numbers of its own', () => {
		const bills = landmarks.map((one) => sumOf(one, chipOf('h100')).operations);
		expect([...bills].sort((a, b) => a - b)).toEqual(bills);
		expect(new Set(landmarks.map(({ key }) => key)).size).toBe(landmarks.length);
		for (const one of landmarks) expect(landmarkOf(one)).toBe(one);
		expect(landmarkOf({ parameters: 37e9, tokens: 14.9e12 })).toBeUndefined();
	});

	test.each([
		['gpt3', 'Operations', 'the same but for rounding'],
		['gpt3', 'Hours of a chip', '6.8\u00a0% above the range'],
		['llama31', 'Operations', 'the same but for rounding'],
		['llama31', 'Hours of a chip', 'within the range'],
		['llama31', 'Electricity', 'within the range'],
		['deepseek', 'Dollars', 'within the range'],
		['gpt2-small', 'Hours of a chip', '17\u00a0% below the range'],
		['llama2', 'Operations', '3.6\u00a0% less']
	])('%s, %s: %s', (key, what, expected) => {
		const rows = rowsOf(run(key), sumOf(run(key), chipOf(run(key).chip)));
		expect(rows.find((row) => row.what === what)?.apart).toBe(expected);
	});

	test('operations that were worked out by the rule are not held against it', () => {
		for (const one of landmarks) {
			if (one.byTheRule) expect(one.published.operations, one.name).toBeUndefined();
		}
		expect(rowsOf(run('smollm2'), sumOf(run('smollm2'), chipOf('h100')))).toEqual([]);
	});

	test('our pocket model: its record counts more than the rule does', () => {
		const { operations } = sumOf(run('pocket'), chipOf('h100'));
		expect(run('pocket').published.operations! / operations).toBeGreaterThan(1.05);
		expect(run('pocket').published.operations! / operations).toBeLessThan(1.5);
	});
});

test.each([
	[{ low: 2, high: 2 }, { low: 2, high: 2 }, 'the same but for rounding'],
	[{ low: 2, high: 3 }, { low: 2, high: 3 }, 'within the range'],
	[{ low: 2, high: 3 }, { low: 1, high: 2.5 }, 'the ranges overlap'],
	[{ low: 2, high: 3 }, { low: 6, high: 9 }, '2 times above the range'],
	[{ low: 2, high: 3 }, { low: 0.1, high: 0.5 }, '4 times below the range'],
	[{ low: 2, high: 3 }, { low: 3.3, high: 3.3 }, '10\u00a0% above the range']
])('%j and %j: %s', (formula, published, words) => {
	expect(apart(formula, published)).toBe(words);
});

import { describe, expect, test } from 'vitest';
import { evaluate, exact, FormulaError, namesIn, type Quantity } from './formula.ts';

const between = (low: number, high: number, value?: number): Quantity => ({
	low,
	high,
	...(value !== undefined && { value }),
	dimension: {}
});
const inputs = new Map<string, Quantity>([
	['two', exact(2)],
	['wide', between(1, 3)],
	['about', between(1, 3, 2)],
	['around', between(-1, 1, 0)],
	['cost', exact(10, { money: 1 })],
	['hours', exact(5, { time: 1 })],
	['huge', exact(1e300)]
]);
const value = (formula: string) => evaluate(formula, inputs).value;

test.each([
	['1 + 2 * 3', 7],
	['(1 + 2) * 3', 9],
	['8 - 3 - 2', 3],
	['8 / 4 / 2', 1],
	['2 ^ 3 ^ 2', 512],
	['2 * two ^ 2', 8],
	['1.5e3 - 500', 1000],
	['cost / hours * hours / cost', 1]
])('%s is %d', (formula, result) => expect(value(formula)).toBe(result));

describe('a range', () => {
	test('is carried through, the low ends together and the high ends together', () => {
		expect(evaluate('wide + wide', inputs)).toMatchObject({ low: 2, high: 6 });
		expect(evaluate('wide - wide', inputs)).toMatchObject({ low: -2, high: 2 });
		expect(evaluate('two / wide', inputs)).toMatchObject({ low: 2 / 3, high: 2 });
		expect(evaluate('around * wide', inputs)).toMatchObject({ low: -3, high: 3 });
	});

	test('keeps its middle only where there is one', () => {
		expect(evaluate('two * about', inputs)).toMatchObject({ low: 2, high: 6, value: 4 });
		expect(evaluate('two * wide', inputs)).not.toHaveProperty('value');
	});

	test('that widens one input widens the outcome', () => {
		for (let grown = 0; grown <= 5; grown += 0.5) {
			const wider = new Map([...inputs, ['wide', between(1 - grown / 10, 3 + grown)]]);
			const { low, high } = evaluate('two * wide + wide', wider);
			expect(high - low).toBeCloseTo(6 + 3.3 * grown, 9);
		}
	});
});

test('dimensions multiply and divide', () => {
	expect(evaluate('cost / hours', inputs).dimension).toEqual({ money: 1, time: -1 });
	expect(evaluate('cost * cost / cost', inputs).dimension).toEqual({ money: 1 });
});

test.each([
	['', 'ends too early'],
	['1 +', 'ends too early'],
	['(1', 'a bracket that is never closed'],
	['1 2', 'has "2" where it should end'],
	['* 2', 'has "*" where a number or a name belongs'],
	['gone * 2', 'uses "gone"'],
	['two.low', 'cannot be read at ".low"'],
	['two["low"]', 'cannot be read at'],
	['constructor', 'uses "constructor"'],
	['__proto__', 'cannot be read at'],
	['process.exit()', 'cannot be read at'],
	['1 / around', 'divides by what may be zero'],
	['1 / 0', 'divides by what may be zero'],
	['huge * huge', 'has no finite result'],
	['cost + hours', 'adds money and time'],
	['cost + 1', 'adds money and a bare number'],
	['two ^ 0.5', 'may only raise to a whole number'],
	['two ^ wide', 'may only raise to a whole number'],
	['two ^ cost', 'raises to what has a unit'],
	['two ^ 99', 'may only raise to a power of 0 to 20'],
	['('.repeat(50) + '1' + ')'.repeat(50), 'more than 20 brackets'],
	['1+'.repeat(200) + '1', 'longer than 200 characters']
])('%s stops with what is wrong', (formula, message) => {
	expect(() => evaluate(formula, inputs)).toThrow(FormulaError);
	expect(() => evaluate(formula, inputs)).toThrow(message);
});

test('names are found once each', () => {
	expect(namesIn('a * (b + a) / 2e3')).toEqual(['a', 'b']);
});

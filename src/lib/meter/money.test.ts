import { describe, expect, test } from 'vitest';
import {
	bill,
	billLines,
	compare,
	dollars,
	money,
	nothing,
	plus,
	times,
	toNumber
} from './money.ts';

/** Whole numbers that are the same in every run: a linear congruential generator. */
function* numbers(seed = 1): Generator<number> {
	for (let state = seed >>> 0; ;) {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		yield state;
	}
}

const draw = numbers();
const below = (n: number) => draw.next().value! % n;
const price = () => {
	const places = below(7);
	const digits = String(below(10 ** Math.max(1, places)));
	return places ? `${below(200)}.${digits.padStart(places, '0')}` : String(below(200));
};
const count = () => below(2 ** 31) * (below(2) ? 1 : 1000);

const small = { input: '0.1', cachedInput: '0.01', output: '0.5' };

describe('a bill', () => {
	test('of 23 in and 140 out at 10 and 50 cents a million is exact', () => {
		const total = bill({ promptTokens: 23, cachedTokens: 0, outputTokens: 140 }, small);
		expect(total).toEqual({ units: 723n, scale: 7 });
		expect(dollars(total)).toBe('$0.0000723');
	});

	test('of nothing is nothing', () => {
		expect(bill({ promptTokens: 0, cachedTokens: 0, outputTokens: 0 }, small)).toEqual(nothing);
	});

	test('of one token is its price by a million', () => {
		expect(dollars(bill({ promptTokens: 1, cachedTokens: 0, outputTokens: 0 }, small))).toBe(
			'$0.0000001'
		);
	});

	test('shows its lines, and cached tokens apart', () => {
		const usage = { promptTokens: 100, cachedTokens: 60, outputTokens: 7 };
		expect(
			billLines(usage, small).map(({ what, tokens, amount }) => [what, tokens, dollars(amount)])
		).toEqual([
			['sent', 40, '$0.000004'],
			['cached', 60, '$0.0000006'],
			['came back', 7, '$0.0000035']
		]);
	});

	test('charges cached tokens as fresh ones where a card has no price for them', () => {
		const card = { input: '30', output: '60' };
		expect(bill({ promptTokens: 9, cachedTokens: 9, outputTokens: 0 }, card)).toEqual(
			bill({ promptTokens: 9, cachedTokens: 0, outputTokens: 0 }, card)
		);
	});

	test.each([NaN, Infinity, -1, 0.5, 2 ** 53])('refuses a count of %d', (tokens) => {
		expect(() => bill({ promptTokens: tokens, cachedTokens: 0, outputTokens: 0 }, small)).toThrow(
			RangeError
		);
		expect(() => bill({ promptTokens: 0, cachedTokens: 0, outputTokens: tokens }, small)).toThrow(
			RangeError
		);
	});

	test('refuses more cached than sent', () => {
		expect(() => bill({ promptTokens: 1, cachedTokens: 2, outputTokens: 0 }, small)).toThrow(
			'cached'
		);
	});

	test("refuses a run's own usage, whose cache is not the vendor's", () => {
		const usage = { promptTokens: 1, cachedTokens: 1, outputTokens: 1, prefillMs: 1, decodeMs: 1 };
		// @ts-expect-error device-cached tokens must not be billed as cached
		expect(bill(usage, small)).toBeDefined();
	});

	test('is linear in the counts: twice the tokens cost twice as much, to the last digit', () => {
		for (let i = 0; i < 500; i++) {
			const card = { input: price(), cachedInput: price(), output: price() };
			const [a, b] = [count(), count()];
			const one = bill({ promptTokens: a, cachedTokens: 0, outputTokens: b }, card);
			const two = bill({ promptTokens: 2 * a, cachedTokens: 0, outputTokens: 2 * b }, card);
			expect(two).toEqual(times(one, 2n));
			expect(two).toEqual(plus(one, one));
		}
	});

	test('of a visit is the sum of the bills of its runs, in any order', () => {
		for (let i = 0; i < 200; i++) {
			const card = { input: price(), output: price() };
			const runs = Array.from({ length: 5 }, () => ({
				promptTokens: count(),
				cachedTokens: 0,
				outputTokens: count()
			}));
			const whole = runs.reduce((sum, run) => ({
				promptTokens: sum.promptTokens + run.promptTokens,
				cachedTokens: 0,
				outputTokens: sum.outputTokens + run.outputTokens
			}));
			const sum = runs.reduceRight((sum, run) => plus(sum, bill(run, card)), nothing);
			expect(sum).toEqual(bill(whole, card));
		}
	});

	test('never falls when a token comes', () => {
		const card = { input: price(), output: '0.000001' };
		let before = nothing;
		for (let tokens = 1; tokens < 300; tokens++) {
			const after = bill({ promptTokens: 0, cachedTokens: 0, outputTokens: tokens }, card);
			expect(compare(after, before)).toBe(1);
			before = after;
		}
	});
});

describe('printing and reading', () => {
	test('what is printed, read again, is the same amount', () => {
		for (let i = 0; i < 500; i++) {
			const amount = bill(
				{ promptTokens: count(), cachedTokens: 0, outputTokens: count() },
				{
					input: price(),
					output: price()
				}
			);
			expect(money(dollars(amount).replace(/[$,]/g, ''))).toEqual(amount);
		}
	});

	test.each([
		['0', '$0.00'],
		['1', '$1.00'],
		['0.1', '$0.10'],
		['0.003625', '$0.003625'],
		['1234567.5', '$1,234,567.50'],
		['82000000', '$82,000,000.00']
	])('%s is %s', (decimal, printed) => {
		expect(dollars(money(decimal))).toBe(printed);
	});

	test('rounds only when asked, half up', () => {
		expect(dollars(money('0.0000723'), { digits: 4 })).toBe('$0.0001');
		expect(dollars(money('0.125'), { digits: 2 })).toBe('$0.13');
		expect(dollars(money('0.999'), { digits: 2 })).toBe('$1.00');
		expect(dollars(money('1499.5'), { digits: 0 })).toBe('$1,500');
		expect(dollars(money('2'), { digits: 7 })).toBe('$2.0000000');
	});

	test.each(['', '.5', '1.', '-1', '+1', '1e3', ' 1', '1,000', 'NaN', 'Infinity', '0x1', '١'])(
		'%j is no amount',
		(text) => {
			expect(() => money(text)).toThrow(RangeError);
		}
	);

	test('goes to floating point once, correctly rounded', () => {
		expect(toNumber({ units: 723n, scale: 7 })).toBe(0.0000723);
		expect(toNumber(plus(money('0.1'), money('0.2')))).toBe(0.3);
	});

	test('equal amounts look equal however they came about', () => {
		expect(money('1.500')).toEqual(money('1.5'));
		expect(plus(money('0.5'), money('0.5'))).toEqual(money('1'));
		expect(compare(money('0.30'), money('0.3'))).toBe(0);
	});
});

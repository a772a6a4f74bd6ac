import { expect, test } from 'vitest';
import { cases } from './cases.ts';
import {
	billOf,
	clamp,
	evenTasks,
	factorAt,
	placeOf,
	powerWords,
	rulerOf,
	stepOf,
	walk
} from './walk.ts';
import { billWords, caption, factorWords } from './words.ts';

test('the bill is the product, and the walk ends there', () => {
	const factors = { price: 280, tokens: 15, tasks: 20 };
	// 15 × 20 ÷ 280
	expect(billOf(factors)).toBeCloseTo(1.0714, 4);
	const legs = walk(factors);
	expect(legs[0].from).toBe(1);
	for (const [i, { from }] of legs.slice(1).entries()) expect(from).toBe(legs[i].to);
	expect(legs[2].to).toBeCloseTo(billOf(factors), 12);
	expect(evenTasks(factors)).toBeCloseTo(18.67, 2);
});

test('the cases, reckoned by hand', () => {
	const bills = Object.fromEntries(cases.map(({ key, factors }) => [key, billOf(factors)]));
	expect(bills.thought).toBeCloseTo(300 / 280, 6);
	// ten turns: 11,970 sent and 2,000 back; one: 54 and 200
	expect(bills.chat).toBeCloseTo(13_970 / 254 / 280, 6);
	expect(bills.top).toBeCloseTo(15 / 1.2, 6);
	expect(bills.google).toBeCloseTo(330 / 280, 6);
});

test('every factor of a case is from the ledger, or says that it is an assumption or the same', () => {
	for (const { key, from } of cases) {
		for (const { says, figure } of Object.values(from)) {
			expect(figure !== undefined || /assumption|As many|not said/.test(says), key).toBe(true);
		}
	}
});

test('one line of the ruler is ten times the one to its left', () => {
	const ruler = rulerOf({ price: 280, tokens: 15, tasks: 20 });
	expect(ruler).toEqual({ low: -3, high: 2 });
	expect(placeOf(10, ruler) - placeOf(1, ruler)).toBeCloseTo(1 / 5);
	for (const factors of [
		{ price: 1, tokens: 1, tasks: 1 },
		{ price: 1000, tokens: 1, tasks: 1 },
		{ price: 1, tokens: 1000, tasks: 1000 }
	]) {
		const one = rulerOf(factors);
		for (const { from, to } of walk(factors)) {
			for (const times of [from, to]) {
				expect(placeOf(times, one)).toBeGreaterThanOrEqual(0);
				expect(placeOf(times, one)).toBeLessThanOrEqual(1);
			}
		}
	}
	expect([-3, 0, 2, 6].map(powerWords)).toEqual([
		'a thousandth',
		'as before',
		'100 times',
		'1,000,000 times'
	]);
});

test('a slider of powers goes there and back', () => {
	expect([0, 100, 200, 300].map(factorAt)).toEqual([1, 10, 100, 1000]);
	for (const factor of [1, 2, 15, 280, 1000]) {
		expect(factorAt(stepOf(factor)) / factor).toBeCloseTo(1, 1);
	}
	expect([NaN, Infinity, -3, 5000].map(clamp)).toEqual([1, 1, 1, 1000]);
});

test('in words', () => {
	expect(factorWords('price', 280)).toBe('1 part in 280');
	expect(factorWords('price', 1.2)).toBe('divided by 1.2');
	expect(factorWords('tokens', 55)).toBe('55 times');
	expect(factorWords('tasks', 1)).toBe('the same');
	expect(billWords(1.0714)).toBe('1.1 times what it was');
	expect(billWords(1)).toBe('what it was');
	expect(billWords(0.196)).toBe('20 percent of what it was');
	expect(billWords(1 / 280)).toBe('1 part in 280 of what it was');
	const { finding, rest } = caption({ price: 280, tokens: 15, tasks: 20 }, false);
	expect(finding).toBe(
		'The price of a token fell to 1 part in 280, and the bill is 1.1 times what it was.'
	);
	expect(rest).toBe(
		'15 × 20 ÷ 280 = 1.1. At so many tokens in a task, 19 times as many tasks bring the bill back to where it was.'
	);
	expect(caption({ price: 280, tokens: 330, tasks: 1 }, true).rest).toBe(
		'330 ÷ 280 = 1.2. Even if every single token had become that much cheaper, so many more of them would have outweighed it.'
	);
	expect(caption({ price: 1.2, tokens: 15, tasks: 1 }, false).rest).toContain(
		'the bill is higher with not one task more'
	);
});

import { describe, expect, test } from 'vitest';
import type { Token } from '#lib/events.ts';
import record from './recorded.json';
import { candidatesOf, rankInWords, shareInWords, surprise } from './candidates.ts';

const log = Math.log;
const token = (rest: Partial<Token>): Token => ({ index: 0, at: 0, text: ' a', ...rest });
const five = [
	{ text: ' a', id: 1, logprob: log(0.5) },
	{ text: ' b', id: 2, logprob: log(0.2) },
	{ text: '<end>', id: 0, logprob: log(0.1) }
];

describe('candidatesOf', () => {
	test('marks the drawn one, and leaves the rest of 1 to all others', () => {
		const found = candidatesOf(
			token({ id: 2, text: ' b', alternatives: five, logprob: log(0.2) })
		)!;
		expect(found.rows.map(({ drawn }) => drawn)).toEqual([false, true, false]);
		expect(found.rank).toBe(2);
		expect(found.others).toBeCloseTo(0.2, 10);
	});

	test('adds the drawn one where it lies behind the likeliest', () => {
		const found = candidatesOf(
			token({ id: 9, text: 'z', alternatives: five, logprob: log(0.05) })
		)!;
		expect(found.rows.at(-1)).toMatchObject({ text: 'z', drawn: true });
		expect(found.rank).toBeUndefined();
		expect(found.others).toBeCloseTo(0.15, 10);
	});

	test('knows the end by its number', () => {
		const end = token({ id: 0, text: '', special: true, alternatives: five, logprob: log(0.1) });
		expect(candidatesOf(end)!.rows[2]).toMatchObject({ drawn: true, special: true });
	});

	test('has nothing where a run kept nothing', () => {
		expect(candidatesOf(token({ logprob: -1 }))).toBeUndefined();
	});

	test('the shares of the shipped run never exceed the whole', () => {
		for (const one of record.tokens as Token[]) {
			const { rows, others } = candidatesOf(one)!;
			expect(rows.filter(({ drawn }) => drawn)).toHaveLength(1);
			const sum = rows.reduce((all, { share }) => all + share, others);
			expect(sum).toBeGreaterThan(0.999);
			expect(sum).toBeLessThan(1.001);
		}
	});
});

test('the token worth a look is the first that was not the likeliest', () => {
	const tokens = record.tokens as Token[];
	const index = surprise(tokens);
	expect(candidatesOf(tokens[index])!.rank).not.toBe(1);
	for (const one of tokens.slice(0, index)) expect(candidatesOf(one)!.rank).toBe(1);
	expect(surprise([])).toBe(0);
});

test('a share is never rounded to none or all', () => {
	expect(shareInWords(0.41266)).toBe('41.27 %');
	expect(shareInWords(1e-7)).toBe('< 0.01 %');
	expect(shareInWords(0.99999)).toBe('> 99.99 %');
	expect(shareInWords(0)).toBe('0.00 %');
});

test('places are words', () => {
	expect([1, 2, 5, undefined].map((rank) => rankInWords(rank, 5))).toEqual([
		'the likeliest',
		'the second likeliest',
		'the fifth likeliest',
		'not among the 5 likeliest'
	]);
});

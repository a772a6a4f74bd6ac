import { describe, expect, test } from 'vitest';
import { bought } from '#lib/meter/formulas/cost.ts';
import { axisTop, ends, lenses } from './models.ts';
import { amountWords, caption, caughtUp, rangeOf, trialsWords } from './words.ts';

const lens = (key: string) => lenses.find((one) => one.key === key)!;

describe('the numbers, as their sources have them', () => {
	test.each([
		['gemini', ['$30.7 million', '$191 to $206 million']],
		['gpt4', ['$37.3 million', '$78 to $82 million', 'more than $100 million']],
		[
			'llama',
			['$52.9 million', '$61 to $150 million', '$170 to $176 million', '$330 to $660 million']
		],
		['deepseek', ['$5.58 million', '$41 to $82 million']]
	])('%s', (key, amounts) => {
		expect(lens(key).counts.map(amountWords)).toEqual(amounts);
	});
});

test('the caption says how far apart they are', () => {
	expect(caption(lens('gemini'))).toMatchObject({
		finding: 'One run, from $31 million to $206 million.'
	});
	expect(caption(lens('gemini')).rest).toContain('6.7 times');
	expect(caption(lens('gpt4')).finding).toBe(
		'One run, from $37 million to more than $100 million.'
	);
	expect(caption(lens('gpt4')).rest).toContain('more than 2.7 times');
	expect(caption(lens('deepseek'))).toMatchObject({
		finding: 'The famous number is the short bar: $5.58 million.'
	});
	// 82 / 5.576
	expect(caption(lens('deepseek')).rest).toContain('up to 15 times as much');
});

test.each(lenses.map((one) => [one.name, one] as const))(
	'%s: every bar has room on the axis',
	(_, one) => {
		const top = axisTop(one);
		expect(top).toBeGreaterThan(Math.max(ends(one).high, one.unborne?.high ?? 0));
		expect(top).toBeLessThan(Math.max(ends(one).high, one.unborne?.high ?? 0) * 1.6);
	}
);

test.each(lenses.map((one) => [one.name, one] as const))(
	'%s: a bar that holds the first one is longer, and every other says why it stands apart',
	(_, one) => {
		const [first, ...others] = one.counts;
		expect(first.holds ?? first.how).toBeUndefined();
		for (const count of others) {
			expect(count.how).toMatch(count.holds ? /^holds the first bar/ : /^stands apart: /);
			if (count.holds) expect(rangeOf(count).low).toBeGreaterThan(rangeOf(first).high);
		}
	}
);

test('trial runs by the shares that are known, 9.6 to 22.6 percent, of what the run itself took', () => {
	const share = { low: 0.096, high: 0.226 };
	// 37.3 / 0.226 and 82 / 0.096: of "more than 100" nobody knows whether trials are in it.
	expect(trialsWords(lens('gpt4'), share).after).toContain('$170 to $850 million');
	// 5.576 / 0.226 and / 0.096: the chips bought are no part of it.
	expect(trialsWords(lens('deepseek'), share).after).toContain('$25 to $58 million');
});

test('chips at their whole price: 16,384 and 2,048 of them at 20,000 to 40,000 dollars', () => {
	const price = { low: 20_000, high: 40_000 };
	for (const [key, chips] of [
		['llama', 16_384],
		['deepseek', 2048]
	] as const) {
		const { low, high } = rangeOf(lens(key).counts.find((count) => count.key === 'bought')!);
		expect(low / bought(chips, price).low).toBeCloseTo(1, 1);
		expect(high / bought(chips, price).high).toBeCloseTo(1, 1);
	}
});

test('in tokens at a price list: 37.3 million dollars at 60 dollars a million', () => {
	expect(caughtUp({ low: 37.3e6, high: 37.3e6 }, 60)).toBe('620 billion');
	expect(caughtUp({ low: 78e6, high: 82e6 }, 60)).toBe('1.3 trillion to 1.4 trillion');
});

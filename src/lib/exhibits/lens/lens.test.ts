import { describe, expect, test } from 'vitest';
import { axisTop, ends, lenses } from './models.ts';
import { amountWords, caption, caughtUp, trialsWords } from './words.ts';

const lens = (key: string) => lenses.find((one) => one.key === key)!;

describe('the numbers, as their sources have them', () => {
	test.each([
		['gemini', ['$30.7 million', '$191 to $206 million']],
		['gpt4', ['$37.3 million', '$78 to $82 million', 'more than $100 million']],
		['llama', ['$52.9 million', '$61 to $150 million', '$170 to $176 million']],
		['deepseek', ['$5.58 million']]
	])('%s', (key, amounts) => {
		expect(lens(key).counts.map(amountWords)).toEqual(amounts);
	});
});

test('the caption says how far apart they are', () => {
	expect(caption(lens('gemini'))).toMatchObject({
		finding: 'One run, from $31 million to $206 million.'
	});
	expect(caption(lens('gemini')).rest).toContain('6.7 times');
	expect(caption(lens('deepseek')).finding).toBe('One number, and it is the smallest part.');
});

test.each(lenses.map((one) => [one.name, one] as const))(
	'%s: every bar has room on the axis',
	(_, one) => {
		const top = axisTop(one);
		expect(top).toBeGreaterThan(Math.max(ends(one).high, one.unborne?.high ?? 0));
		expect(top).toBeLessThan(Math.max(ends(one).high, one.unborne?.high ?? 0) * 1.6);
	}
);

test('trial runs by the shares that are known: 9.6 to 22.6 percent', () => {
	// 37.3 / 0.226 and 100 / 0.096
	expect(trialsWords(lens('gpt4'), { low: 0.096, high: 0.226 })).toContain(
		'$170 million to $1 billion'
	);
});

test('in tokens at a price list: 37.3 million dollars at 60 dollars a million', () => {
	expect(caughtUp({ low: 37.3e6, high: 37.3e6 }, 60)).toBe('620 billion');
	expect(caughtUp({ low: 78e6, high: 82e6 }, 60)).toBe('1.3 trillion to 1.4 trillion');
});

import { describe, expect, test } from 'vitest';
import { readLedger } from '#lib/ledger/server/read.ts';
import { times, weigh } from './weigh.ts';

const { cards, figures } = readLedger('.');
const ratio = figures.get('token-word-ratio')!.value!;
const page = figures.get('words-per-page')!.value!;
const at = (key: string) => {
	const card = cards.find((one) => one.key === key)!;
	const document = weigh({ name: 'document', reads: 20 * page, writes: 1 }, card, ratio);
	const answer = weigh({ name: 'answer', reads: 12, writes: 2 * page }, card, ratio);
	return times(document, answer);
};

describe('a one-word answer on twenty pages against two pages on one line', () => {
	test.each([
		['claude-opus-5-5', 2],
		['gpt-6-luna', 2],
		['gpt-6-astra', 2],
		['gpt-3', 10],
		['gpt-4', 5],
		['gpt-5', 1.25]
	])('costs at %s about %d times as much', (key, expected) => {
		expect(at(key)).toBeGreaterThan(expected * 0.95);
		expect(at(key)).toBeLessThan(expected * 1.05);
	});
});

test('parts of tokens are billed as whole ones', () => {
	const { usage } = weigh({ name: 'a', reads: 1, writes: 3 }, { input: '1', output: '1' }, 0.75);
	expect(usage).toEqual({ promptTokens: 2, cachedTokens: 0, outputTokens: 4 });
});

import { expect, test } from 'vitest';
import type { Token } from '#lib/events.ts';
import type { Shown } from '../run/shown.ts';
import { partingInWords, partingOf } from './differences.ts';

const shown = (texts: string[], came = texts.length): Shown => ({
	source: 'live',
	request: { messages: [], temperature: 1, topK: 0, seed: 1, maxTokens: 9 },
	counts: { sent: 3, came },
	tokens: texts.map((text, index): Token =>
		text ? { index, at: index, text } : { index, at: index, text, special: true }
	)
});

test('two runs part at the first token that differs', () => {
	const [a, b] = [shown(['A', ' b', ' c']), shown(['A', ' b', ' d', ' e'])];
	expect(partingOf(a, b)).toEqual({ same: 2, at: 2 });
	expect(partingInWords(a, b)).toBe(
		'They share 2 tokens, then part: A writes “ c”, B writes “ d”.'
	);
});

test('one may end where the other goes on', () => {
	expect(partingInWords(shown(['A', '']), shown(['A', ' b']))).toBe(
		'They share 1 token, then part: A ends, B writes “ b”.'
	);
	expect(partingInWords(shown(['A']), shown(['A', ' b']))).toMatch(/A stops, B writes “ b”/);
});

test('the same run twice does not part', () => {
	const one = shown(['A', ' b', '']);
	expect(partingOf(one, one)).toEqual({ same: 3 });
	expect(partingInWords(one, one)).toBe('Both wrote the same 3 tokens.');
});

test('only what has come on screen counts', () => {
	expect(partingOf(shown(['A', ' b'], 1), shown(['A', ' c'], 1))).toEqual({ same: 1 });
});

test('while one grows, only a token that differs is a difference', () => {
	const [a, b] = [shown(['A', ' b', ' c']), shown(['A'])];
	expect(partingOf(a, b, true)).toEqual({ same: 1 });
	expect(partingInWords(a, b, true)).toBe('Running; no difference so far.');
	expect(partingOf(a, shown(['A', ' x']), true)).toEqual({ same: 1, at: 1 });
});

test('nothing is compared with a run that has not been made', () => {
	expect(partingInWords(shown(['A']), shown([]))).toBe('One of the two has not been run yet.');
});

test('tokens are told apart by their numbers where they have any', () => {
	const [a, b] = [shown(['']), shown([''])];
	Object.assign(a.tokens[0], { id: 1, special: undefined });
	Object.assign(b.tokens[0], { id: 2, special: undefined });
	expect(partingOf(a, b)).toEqual({ same: 0, at: 0 });
});

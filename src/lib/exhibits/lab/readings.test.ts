import { expect, test } from 'vitest';
import type { Token } from '#lib/events.ts';
import type { Shown } from '../run/shown.ts';
import { milliseconds, rate, readingsOf, speed } from './readings.ts';

const tokens = [5, 55, 105].map((at, index): Token => ({ index, at, text: 'x' }));
const shown: Shown = {
	source: 'live',
	request: { messages: [], temperature: 1, topK: 0, seed: 1, maxTokens: 9 },
	counts: { sent: 10, came: 3 },
	tokens
};

test('prefill and decode are told apart, and what was computed is counted', () => {
	const usage = { promptTokens: 10, cachedTokens: 4, outputTokens: 3, prefillMs: 2, decodeMs: 6 };
	expect(readingsOf({ ...shown, usage })).toEqual({
		sent: 10,
		cached: 4,
		came: 3,
		computed: 9,
		first: 5,
		watched: 20,
		prefill: { tokens: 6, ms: 2, rate: 3000 },
		decode: { tokens: 3, ms: 6, rate: 500 }
	});
});

test('what is not known yet is left open', () => {
	expect(readingsOf({ ...shown, counts: { sent: 10, came: 0 } })).toEqual({
		sent: 10,
		cached: 0,
		came: 0,
		computed: 10
	});
	const none = { promptTokens: 0, cachedTokens: 0, outputTokens: 0, prefillMs: 0, decodeMs: 0 };
	expect(readingsOf({ ...shown, counts: { sent: 0, came: 0 }, usage: none })).not.toHaveProperty(
		'decode'
	);
});

test('a time too short to be told has no speed', () => {
	const usage = { promptTokens: 10, cachedTokens: 0, outputTokens: 3, prefillMs: 0, decodeMs: 6 };
	expect(readingsOf({ ...shown, usage }).prefill).toEqual({ tokens: 10, ms: 0 });
});

test('times and speeds are written as they can be told', () => {
	expect([0.618, 12.34, 1234, 12_340].map(milliseconds)).toEqual([
		'0.62 ms',
		'12.3 ms',
		'1,234 ms',
		'12.3 s'
	]);
	expect(rate(5164.2)).toBe('5,164');
	expect(speed(4.04)).toBe('4.0 tokens/s');
	expect(speed(undefined)).toBe('–');
});

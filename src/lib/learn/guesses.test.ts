import { describe, expect, test } from 'vitest';
import { keepGuess, keptGuess } from './guesses.ts';

const share = { min: 0, max: 1 };

/** A store that holds `text`, as a browser would. */
function holding(text: string | null) {
	let held = text;
	return {
		getItem: () => held,
		setItem: (_: string, value: string) => void (held = value),
		get held() {
			return held;
		}
	};
}

describe('a guess', () => {
	test('is there again next time, beside the others', () => {
		const store = holding(null);
		expect(keepGuess('two-jobs', 0.38, () => store)).toBe(true);
		keepGuess('other', 3, () => store);
		expect(keptGuess('two-jobs', share, () => store)).toBe(0.38);
		expect(keptGuess('other', { min: 0, max: 3 }, () => store)).toBe(3);
	});

	test('can be forgotten, and only that one', () => {
		const store = holding('{"two-jobs":0.38,"other":3}');
		keepGuess('two-jobs', undefined, () => store);
		expect(store.held).toBe('{"other":3}');
	});

	test.each([
		['nothing', null],
		['no JSON', '{"two-jobs":'],
		['no object', '[0.5]'],
		['null', 'null'],
		['a string', '{"two-jobs":"0.5"}'],
		['too much', '{"two-jobs":1.01}'],
		['too little', '{"two-jobs":-0.1}'],
		['what is inherited', '{"__proto__":{"two-jobs":0.5}}'],
		['an endless text', `{"two-jobs":0.5,"x":"${'x'.repeat(100_000)}"}`]
	])('is not there when the store holds %s', (_, text) => {
		expect(keptGuess('two-jobs', share, () => holding(text))).toBeUndefined();
	});

	test('is kept over what cannot be read', () => {
		const store = holding('hello');
		keepGuess('two-jobs', 0, () => store);
		expect(keptGuess('two-jobs', share, () => store)).toBe(0);
	});

	test('is forgotten, without an error, where the store is full', () => {
		const full = {
			getItem: () => null,
			setItem: () => {
				throw new DOMException('full', 'QuotaExceededError');
			}
		};
		expect(keepGuess('two-jobs', 0.5, () => full)).toBe(false);
	});

	test('is forgotten, without an error, where there is no store', () => {
		const blocked = () => {
			throw new DOMException('blocked', 'SecurityError');
		};
		expect(keepGuess('two-jobs', 0.5, blocked)).toBe(false);
		expect(keptGuess('two-jobs', share, blocked)).toBeUndefined();
	});
});

import { describe, expect, test } from 'vitest';
import { both, nothing, readKept, words, writeKept, type Kept } from './kept.ts';

const sound: Kept = {
	lessons: new Map([
		[
			'two-jobs',
			{
				opened: 1_764_000_000_000,
				done: 1_764_000_100_000,
				checks: [{ question: 'What happens?', tried: ['It grows', 'It stays'], solved: true }]
			}
		]
	]),
	guesses: new Map([
		[
			'two-jobs',
			{ value: 0.38, lesson: 'two-jobs', question: 'How high?', yours: 'a', truth: 'b' }
		],
		['order', { value: [2, 0, 1, 60] }]
	])
};

const read = (text: string | null, older?: string) => readKept(text, older) as Kept;
const version1 = (rest: object) => JSON.stringify({ version: 1, ...rest });

describe('what is kept', () => {
	test('comes back as it was written', () => {
		expect(readKept(writeKept(sound))).toEqual(sound);
		expect(readKept(writeKept(sound, '\t'))).toEqual(sound);
	});

	test.each([
		['nothing', null],
		['an empty text', ''],
		['no JSON', '{"version":1,"guesses":{"a":'],
		['null', 'null'],
		['a number', '7'],
		['a list', '[1,2,3]'],
		['a list in the place of each part', version1({ lessons: [1], guesses: [2] })],
		['text in the place of each part', version1({ lessons: 'x', guesses: 'y' })],
		['no version', '{"guesses":{"a":{"value":1}}}'],
		['a version that never was', '{"version":0,"guesses":{"a":{"value":1}}}'],
		['a negative version', '{"version":-2,"guesses":{"a":{"value":1}}}'],
		['5 MB', version1({ guesses: { a: { value: 1 } }, rest: 'x'.repeat(5_000_000) })],
		['a deep pit', '{"version":1,"lessons":' + '['.repeat(50_000)]
	])('is nothing where there is %s', (_, text) => {
		expect(readKept(text)).toEqual(nothing);
	});

	test.each([
		['2', '{"version":2,"lessons":{"a":{}}}'],
		['2, in another shape', '{"kept":[],"version":2}'],
		['2 as text', '{"version":"2"}'],
		['a large one', '{"version":123456789012345678901234567890}'],
		['2, and cannot be read', '{"version":2,"lessons":{'],
		['2, in 5 MB', `{ "version": 2, "rest":"${'x'.repeat(5_000_000)}"}`]
	])('belongs to a newer site where the version is %s', (_, text) => {
		expect(readKept(text)).toBe('newer');
	});

	test('has no names that are anything but addresses, and none that are inherited', () => {
		const text =
			'{"version":1,"__proto__":{"x":1},"lessons":{"__proto__":{"done":1},"constructor":{"done":1},"../x":{"done":1},"<b>":{"done":1}},"guesses":{"__proto__":{"value":1},"toString":{"value":1}}}';
		const kept = read(text);
		expect([...kept.lessons.keys()]).toEqual(['constructor']);
		expect([...kept.guesses.keys()]).toEqual([]);
		expect(({} as { done?: unknown }).done).toBeUndefined();
		expect(kept.lessons.get('toString')).toBeUndefined();
		expect(readKept(writeKept(kept))).toEqual(kept);
	});

	test('is bounded', () => {
		const many = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`a${i}`, { value: i }]));
		expect(read(version1({ guesses: many })).guesses.size).toBe(500);
		const checks = Array.from({ length: 99 }, (_, i) => ({ question: `q${i}`, tried: ['x'] }));
		expect(read(version1({ lessons: { a: { checks } } })).lessons.get('a')?.checks).toHaveLength(
			30
		);
	});
});

describe('a kept guess', () => {
	const guess = (value: unknown) => read(version1({ guesses: { a: value } })).guesses.get('a');

	test.each([
		['text', '0.5'],
		['null, as NaN is written', null],
		['a list with text', [1, 'x']],
		['an object', { valueOf: 1 }]
	])('is none when its value is %s', (_, value) => {
		expect(guess({ value })).toBeUndefined();
	});

	test('is none when it is too large to be a number', () => {
		expect(read('{"version":1,"guesses":{"a":{"value":1e999}}}').guesses.size).toBe(0);
	});

	test('keeps words that are words', () => {
		const said = { value: 1, question: ' a\u202Eb\u0007 ', yours: 7, truth: 'x'.repeat(401) };
		expect(guess(said)).toEqual({ value: 1, question: 'ab' });
	});

	test('of the first version is taken over, and gives way to a newer one', () => {
		const older = '{"two-jobs":0.38,"other":3,"bad":"x"}';
		expect(read(null, older).guesses).toEqual(
			new Map([
				['two-jobs', { value: 0.38 }],
				['other', { value: 3 }]
			])
		);
		expect(read(version1({ guesses: { other: { value: 1 } } }), older).guesses).toEqual(
			new Map([
				['two-jobs', { value: 0.38 }],
				['other', { value: 1 }]
			])
		);
		expect(read('rubbish', older).guesses.size).toBe(2);
		for (const rubbish of ['[0.5]', 'null', '{"two-jobs":', 'x'.repeat(5_000_000)]) {
			expect(read(null, rubbish)).toEqual(nothing);
		}
	});
});

describe('a kept lesson', () => {
	const lesson = (value: unknown) => read(version1({ lessons: { a: value } })).lessons.get('a');

	test.each([
		[-5, 0],
		[0, 0],
		[1e15, 1e15],
		['yesterday', undefined],
		[null, undefined],
		[undefined, undefined]
	])('done at %j is done at %j', (done, time) => {
		expect(lesson({ done })?.done).toBe(time);
	});

	test('done at the end of all numbers is done at no known time', () => {
		expect(read('{"version":1,"lessons":{"a":{"done":1e999}}}').lessons.get('a')?.done).toBe(0);
	});

	test('has each question once, with answers that are words', () => {
		const checks = [
			{ question: 'q', tried: ['x'], solved: true },
			{ question: 'q', tried: ['y', 7, null], solved: false },
			{ question: 'solved by nothing', tried: [], solved: true },
			{ question: 9, tried: ['x'], solved: true },
			'q'
		];
		expect(lesson({ checks })?.checks).toEqual([
			{ question: 'q', tried: ['y'], solved: false },
			{ question: 'solved by nothing', tried: [], solved: false }
		]);
	});
});

test('two are put together, and the second wins', () => {
	const other: Kept = { lessons: new Map(), guesses: new Map([['order', { value: 1 }]]) };
	expect(both(sound, other).guesses.get('order')).toEqual({ value: 1 });
	expect(both(sound, other).guesses.size).toBe(2);
});

test('words are of one line and end somewhere', () => {
	expect(words('a\nb\u0000')).toBe('ab');
	expect(words('  ')).toBeUndefined();
	expect(words('x'.repeat(400))).toHaveLength(400);
});

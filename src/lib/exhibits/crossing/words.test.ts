import { describe, expect, test } from 'vitest';
import { crowds } from './line.ts';
import { models, ways } from './models.ts';
import { caption, crowdWords, dayWords, flatWords, shareWords, timeWords } from './words.ts';

const said = { people: 33e6, tokensADay: 2000, model: models[0], way: ways[0] };

describe('the caption', () => {
	test('says how long, for whom, and that nothing is paid off', () => {
		const { finding, rest } = caption({ ...said, days: { low: 181.8, high: 181.8 } });
		expect(finding).toBe('33 million people need 182 days.');
		expect(rest).toContain('as much work as its final training run');
		expect(rest).toContain('Nothing is paid off');
	});

	test('one person is told that the line is too flat', () => {
		const { finding, rest } = caption({ ...said, people: 1, days: { low: 6e9, high: 6e9 } });
		expect(finding).toBe('You alone need 16 million years.');
		expect(rest).toMatch(/^With 2,000 tokens computed a day, using SmolLM2 360M/);
		expect(rest).toContain('too flat');
	});

	test.each(ways.map((way) => [way.key, way] as const))('%s: never of profit', (_, way) => {
		const { finding, rest } = caption({ ...said, way, days: { low: 3, high: 9 } });
		expect(`${finding} ${rest} ${way.why}`).not.toMatch(/break.?even|profit|pays? for itself/i);
	});
});

test('a range shares its unit', () => {
	expect(timeWords({ low: 800, high: 1900 })).toBe('2.2 to 5.2 years');
	expect(timeWords({ low: 0.01, high: 300 })).toBe('14 minutes to 300 days');
	expect(timeWords({ low: 30, high: 30 })).toBe('30 days');
});

test('days of the year are counted from the first', () => {
	expect(dayWords({ low: 0.2, high: 0.2 })).toBe('day 1');
	expect(dayWords({ low: 6, high: 6 })).toBe('day 6');
	expect(dayWords({ low: 181.8, high: 181.8 })).toBe('day 182');
	expect(dayWords({ low: 64.2, high: 152.9 })).toBe('day 65 to 153');
});

test('those who cannot be told from the axis are named', () => {
	expect(flatWords(crowds.slice(0, 1))).toBe('Just you lies on the axis.');
	expect(flatWords(crowds.slice(0, 2))).toBe('Just you and a class of 30 both lie on the axis.');
	expect(flatWords(crowds.slice(0, 3))).toBe(
		'Just you, a class of 30 and a company of 10,000 all lie on the axis.'
	);
});

test('shares stay numbers one can read', () => {
	const line = { low: 12e12, high: 12e12 };
	expect(shareWords(24e12, line)).toBe('2 times');
	expect(shareWords(6e12, line)).toBe('50\u00a0%');
	expect(shareWords(730_000, line)).toBe('1 part in 16 million');
});

test('crowds', () => {
	expect(crowdWords(1)).toBe('you alone');
	expect(crowdWords(10_000)).toBe('10,000 people');
});

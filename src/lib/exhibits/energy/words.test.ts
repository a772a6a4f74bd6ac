import { describe, expect, test } from 'vitest';
import { pictured, picturedTwice } from '#lib/meter/energy.ts';
import { ordinary, publishedAnswers } from './answers.ts';
import { answersOf, crowds, crowdWords } from './crowds.ts';
import { things } from './things.ts';
import { publishedTrainings, workedTrainings } from './trainings.ts';
import {
	answersCaption,
	besideWords,
	energyWords,
	markWords,
	methodWords,
	trainingsCaption
} from './words.ts';

const exactly = (n: number) => ({ low: n, high: n });
const plain = (words: string) => words.replaceAll('\u00a0', ' ');

test.each([
	[exactly(0.24), '0.24 Wh'],
	[{ low: 0.16, high: 0.6 }, '0.16 to 0.6 Wh'],
	[exactly(1.287e9), '1.3 GWh'],
	[{ low: 17.9e9, high: 103.7e9 }, '18 to 100 GWh'],
	[{ low: 0.5, high: 999 }, '0.5 Wh to 1,000 Wh'],
	[{ low: 0.5, high: 30_000 }, '0.5 Wh to 30 kWh'],
	[exactly(0), '0 Wh']
])('%j is %s', (range, words) => {
	expect(plain(energyWords(range))).toBe(words);
});

test('marks say their unit where it changes', () => {
	expect([0.0001, 1, 100].map((n) => markWords(n, false))).toEqual(['0.0001', '1', '100']);
	expect([0.001, 1, 1e3, 1e12].map((n) => plain(markWords(n, true)))).toEqual([
		'0.001 Wh',
		'1 Wh',
		'1 kWh',
		'1 TWh'
	]);
});

test('what its maker measured is told from what its maker said', () => {
	expect(methodWords('stated', 'measured')).toBe('measured by its maker');
	expect(methodWords('stated', 'stated')).toBe('stated by its maker');
	expect(methodWords('device', 'estimated')).toBe('seconds × watts');
});

describe('captions', () => {
	test('answers: how far apart, why, and what the ordinary ones say', () => {
		const { finding, rest } = answersCaption(publishedAnswers, ordinary);
		expect(finding).toBe('One answer, from 0.1 to 40 watt-hours: a factor of 400.');
		expect(rest).toContain('the four latest say 0.24 to 0.34');
	});

	test('trainings: how far apart, and how far for one of them', () => {
		const { finding, rest } = trainingsCaption(publishedTrainings, workedTrainings);
		expect(plain(finding)).toBe('One training, from 86 MWh to 310 GWh: a factor of 3,600.');
		expect(plain(rest)).toContain('18 to 100 GWh');
	});
});

describe('beside what people know', () => {
	test.each([
		// 0.24 / (10 / 60) minutes; 0.24 / 15
		[exactly(0.24), ['86 seconds of a 10-watt lamp', '1.6 percent of a full phone battery']],
		[{ low: 0.00007, high: 0.0004 }, ['0.025 to 0.14 seconds of a 10-watt lamp']],
		[exactly(15), ['a full phone battery', '15 percent of a litre of water brought to the boil']],
		[
			exactly(40),
			['2.7 full phone batteries', '40 percent of a litre of water brought to the boil']
		],
		// 1,287 MWh / 10.5 MWh
		[exactly(1.287e9), ['123 years of a US home’s electricity']],
		[{ low: 18e9, high: 104e9 }, ['1,700 to 9,900 years of a US home’s electricity']]
	])('%j: %s', (amount, words) => {
		expect(picturedTwice(amount, things).map(besideWords)).toEqual(words);
	});

	test('never more than two, and one of them is what lets it be counted best', () => {
		for (let power = -6; power < 13; power++) {
			const amount = exactly(3 * 10 ** power);
			const two = picturedTwice(amount, things);
			expect(two.length).toBeLessThanOrEqual(2);
			expect(two[0]).toEqual(pictured(amount, things));
			for (const one of two) expect(besideWords(one)).not.toMatch(/NaN|Infinity|undefined| 0 /);
		}
	});
});

describe('many, only where a reader asks', () => {
	const crowd = (key: string) => crowds.find((one) => one.key === key)!;

	test('answers of a day', () => {
		expect(['day', 'class', 'company'].map((key) => answersOf(crowd(key), 10))).toEqual([
			10, 300, 100_000
		]);
		expect(answersOf(crowd('everyone'), 10)).toBe(2.5e9);
	});

	test('are said with what they suppose', () => {
		expect(crowdWords(crowd('class'), 10)).toBe(
			'Times 300, a class of 30 for a day, 10 answers each:'
		);
		expect(crowdWords(crowd('day'), 1)).toBe('Times 1, a day of yours:');
		expect(crowdWords(crowd('everyone'), 10)).toContain('which they are not');
	});
});

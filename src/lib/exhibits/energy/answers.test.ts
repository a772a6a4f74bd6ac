import { describe, expect, test } from 'vitest';
import { byOperations, byPower, perJoule } from '#lib/meter/energy.ts';
import { useOperations } from '#lib/meter/formulas/operations.ts';
import { exactly } from '#lib/meter/formulas/quantity.ts';
import { ordinary, publishedAnswers, workedAnswers } from './answers.ts';
import { ownTrainings, publishedTrainings, workedTrainings } from './trainings.ts';

const worked = (key: string, length = { sent: 100, came: 500 }) =>
	workedAnswers(length).find((row) => row.key === key)!.energy.wattHours;
const training = (key: string) =>
	[...publishedTrainings, ...workedTrainings].find((row) => row.key === key)!;

describe('published worked examples, worked again', () => {
	test('Epoch AI, GPT-4o: 100 billion parameters, 500 tokens, a tenth of an H100, 70 percent of 1,500 watts: 0.3 Wh', () => {
		const operations = exactly(useOperations(100e9, 500));
		const { wattHours } = byOperations(
			operations,
			perJoule(989e12, exactly(0.1), exactly(0.7 * 1500))
		);
		expect(Number(wattHours.low.toPrecision(1))).toBe(0.3);
	});

	test('BLOOM: 1,082,990 hours of a chip at 400 watts: 433,196 kilowatt-hours', () => {
		const { wattHours } = byPower(exactly(1_082_990), exactly(400));
		expect(wattHours.low).toBe(433_196_000);
		expect(training('bloom-training-energy').middle).toBeCloseTo(433_200_000, -5);
	});

	test('GPT-3: 10,000 chips, 14.8 days, 330 watts, overhead of 1.1: 1,287 megawatt-hours', () => {
		const { wattHours } = byPower(exactly(10_000 * 14.8 * 24), exactly(330), exactly(1.1));
		expect(wattHours.low / training('gpt3-training-energy').middle!).toBeCloseTo(1, 2);
	});

	test('OLMo 2: 257 megawatt-hours, overhead of 1.12: 288', () => {
		const { wattHours } = byPower(exactly(257e6), exactly(1), exactly(1.12));
		expect(wattHours.low / training('olmo2-training-energy').middle!).toBeCloseTo(1, 2);
	});
});

describe('an answer of 500 tokens to a prompt of 100, by hand', () => {
	test('a test machine: 500 × 2.06 and 13.98 joules, over 3,600', () => {
		expect(worked('tokens-llama')).toEqual({
			low: expect.closeTo(0.2861, 4),
			high: expect.closeTo(1.9417, 4)
		});
	});

	test('a day of DeepSeek: 0.259 hours a million tokens, 700 to 1,275 watts, 1.1 to 1.6', () => {
		expect(worked('power-deepseek')).toEqual({
			low: expect.closeTo(0.0997, 4),
			high: expect.closeTo(0.2642, 4)
		});
	});

	test('operations: 2 × 405 billion × 600, at a fifth to a tenth of the peak', () => {
		// 4.86e14 / (989e12 × 0.21 / 700) = 1638 J; × 1.1 / 3600
		// 4.86e14 / (989e12 × 0.1 / 1275) = 6265 J; × 1.6 / 3600
		expect(worked('operations-llama')).toEqual({
			low: expect.closeTo(0.5005, 3),
			high: expect.closeTo(2.7846, 3)
		});
	});

	test('a longer prompt moves only what counts prompts', () => {
		const long = { sent: 100_000, came: 500 };
		for (const key of ['tokens-llama', 'tokens-deepseek', 'power-deepseek']) {
			expect(worked(key, long)).toEqual(worked(key));
		}
		expect(worked('operations-llama', long).low / worked('operations-llama').low).toBeCloseTo(
			100_500 / 600,
			6
		);
	});

	test('twice the answer takes twice as much, by every method that counts tokens written', () => {
		for (const key of ['tokens-llama', 'tokens-deepseek', 'power-deepseek']) {
			const [one, two] = [500, 1000].map((came) => worked(key, { sent: 100, came }));
			expect(two.high / one.high).toBeCloseTo(2, 9);
		}
	});
});

test('published answers stand from the least to the most, each with its method and what it counts', () => {
	const middles = publishedAnswers.map(({ middle }) => middle!);
	expect(middles).toEqual([0.1, 0.24, 0.3, 0.31, 0.34, 2.5, 3, 3.91, 40]);
	for (const { counted, energy, said } of publishedAnswers) {
		expect(counted).not.toBe('');
		expect(energy.estimate).toBe(said !== 'measured');
	}
	expect(ordinary.map(({ middle }) => middle)).toEqual([0.24, 0.3, 0.31, 0.34]);
});

test('trainings: from the least to the most, and one by two methods that overlap', () => {
	const middles = publishedTrainings.map(({ middle }) => middle!);
	expect(middles).toEqual([...middles].sort((a, b) => a - b));
	const [hours, operations] = workedTrainings.map(({ energy }) => energy.wattHours);
	// 30.84 million hours × 700 W × 1.1, × 1,275 W × 1.6
	expect(hours.low / 1e9).toBeCloseTo(23.75, 2);
	expect(hours.high / 1e9).toBeCloseTo(62.9, 1);
	// 3.8e25 / (989e12 × 0.46 / 700) J × 1.1; 3.8e25 / (989e12 × 0.21 / 1275) J × 1.6
	expect(operations.low / 1e9).toBeCloseTo(17.87, 1);
	expect(operations.high / 1e9).toBeCloseTo(103.7, 1);
	expect(operations.low).toBeLessThan(hours.high);
});

test('the pocket model: 3,004 seconds of a core at 4 to 20 watts, an estimate', () => {
	const [baby, pocket] = ownTrainings({ low: 4, high: 20 });
	expect(pocket.energy.wattHours).toEqual({
		low: expect.closeTo(3.338, 3),
		high: expect.closeTo(16.689, 3)
	});
	for (const row of [baby, pocket]) {
		expect(row.energy.estimate).toBe(true);
		expect(row.said).toBe('estimated');
	}
});

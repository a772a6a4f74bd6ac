import { expect, test } from 'vitest';
import { Random } from './random.ts';
import { draw, largest, logProbabilities } from './sample.ts';

const logits = [1, 3, -2, 2.5, 3];

test('log-probabilities are normalised, also for huge logits', () => {
	for (const offset of [0, 1e4, -1e4]) {
		const logs = logProbabilities(logits.map((logit) => logit + offset));
		expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 5);
		expect(logs[1] - logs[0]).toBeCloseTo(2, 5);
	}
});

test('the largest come first, equal ones by id', () => {
	expect(largest(logits, 3)).toEqual([
		{ id: 1, logprob: 3 },
		{ id: 4, logprob: 3 },
		{ id: 3, logprob: 2.5 }
	]);
	expect(largest(logits, 100)).toHaveLength(5);
	expect(largest(logits, 0)).toEqual([]);
});

function frequencies(options: { temperature: number; topK: number }, count = 50_000): number[] {
	const random = new Random(1);
	const counts = new Array<number>(logits.length).fill(0);
	for (let i = 0; i < count; i++) counts[draw(logits, options, random)]++;
	return counts.map((n) => n / count);
}

test.each([0.5, 1, 2])('at temperature %f tokens come as often as they should', (temperature) => {
	const weights = logits.map((logit) => Math.exp(logit / temperature));
	const sum = weights.reduce((a, b) => a + b);
	frequencies({ temperature, topK: 0 }).forEach((frequency, id) => {
		expect(Math.abs(frequency - weights[id] / sum)).toBeLessThan(0.01);
	});
});

test('top-k never draws another', () => {
	const [a, b, c, d, e] = frequencies({ temperature: 1, topK: 3 });
	expect([a, c]).toEqual([0, 0]);
	const share = 1 / (2 + Math.exp(-0.5));
	for (const frequency of [b, e]) expect(Math.abs(frequency - share)).toBeLessThan(0.01);
	expect(d).toBeGreaterThan(0);
});

test('temperature 0 and top-1 take the best, the first of equals', () => {
	expect(frequencies({ temperature: 0, topK: 0 }, 100)[1]).toBe(1);
	expect(frequencies({ temperature: 5, topK: 1 }, 100)[1]).toBe(1);
	expect(() => draw(logits, { temperature: -1, topK: 0 }, new Random(1))).toThrow('temperature');
	expect(() => draw(logits, { temperature: NaN, topK: 0 }, new Random(1))).toThrow('temperature');
});

test('the same seed draws the same tokens', () => {
	const drawn = () => {
		const random = new Random(9);
		return Array.from({ length: 20 }, () => draw(logits, { temperature: 1, topK: 0 }, random));
	};
	expect(drawn()).toEqual(drawn());
});

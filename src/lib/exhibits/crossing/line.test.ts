import { describe, expect, test } from 'vitest';
import { models, ways } from './models.ts';
import {
	crowdAt,
	crowdOf,
	daysTo,
	lineOf,
	MOST,
	slopeOf,
	sorted,
	stepOf,
	topOf,
	YEAR
} from './line.ts';

const model = (key: string) => models.find((one) => one.key === key)!;
const way = (key: string) => ways.find((one) => one.key === key)!;
const line = (of: string, by: string) => lineOf(model(of).tokens, way(by));

describe('the line, worked out by hand', () => {
	test.each([
		// three times 4, 15.6 and 36 trillion
		['smollm2', 12e12],
		['llama', 46.8e12],
		['qwen3', 108e12]
	])('%s: use has caught up after %d tokens', (key, tokens) => {
		expect(line(key, 'work')).toEqual({ low: tokens, high: tokens });
	});

	test('trial runs: the final run is 9.6 to 22.6 percent of all, so 13 to 31 times its tokens', () => {
		const { low, high } = line('smollm2', 'trials');
		expect(low / 4e12).toBeCloseTo(300 / 22.6, 10);
		expect(high / 4e12).toBeCloseTo(300 / 9.6, 10);
	});

	test('money comes sooner, and far sooner for one person alone', () => {
		expect(line('llama', 'busy').high).toBeCloseTo(1.9 * 15.6e12, -6);
		expect(line('llama', 'alone').high).toBeCloseTo(0.03 * 15.6e12, -6);
	});
});

test('33 million people at 2,000 tokens a day need half a year for SmolLM2', () => {
	// 12e12 / (33e6 * 2000)
	expect(daysTo(line('smollm2', 'work'), 33e6, 2000).low).toBeCloseTo(181.8, 1);
});

test('a billion people need six days', () => {
	expect(daysTo(line('smollm2', 'work'), 1e9, 2000).high).toBeCloseTo(6, 6);
});

test('one person needs sixteen million years', () => {
	expect(daysTo(line('smollm2', 'work'), 1, 2000).high / 365.25).toBeCloseTo(16.4e6, -5);
});

describe('slopes', () => {
	const top = topOf(line('smollm2', 'work'));

	test('leave the picture at its right edge or its top, and lead back to their crowd', () => {
		for (const people of [1e6, 5e6, 33e6, 4e8, 8e9]) {
			const slope = slopeOf(people, 2000, top);
			expect(Math.max(slope.x, slope.y)).toBe(1);
			expect(crowdAt(slope, 2000, top)).toBe(people);
		}
	});

	test('cross the training line on the day that is said', () => {
		const people = 1e8;
		const { x, y } = slopeOf(people, 2000, top);
		const height = line('smollm2', 'work').high / top;
		expect((height / (y / x)) * YEAR).toBeCloseTo(
			daysTo(line('smollm2', 'work'), people, 2000).high,
			6
		);
	});

	test('a point at the edge is the largest crowd, never none and never no number', () => {
		expect(crowdAt({ x: 0, y: 1 }, 2000, top)).toBe(MOST);
		expect(crowdAt({ x: 1, y: 0 }, 2000, top)).toBe(1);
		expect(crowdAt({ x: NaN, y: NaN }, 2000, top)).toBe(MOST);
		expect(crowdAt({ x: -1, y: -1 }, 2000, top)).toBe(MOST);
	});

	test('you, a class and a company lie on the axis together', () => {
		const { flat, seen } = sorted(2000, top);
		expect(flat.map(({ key }) => key)).toEqual(['you', 'class', 'company']);
		expect(seen.map(({ key }) => key)).toEqual(['billion']);
	});
});

test('the slider leads from one person to everyone, in order, and back', () => {
	expect(crowdOf(0)).toBe(1);
	expect(crowdOf(1000)).toBe(MOST);
	let before = 0;
	for (let step = 0; step <= 1000; step++) {
		const people = crowdOf(step);
		expect(people).toBeGreaterThanOrEqual(before);
		before = people;
	}
	for (const people of [1, 30, 10_000, 33e6, 1e9, 8e9]) {
		expect(crowdOf(stepOf(people)) / people).toBeGreaterThan(0.95);
		expect(crowdOf(stepOf(people)) / people).toBeLessThan(1.05);
	}
});

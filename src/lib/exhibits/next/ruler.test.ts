import { describe, expect, test } from 'vitest';
import { Random } from '#lib/tiny/random.ts';
import { draw, logProbabilities } from '#lib/tiny/sample.ts';
import {
	NAMED,
	ofDice,
	partAt,
	partIndex,
	partsOf,
	rankAt,
	rankOf,
	rulerOf,
	tally
} from './ruler.ts';

const random = new Random(4);
const logits = Array.from({ length: 300 }, () => 3 * random.normal());
const logprobs = logProbabilities(logits);
const plain = { temperature: 1, topK: 0 };

describe.each([
	{ temperature: 1, topK: 0 },
	{ temperature: 0.4, topK: 0 },
	{ temperature: 1.7, topK: 0 },
	{ temperature: 1, topK: 3 },
	{ temperature: 0, topK: 0 },
	{ temperature: 0.9, topK: 300 }
])('at temperature $temperature and top-k $topK', (bend) => {
	const ruler = rulerOf(logprobs, bend);
	const parts = partsOf(ruler);

	test('the widths add up to the whole line, without a gap', () => {
		expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
		expect(parts[0].from).toBe(0);
		expect(parts.at(-1)!.to).toBe(1);
		parts.slice(1).forEach(({ from }, i) => expect(from).toBe(parts[i].to));
		expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(ruler.ids.length);
	});

	test('the parts stand from the widest to the narrowest', () => {
		const shares = Array.from(ruler.ids, (_, rank) => partAt(ruler, rank).share);
		expect(shares.every((share, rank) => !rank || share <= shares[rank - 1] + 1e-12)).toBe(true);
	});

	test('every number falls into the part of the token it writes', () => {
		for (let i = 0; i < 500; i++) {
			const number = random.next();
			const { from, to } = partAt(ruler, rankAt(ruler, number));
			expect(number).toBeGreaterThanOrEqual(from);
			expect(number).toBeLessThan(to);
		}
	});
});

test('a share is the probability, and bent as its power', () => {
	const sharesAt = (temperature: number) => {
		const ruler = rulerOf(logprobs, { temperature, topK: 0 });
		return (id: number) => partAt(ruler, rankOf(ruler, id)!).share;
	};
	const [one, two] = [sharesAt(1), sharesAt(2)];
	for (const id of [0, 7, 150]) expect(one(id)).toBeCloseTo(Math.exp(logprobs[id]), 6);
	expect(two(7) / two(150)).toBeCloseTo(Math.sqrt(one(7) / one(150)), 5);
});

test.each([
	[1, 3],
	[1, 299],
	[0.6, 40],
	[1.5, 10],
	[0, 0]
])(
	'at temperature %f and top-k %i a number writes what the engine draws with it',
	(temperature, topK) => {
		const bend = { temperature, topK };
		const ruler = rulerOf(logprobs, bend);
		const [ours, theirs] = [new Random(9), new Random(9)];
		for (let i = 0; i < 2000; i++) {
			expect(ruler.ids[rankAt(ruler, ours.next())]).toBe(draw(logprobs, bend, theirs));
		}
	}
);

test('temperature 0 leaves one part, wherever the number falls', () => {
	const ruler = rulerOf(logprobs, { temperature: 0, topK: 0 });
	expect(partsOf(ruler)).toEqual([
		{ id: logits.indexOf(Math.max(...logits)), from: 0, to: 1, share: 1, count: 1 }
	]);
	expect([0, 0.5, 0.9999].map((number) => rankAt(ruler, number))).toEqual([0, 0, 0]);
});

test('a single other token is named', () => {
	const parts = partsOf(rulerOf(logprobs, { temperature: 1, topK: NAMED + 1 }));
	expect(parts).toHaveLength(NAMED + 1);
	expect(parts.every(({ id }) => id !== undefined)).toBe(true);
});

test('equal probabilities stand in the order of their ids', () => {
	expect([...rulerOf(Float32Array.of(-1, -1, -0.5, -1), plain).ids]).toEqual([2, 0, 1, 3]);
});

test('a number on a border belongs to the part that begins there', () => {
	const ruler = { ids: Uint32Array.of(4, 9), ends: Float64Array.of(0.37, 1) };
	expect([0, 36, 37, 99].map((dice) => rankAt(ruler, ofDice(dice)))).toEqual([0, 0, 1, 1]);
});

test('a hundred draws are counted once each, and many fall as the widths say', () => {
	const ruler = rulerOf(logprobs, plain);
	const hundred = tally(ruler, new Random(3), 100);
	expect(hundred.numbers).toHaveLength(100);
	expect(hundred.came.reduce((a, b) => a + b)).toBe(100);
	hundred.came.forEach((came, part) =>
		expect(came).toBe(
			hundred.numbers.filter((number) => partIndex(rankAt(ruler, number)) === part).length
		)
	);
	const many = tally(ruler, new Random(3), 50_000);
	partsOf(ruler).forEach(({ share }, i) =>
		expect(Math.abs(many.came[i] / 50_000 - share)).toBeLessThan(0.01)
	);
	expect(tally(ruler, new Random(3), 100)).toEqual(hundred);
});

test('a real model’s tokens stand in the order of their probabilities, all of them, ids beyond 16 bits too', () => {
	const random = new Random(3);
	const logits = Float32Array.from({ length: 200_000 }, () => Math.fround(random.normal() * 3));
	logits.fill(-40, 150_000, 150_100); // many that are equal
	const logprobs = logProbabilities(logits);
	logprobs[199_999] = -Infinity;
	const { ids, ends } = rulerOf(logprobs, plain);
	const expected = Array.from(logprobs, (_, id) => id).sort(
		(a, b) => logprobs[b] - logprobs[a] || a - b
	);
	expect(ids).toEqual(Uint32Array.from(expected));
	expect(ends.at(-1)).toBe(1);
	expect(rulerOf(logprobs, { temperature: 1, topK: 3 }).ids).toEqual(ids.slice(0, 3));
	// another line is not taken for this one
	expect([...rulerOf(Float32Array.of(0, -1, -0), plain).ids]).toEqual([0, 2, 1]);
});

import { describe, expect, test, vi } from 'vitest';
import { Course, type Kept } from './course.ts';
import { type Learner, ProcessorLearner } from './learner.ts';
import type { FromWorker } from './protocol.ts';
import { Reading } from './reading.ts';
import { first, planOf, type Recipe, sizes } from './recipe.ts';
import { GOLDEN } from './testing/golden.ts';
import { Viewer } from './viewer.ts';

vi.setConfig({ testTimeout: 40_000 }); // a step takes 10 ms on a quiet core

const recipe: Recipe = { ...first, size: 'small', steps: 60 };
const short: Recipe = { ...recipe, steps: 24 };

/** A clock that goes on by itself with every question: so that every step is looked at. */
function clock(by = 160) {
	let now = 0;
	return () => (now += by);
}

function courseOf(
	given: Recipe = recipe,
	{
		learner,
		kept,
		now = clock()
	}: { learner?: (learner: Learner) => Learner; kept?: Kept; now?: () => number } = {}
) {
	const reading = new Reading(given);
	const { layers, width, heads, context } = sizes[given.size];
	const config = { layers, width, heads, context, vocabulary: reading.tokenizer.size };
	const own = ProcessorLearner.new(config, given.seed);
	const told: FromWorker[] = [];
	const rests: number[] = [];
	const course = new Course({
		plan: planOf(given),
		reading,
		learner: learner?.(own) ?? own,
		viewer: new Viewer(config, reading.tokenizer),
		tell: (message) => told.push(message),
		now,
		breathe: async (rest) => void rests.push(rest),
		kept
	});
	const of = <T extends FromWorker['type']>(type: T) =>
		told.filter((message) => message.type === type) as Extract<FromWorker, { type: T }>[];
	return { course, told, of, rests, reading, config };
}

/** A learner that does something else at some step. */
function changed(learner: Learner, step: Learner['step']): Learner {
	return new Proxy(learner, {
		get(target, key) {
			if (key === 'step') return step;
			const value = Reflect.get(target, key, target);
			return typeof value === 'function' ? value.bind(target) : value;
		}
	});
}

describe('a training run', () => {
	test('learns: the loss falls well below that of guessing, and every step is told once', async () => {
		const { course, of } = courseOf();
		expect(await course.learn(Infinity)).toBe('done');

		const losses = of('progress').flatMap(({ losses }) => [...losses]);
		expect(losses).toHaveLength(60);
		expect(losses[0]).toBeCloseTo(Math.log(28), 1);
		expect(losses.at(-1)).toBeLessThan(2.5);
		expect(
			of('held')
				.map(({ step }) => step)
				.slice(0, 4)
		).toEqual([0, 1, 2, 4]);
		expect(of('held').at(-1)!.loss).toBeLessThan(2.5);
	});

	test('comes to the same weights, whether it stood in between or went through', async () => {
		const through = courseOf(short);
		await through.course.learn(Infinity);
		const stood = courseOf(short, { now: clock(7) });
		for (const until of [1, 2, 17, 23, 24]) await stood.course.learn(until);
		const end = ({ of }: ReturnType<typeof courseOf>) => of('stands').at(-1)!;
		expect(end(stood).sha256).toBe(end(through).sha256);
		expect(end(stood).spent.learning).toBe(end(through).spent.learning);
	});

	test('comes to other weights with another seed', async () => {
		const ends = await Promise.all(
			[1, 2].map(async (seed) => {
				const { course, of } = courseOf({ ...recipe, seed, steps: 2 });
				await course.learn(2);
				return of('stands')[0].sha256;
			})
		);
		expect(ends[0]).not.toBe(ends[1]);
	});

	test('is paused between two steps, and goes on', async () => {
		const { course, of } = courseOf();
		const learning = course.learn(Infinity);
		course.pause();
		expect(await learning).toBe('paused');
		expect(of('stands')[0].spent.steps).toBeLessThan(3);
		expect(await course.learn(5)).toBe('paused');
		expect(course.spent.steps).toBe(5);
	});

	test('learns once at a time: who asks again waits for the same end', async () => {
		const { course, of } = courseOf();
		await Promise.all([course.learn(4), course.learn(40)]);
		expect(course.spent.steps).toBe(4);
		expect(of('stands')).toHaveLength(1);
	});

	test('shows one place of a step, before and after: what was right has become likelier', async () => {
		const { course, of } = courseOf({ ...recipe, steps: 12 });
		await course.learn(Infinity);
		const places = of('progress').flatMap(({ look }) => (look?.place ? [look.place] : []));
		expect(places.length).toBeGreaterThan(9);
		const better = places.filter(({ before, after }) => after.target > before.target);
		expect(better.length).toBeGreaterThan(places.length / 2);
		for (const { before, context } of places) {
			expect(before.candidates).toHaveLength(3);
			expect(context).not.toContain('<end>');
		}
	});

	test('shows one weight, and what moved it is arithmetic anybody can do', async () => {
		const { course, of } = courseOf({ ...recipe, steps: 8 });
		course.follow = 28 * 32 + 5; // behind the embedding
		await course.learn(Infinity);
		const looks = of('progress').flatMap(({ look }) => (look?.weight ? [look.weight] : []));
		expect(looks.length).toBeGreaterThan(4);
		for (const { name, row, column, before, after, rate, step } of looks) {
			expect([name, row, column]).toEqual(['0.query', 0, 5]);
			const average = after.average / (1 - 0.9 ** step);
			const square = after.square / (1 - 0.95 ** step);
			const moved =
				before.value * (1 - rate * 0.05) - (rate * average) / (Math.sqrt(square) + 1e-8);
			expect(after.value).toBeCloseTo(moved, 6);
			expect(after.value).not.toBe(before.value);
		}
	});

	test('has another SHA-256 after every step', async () => {
		const { course, of } = courseOf({ ...recipe, steps: 10 });
		for (let step = 1; step <= 10; step++) await course.learn(step);
		const hashes = of('stands').map(({ sha256 }) => sha256);
		expect(new Set(hashes).size).toBe(10);
	});

	test('finishes the same prompt five times, from noise on, and the last picture is of the last step', async () => {
		const { course, of } = courseOf();
		await course.learn(Infinity);
		expect(of('picture').map(({ step }) => step)).toEqual([0, 1, 4, 12, 60]);
	});

	test('counts looking on apart from learning, and learning as the formula has it', async () => {
		const { course, of, config } = courseOf(short);
		await course.learn(Infinity);
		const { spent } = of('stands')[0];
		const { operationsOfTraining } = await import('#lib/tiny/count.ts');
		const step = operationsOfTraining(config, new Array(16).fill(65)).total;
		expect(spent.learning).toBe(24 * step);
		expect(spent.tokens).toBe(24 * 16 * 64);
		expect(spent.looking).toBeGreaterThan(0);
		expect(spent.lookingMs).toBeGreaterThan(0);
	});

	test('rests as long as it is told to after each step', async () => {
		const { course, rests } = courseOf({ ...recipe, steps: 3 }, { now: clock(10) });
		course.rest = 0.5;
		await course.learn(3);
		expect(rests).toHaveLength(3);
		for (const rest of rests) expect(rest).toBe(5);
	});

	test('keeps a state every few seconds, from which another goes on to the same weights', async () => {
		const whole = courseOf(short);
		await whole.course.learn(Infinity);
		const kept = whole.of('kept').find(({ spent }) => spent.steps > 1 && spent.steps < 20)!;
		const state = new Uint8Array(await kept.checkpoint.arrayBuffer());

		const { config } = whole;
		const again = courseOf(short, {
			kept: { checkpoint: state, spent: kept.spent },
			learner: () => ProcessorLearner.from(state, config)
		});
		await again.course.learn(Infinity);
		expect(again.of('stands')[0].sha256).toBe(whole.of('stands')[0].sha256);
		expect(again.of('stands')[0].spent.learning).toBe(whole.of('stands')[0].spent.learning);
	});
});

test('the same recipe comes to the same weights everywhere', async () => {
	const { course, of } = courseOf({ ...recipe, steps: 40 });
	await course.learn(Infinity);
	expect(of('stands')[0].sha256).toBe(GOLDEN);
});

describe('a training run that comes apart', () => {
	test.each([
		['a loss that is no number', { loss: NaN, gradientNorm: 1 }],
		['a gradient without end', { loss: 2, gradientNorm: Infinity }]
	])('stands at once at %s', async (_, result) => {
		let steps = 0;
		const { course, of } = courseOf(recipe, {
			learner: (learner) =>
				changed(learner, (batch, rate) =>
					++steps < 20 ? learner.step(batch, rate) : (learner.step(batch, rate), result)
				)
		});
		expect(await course.learn(Infinity)).toBe('diverged');
		expect(of('stands')[0]).toMatchObject({ why: 'diverged', spent: { steps: 20 } });
		expect(of('kept').every(({ spent }) => spent.steps < 20)).toBe(true);
	});

	test('has told the losses of all its steps before it keeps a state', async () => {
		const { course, told } = courseOf({ ...recipe, steps: 80 }, { now: clock(5) });
		await course.learn(Infinity);
		let losses = 0;
		const kept: number[] = [];
		for (const message of told) {
			if (message.type === 'progress') losses += message.losses.length;
			if (message.type !== 'kept') continue;
			kept.push(message.spent.steps);
			expect(losses).toBe(message.spent.steps);
		}
		expect(kept.length).toBeGreaterThan(1);
	});

	test('stands when the loss has long been twice that of guessing', async () => {
		const { course } = courseOf({ ...recipe, steps: 400, rate: 3 });
		expect(await course.learn(Infinity)).toBe('diverged');
		expect(course.spent.steps).toBeLessThan(400);
	});

	test('throws what its learner throws, and can go on with another', async () => {
		const { course, of, config } = courseOf(short, {
			learner: (learner) =>
				changed(learner, (batch, rate) => {
					if (learner.steps === 15) throw new Error('device lost');
					return learner.step(batch, rate);
				})
		});
		await expect(course.learn(Infinity)).rejects.toThrow('device lost');
		const { checkpoint, spent } = course.kept!;
		course.move(ProcessorLearner.from(checkpoint, config), spent);
		expect(await course.learn(Infinity)).toBe('done');

		const whole = courseOf(short);
		await whole.course.learn(Infinity);
		expect(of('stands')[0].sha256).toBe(whole.of('stands')[0].sha256);
	});
});

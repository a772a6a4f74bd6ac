import { expect, test } from 'vitest';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { Weights } from '#lib/tiny/weights.ts';
import { apart, APART } from './agreement.ts';
import { ProcessorLearner } from './learner.ts';

const config = { layers: 1, width: 16, heads: 2, context: 24, vocabulary: 28 };

/** A GPU that scores as the processor does, but for what is done to the scores after the last token. */
function gpuOf(learner: ProcessorLearner, alter: (last: Float32Array) => void = () => {}) {
	const asked: number[][] = [];
	const logits = async (tokens: ArrayLike<number>) => {
		asked.push(Array.from(tokens));
		const weights = new Weights(
			config,
			createBackend('plain', Generator.bytesNeeded(config)),
			false
		);
		weights.values.set(learner.weights());
		weights.changed();
		const all = new Float32Array(tokens.length * config.vocabulary);
		const last = new Generator(weights).read(tokens);
		alter(last);
		all.set(last, all.length - last.length);
		return all;
	};
	return { gpu: { logits }, asked };
}

test('the same scores are not apart; a few tokens are asked, all within the vocabulary', async () => {
	const learner = ProcessorLearner.new(config, 3);
	const { gpu, asked } = gpuOf(learner);
	expect(await apart(gpu, learner)).toBe(0);
	expect(asked[0].length).toBe(16);
	expect(new Set(asked[0]).size).toBeGreaterThan(3);
	expect(Math.max(...asked[0])).toBeLessThan(config.vocabulary);
});

test.each([
	['half as far apart as may be', 0.5 * APART, true],
	['twice as far apart as may be', 2 * APART, false],
	['no number', NaN, false]
])('one score that is %s is told', async (_, by, agrees) => {
	const learner = ProcessorLearner.new(config, 3);
	const found = await apart(gpuOf(learner, (last) => (last[7] += by)).gpu, learner);
	expect(found <= APART).toBe(agrees);
});

test('a number that is none is told also where a later one is further apart', async () => {
	const learner = ProcessorLearner.new(config, 3);
	const alter = (last: Float32Array) => {
		last[2] = NaN;
		last[9] = 0.5 * APART;
	};
	expect((await apart(gpuOf(learner, alter).gpu, learner)) <= APART).toBe(false);
});

test('large scores may be further apart, in their proportion', async () => {
	const learner = ProcessorLearner.new(config, 3);
	for (let step = 0; step < 60; step++) learner.step([[1, 2, 3, 4, 5, 6, 7, 8]], 0.05);
	let largest = 0;
	const { gpu } = gpuOf(learner, (last) => {
		largest = Math.max(...last.map(Math.abs));
		last[0] += 0.9 * APART * largest;
	});
	expect(await apart(gpu, learner)).toBeLessThan(APART);
	expect(largest).toBeGreaterThan(2);
});

test('a model with a window shorter than that is asked what it holds', async () => {
	const short = { ...config, context: 8 };
	const learner = ProcessorLearner.new(short, 1);
	let length = 0;
	const gpu = {
		logits: async (tokens: ArrayLike<number>) => {
			length = tokens.length;
			return new Float32Array(length * short.vocabulary);
		}
	};
	expect(await apart(gpu, learner)).toBeGreaterThan(APART);
	expect(length).toBe(8);
});

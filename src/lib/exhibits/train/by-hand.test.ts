import { describe, expect, it } from 'vitest';
import { first, sizes } from '#lib/engine/training/recipe.ts';
import { Reading } from '#lib/engine/training/reading.ts';
import { ProcessorLearner } from '#lib/engine/training/learner.ts';
import { byHand, digits, matrixName } from './by-hand.ts';

const number = (text: string) => Number(text.replaceAll('−', '-'));

describe('one weight, by hand', () => {
	const recipe = { ...first, size: 'small' as const };
	const reading = new Reading(recipe);
	const { layers, width, heads, context } = sizes[recipe.size];
	const learner = ProcessorLearner.new(
		{ layers, width, heads, context, vocabulary: reading.tokenizer.size },
		1
	);

	for (const [index, step] of [
		[0, 1],
		[5000, 2],
		[25_000, 3],
		[777, 4]
	]) {
		it(`comes to what the trainer came to: weight ${index}, step ${step}`, () => {
			const rate = 0.004;
			const before = learner.at(index);
			learner.step(reading.batch(step - 1), rate);
			const after = learner.at(index);
			const {
				lines,
				after: computed,
				found
			} = byHand({
				name: 'embedding',
				row: 0,
				column: 0,
				before,
				after,
				rate,
				step
			});
			expect(after.value).not.toBe(before.value);
			expect(found).toBe(digits(after.value));
			// a step is about the learning rate long: three digits of the step are right
			expect(Math.abs(number(computed) - after.value)).toBeLessThan(rate / 1000);
			expect(number(lines[2].value)).toBeCloseTo(after.square, 9);
			for (const { sum, value } of lines) {
				expect(`${sum} ${value}`).not.toMatch(/NaN|Infinity|undefined/);
			}
		});
	}

	it('writes numbers so that they can be typed again', () => {
		expect(digits(-0.04603812098503113)).toBe('−0.0460381');
		expect(digits(3.500506124964886e-7)).toBe('3.50051e−7');
		expect(digits(0)).toBe('0');
	});

	it('names every matrix', () => {
		expect(matrixName('1.key')).toBe('layer 2, what a token can be found by');
		expect(matrixName('embedding')).toMatch(/tokens/);
	});
});

import { describe, expect, test } from 'vitest';
import { createBackend } from './backend.ts';
import { Generator } from './generate.ts';
import type { Config } from './gpt.ts';
import { Random } from './random.ts';
import { Tape } from './tape.ts';
import { trainingKernels } from './training-kernels.ts';
import { Together } from './together.ts';
import { Weights } from './weights.ts';

const config: Config = { vocabulary: 37, context: 16, width: 32, heads: 4, layers: 3 };

function weights(bytes: number, kind: 'wasm' | 'plain' = 'wasm') {
	const made = new Weights(config, createBackend(kind, bytes), false);
	made.initialise(5);
	return made;
}

describe('texts that are written together', () => {
	test.each(['wasm', 'plain'] as const)(
		'come out as each alone, to the last bit, wherever each stands (%s)',
		(kind) => {
			const count = 7;
			const together = new Together(weights(Together.bytesNeeded(config, count), kind), count);
			const alone = Array.from(
				{ length: count },
				() => new Generator(weights(Generator.bytesNeeded(config), kind))
			);
			const random = new Random(3);
			for (let step = 0; step < 12; step++) {
				// texts end at different times, and others begin
				if (step === 4 || step === 9) {
					together.reset(step - 4);
					alone[step - 4].reset();
				}
				const tokens = alone.map(() => random.below(config.vocabulary));
				const logits = together.step(tokens);
				alone.forEach((generator, i) => {
					const own = logits.slice(i * config.vocabulary, (i + 1) * config.vocabulary);
					expect(own).toEqual(generator.step(tokens[i]));
					expect(together.position(i)).toBe(generator.position);
				});
			}
			const operations = alone.reduce((sum, generator) => sum + generator.operations, 0);
			expect(together.operations).toBe(operations);
		}
	);

	test('fit the memory that is asked for, when all windows are full', () => {
		const count = 30;
		const together = new Together(weights(Together.bytesNeeded(config, count)), count);
		for (let i = 0; i < config.context; i++) together.step(new Array(count).fill(i));
		expect(() => together.step(new Array(count).fill(1))).toThrow('The window of text 0 is full');
	});

	test.each([[[1]], [[1, 2, 3]], [[1, -1]], [[1, 37]], [[1, NaN]]])('refuse %j', (tokens) => {
		const together = new Together(weights(Together.bytesNeeded(config, 2)), 2);
		expect(() => together.step(tokens)).toThrow();
		expect(together.position(0)).toBe(0);
	});

	test('cannot be learned through', () => {
		const { backend, embedding } = weights(1e6);
		const tape = new Tape(backend, trainingKernels(backend));
		expect(() => tape.stack([tape.embed(embedding, [1])])).toThrow('cannot be learned through');
	});
});

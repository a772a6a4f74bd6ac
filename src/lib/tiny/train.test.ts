import { describe, expect, test } from 'vitest';
import { createBackend } from './backend.ts';
import { operationsOfEvaluation, operationsOfTraining } from './count.ts';
import { parameterCount } from './gpt.ts';
import { Random } from './random.ts';
import { Trainer } from './train.ts';

const config = { vocabulary: 29, context: 70, width: 16, heads: 2, layers: 2 };

function trainer(kind: 'wasm' | 'plain' = 'wasm', seed = 1): Trainer {
	return new Trainer({ config, seed, backend: createBackend(kind, Trainer.bytesNeeded(config)) });
}

/** Sequences that count upwards, each from its own start. */
function sequences(seed: number, lengths = [71, 12, 40]): Uint16Array[] {
	const random = new Random(seed);
	return lengths.map((length) => {
		const start = random.below(29);
		return Uint16Array.from({ length }, (_, i) => (start + i) % 29);
	});
}

function learn(trainer: Trainer, from: number, to: number): number[] {
	const losses = [];
	for (let i = from; i < to; i++) losses.push(trainer.step(sequences(i), 0.01).loss);
	return losses;
}

describe('a trainer', () => {
	test('starts knowing nothing and learns what is simple', () => {
		const pupil = trainer();
		const losses = learn(pupil, 0, 60);
		expect(Math.abs(losses[0] - Math.log(29))).toBeLessThan(0.3);
		expect(losses[59]).toBeLessThan(0.2);
		expect(pupil.evaluate(sequences(1000))).toBeLessThan(0.2);
		expect(pupil.steps).toBe(60);
		expect(pupil.tokens).toBe(60 * (70 + 11 + 39));
	});

	test('gives the same bits on both backends', () => {
		const [wasm, plain] = [trainer('wasm'), trainer('plain')];
		expect(learn(wasm, 0, 5)).toEqual(learn(plain, 0, 5));
		expect(wasm.weights.values).toEqual(plain.weights.values);
		expect(wasm.operations).toBe(plain.operations);
	});

	test('gives other weights for another seed', () => {
		expect(trainer('plain', 1).weights.values).not.toEqual(trainer('plain', 2).weights.values);
	});

	test('is not changed by an evaluation', () => {
		const [looked, blind] = [trainer(), trainer()];
		learn(looked, 0, 2);
		const loss = looked.evaluate(sequences(50));
		expect(looked.evaluate(sequences(50))).toBe(loss);
		learn(looked, 2, 4);
		learn(blind, 0, 4);
		expect(looked.weights.values).toEqual(blind.weights.values);
	});

	test('evaluates to the loss that the next step reports', () => {
		const pupil = trainer();
		learn(pupil, 0, 3);
		expect(pupil.evaluate(sequences(9))).toBe(pupil.step(sequences(9), 0.01).loss);
	});

	test('weighs every target alike, however the text is cut into sequences', () => {
		const [whole, halves] = [trainer(), trainer()];
		const [a, b] = sequences(1, [30, 10]);
		const both = whole.step([a, b], 0).loss;
		expect(both).toBeCloseTo((29 * halves.evaluate([a]) + 9 * halves.evaluate([b])) / (29 + 9), 12);
	});

	test('counts exactly the operations of the formula', () => {
		for (const lengths of [[71, 12, 40], [2], [33, 34], [65]]) {
			const pupil = trainer('plain');
			pupil.step(sequences(1, lengths), 0.01);
			expect(pupil.operations).toBe(operationsOfTraining(config, lengths).total);

			const before = pupil.operations;
			pupil.evaluate(sequences(1, lengths));
			expect(pupil.operations - before).toBe(operationsOfEvaluation(config, lengths).total);
		}
	});

	test('needs 6 operations per parameter and token, and attention on top', () => {
		const { layers, scoring, attention, total } = operationsOfTraining(config, [71, 12]);
		expect(layers + scoring).toBe(6 * parameterCount(config) * (70 + 11));
		expect(total).toBe(layers + scoring + attention);
	});

	test('refuses sequences it cannot learn from', () => {
		const pupil = trainer('plain');
		expect(() => pupil.step([new Uint16Array(72)], 0.01)).toThrow('2 to 71 tokens, not 72');
		expect(() => pupil.step([new Uint16Array(1)], 0.01)).toThrow('not 1');
		expect(() => pupil.step([Uint16Array.of(1, 29)], 0.01)).toThrow('no token 29');
		expect(() => pupil.step([], 0.01)).toThrow('nothing to learn');
	});

	test('fits the memory it asks for, and nearly fills it', () => {
		for (const shape of [
			config,
			{ vocabulary: 768, context: 256, width: 128, heads: 4, layers: 1 },
			{ vocabulary: 11, context: 300, width: 16, heads: 2, layers: 6 },
			{ vocabulary: 3000, context: 9, width: 8, heads: 1, layers: 1 }
		]) {
			const bytes = Trainer.bytesNeeded(shape);
			const backend = createBackend('wasm', bytes);
			const pupil = new Trainer({ config: shape, seed: 1, backend });
			pupil.step([new Uint16Array(shape.context + 1)], 0.01);
			expect(4 * backend.peak).toBeGreaterThan(0.85 * bytes);
		}
	});
});

describe('a checkpoint', () => {
	test('goes on with the same bits as without interruption', () => {
		const [steady, first] = [trainer(), trainer()];
		learn(steady, 0, 8);
		learn(first, 0, 4);
		const second = Trainer.restore(
			first.checkpoint(),
			createBackend('plain', Trainer.bytesNeeded(config))
		);
		learn(second, 4, 8);

		expect(second.weights.values).toEqual(steady.weights.values);
		expect(second.checkpoint()).toEqual(steady.checkpoint());
		expect([second.steps, second.tokens, second.operations]).toEqual([
			steady.steps,
			steady.tokens,
			steady.operations
		]);
	});

	test('can lie anywhere in a larger buffer', () => {
		const bytes = trainer().checkpoint();
		const larger = new Uint8Array(bytes.length + 3);
		larger.set(bytes, 3);
		const restored = Trainer.restore(
			larger.subarray(3),
			createBackend('plain', Trainer.bytesNeeded(config))
		);
		expect(restored.checkpoint()).toEqual(bytes);
	});

	test('can be read from a file by Node, whose Buffer slices without copying', () => {
		const bytes = trainer().checkpoint();
		const backend = createBackend('plain', Trainer.bytesNeeded(config));
		expect(Trainer.restore(Buffer.from(bytes), backend).checkpoint()).toEqual(bytes);
	});

	test('is refused when it is something else or not whole', () => {
		const backend = createBackend('plain', Trainer.bytesNeeded(config));
		const bytes = trainer().checkpoint();
		const broken = bytes.slice();
		broken[15] = 0;
		expect(() => Trainer.restore(new Uint8Array(100), backend)).toThrow('not a checkpoint');
		expect(() => Trainer.restore(bytes.subarray(0, -1), backend)).toThrow('bytes, but has');
		expect(() => Trainer.restore(broken, backend)).toThrow('damaged');
	});
});

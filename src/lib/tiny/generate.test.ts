import { describe, expect, test } from 'vitest';
import { type Backend, createBackend } from './backend.ts';
import { Generator } from './generate.ts';
import { score, think } from './gpt.ts';
import { Random } from './random.ts';
import { Tape } from './tape.ts';
import { Weights } from './weights.ts';

const config = { vocabulary: 37, context: 70, width: 24, heads: 3, layers: 2 };
const random = new Random(1);
const tokens = Array.from({ length: config.context }, () => random.below(config.vocabulary));

function model(backend: Backend): Weights {
	const weights = new Weights(config, backend, false);
	const random = new Random(2);
	for (let i = 0; i < weights.values.length; i++) weights.values[i] = 0.3 * random.normal();
	weights.changed();
	return weights;
}

describe.each(['wasm', 'plain'] as const)('on %s', (kind) => {
	const weights = model(createBackend(kind, 4e6));
	const tape = new Tape(weights.backend, false);
	const { values } = score(tape, weights, think(tape, weights, tokens)).value;
	const whole = tokens.map((_, row) =>
		Array.from(values.slice(row * config.vocabulary, (row + 1) * config.vocabulary))
	);
	tape.reset();

	test('token by token the logits are those of the whole text at once, to the last bit', () => {
		const generator = new Generator(weights);
		tokens.forEach((token, i) => {
			expect(Array.from(generator.step(token))).toEqual(whole[i]);
			expect(generator.position).toBe(i + 1);
		});
	});

	test('and so they are however the text is cut', () => {
		const generator = new Generator(weights);
		for (const cuts of [[70], [1, 69], [33, 2, 35], [64, 6]]) {
			generator.reset();
			for (const count of cuts) {
				const part = Uint16Array.from(tokens).subarray(
					generator.position,
					generator.position + count
				);
				expect(Array.from(generator.read(part))).toEqual(whole[generator.position - 1]);
			}
		}
	});

	test('going back to an earlier position goes on from there', () => {
		const generator = new Generator(weights);
		generator.read(tokens.slice(0, 20));
		generator.reset(5);
		expect(Array.from(generator.read(tokens.slice(5, 9)))).toEqual(whole[8]);
		expect(() => generator.reset(10)).toThrow('Only 9 tokens');
	});
});

test('both backends give the same bits', () => {
	const [wasm, plain] = (['wasm', 'plain'] as const).map((kind) => {
		const generator = new Generator(model(createBackend(kind, 4e6)));
		return [generator.read(tokens.slice(0, 40)), generator.step(3)].map((x) => Array.from(x));
	});
	expect(wasm).toEqual(plain);
});

test('what cannot be read is refused, and leaves the state alone', () => {
	const generator = new Generator(model(createBackend('plain', 4e6)));
	generator.read(tokens.slice(1));
	expect(() => generator.read([1, 2])).toThrow(
		'The context holds 70 tokens: 2 more do not fit behind 69'
	);
	expect(() => generator.read([])).toThrow('nothing to read');
	expect(() => generator.step(37)).toThrow('no token 37');
	expect(() => generator.step(-1)).toThrow('no token -1');
	expect(generator.position).toBe(69);
	generator.step(1);
	expect(() => generator.step(1)).toThrow('context');
});

test('the memory asked for is enough, and not much more', () => {
	for (const shape of [config, { ...config, layers: 4, width: 128, heads: 4, context: 256 }]) {
		const bytes = Generator.bytesNeeded(shape);
		const backend = createBackend('plain', bytes);
		new Generator(new Weights(shape, backend, false)).read(new Uint8Array(shape.context));
		expect(backend.peak * 4).toBeGreaterThan(0.75 * bytes);
	}
});

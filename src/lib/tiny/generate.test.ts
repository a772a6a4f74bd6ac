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
	const tape = new Tape(weights.backend);
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

describe.each(['wasm', 'plain'] as const)('what became of a token, on %s', (kind) => {
	const weights = model(createBackend(kind, 4e6));
	const generator = new Generator(weights);
	generator.read(tokens.slice(0, 40));
	const { logits, insides } = generator.inspect(tokens[40]);

	test('the logits are those of a step, to the last bit', () => {
		generator.reset(40);
		expect(Array.from(generator.step(tokens[40]))).toEqual(Array.from(logits));
	});

	test('it went in as its row of the table', () => {
		const { width } = config;
		const row = weights.embedding.value.values.slice(tokens[40] * width, (tokens[40] + 1) * width);
		expect(Array.from(insides.embedding)).toEqual(Array.from(row));
	});

	test('each head of each layer shared out its attention over the positions so far', () => {
		expect(insides.layers.length).toBe(config.layers);
		for (const { attention, output } of insides.layers) {
			expect(output.length).toBe(config.width);
			expect(attention.length).toBe(config.heads);
			for (const shares of attention) {
				expect(shares.length).toBe(41);
				expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
				expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
			}
		}
		const [one, two] = insides.layers[0].attention;
		expect(Array.from(one)).not.toEqual(Array.from(two));
	});

	test('what the last layer left, normalised and held against the table, gives the logits', () => {
		const { output } = insides.layers[config.layers - 1];
		const mean = output.reduce((sum, x) => sum + x * x, 0) / config.width;
		const { values } = weights.embedding.value;
		for (let id = 0; id < config.vocabulary; id++) {
			let score = 0;
			for (let i = 0; i < config.width; i++) {
				score += (output[i] / Math.sqrt(mean + 1e-6)) * values[id * config.width + i];
			}
			expect(score).toBeCloseTo(logits[id], 3);
		}
	});
});

describe.each(['wasm', 'plain'] as const)('what became of every token, on %s', (kind) => {
	const weights = model(createBackend(kind, 4e6));
	const generator = new Generator(weights);
	const text = tokens.slice(0, 21);
	const { logits, workings } = generator.inspectAll(text);
	const row = (matrix: Float32Array, at: number, width: number) =>
		Array.from(matrix.subarray(at * width, (at + 1) * width));

	test('the logits are those of reading, and it goes on as after reading, to the last bit', () => {
		const after = Array.from(generator.step(tokens[21]));
		const plain = new Generator(weights);
		expect(Array.from(plain.read(text))).toEqual(Array.from(logits));
		expect(Array.from(plain.step(tokens[21]))).toEqual(after);
	});

	test('each row is what that token became when it was the last, to the last bit', () => {
		const stepper = new Generator(weights);
		text.forEach((token, at) => {
			const { insides } = stepper.inspect(token);
			expect(row(workings.embedding, at, config.width)).toEqual(Array.from(insides.embedding));
			insides.layers.forEach(({ attention, output }, layer) => {
				expect(row(workings.layers[layer].output, at, config.width)).toEqual(Array.from(output));
				attention.forEach((shares, head) => {
					const all = row(workings.layers[layer].attention[head], at, text.length);
					expect(all.slice(0, at + 1)).toEqual(Array.from(shares));
					expect(all.slice(at + 1).every((share) => share === 0)).toBe(true);
				});
			});
		});
	});

	test('the feed-forward part leads from what attention left to what the layer left', () => {
		const { looked, middle, output } = workings.layers[0];
		const { width } = config;
		const down = weights.layers[0].down.value.values;
		expect(middle.length).toBe(text.length * 4 * width);
		expect(Math.min(...middle)).toBe(0);
		for (const at of [0, 20]) {
			for (let i = 0; i < width; i++) {
				let sum = looked[at * width + i];
				for (let j = 0; j < 4 * width; j++) {
					sum += middle[at * 4 * width + j] * down[j * width + i];
				}
				expect(sum).toBeCloseTo(output[at * width + i], 2);
			}
		}
	});

	test('what was read before is forgotten', () => {
		expect(generator.position).toBeGreaterThan(0);
		expect(Array.from(generator.inspectAll(text).logits)).toEqual(Array.from(logits));
		expect(generator.position).toBe(text.length);
	});

	test('more than a block is refused, and leaves the state alone', () => {
		const { position } = generator;
		expect(() => generator.inspectAll(tokens.slice(0, 33))).toThrow('Only 32 tokens');
		expect(generator.position).toBe(position);
	});
});

test('a block can be looked into in the memory asked for, however many heads there are', () => {
	const shape = { ...config, heads: 6, context: 32 };
	const backend = createBackend('plain', Generator.bytesNeeded(shape));
	const generator = new Generator(new Weights(shape, backend, false));
	expect(generator.inspectAll(new Uint8Array(32)).workings.layers[1].attention.length).toBe(6);
});

import { describe, expect, test } from 'vitest';
import { createBackend } from './backend.ts';
import { Generator } from './generate.ts';
import { parameterCount } from './gpt.ts';
import { configOf, dequantise, quantise } from './quantise.ts';
import { Weights } from './weights.ts';

const config = { vocabulary: 21, context: 16, width: 12, heads: 2, layers: 2 };

function model(): Weights {
	const weights = new Weights(config, createBackend('plain', 1e6), true);
	weights.initialise(1);
	return weights;
}

const restore = (bytes: Uint8Array) =>
	dequantise(bytes, createBackend('plain', Generator.bytesNeeded(configOf(bytes))));

test('float32 files bring back every bit, wherever they lie in memory', () => {
	const weights = model();
	const bytes = quantise(weights, 'float32');
	const larger = new Uint8Array(bytes.length + 1);
	larger.set(bytes, 1);
	expect(restore(larger.subarray(1)).values).toEqual(weights.values);
	expect(configOf(bytes)).toEqual(config);
});

describe('int8 files', () => {
	test('are a quarter of the size', () => {
		const scales = 21 + 2 * (4 * 12 + 48 + 12);
		expect(quantise(model()).length).toBe(20 + parameterCount(config) + 4 * scales);
	});

	test('are off by half a step at most, the step being 1/127 of the largest of an output', () => {
		const weights = model();
		const restored = restore(quantise(weights));
		weights.all.forEach(({ name, value }, which) => {
			const { values: back } = restored.all[which].value;
			const outputs = name === 'embedding' ? value.rows : value.columns;
			for (let output = 0; output < outputs; output++) {
				const belongs = (i: number) =>
					(name === 'embedding' ? Math.floor(i / value.columns) : i % value.columns) === output;
				const largest = value.values.reduce(
					(most, number, i) => (belongs(i) ? Math.max(most, Math.abs(number)) : most),
					0
				);
				value.values.forEach((number, i) => {
					if (belongs(i)) {
						expect(Math.abs(number - back[i])).toBeLessThanOrEqual((largest / 127) * 0.50001);
					}
				});
			}
		});
	});

	test('do not change when written again', () => {
		const bytes = quantise(model());
		expect(quantise(restore(bytes))).toEqual(bytes);
	});

	test('generate nearly what the weights themselves generate', () => {
		const weights = model();
		const logits = [weights, restore(quantise(weights))].map((w) =>
			new Generator(w).read([1, 2, 3])
		);
		logits[0].forEach((logit, i) => expect(Math.abs(logit - logits[1][i])).toBeLessThan(0.01));
	});
});

describe('what is no file of weights is refused:', () => {
	const bytes = quantise(model());
	const changed = (change: (view: DataView) => void) => {
		const copy = bytes.slice();
		change(new DataView(copy.buffer));
		return copy;
	};

	test.each([
		['nothing', new Uint8Array(), 'not a file of weights'],
		['another magic', changed((view) => view.setUint8(0, 0)), 'not a file of weights'],
		['another precision', changed((view) => view.setUint16(8, 4, true)), '4 bits'],
		['an impossible shape', changed((view) => view.setUint16(16, 5, true)), 'multiple of'],
		['no layers', changed((view) => view.setUint16(18, 0, true)), 'layers must be'],
		['one byte missing', bytes.subarray(0, -1), 'bytes, but has'],
		['one byte too many', Uint8Array.from([...bytes, 0]), 'bytes, but has'],
		['a scale that is no number', changed((view) => view.setFloat32(20, NaN, true)), 'embedding']
	])('%s', (_, bytes, message) => {
		expect(() => restore(bytes)).toThrow(message);
	});

	test('weights that are not finite are not written', () => {
		const weights = model();
		weights.layers[1].up.value.values[3] = Infinity;
		expect(() => quantise(weights)).toThrow('1.up is not finite');
	});
});

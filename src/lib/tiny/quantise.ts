/**
 * Weights as a file to ship: a fixed header, then each weight in the order of `shapes`.
 *
 * In int8 every column of a matrix (every row of the embedding: what belongs to one output) has a
 * scale of its own, its largest number divided by 127, and each number is rounded to a multiple
 * of it. This is a quarter of the size for a loss too small to see.
 *
 * Layout, little-endian: magic (8 bytes); bits per number, vocabulary, context, width, heads,
 * layers (2 bytes each); then for each weight its scales (4 bytes each, int8 only) and numbers.
 */

import type { Backend } from './backend.ts';
import type { Config } from './gpt.ts';
import type { Weight } from './tensor.ts';
import { Weights, checkConfig, shapes } from './weights.ts';

const MAGIC = 'tinymod2'; // the last digit is the version of format and model: 2 looks at the token before
const HEADER = 20; // bytes
const FIELDS = ['vocabulary', 'context', 'width', 'heads', 'layers'] as const;

export type Precision = 'int8' | 'float32';

/** @throws when a weight is not finite */
export function quantise(weights: Weights, precision: Precision = 'int8'): Uint8Array<ArrayBuffer> {
	const { config } = weights;
	const bytes = new Uint8Array(sizeOf(config, precision));
	const view = new DataView(bytes.buffer);

	bytes.set(new TextEncoder().encode(MAGIC));
	view.setUint16(8, precision === 'int8' ? 8 : 32, true);
	FIELDS.forEach((field, i) => view.setUint16(10 + 2 * i, config[field], true));

	let at = HEADER;
	for (const weight of weights.all) {
		const { values } = weight.value;
		if (!values.every(Number.isFinite)) throw new Error(`${weight.name} is not finite`);

		if (precision === 'float32') {
			for (const value of values) {
				view.setFloat32(at, value, true);
				at += 4;
			}
			continue;
		}

		const scales = scalesOf(weight);
		for (const scale of scales) {
			view.setFloat32(at, scale, true);
			at += 4;
		}
		values.forEach((value, i) => {
			const scale = scales[group(weight, i)];
			view.setInt8(at++, scale ? Math.round(value / scale) : 0);
		});
	}
	return bytes;
}

/**
 * The weights of a file, ready to generate with.
 *
 * @throws when the bytes are something else, not whole, or contain what cannot be a weight
 */
export function dequantise(bytes: Uint8Array, backend: Backend): Weights {
	const config = configOf(bytes);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const weights = new Weights(config, backend, false);
	const isInt8 = view.getUint16(8, true) === 8;

	let at = HEADER;
	for (const weight of weights.all) {
		const { values } = weight.value;
		const scales = new Float32Array(isInt8 ? groups(weight) : 0);
		for (let i = 0; i < scales.length; i++) {
			scales[i] = view.getFloat32(at, true);
			at += 4;
		}
		for (let i = 0; i < values.length; i++) {
			values[i] = isInt8 ? view.getInt8(at) * scales[group(weight, i)] : view.getFloat32(at, true);
			at += isInt8 ? 1 : 4;
		}
		if (!scales.every(Number.isFinite) || !values.every(Number.isFinite)) {
			throw new Error(`The file is damaged: ${weight.name} is not finite`);
		}
	}
	weights.changed();
	return weights;
}

/**
 * The shape of the model in a file, to prepare a backend for it.
 *
 * @throws when the bytes are no such file, or not whole
 */
export function configOf(bytes: Uint8Array): Config {
	if (bytes.length < HEADER || new TextDecoder().decode(bytes.subarray(0, 8)) !== MAGIC) {
		throw new Error('This is not a file of weights of this version');
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const bits = view.getUint16(8, true);
	if (bits !== 8 && bits !== 32) throw new Error(`Numbers of ${bits} bits are not supported`);

	const [vocabulary, context, width, heads, layers] = FIELDS.map((_, i) =>
		view.getUint16(10 + 2 * i, true)
	);
	const config = { vocabulary, context, width, heads, layers };
	checkConfig(config);

	const size = sizeOf(config, bits === 8 ? 'int8' : 'float32');
	if (bytes.length !== size) {
		throw new Error(`The file should have ${size} bytes, but has ${bytes.length}`);
	}
	return config;
}

type Shape = { name: string; rows: number; columns: number };

function sizeOf(config: Config, precision: Precision): number {
	return shapes(config).reduce((size, shape) => {
		const count = shape.rows * shape.columns;
		return size + (precision === 'int8' ? count + 4 * groupsOf(shape) : 4 * count);
	}, HEADER);
}

const groupsOf = ({ name, rows, columns }: Shape) => (name === 'embedding' ? rows : columns);
const groups = ({ name, value }: Weight) =>
	groupsOf({ name, rows: value.rows, columns: value.columns });

/** Which scale belongs to number i of a weight. */
function group({ name, value }: Weight, i: number): number {
	return name === 'embedding' ? Math.floor(i / value.columns) : i % value.columns;
}

function scalesOf(weight: Weight): Float32Array {
	const scales = new Float32Array(groups(weight));
	weight.value.values.forEach((value, i) => {
		const g = group(weight, i);
		scales[g] = Math.max(scales[g], Math.abs(value));
	});
	return scales.map((largest) => largest / 127);
}

import type { Backend } from './backend.ts';
import { type Config, type Gpt, type Layer, parameterCount } from './gpt.ts';
import { Matrix } from './matrix.ts';
import { Random } from './random.ts';
import { type Angles, rotaryAngles } from './rotary.ts';
import type { Weight } from './tensor.ts';

/** Of the weights before training, as in GPT-2 (Radford et al. 2019, section 2.3). */
const DEVIATION = 0.02;

/** Names and shapes of all weights, in the order in which files and random numbers go. */
export function shapes(config: Config): { name: string; rows: number; columns: number }[] {
	const { vocabulary, width, layers } = config;
	const list = [{ name: 'embedding', rows: vocabulary, columns: width }];

	for (let i = 0; i < layers; i++) {
		for (const name of ['query', 'key', 'value', 'output']) {
			list.push({ name: `${i}.${name}`, rows: width, columns: width });
		}
		list.push({ name: `${i}.up`, rows: width, columns: 4 * width });
		list.push({ name: `${i}.down`, rows: 4 * width, columns: width });
	}
	return list;
}

/** @throws when no model can have this shape */
export function checkConfig(config: Config): void {
	for (const name of ['vocabulary', 'context', 'width', 'heads', 'layers'] as const) {
		const value = config[name];
		if (!Number.isInteger(value) || value < 1 || value > 65535) {
			throw new Error(`${name} must be a whole number from 1 to 65535, not ${value}`);
		}
	}
	const { width, heads } = config;
	if (width % (2 * heads)) {
		throw new Error(`width ${width} must be a multiple of 2 · ${heads} heads`);
	}
}

/** All weights of a model, one after the other in the memory of a backend. */
export class Weights implements Gpt {
	readonly all: Weight[] = [];
	readonly embedding: Weight;
	readonly layers: Layer[] = [];
	readonly angles: Angles;
	/** The values of all weights in one row. */
	readonly value: Matrix;
	/** Their gradients likewise; empty unless training. */
	readonly gradient: Matrix;

	/**
	 * Weights of zero; see `initialise`.
	 *
	 * @param training whether gradients, and transposed copies for the backward pass, are needed
	 */
	constructor(
		readonly config: Config,
		readonly backend: Backend,
		readonly training: boolean
	) {
		checkConfig(config);
		const { width, heads, context, layers } = config;
		const count = parameterCount(config);
		const value = (this.value = backend.allocate(1, count));
		const gradient = (this.gradient = backend.allocate(1, training ? count : 0));
		this.angles = rotaryAngles(backend, context, width / heads);

		let offset = 0;
		for (const { name, rows, columns } of shapes(config)) {
			const within = (all: Matrix) =>
				new Matrix(backend.memory, all.offset + offset, rows, columns);
			// generation multiplies by no transposed weight but the embedding
			const transposed = training || name === 'embedding';
			this.all.push({
				name,
				value: within(value),
				gradient: within(training ? gradient : value),
				transposed: transposed ? backend.allocate(columns, rows) : within(value)
			});
			offset += rows * columns;
		}

		this.embedding = this.all[0];
		for (let i = 0; i < layers; i++) {
			const [query, key, value, output, up, down] = this.all.slice(1 + 6 * i, 7 + 6 * i);
			this.layers.push({ query, key, value, output, up, down });
		}
	}

	/** The values of all weights. */
	get values(): Float32Array {
		return this.value.values;
	}

	/** The gradients of all weights. */
	get gradients(): Float32Array {
		return this.gradient.values;
	}

	/**
	 * Random weights to start training from, normally distributed and small, so that at first every
	 * token is about equally likely. The last matrix of each part is smaller still: what 2 · layers
	 * parts add up to shall not grow with their number.
	 */
	initialise(seed: number): void {
		const random = new Random(seed);
		const last = DEVIATION / Math.sqrt(2 * this.config.layers);
		for (const { name, value } of this.all) {
			const deviation = /output|down/.test(name) ? last : DEVIATION;
			for (let i = 0; i < value.values.length; i++) value.values[i] = deviation * random.normal();
		}
		this.changed();
	}

	/** Must be called after values changed: brings the transposed copies up to date. */
	changed({ copyTransposed } = this.backend.kernels): void {
		for (const { value, transposed } of this.all) {
			if (transposed.offset !== value.offset) copyTransposed(value, transposed);
		}
	}
}

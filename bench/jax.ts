/**
 * @file The pocket model once more, in jax-js: same weights, same arithmetic, one compiled step with a cache of
 * keys and values. In jax-js an array is used up by what takes it; `.ref` keeps it for another use.
 */
import { defaultDevice, init, jit, nn, numpy as np, tree } from '@jax-js/jax';
import type { Config } from '#lib/tiny/gpt.ts';
import type { Matrix } from '#lib/tiny/matrix.ts';
import type { Weights } from '#lib/tiny/weights.ts';

type Layer = Record<'query' | 'key' | 'value' | 'output' | 'up' | 'down', np.Array>;
type Parameters = { embedding: np.Array; cos: np.Array; sin: np.Array; layers: Layer[] };
/** Of each layer: keys and values so far, and half of what the token before went in with. */
type Cache = { keys: np.Array; values: np.Array; before: np.Array }[];
type Step = (
	parameters: Parameters,
	cache: Cache,
	token: np.Array,
	position: np.Array
) => [logits: np.Array, cache: Cache];

export class JaxModel {
	readonly #config: Config;
	readonly #parameters: Parameters;
	readonly #step: Step;
	#cache: Cache;
	#position = 0;

	/** Starts jax-js on its WebAssembly device and copies the weights into it. */
	static async create(weights: Weights): Promise<JaxModel> {
		await init('wasm');
		defaultDevice('wasm');
		return new JaxModel(weights);
	}

	private constructor({ config, embedding, layers, angles }: Weights) {
		this.#config = config;
		this.#parameters = {
			embedding: copy(embedding.value),
			cos: copy(angles.cos),
			sin: copy(angles.sin),
			layers: layers.map(({ query, key, value, output, up, down }) => ({
				query: copy(query.value),
				key: copy(key.value),
				value: copy(value.value),
				output: copy(output.value),
				up: copy(up.value),
				down: copy(down.value)
			}))
		};
		this.#cache = empty(config);
		this.#step = jit(stepOf(config)) as unknown as Step;
	}

	/** Forgets what was read. */
	reset(): void {
		tree.dispose(this.#cache);
		this.#cache = empty(this.#config);
		this.#position = 0;
	}

	/** Reads one token. @returns logits for the next, [vocabulary] */
	async step(token: number): Promise<Float32Array> {
		const [logits, cache] = this.#step(
			tree.ref(this.#parameters),
			this.#cache,
			np.array(new Int32Array([token])),
			np.array(new Int32Array([this.#position++]))
		);
		this.#cache = cache;
		return (await logits.data()) as Float32Array;
	}
}

function copy({ values, rows, columns }: Matrix): np.Array {
	return np.array(Float32Array.from(values)).reshape([rows, columns]);
}

function empty({ context, width, heads, layers }: Config): Cache {
	const shape = [heads, context, width / heads];
	return Array.from({ length: layers }, () => ({
		keys: np.zeros(shape),
		values: np.zeros(shape),
		before: np.zeros([width / 2])
	}));
}

function normalise(x: np.Array): np.Array {
	const square = np.mean(x.ref.mul(x.ref));
	return x.div(np.sqrt(square.add(1e-6)));
}

function stepOf({ context, width, heads }: Config) {
	const size = width / heads;

	/** [width] → [heads × size], each pair turned by the angle of the position. */
	const turn = (x: np.Array, cos: np.Array, sin: np.Array) => {
		const [left, right] = np.split(x.reshape([heads, size]), 2, 1);
		return np.concatenate(
			[left.ref.mul(cos.ref).sub(right.ref.mul(sin.ref)), left.mul(sin).add(right.mul(cos))],
			1
		);
	};

	return (
		{ embedding, cos, sin, layers }: Parameters,
		cache: Cache,
		token: np.Array,
		position: np.Array
	) => {
		const angle = {
			cos: np.take(cos, position.ref, 0), // [1 × size / 2]
			sin: np.take(sin, position.ref, 0)
		};
		const positions = np.arange(0, context, 1, { dtype: np.int32 });
		const here = np.equal(positions.ref, position.ref).reshape([1, context, 1]);
		const future = np.greater(positions, position).reshape([1, context, 1]);

		let x = np.take(embedding.ref, token, 0).reshape([width]);
		const after: Cache = layers.map((layer, index) => {
			const read = normalise(x.ref);
			const query = turn(np.matmul(read.ref, layer.query), angle.cos.ref, angle.sin.ref);
			const [first, second] = np.split(read.ref, 2, 0);
			const shifted = np.concatenate([cache[index].before, second], 0);
			const key = turn(np.matmul(shifted, layer.key), angle.cos.ref, angle.sin.ref);
			const value = np.matmul(read, layer.value).reshape([heads, 1, size]);

			const keys = np.where(here.ref, key.reshape([heads, 1, size]), cache[index].keys);
			const values = np.where(here.ref, value, cache[index].values);
			const scores = np.matmul(keys.ref, query.reshape([heads, size, 1])).div(Math.sqrt(size));
			const shares = nn.softmax(np.where(future.ref, -1e30, scores), 1);
			const mixed = np.matmul(shares.reshape([heads, 1, context]), values.ref).reshape([width]);
			x = x.add(np.matmul(mixed, layer.output));

			const up = nn.relu(np.matmul(normalise(x.ref), layer.up));
			x = x.add(np.matmul(up.ref.mul(up), layer.down));
			return { keys, values, before: first };
		});
		here.dispose();
		future.dispose();
		tree.dispose(angle);
		return [np.matmul(embedding, normalise(x)), after];
	};
}

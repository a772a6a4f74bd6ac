/**
 * @file The pocket model once more, in jax-js, this time to train it: same weights, same batch, same optimiser, a whole
 * step compiled. It has no gradient of looking up rows, so tokens go in as rows of zeros with a one.
 */
import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { ADAM } from '#lib/tiny/adam.ts';
import type { Config } from '#lib/tiny/gpt.ts';
import type { Matrix } from '#lib/tiny/matrix.ts';
import type { Weights } from '#lib/tiny/weights.ts';

/** Of all weights in their order: the embedding, then six for each layer. */
type Parameters = np.Array[];
type Constants = { cos: np.Array; sin: np.Array; inputs: np.Array; targets: np.Array };
type State = { parameters: Parameters; averages: Parameters; squares: Parameters };
/** How far Adam goes in this step; see `adam.ts`. */
type Pace = { rate: np.Array; grow: np.Array; shrink: np.Array };
type Step = (state: State, constants: Constants, pace: Pace) => [loss: np.Array, state: State];

type Logits = (parameters: Parameters, constants: Constants) => np.Array;

export class JaxTrainer {
	readonly #constants: Constants;
	readonly #step: Step;
	readonly #logits: Logits;
	#state: State;
	#steps = 0;

	/** Starts jax-js on its WebAssembly device and copies weights and batch into it. */
	static async create(weights: Weights, batch: number[][]): Promise<JaxTrainer> {
		await init('wasm');
		defaultDevice('wasm');
		return new JaxTrainer(weights, batch);
	}

	private constructor({ config, all, angles }: Weights, batch: number[][]) {
		const zeros = () => all.map(({ value }) => np.zeros([value.rows, value.columns]));
		const tokens = (list: number[]) => np.array(new Int32Array(list));
		this.#constants = {
			cos: copy(angles.cos),
			sin: copy(angles.sin),
			inputs: tokens(batch.flatMap((sequence) => sequence.slice(0, -1))),
			targets: tokens(batch.flatMap((sequence) => sequence.slice(1)))
		};
		this.#state = {
			parameters: all.map(({ value }) => copy(value)),
			averages: zeros(),
			squares: zeros()
		};
		const logits = logitsOf(config, batch.length);
		this.#logits = jit(logits) as unknown as Logits;
		this.#step = jit(stepOf(config, logits)) as unknown as Step;
	}

	/** Of the whole batch. [targets × vocabulary] */
	async logits(): Promise<Float32Array> {
		const { parameters } = this.#state;
		const logits = this.#logits(tree.ref(parameters), tree.ref(this.#constants));
		return (await logits.data()) as Float32Array;
	}

	/** @returns the mean loss before the step, in nats per token */
	async step(learningRate: number): Promise<number> {
		this.#steps++;
		const pace = {
			rate: np.array([learningRate / (1 - ADAM.beta1 ** this.#steps)]),
			grow: np.array([1 / Math.sqrt(1 - ADAM.beta2 ** this.#steps)]),
			shrink: np.array([1 - learningRate * ADAM.weightDecay])
		};
		const [loss, state] = this.#step(this.#state, tree.ref(this.#constants), pace);
		this.#state = state;
		return ((await loss.data()) as Float32Array)[0];
	}
}

function copy({ values, rows, columns }: Matrix): np.Array {
	return np.array(Float32Array.from(values)).reshape([rows, columns]);
}

function normalise(x: np.Array): np.Array {
	const square = np.mean(x.ref.mul(x.ref), -1, { keepdims: true });
	return x.div(np.sqrt(square.add(1e-6)));
}

function logitsOf({ vocabulary, context, width, heads }: Config, count: number) {
	const size = width / heads;

	/** [count × context × width] → [count × heads × context × size] */
	const split = (x: np.Array) => x.reshape([count, context, heads, size]).transpose([0, 2, 1, 3]);

	/** The same, each pair turned by the angle of its position. */
	const turn = (x: np.Array, cos: np.Array, sin: np.Array) => {
		const [left, right] = np.split(split(x), 2, 3);
		return np.concatenate(
			[left.ref.mul(cos.ref).sub(right.ref.mul(sin.ref)), left.mul(sin).add(right.mul(cos))],
			3
		);
	};

	return ([embedding, ...rest]: Parameters, { cos, sin, inputs, targets }: Constants) => {
		targets.dispose();
		const rows = np.arange(0, context, 1, { dtype: np.int32 });
		const future = np
			.greater(rows.ref.reshape([1, context]), rows.reshape([context, 1]))
			.reshape([1, 1, context, context]);

		let x = np
			.matmul(nn.oneHot(inputs, vocabulary), embedding.ref)
			.reshape([count, context, width]);
		for (let at = 0; at < rest.length; at += 6) {
			const [query, key, value, output, up, down] = rest.slice(at, at + 6);
			const read = normalise(x.ref);
			const [first, second] = np.split(read.ref, 2, 2);
			const [before, last] = np.split(first, [context - 1], 1);
			last.dispose();
			const shifted = np.concatenate(
				[np.concatenate([np.zeros([count, 1, width / 2]), before], 1), second],
				2
			);
			const q = turn(np.matmul(read.ref, query), cos.ref, sin.ref);
			const k = turn(np.matmul(shifted, key), cos.ref, sin.ref);
			const v = split(np.matmul(read, value));
			const scores = np.matmul(q, k.transpose([0, 1, 3, 2])).div(Math.sqrt(size));
			const shares = nn.softmax(np.where(future.ref, -1e30, scores), 3);
			const mixed = np.matmul(shares, v).transpose([0, 2, 1, 3]);
			x = x.add(np.matmul(mixed.reshape([count, context, width]), output));

			const raised = nn.relu(np.matmul(normalise(x.ref), up));
			x = x.add(np.matmul(raised.ref.mul(raised), down));
		}
		tree.dispose({ future, cos, sin });
		return np.matmul(normalise(x).reshape([count * context, width]), embedding.transpose());
	};
}

function stepOf({ vocabulary }: Config, logits: Logits) {
	const loss = (parameters: Parameters, constants: Constants) => {
		const right = nn.oneHot(constants.targets.ref, vocabulary);
		const logs = nn.logSoftmax(logits(parameters, constants), 1);
		return np.mean(np.sum(logs.mul(right), 1)).neg();
	};

	return ({ parameters, averages, squares }: State, constants: Constants, pace: Pace) => {
		const [value, gradients] = valueAndGrad(loss)(tree.ref(parameters), constants) as [
			np.Array,
			Parameters
		];
		const length = np.sqrt(
			gradients.map((g) => np.sum(g.ref.mul(g.ref))).reduce((a, b) => a.add(b))
		);
		const clipped = np.minimum(np.array(1), np.array(ADAM.clip).div(length));

		const after: State = { parameters: [], averages: [], squares: [] };
		parameters.forEach((weight, i) => {
			const gradient = gradients[i].mul(clipped.ref);
			const average = averages[i].mul(ADAM.beta1).add(gradient.ref.mul(1 - ADAM.beta1));
			const square = squares[i].mul(ADAM.beta2).add(gradient.ref.mul(gradient).mul(1 - ADAM.beta2));
			const divisor = np.sqrt(square.ref).mul(pace.grow.ref).add(ADAM.epsilon);
			const step = average.ref.mul(pace.rate.ref).div(divisor);
			after.parameters.push(weight.mul(pace.shrink.ref).sub(step));
			after.averages.push(average);
			after.squares.push(square);
		});
		clipped.dispose();
		tree.dispose(pace);
		return [value, after];
	};
}

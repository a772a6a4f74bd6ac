import { type Past, attend } from './attention.ts';
import type { Backend } from './backend.ts';
import type { Kernels } from './kernels.ts';
import { type Matrix, copy } from './matrix.ts';
import type { Angles } from './rotary.ts';
import { Result, Rooms, type Tensor, type Weight, inflow } from './tensor.ts';
import type { TrainingKernels } from './training-kernels.ts';

/**
 * Columns up to which a matrix is walked downwards as it lies. Measured on steps of training: at 128 that
 * saves 1 to 3 % of one, at 512 it costs as much.
 */
const WIDE = 128;

/**
 * The operations of a transformer. Each computes its result at once and, on a recording tape,
 * notes beside it how a gradient flows back through it; `backward` plays the notes in reverse.
 * Gradients add up, because a value may be used more than once: the first use to
 * come back writes, see `Result`.
 *
 * Results live in the backend's memory until `reset`.
 */
export class Tape {
	readonly #backward: (() => void)[] = [];
	#mark: number | undefined; // where the first result since `reset` begins
	readonly #rooms = new Rooms((rows, columns) => this.#matrix(rows, columns));

	/** Is shown the inside of every layer while it reads. */
	watch:
		| {
				/** A matrix a head, [tokens × positions]. */
				attention(probabilities: Matrix[]): void;
				/** What the feed-forward part has in the middle. [tokens × 4 width] */
				middle?(x: Matrix): void;
		  }
		| undefined;

	/** Whether results are noted for `backward`; without, they need half the memory. */
	recording: boolean;

	readonly #kernels: Kernels;
	readonly #training: TrainingKernels;

	/**
	 * @param backend where results go, behind all that was allocated before the first of them
	 * @param training what `backward` needs; without it the tape does not record
	 */
	constructor(
		readonly backend: Backend,
		training?: TrainingKernels
	) {
		this.recording = training !== undefined;
		this.#kernels = training ?? backend.kernels;
		this.#training = training!;
	}

	/** Forgets all results. */
	reset(): void {
		this.#backward.length = 0;
		this.#rooms.clear();
		if (this.#mark !== undefined) this.backend.release(this.#mark);
		this.#mark = undefined;
	}

	/** From the gradients of the last results to those of all weights. */
	backward(): void {
		while (this.#backward.length) this.#backward.pop()!();
	}

	/** x[i] = row tokens[i] of the table. [tokens × width] */
	embed(table: Weight, tokens: ArrayLike<number>): Tensor {
		const width = table.value.columns;
		const x = this.#tensor(tokens.length, width);
		for (let i = 0; i < tokens.length; i++) {
			copy(table.value.slice(tokens[i], tokens[i] + 1), x.value.slice(i, i + 1));
		}

		this.#note(x, () => {
			for (let i = 0; i < tokens.length; i++) {
				const row = table.gradient.slice(tokens[i], tokens[i] + 1);
				this.#training.accumulate(x.gradient.slice(i, i + 1), row);
			}
		});
		return x;
	}

	/** y = x·W. [rows × in]·[in × out] */
	project(x: Tensor, weight: Weight): Tensor {
		const { backend } = this;
		const y = this.#tensor(x.value.rows, weight.value.columns);
		backend.matmul(x.value, weight.value, y.value);

		this.#note(y, () => {
			const { into, adding } = inflow(x);
			backend.matmul(y.gradient, weight.transposed, into, adding);
			this.#multiplyTransposed(x.value, y.gradient, weight.gradient);
		});
		return y;
	}

	/** y = x·Eᵀ: how well x fits each row of the embedding. [rows × width]·[width × vocabulary] */
	unembed(x: Tensor, table: Weight): Tensor {
		const { backend } = this;
		const y = this.#tensor(x.value.rows, table.value.rows);
		backend.matmul(x.value, table.transposed, y.value);

		this.#note(y, () => {
			const { into, adding } = inflow(x);
			backend.matmul(y.gradient, table.value, into, adding);
			this.#multiplyTransposed(y.gradient, x.value, table.gradient);
		});
		return y;
	}

	/**
	 * y = x with the first half of each row taken from the row before it (zeros before the first).
	 * Keys made of it also tell what came just before, which is what a model must look for to go on
	 * with a word it has read once (token shift, https://arxiv.org/abs/2305.13048). On random tokens
	 * that repeat, a model of two layers learns the repetition in a quarter of the steps.
	 *
	 * @param past whose last row comes before the first one; these rows are added to it
	 */
	shift(x: Tensor, past?: Past): Tensor {
		const { rows, columns: width } = x.value;
		const half = width / 2;
		const y = this.#tensor(rows, width);
		const { memory, offset: from } = x.value;
		const { offset: to } = y.value;

		copy(x.value, y.value);
		memory.fill(0, to, to + half);
		if (past) {
			const { inputs, length } = past;
			const before = inputs.offset + (length - 1) * width;
			if (length) memory.copyWithin(to, before, before + half);
			copy(x.value, inputs.slice(length, length + rows));
		}
		for (let at = width; at < rows * width; at += width) {
			memory.copyWithin(to + at, from + at - width, from + at - half);
		}

		this.#note(y, () => {
			const [dx, dy] = [x.gradient, y.gradient];
			const add = (from: Matrix, to: Matrix) => this.#training.accumulate(from, to);
			if (rows > 1) add(dy.slice(1, rows, 0, half), dx.slice(0, rows - 1, 0, half));
			add(dy.slice(0, rows, half), dx.slice(0, rows, half));
		});
		return y;
	}

	/** y = a + b */
	add(a: Tensor, b: Tensor): Tensor {
		const y = this.#tensor(a.value.rows, a.value.columns);
		this.#kernels.sum(a.value, b.value, y.value);

		this.#note(y, () => {
			const { into, adding } = inflow(a);
			if (adding) this.#training.accumulate(y.gradient, into);
			else copy(y.gradient, into);
			const inherited = y instanceof Result && b instanceof Result && b.inherit(y);
			if (!inherited) this.#training.accumulate(y.gradient, b.gradient);
		});
		return y;
	}

	/**
	 * y = x / √(mean of x²), for each group of `width` neighbours (RMSNorm without gain).
	 * dx = (dy − y · mean(y·dy)) / √(mean of x²)
	 */
	normalise(x: Tensor, width = x.value.columns): Tensor {
		const y = this.#tensor(x.value.rows, x.value.columns);
		const scales = this.#matrix(1, (x.value.rows * x.value.columns) / width);
		this.#kernels.normalise(x.value, y.value, scales, width);

		this.#note(y, () =>
			this.#training.normaliseBackward(y.value, y.gradient, x.gradient, scales, width)
		);
		return y;
	}

	/** y = max(0, x)² */
	squaredReLU(x: Tensor): Tensor {
		const y = this.#tensor(x.value.rows, x.value.columns);
		this.#kernels.squaredReLU(x.value, y.value);
		this.watch?.middle?.(y.value);

		this.#note(y, () => {
			const { into, adding } = inflow(x);
			this.#training.squaredReLUBackward(x.value, y.gradient, into, adding);
		});
		return y;
	}

	/**
	 * Turns each pair (x[j], x[j + half]) of each head by an angle that grows with the position, so
	 * that a query and a key meet at an angle that tells their distance (rotary embedding,
	 * https://arxiv.org/abs/2104.09864). The gradient is turned back.
	 */
	rotate(x: Tensor, angles: Angles, start: number): Tensor {
		const y = this.#tensor(x.value.rows, x.value.columns);
		this.#kernels.rotate(x.value, y.value, angles, start, 1, false);

		this.#note(y, () => {
			const { into, adding } = inflow(x);
			this.#kernels.rotate(y.gradient, into, angles, start, -1, adding);
		});
		return y;
	}

	/**
	 * Attention over a whole sequence, or, given the past, of some new positions over all so far;
	 * these are then added to the past. See `attention.ts`.
	 */
	attend(q: Tensor, k: Tensor, v: Tensor, heads: number, past?: Past): Tensor {
		const { rows, columns: width } = q.value;
		const { backend } = this;
		const mixed = this.#tensor(rows, width);

		if (past) {
			const end = past.length + rows;
			this.#kernels.copyTransposed(k.value, past.keys.slice(0, width, past.length, end));
			copy(v.value, past.values.slice(past.length, end));
			// One table serves all heads, one after the other, unless somebody wants to see them.
			const tables = Array.from({ length: this.watch ? heads : 1 }, () => this.#matrix(rows, end));
			attend(
				backend,
				this.#kernels,
				heads,
				q.value,
				past.keys,
				past.values,
				mixed.value,
				(head) => tables[head] ?? tables[0],
				past.length
			);
			this.watch?.attention(tables);
			past.length = end;
			return mixed;
		}

		const keys = this.#matrix(width, rows);
		this.#kernels.copyTransposed(k.value, keys);
		const tables = Array.from({ length: heads }, () => this.#matrix(rows, rows));
		const probabilities = (head: number) => tables[head];
		attend(backend, this.#kernels, heads, q.value, keys, v.value, mixed.value, probabilities, 0);

		this.#note(mixed, () => {
			const flows = [q, k, v].map(inflow);
			const { gradient } = mixed;
			const mark = backend.mark();
			this.#training.attendBackward(backend, heads, [q, k, v], flows, gradient, probabilities, {
				scores: this.#matrix(rows, rows),
				valuesTransposed: keys // no longer needed as keys
			});
			backend.release(mark);
		});
		return mixed;
	}

	/** Rows of several tensors under each other; for a forward pass only. [all rows × width] */
	stack(parts: Tensor[]): Tensor {
		if (this.recording) throw new Error('A stack cannot be learned through');
		const width = parts[0].value.columns;
		const y = this.#tensor(
			parts.reduce((rows, { value }) => rows + value.rows, 0),
			width
		);
		let at = 0;
		for (const { value } of parts) {
			copy(value, y.value.slice(at, at + value.rows));
			at += value.rows;
		}
		return y;
	}

	/** C += Aᵀ·B. Columns of a wide matrix are slow to walk, so such a one is copied turned first. */
	#multiplyTransposed(a: Matrix, b: Matrix, c: Matrix): void {
		const { backend } = this;
		if (a.columns <= WIDE) return backend.matmul(a.transposed(), b, c, true);

		const mark = backend.mark();
		const turned = this.#matrix(a.columns, a.rows);
		this.#kernels.copyTransposed(a, turned);
		backend.matmul(turned, b, c, true);
		backend.release(mark);
	}

	/** How what flows back to `y` goes on from there. */
	#note(y: Tensor, backward: () => void): void {
		if (!(y instanceof Result)) return;
		this.#backward.push(() => {
			backward();
			y.done();
		});
	}

	#matrix(rows: number, columns: number): Matrix {
		this.#mark ??= this.backend.mark();
		return this.backend.allocateUnset(rows, columns);
	}

	#tensor(rows: number, columns: number): Tensor {
		const value = this.#matrix(rows, columns);
		// without recording nothing reads the gradient
		if (!this.recording) return { value, gradient: value };
		return new Result(value, this.#rooms);
	}
}

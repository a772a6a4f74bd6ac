import type { Config } from '../gpt.ts';
import { shapes } from '../weights.ts';
import type { Gpu } from './device.ts';
import * as kernels from './kernels.ts';
import { matmul, TILE } from './matmul.ts';
import type { Size } from './memory.ts';
import { type Pipelines, Program } from './program.ts';

/** What training changes, and what it needs beside. */
export interface Parameters {
	weights: GPUBuffer; // [parameters], in the order of `shapes`
	gradients: GPUBuffer; // [parameters], of the loss summed over all targets
	cosines: GPUBuffer; // [context × half a head]
	sines: GPUBuffer; // [context × half a head]
	/** the summed loss, then the squared length of the gradient */
	results: GPUBuffer;
}

/** Where the matrices of a product lie: element (i, j) at offset + i · row + j · column. */
interface View {
	buffer: GPUBuffer;
	offset: number;
	row: number;
	column: number;
	/** from one head, and from one sequence, to the next */
	head: number;
	sequence: number;
}

/** Where a weight stands among all of them. */
interface Place {
	offset: number;
	rows: number;
	columns: number;
}

const matrix = (buffer: GPUBuffer, columns: number, offset = 0): View => ({
	buffer,
	offset,
	row: columns,
	column: 1,
	head: 0,
	sequence: 0
});

const transposed = (view: View): View => ({ ...view, row: view.column, column: view.row });

/**
 * A program of the operations of a transformer: those of `Tape`, and beside each the way its
 * gradient flows back. Gradients add up where `adding` is said or implied by a +=.
 */
export class Operations extends Program {
	readonly #config: Config;
	readonly #parameters: Parameters;
	readonly #size: Size;
	readonly #rows: number;
	readonly #parts: GPUBuffer;
	readonly #weights: Map<string, Place>;

	/** @param parts memory for the gradients of a weight, see `PassMemory` */
	constructor(
		gpu: Gpu,
		pipelines: Pipelines,
		config: Config,
		parameters: Parameters,
		size: Size,
		parts: GPUBuffer
	) {
		super(gpu, pipelines);
		this.#config = config;
		this.#parameters = parameters;
		this.#size = size;
		this.#parts = parts;
		this.#rows = size.sequences * size.length;
		let offset = 0;
		this.#weights = new Map(
			shapes(config).map(({ name, rows, columns }) => {
				const weight = { offset, rows, columns };
				offset += rows * columns;
				return [name, weight];
			})
		);
	}

	embed(tokens: GPUBuffer, x: GPUBuffer): void {
		const { width } = this.#config;
		const table = this.#parameters.weights; // the embedding is the first of them
		this.each(kernels.embed, { tokens, table, x }, { width, count: this.#rows * width });
	}

	embedBackward(order: GPUBuffer, starts: GPUBuffer, dx: GPUBuffer): void {
		const { width, vocabulary } = this.#config;
		const { gradients: gradient } = this.#parameters;
		const count = vocabulary * width;
		this.each(kernels.embedBackward, { order, starts, dx, gradient }, { width, count });
	}

	/** y = x·W, or y += x·W */
	project(x: GPUBuffer, name: string, y: GPUBuffer, adding = false): void {
		const { rows: inner, columns, offset } = this.#weights.get(name)!;
		const weight = matrix(this.#parameters.weights, columns, offset);
		const shape = { rows: this.#rows, inner, columns };
		this.#multiply(matrix(x, inner), weight, matrix(y, columns), shape, adding);
	}

	/** dx = dy·Wᵀ, or dx += dy·Wᵀ; dW += xᵀ·dy */
	projectBackward(x: GPUBuffer, name: string, dy: GPUBuffer, dx: GPUBuffer, adding = false): void {
		const { rows, columns, offset } = this.#weights.get(name)!;
		const weight = transposed(matrix(this.#parameters.weights, columns, offset));
		const shape = { rows: this.#rows, inner: columns, columns: rows };
		this.#multiply(matrix(dy, columns), weight, matrix(dx, rows), shape, adding);
		this.#learn(x, dy, { offset, rows, columns });
	}

	/** y = x·Eᵀ */
	unembed(x: GPUBuffer, y: GPUBuffer): void {
		const { width, vocabulary } = this.#config;
		const table = transposed(matrix(this.#parameters.weights, width));
		const shape = { rows: this.#rows, inner: width, columns: vocabulary };
		this.#multiply(matrix(x, width), table, matrix(y, vocabulary), shape);
	}

	/** dx = dy·E; dE += dyᵀ·x */
	unembedBackward(x: GPUBuffer, dy: GPUBuffer, dx: GPUBuffer): void {
		const { width, vocabulary } = this.#config;
		const table = matrix(this.#parameters.weights, width);
		const shape = { rows: this.#rows, inner: vocabulary, columns: width };
		this.#multiply(matrix(dy, vocabulary), table, matrix(dx, width), shape);
		this.#learn(dy, x, { offset: 0, rows: vocabulary, columns: width });
	}

	shift(x: GPUBuffer, y: GPUBuffer): void {
		this.each(kernels.shift, { x, y }, this.#wide());
	}

	/** dx += dy, shifted back */
	shiftBackward(dy: GPUBuffer, dx: GPUBuffer): void {
		this.each(kernels.shiftBackward, { dy, dx }, this.#wide());
	}

	normalise(x: GPUBuffer, y: GPUBuffer, scales: GPUBuffer): void {
		const { width } = this.#config;
		this.rows(kernels.normalise, { x, y, scales }, { width, rows: this.#rows });
	}

	/** dx = …, or dx += … */
	normaliseBackward(
		y: GPUBuffer,
		dy: GPUBuffer,
		scales: GPUBuffer,
		dx: GPUBuffer,
		adding: boolean
	): void {
		this.rows(
			kernels.normaliseBackward,
			{ y, dy, scales, dx },
			{ width: this.#config.width, rows: this.#rows, adding: Number(adding) }
		);
	}

	/** Turns x in place. The gradient is turned with direction −1. */
	rotate(x: GPUBuffer, direction: 1 | -1): void {
		const { width, heads } = this.#config;
		const { cosines, sines } = this.#parameters;
		this.each(
			kernels.rotate,
			{ cosines, sines, x },
			{
				half: width / heads / 2,
				heads,
				length: this.#size.length,
				direction,
				count: (this.#rows * width) / 2
			}
		);
	}

	/** y = max(0, x)², for the four widths of the feed-forward part. */
	squaredReLU(x: GPUBuffer, y: GPUBuffer): void {
		this.each(kernels.squaredReLU, { x, y }, { count: 4 * this.#wide().count });
	}

	/** Turns the gradient of y into that of x, in place. */
	squaredReLUBackward(x: GPUBuffer, gradient: GPUBuffer): void {
		const count = 4 * this.#wide().count;
		this.each(kernels.squaredReLUBackward, { x, gradient }, { count });
	}

	/** probabilities = softmax(q·kᵀ / √headWidth), causal; mixed = probabilities · v */
	attend(
		query: GPUBuffer,
		key: GPUBuffer,
		value: GPUBuffer,
		probabilities: GPUBuffer,
		mixed: GPUBuffer
	): void {
		const { heads, tables, head, length } = this.#attention();
		const table = tables(probabilities);
		const scored = { rows: length, inner: head, columns: length };
		this.#multiply(heads(query), transposed(heads(key)), table, scored);
		this.rows(kernels.causalSoftmax, { scores: probabilities }, this.#softmax());
		const weighed = { rows: length, inner: length, columns: head };
		this.#multiply(table, heads(value), heads(mixed), weighed);
	}

	/** See `attendBackward` in `attention.ts`. Each gradient is set, not added to. */
	attendBackward(
		{
			query,
			key,
			value,
			probabilities
		}: Record<'query' | 'key' | 'value' | 'probabilities', GPUBuffer>,
		back: Record<'query' | 'key' | 'value' | 'probabilities' | 'mixed', GPUBuffer>
	): void {
		const { heads, tables, head, length } = this.#attention();
		const gradient = back.probabilities;
		const weighed = { rows: length, inner: length, columns: head };
		const scored = { rows: length, inner: head, columns: length };
		const [p, ds, dmixed] = [tables(probabilities), tables(gradient), heads(back.mixed)];
		this.#multiply(transposed(p), dmixed, heads(back.value), weighed);
		this.#multiply(dmixed, transposed(heads(value)), ds, scored);
		this.rows(kernels.softmaxBackward, { probabilities, gradient }, this.#softmax());
		this.#multiply(ds, heads(key), heads(back.query), weighed);
		this.#multiply(transposed(ds), heads(query), heads(back.key), weighed);
	}

	/** Adds the summed loss to `results`; the logits become the gradient of it. */
	crossEntropy(logits: GPUBuffer, targets: GPUBuffer, losses: GPUBuffer): void {
		const { vocabulary } = this.#config;
		const rows = this.#rows;
		this.rows(kernels.crossEntropy, { logits, targets, losses }, { vocabulary, rows });
		this.rows(
			kernels.sum,
			{ x: losses, into: this.#parameters.results },
			{ count: rows, at: 0, rows: 1 }
		);
	}

	/**
	 * The gradient of a weight += xᵀ·dy. First for each sequence by itself, into `parts`: a weight is
	 * small and a batch is long, and so there is work for the whole GPU at once.
	 */
	#learn(x: GPUBuffer, dy: GPUBuffer, { offset, rows, columns }: Place): void {
		const { sequences, length } = this.#size;
		const perSequence = (buffer: GPUBuffer, width: number): View => ({
			...matrix(buffer, width),
			sequence: length * width
		});
		this.#multiply(
			transposed(perSequence(x, rows)),
			perSequence(dy, columns),
			{ ...matrix(this.#parts, columns), sequence: rows * columns },
			{ rows, inner: length, columns }
		);
		this.each(
			kernels.addParts,
			{ parts: this.#parts, gradient: this.#parameters.gradients },
			{ sequences, offset, count: rows * columns }
		);
	}

	#wide() {
		const { width } = this.#config;
		return { width, length: this.#size.length, count: this.#rows * width };
	}

	#softmax() {
		const { width, heads } = this.#config;
		const { length } = this.#size;
		return { length, rows: this.#rows * heads, scale: 1 / Math.sqrt(width / heads) };
	}

	/** How the heads lie in [rows × width], and their tables in [sequences · heads · length × length]. */
	#attention() {
		const { width, heads: count } = this.#config;
		const { length } = this.#size;
		const head = width / count;
		return {
			head,
			length,
			heads: (buffer: GPUBuffer): View => ({
				...matrix(buffer, width),
				head,
				sequence: length * width
			}),
			tables: (buffer: GPUBuffer): View => ({
				...matrix(buffer, length),
				head: length * length,
				sequence: count * length * length
			})
		};
	}

	/** c = a·b, or c += a·b; for each head of each sequence, if c has such. */
	#multiply(
		a: View,
		b: View,
		c: View,
		{ rows, inner, columns }: { rows: number; inner: number; columns: number },
		adding = false
	): void {
		const heads = c.head ? this.#config.heads : 1;
		const sequences = c.sequence ? this.#size.sequences : 1;
		this.add(
			matmul,
			{ a: a.buffer, b: b.buffer, c: c.buffer },
			{
				rows,
				inner,
				columns,
				heads,
				aOffset: a.offset,
				aRow: a.row,
				aColumn: a.column,
				aHead: a.head,
				aSequence: a.sequence,
				bOffset: b.offset,
				bRow: b.row,
				bColumn: b.column,
				bHead: b.head,
				bSequence: b.sequence,
				cOffset: c.offset,
				cRow: c.row,
				cHead: c.head,
				cSequence: c.sequence,
				adding: Number(adding)
			},
			[Math.ceil(columns / TILE), Math.ceil(rows / TILE), heads * sequences]
		);
	}
}

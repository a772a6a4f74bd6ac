import type { Backend } from './backend.ts';
import { exp } from './exact.ts';
import { type Matrix, copyTransposed } from './matrix.ts';

/**
 * Causal self-attention: every position looks at itself and at those before it.
 *
 * Rows are worked in blocks, and a block multiplies only the columns that its last row may see, so
 * about half of the square of scores is never computed. What a block computes beyond the diagonal
 * is set to zero before use, and adding zeros changes no bit: one row at a time (generation) gives
 * exactly the numbers of a whole sequence at once (training).
 */
export const BLOCK = 32; // rows

/** Keys and values of the positions read so far. */
export interface Past {
	/** [width × capacity]: a column for each position, because B of a product must be contiguous. */
	keys: Matrix;
	/** [capacity × width] */
	values: Matrix;
	/** [capacity × width]: what keys and values were made of. */
	inputs: Matrix;
	/** positions read so far */
	length: number;
}

/** The blocks of rows of a sequence, as [first, end). */
export function* blocks(rows: number): Generator<[first: number, end: number]> {
	for (let first = 0; first < rows; first += BLOCK) yield [first, Math.min(first + BLOCK, rows)];
}

/**
 * For every row of scores: the softmax over what it may see, zeros for the rest.
 *
 * @param scores [rows × columns], replaced by probabilities
 * @param firstPosition position of the first row: it sees firstPosition + 1 columns
 */
function causalSoftmax(scores: Matrix, firstPosition: number, scale: number): void {
	const { memory } = scores;

	for (let row = 0; row < scores.rows; row++) {
		const start = scores.offset + row * scores.rowStride;
		const end = start + firstPosition + row + 1;

		let largest = -Infinity;
		for (let i = start; i < end; i++) if (memory[i] > largest) largest = memory[i];

		let sum = 0;
		for (let i = start; i < end; i++) {
			const weight = exp((memory[i] - largest) * scale);
			memory[i] = weight;
			sum += weight;
		}

		const share = 1 / sum;
		for (let i = start; i < end; i++) memory[i] *= share;
		for (let i = end; i < start + scores.columns; i++) memory[i] = 0;
	}
}

/**
 * mixed = softmax(q·kᵀ / √headWidth) · v, head by head.
 *
 * @param queries [rows × width], heads side by side
 * @param keys [width × positions], transposed
 * @param values [positions × width]
 * @param mixed [rows × width], the result
 * @param probabilities where to keep the probabilities of a head: [rows × positions] or more
 * @param start position of the first row
 */
export function attend(
	backend: Backend,
	heads: number,
	queries: Matrix,
	keys: Matrix,
	values: Matrix,
	mixed: Matrix,
	probabilities: (head: number) => Matrix,
	start: number
): void {
	const size = queries.columns / heads;
	const scale = 1 / Math.sqrt(size);

	for (let head = 0; head < heads; head++) {
		const [left, right] = [head * size, (head + 1) * size];
		const table = probabilities(head);

		for (const [first, end] of blocks(queries.rows)) {
			const visible = start + end;
			const scores = table.slice(first, end, 0, visible);

			backend.matmul(
				queries.slice(first, end, left, right),
				keys.slice(left, right, 0, visible),
				scores
			);
			causalSoftmax(scores, start + first, scale);
			backend.matmul(
				scores,
				values.slice(0, visible, left, right),
				mixed.slice(first, end, left, right)
			);
		}
	}
}

/**
 * Backward of `attend` for a whole sequence (start = 0): adds to the three gradients.
 *
 * With P the probabilities and dO the gradient of `mixed`:
 * dV = Pᵀ·dO, dP = dO·Vᵀ, dS = P ∘ (dP − rowsum(P ∘ dP)) / √headWidth, dQ = dS·K, dK = dSᵀ·Q.
 *
 * @param scratch [rows × rows], and [width × rows] for the transposed values
 */
export function attendBackward(
	backend: Backend,
	heads: number,
	queries: { value: Matrix; gradient: Matrix },
	keys: { value: Matrix; gradient: Matrix },
	values: { value: Matrix; gradient: Matrix },
	mixedGradient: Matrix,
	probabilities: (head: number) => Matrix,
	scratch: { scores: Matrix; valuesTransposed: Matrix }
): void {
	const { rows, columns: width } = queries.value;
	const size = width / heads;
	const scale = 1 / Math.sqrt(size);
	copyTransposed(values.value, scratch.valuesTransposed);

	for (let head = 0; head < heads; head++) {
		const [left, right] = [head * size, (head + 1) * size];
		const table = probabilities(head);
		const of = (matrix: Matrix, first: number, end: number) =>
			matrix.slice(first, end, left, right);

		for (const [first, end] of blocks(rows)) {
			const scores = scratch.scores.slice(first, end, 0, end);
			backend.matmul(
				of(mixedGradient, first, end),
				scratch.valuesTransposed.slice(left, right, 0, end),
				scores
			);
			softmaxBackward(table.slice(first, end, 0, end), scores, scale);
			backend.matmul(scores, of(keys.value, 0, end), of(queries.gradient, first, end), true);
		}

		// a key or value is seen by its own position and all later ones
		for (const [first, end] of blocks(rows)) {
			backend.matmul(
				table.slice(first, rows, first, end).transposed(),
				of(mixedGradient, first, rows),
				of(values.gradient, first, end),
				true
			);
			backend.matmul(
				scratch.scores.slice(first, rows, first, end).transposed(),
				of(queries.value, first, rows),
				of(keys.gradient, first, end),
				true
			);
		}
	}
}

/** gradient = P ∘ (gradient − rowsum(P ∘ gradient)) · scale; zero where P is zero. */
function softmaxBackward(probabilities: Matrix, gradient: Matrix, scale: number): void {
	const { memory } = gradient;
	const { columns } = gradient;

	for (let row = 0; row < gradient.rows; row++) {
		const p = probabilities.offset + row * probabilities.rowStride;
		const g = gradient.offset + row * gradient.rowStride;

		let mean = 0;
		for (let i = 0; i < columns; i++) mean += memory[p + i] * memory[g + i];
		for (let i = 0; i < columns; i++) {
			memory[g + i] = memory[p + i] * (memory[g + i] - mean) * scale;
		}
	}
}

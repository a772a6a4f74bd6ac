import type { Backend } from './backend.ts';
import type { Kernels } from './kernels.ts';
import type { Matrix } from './matrix.ts';

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
	kernels: Kernels,
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
	const parts = [...blocks(queries.rows)];

	for (let head = 0; head < heads; head++) {
		const [left, right] = [head * size, (head + 1) * size];
		const table = probabilities(head);

		for (const [first, end] of parts) {
			const visible = start + end;
			const scores = table.slice(first, end, 0, visible);

			backend.matmul(
				queries.slice(first, end, left, right),
				keys.slice(left, right, 0, visible),
				scores
			);
			kernels.causalSoftmax(scores, start + first, scale);
			backend.matmul(
				scores,
				values.slice(0, visible, left, right),
				mixed.slice(first, end, left, right)
			);
		}
	}
}

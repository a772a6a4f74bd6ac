import { blocks } from './attention.ts';
import type { Backend } from './backend.ts';
import type { Matrix } from './matrix.ts';
import type { Inflow, Tensor } from './tensor.ts';
import type { TrainingKernels } from './training-kernels.ts';

/**
 * Backward of `attend` for a whole sequence (start = 0): the gradients of queries, keys and values, all of
 * which are [rows × width], go where they flow.
 *
 * With P the probabilities and dO the gradient of `mixed`:
 * dV = Pᵀ·dO, dP = dO·Vᵀ, dS = P ∘ (dP − rowsum(P ∘ dP)) / √headWidth, dQ = dS·K, dK = dSᵀ·Q.
 *
 * @param scratch [rows × rows], and [width × rows] for the transposed values
 */
export function attendBackward(
	kernels: TrainingKernels,
	backend: Backend,
	heads: number,
	[queries, keys, values]: Tensor[],
	[toQueries, toKeys, toValues]: Inflow[],
	mixedGradient: Matrix,
	probabilities: (head: number) => Matrix,
	scratch: { scores: Matrix; valuesTransposed: Matrix }
): void {
	const { rows, columns: width } = queries.value;
	const size = width / heads;
	const scale = 1 / Math.sqrt(size);
	kernels.copyTransposed(values.value, scratch.valuesTransposed);

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
			kernels.softmaxBackward(table.slice(first, end, 0, end), scores, scale);
			backend.matmul(
				scores,
				of(keys.value, 0, end),
				of(toQueries.into, first, end),
				toQueries.adding
			);
		}

		// a key or value is seen by its own position and all later ones
		for (const [first, end] of blocks(rows)) {
			backend.matmul(
				table.slice(first, rows, first, end).transposed(),
				of(mixedGradient, first, rows),
				of(toValues.into, first, end),
				toValues.adding
			);
			backend.matmul(
				scratch.scores.slice(first, rows, first, end).transposed(),
				of(queries.value, first, rows),
				of(toKeys.into, first, end),
				toKeys.adding
			);
		}
	}
}

/** The same, with its kernels. */
export type AttendBackward = (
	...parameters: Parameters<typeof attendBackward> extends [unknown, ...infer Others]
		? Others
		: never
) => void;

import type { Backend } from './backend.ts';
import { log } from './exact.ts';
import { type Tensor, inflow } from './tensor.ts';
import type { TrainingKernels } from './training-kernels.ts';

/**
 * The sum of −log(probability of the target) over all rows, in nats. With a scale, it writes the
 * gradient of the logits too: (softmax(logits) − onehot(target)) · scale.
 *
 * @param logits [rows × vocabulary]
 * @param scale 1 / (number of targets) for the gradient of the mean; undefined for none
 */
export function crossEntropy(
	backend: Backend,
	kernels: TrainingKernels,
	logits: Tensor,
	targets: ArrayLike<number>,
	scale?: number
): number {
	const { value } = logits;
	// the gradient is written, not added to: nothing else is made of the logits
	const gradient = scale === undefined ? undefined : inflow(logits).into;
	const mark = backend.mark();
	const doubles = backend.allocateUnset(1, 2 * (value.columns + 1));
	let loss = 0;
	for (let row = 0; row < value.rows; row++) {
		const target = row * value.columns + targets[row];
		const largest = kernels.maximum(value, row);
		const total = kernels.exponentials(value, row, largest, doubles);
		loss += log(total) + largest - value.values[target];

		if (gradient && scale !== undefined) {
			kernels.scaled(doubles, gradient, row, scale / total);
			gradient.values[target] -= scale;
		}
	}
	backend.release(mark);
	return loss;
}

/** @file One step of one weight, with the numbers in it: what Adam does, so that one can check it by hand. */
import type { OneWeight } from '#lib/engine/training/protocol.ts';
import { ADAM } from '#lib/tiny/adam.ts';

export type Line = {
	/** What is computed, in words. */
	name: string;
	/** How, with the numbers in it. */
	sum: string;
	value: string;
};

export type ByHand = {
	before: string;
	lines: Line[];
	/** As these lines come to it, and as it is in the model. */
	after: string;
	found: string;
};

/** A number of a model, to six digits: "−0.0460381", "3.50051e−7". */
export function digits(value: number): string {
	if (value === 0) return '0';
	const small = Math.abs(value) < 1e-3;
	const text = small ? value.toExponential(5) : Number(value.toPrecision(6)).toString();
	return text.replaceAll('-', '−');
}

/** The same inside a sum, where two signs would meet. */
const apart = (value: number) => (value < 0 ? `(${digits(value)})` : digits(value));

/**
 * The slope is not kept by the optimiser, but its average before and after the step says what it was. Of a whole gradient
 * that was too long it is the part that was left after it was scaled down.
 */
export function byHand({ before, after, rate, step }: OneWeight): ByHand {
	const { beta1, beta2, epsilon, weightDecay } = ADAM;
	const slope = (after.average - beta1 * before.average) / (1 - beta1);
	const average = beta1 * before.average + (1 - beta1) * slope;
	const square = beta2 * before.square + (1 - beta2) * slope * slope;
	const fair = average / (1 - beta1 ** step);
	const fairSquare = square / (1 - beta2 ** step);
	const move = (rate * fair) / (Math.sqrt(fairSquare) + epsilon);
	const shrunk = before.value * (1 - rate * weightDecay);
	const value = shrunk - move;
	const kept1 = round(1 - beta1);
	const kept2 = round(1 - beta2);

	return {
		before: digits(before.value),
		lines: [
			{
				name: 'the slope: how the loss would change with this weight',
				sum: `(${digits(after.average)} − ${beta1} × ${apart(before.average)}) / ${kept1}`,
				value: digits(slope)
			},
			{
				name: 'the average of its slopes',
				sum: `${beta1} × ${apart(before.average)} + ${kept1} × ${apart(slope)}`,
				value: digits(average)
			},
			{
				name: 'the average of their squares',
				sum: `${beta2} × ${digits(before.square)} + ${kept2} × ${apart(slope)}²`,
				value: digits(square)
			},
			{
				name: 'both made fair, as they began at zero',
				sum: `${digits(average)} / (1 − ${beta1}^${step}) and ${digits(square)} / (1 − ${beta2}^${step})`,
				value: `${digits(fair)} and ${digits(fairSquare)}`
			},
			{
				name: 'how far it moves: the learning rate, times the one, over the root of the other',
				sum: `${digits(rate)} × ${apart(fair)} / √${digits(fairSquare)}`,
				value: digits(move)
			},
			{
				name: 'the new weight: the old one, a little shrunk, less that',
				sum: `${digits(before.value)} × (1 − ${digits(rate)} × ${weightDecay}) − ${apart(move)}`,
				value: digits(value)
			}
		],
		after: digits(value),
		found: digits(after.value)
	};
}

const round = (value: number) => Number(value.toFixed(6));

/** Which matrix it is in, for readers. */
export function matrixName(name: string): string {
	if (name === 'embedding') return 'the rows that stand for the tokens';
	const [layer, part] = name.split('.');
	const what: Record<string, string> = {
		query: 'what a token looks for',
		key: 'what a token can be found by',
		value: 'what a token hands on',
		output: 'what is made of what was handed on',
		up: 'into the wide layer',
		down: 'out of the wide layer'
	};
	return `layer ${Number(layer) + 1}, ${what[part] ?? part}`;
}

/** @file What is said and reckoned of a training on a GPU. A lesson, which trains on the processor, does without. */
import watts from 'virtual:ledger/figure/gpu-watts';
import type { Paces, Spent } from '#lib/engine/training/protocol.ts';
import { coreTime } from '#lib/meter/core-time.ts';
import type { Range } from '#lib/meter/crossing.ts';
import { rangeOf } from '#lib/meter/trained.ts';
import { rounded } from '../words.ts';
import { amountsOf, clock, linesOf, rates } from './amounts.ts';
import type { Phase } from './phase.ts';
import type { View } from './view.ts';

export const gpuWatts = rangeOf(watts);

export const gpuSecondsOf = ({ onGpu }: Spent): number => (onGpu?.ms ?? 0) / 1000;

/** What the GPU took. */
export const gpuOf = (spent: Spent) => coreTime(gpuSecondsOf(spent), { ...rates, watts: gpuWatts });

/** What core and GPU took. Renting is of cores alone. */
export function allOf(spent: Spent): ReturnType<typeof amountsOf> {
	const core = amountsOf(spent);
	if (!spent.onGpu) return core;
	const gpu = gpuOf(spent);
	return {
		wattHours: sum(core.wattHours, gpu.wattHours),
		dollars: {
			electricity: sum(core.dollars.electricity, gpu.dollars.electricity),
			rent: core.dollars.rent
		}
	};
}

const sum = (a: Range, b: Range): Range => ({ low: a.low + b.low, high: a.high + b.high });

/** The lines of the bill, with one for the GPU where it has a part in it. */
export function allLines(spent: Spent): ReturnType<typeof linesOf> {
	const lines = linesOf(spent, allOf(spent));
	if (!spent.onGpu) return lines;
	const at = lines.findIndex(({ name }) => name === 'time of one core');
	lines.splice(at, 0, { name: 'time of the GPU', value: clock(gpuSecondsOf(spent)) });
	return lines.map((line) =>
		line.name === 'or rented' ? { name: line.name, value: 'not known' } : line
	);
}

/** " on the GPU", where it was. */
export const gpuWords = ({ steps, onGpu }: Spent): string =>
	!onGpu?.steps ? '' : onGpu.steps < steps ? ', in part on the GPU' : ' on the GPU';

/** "31 steps a second here", "a step in 2.4 seconds here" */
export function paceWords(ms: number): string {
	return ms < 1000
		? `${rounded(1000 / ms, 2)} steps a second here`
		: `a step in ${rounded(ms / 1000, 2)} seconds here`;
}

/** The place of a training, in a sentence. */
export const inWords = { processor: 'the processor', gpu: 'the GPU' } as const;

const stepTime = (ms: number): string =>
	ms < 1000 ? `${rounded(ms, 2)} ms` : `${rounded(ms / 1000, 2)} s`;

/** The two paces, in a sentence; nothing where only one was measured. */
function compared({ processor, gpu }: Paces): string | undefined {
	if (processor === undefined || gpu === undefined) return undefined;
	const [fast, slow] =
		gpu < processor ? (['GPU', 'processor'] as const) : (['processor', 'GPU'] as const);
	const [short, long] = gpu < processor ? [gpu, processor] : [processor, gpu];
	return `Measured just now: a step takes ${stepTime(short)} on the ${fast} here, ${stepTime(long)} on the ${slow}.`;
}

/** What is to be known at the moment where a GPU has to do with it. */
export function aboutGpu({
	phase,
	view,
	paces
}: {
	phase: Phase;
	view: View;
	paces: Paces | undefined;
}): string | undefined {
	const { steps, onGpu } = view.spent;
	switch (phase) {
		case 'ready': {
			const both = paces && compared(paces);
			return (
				both &&
				`${both} So it will learn on ${inWords[paces.gpu! < paces.processor! ? 'gpu' : 'processor']}.`
			);
		}
		case 'learning':
			return onGpu && onGpu.steps === steps
				? 'It learns on the GPU, which adds in another order than the processor: each step agrees with its own to five decimal places, not to the last bit.'
				: undefined;
		case 'done':
			return onGpu?.steps
				? `Its weights will not change again, whatever is asked of it. ${onGpu.steps < steps ? 'The first steps were taken' : 'They were learnt'} on the GPU: the same seed comes to nearly the same model elsewhere, not to this very mosaic.`
				: undefined;
		default:
			return undefined;
	}
}

/** All that an exhibit needs of this. */
export const onGpu = { about: aboutGpu, amounts: allOf, lines: allLines, words: gpuWords };

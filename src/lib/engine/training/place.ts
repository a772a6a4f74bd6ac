/** @file Where a model is trained: on the processor, on the GPU, or on whichever of them is the faster one here. */
import { messageOf } from '../told.ts';
import type { Config } from '#lib/tiny/gpt.ts';
import { gpuSentences } from './gpu-sentences.ts';
import type { Learner, ProcessorLearner } from './learner.ts';
import type { Material } from './material.ts';
import { measure } from './measure.ts';
import type { Paces } from './protocol.ts';

/** Makes a learner on the GPU; rejects where there is none. */
export type OnGpu = (
	config: Config,
	seed: number,
	checkpoint: Uint8Array | undefined
) => Promise<Learner>;

/** How a run's learner is made, once more if need be. */
export type Making = {
	/** On the processor, as it was before the first step or at a kept state. */
	again(checkpoint?: Uint8Array): ProcessorLearner;
	/** A new one where this run is. */
	make(): Promise<Learner>;
	lost?: Taken['lost'] | undefined;
};

export type Taken = {
	learner: Learner;
	make(): Promise<Learner>;
	/** For readers, where it is not the place that was asked for. */
	note?: string;
	/** Where both were measured. */
	paces?: Paces;
	/** What readers are told when it is lost: the processor goes on from this step. */
	lost?(step: number): string;
};

/** Takes a place where a GPU may be: the learner there, or nothing where the processor is the faster one. Rejects where there is no GPU. */
export type Elsewhere = (
	on: 'gpu' | 'fastest',
	material: Pick<Material, 'batch'>,
	run: { config: Config; seed: number; checkpoint: Uint8Array | undefined },
	here: () => Learner
) => Promise<Partial<Taken>>;

export const elsewhere =
	(onGpu: OnGpu): Elsewhere =>
	async (on, material, { config, seed, checkpoint }, here) => {
		const make = () => onGpu(config, seed, undefined);
		const take = async () => ({
			learner: await onGpu(config, seed, checkpoint),
			make,
			lost: gpuSentences.moved
		});
		if (on === 'gpu') {
			return take().catch((error) => ({ note: gpuSentences.noGpu(messageOf(error)) }));
		}
		const gpu = await patiently(make, material);
		const processor = await measure(async () => here(), material);
		return { ...(gpu < processor ? await take() : {}), paces: { processor, gpu } };
	};

/** Nobody waits longer to know how fast a GPU is. */
const PATIENCE = 6000; // ms

/** Milliseconds a step; where not even that came in time, how long it was waited for. */
export async function patiently(
	make: () => Promise<Learner>,
	material: Pick<Material, 'batch'>
): Promise<number> {
	let learner: Learner | undefined;
	let out: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<number>((resolve) => {
		out = setTimeout(resolve, PATIENCE, PATIENCE);
	});
	const measured = measure(async () => (learner = await make()), material);
	try {
		return await Promise.race([measured, late]);
	} finally {
		clearTimeout(out);
		learner?.dispose(); // what is measured no more rejects, and nobody waits for it
	}
}

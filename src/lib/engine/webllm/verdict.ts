/** @file What the facts about a device mean for the models of the catalogue. Nothing is asked of the browser here. */
import type { Device } from './device.ts';
import { largestPiece, required, shortOf } from './limits.ts';
import { needsF16, type Model } from './model.ts';
import { fit, graphicsMemory, limits, refusals, storageEstimate, unknowns } from './sentences.ts';

export type Verdict = {
	/** `try-anyway`: may fail or be very slow; `no`: cannot work, so it is not offered. */
	readonly fits: 'yes' | 'try-anyway' | 'no';
	/** Plain sentences. With `yes` there may be one too: what to think of first. */
	readonly reasons: readonly string[];
};

export type Judged = { readonly model: Model; readonly verdict: Verdict };

export type Recommendation = {
	/** The model to offer first. None where none fits without a doubt. */
	readonly model?: Model;
	/** What may be chosen, in the catalogue's order; a model or its twin, never both. */
	readonly offered: readonly Judged[];
	/** What cannot work here, with the reason. */
	readonly hidden: readonly Judged[];
	/** What concerns every model: why the recommended one is a twin, what is not known. */
	readonly notes: readonly string[];
};

/** Nothing larger is offered to readers who did not ask for it. */
export const LARGEST_OFFERED = 900e6; // bytes

/** Phones have been seen to close pages that come near 1.5 GB, the page's own memory included. */
const PHONE_HOLDS = 1e9; // bytes of the GPU's memory

/** Files in the making need some room beside the finished ones. */
const ROOM = 1.1;

/** Beside the weights on the GPU, the page and the system need memory too. */
const SHARE_OF_MEMORY = 0.5;

/** Why no model runs here; undefined where one may. */
export function refusal(device: Device): string | undefined {
	if (!device.secure) return refusals.insecure();
	if (!device.webgpu) return refusals.noWebGpu();
	if (device.asked === 'silent') return refusals.silentAdapter();
	const { adapter } = device;
	if (!adapter) return refusals.noAdapter();
	if (adapter.slowOnly) return refusals.slowOnly();
	const short = shortOf(adapter.limits);
	if (short) return limits[short](adapter.limits[short], required[short]);
	if (device.taken === 'refused') return refusals.refused();
	if (device.taken === 'silent') return refusals.silent();
}

/** Whether a model works on a device. */
export function verdict(device: Device, model: Model): Verdict {
	const { adapter } = device;
	const never = refusal(device);
	if (never !== undefined || !adapter) {
		return { fits: 'no', reasons: [never ?? refusals.noAdapter()] };
	}
	if (needsF16(model) && !adapter.f16) return { fits: 'no', reasons: [fit.noF16(model)] };

	const piece = largestPiece(adapter.limits);
	if ((model.largestBytes ?? 0) > piece) {
		return { fits: 'no', reasons: [fit.tooLarge(model, model.largestBytes!, piece)] };
	}

	const doubts: string[] = [];
	if (adapter.software) doubts.push(fit.software(adapter.name));
	if (device.memory !== undefined && model.gpuBytes > device.memory * SHARE_OF_MEMORY) {
		doubts.push(fit.memory(model, device.memory));
	}
	if (device.phone && model.gpuBytes > PHONE_HOLDS) doubts.push(fit.phone(model));
	if (!device.keeps) doubts.push(fit.notKept(model));
	else if (device.free !== undefined && device.free < model.downloadBytes * ROOM) {
		doubts.push(fit.storage(model, device.free));
	}

	const remarks = device.metered ? [fit.metered(model)] : [];
	return { fits: doubts.length ? 'try-anyway' : 'yes', reasons: [...doubts, ...remarks] };
}

/**
 * Chooses from a catalogue. Twins stand in for the models that they belong to and are never offered beside them; models over
 * `LARGEST_OFFERED` are neither offered nor named.
 */
export function recommend(device: Device, models: readonly Model[]): Recommendation {
	const twins = new Set(models.map(({ twin }) => twin));
	const offered: Judged[] = [];
	const hidden: Judged[] = [];
	const notes: string[] = [];

	for (const first of models) {
		if (twins.has(first.id) || first.downloadBytes > LARGEST_OFFERED) continue;
		const twin = models.find(({ id }) => id === first.twin);
		const instead = twin && device.adapter?.f16 === false && needsF16(first);
		const model = instead ? twin : first;
		const judged = { model, verdict: verdict(device, model) };
		(judged.verdict.fits === 'no' ? hidden : offered).push(judged);
	}

	const best = offered.find(({ verdict }) => verdict.fits === 'yes')?.model;
	const standsFor = best && models.find(({ twin }) => twin === best.id);
	if (best && standsFor) notes.push(fit.twinInstead(standsFor, best));
	if (offered.length) {
		if (device.free !== undefined) notes.push(storageEstimate(device.free));
		notes.push(...device.unknown.map((what) => unknowns[what]()), graphicsMemory());
	}
	return { ...(best ? { model: best } : {}), offered, hidden, notes };
}

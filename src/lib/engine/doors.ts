import { asset } from '$app/paths';
import type { Engine } from './engine.ts';
import type { Arrival, PocketEngine } from './pocket/client.ts';
import { name, parameters, sha256, weights } from './pocket/manifest.json';
import { sentences } from './pocket/sentences.ts';

/** The pocket model as exhibits see it: an engine that also tells how far its weights have come. */
export type PocketDoor = Engine &
	Pick<
		PocketEngine,
		| 'load'
		| 'arrival'
		| 'onarrival'
		| 'forgotten'
		| 'cuts'
		| 'steps'
		| 'look'
		| 'retrace'
		| 'fingerprint'
	>;

/**
 * The pocket model on this device's processor: one for the whole visit. Its code is fetched by the
 * first call and its weights by the first run, so that a page nobody touches has neither.
 *
 * Never rejects: when the code cannot be fetched, the engine that comes settles every run as
 * `failed`, and the next call tries again.
 */
export const pocketEngine = doorTo(() => import('./pocket/client.ts'));

export function doorTo(
	fetchCode: () => Promise<Pick<typeof import('./pocket/client.ts'), 'PocketEngine'>>
): () => Promise<PocketDoor> {
	let door: Promise<PocketDoor> | undefined;

	return () => {
		door ??= fetchCode().then(
			({ PocketEngine }) =>
				new PocketEngine({
					manifest: { name, parameters, sha256, weights },
					// absolute, as a worker would resolve it against its own address
					weights: new URL(asset(`/pocket/${weights.file}`), location.href).href
				}),
			() => {
				door = undefined;
				return closedDoor(sentences.noProgram());
			}
		);
		return door;
	};
}

/** Fetches code and weights ahead, on a sign that a run is meant: a hover, a focus, a press. */
export function warm(): void {
	void pocketEngine().then((engine) => engine.load());
}

/** Stands in for an engine whose code did not come: every run of it fails, with the sentence. */
function closedDoor(sentence: string): PocketDoor {
	const arrival: Arrival = { state: 'failed', sentence };
	return {
		name: 'pocket',
		model: { name, parameters, sha256 },
		async *run(_request, signal) {
			const usage = {
				promptTokens: 0,
				cachedTokens: 0,
				outputTokens: 0,
				prefillMs: 0,
				decodeMs: 0
			};
			if (signal.aborted) yield { type: 'settled', at: 0, usage, reason: 'cancelled' };
			else yield { type: 'settled', at: 0, usage, reason: 'failed', error: sentence };
		},
		load() {},
		arrival,
		onarrival(listener) {
			listener(arrival);
			return () => {};
		},
		forgotten: false,
		cuts: [],
		steps: () => Promise.resolve(0),
		look: () => Promise.reject(new Error(sentence)),
		retrace: () => Promise.reject(new Error(sentence)),
		fingerprint: () => Promise.reject(new Error(sentence)),
		dispose() {}
	};
}

/** @file A download as the tests make it: a model that is none, a server of their own, a store that stays, and no waiting. */
import { onTestFinished } from 'vitest';
import {
	download,
	verify,
	type Options,
	type Outcome,
	type Plan,
	type Progress
} from '../download.ts';
import { KeptCaches } from '../kept.ts';
import type { Surroundings } from '../surroundings.ts';
import { NodeCacheStorage } from './cache-storage.ts';
import { cacheOf, folder, library, syntheticModel } from './model.ts';
import { FaultyServer } from './server.ts';

/** Its server stops with the test. */
export async function trial({
	shards = [200_000, 120_000],
	published = false,
	md5 = true
}: { shards?: readonly number[]; published?: boolean; md5?: boolean } = {}) {
	const model = syntheticModel(shards, { md5 });
	const server = await new FaultyServer(model.files).start();
	onTestFinished(() => server.stop());
	const storage = new NodeCacheStorage();
	const plan: Plan = {
		model: 'Small-q4f16_1-MLC',
		place: { folder: server.url + folder, library: server.url + library },
		bytes: 300_000,
		...(published ? { manifest: model.manifest } : {})
	};
	const progress: Progress[] = [];
	/** Milliseconds it would have waited. */
	const waited: number[] = [];
	const defaults = (): Surroundings => ({
		fetch: (input, init) => fetch(input, init),
		caches: new KeptCaches(() => storage as unknown as CacheStorage),
		locks: undefined,
		now: () => performance.now(),
		date: () => new Date('2026-11-26T08:00:00Z'),
		wait: (ms, signal) => {
			waited.push(ms);
			signal.throwIfAborted();
			return Promise.resolve();
		},
		random: () => 0.5,
		free: () => Promise.resolve(undefined),
		online: () => true,
		patience: { quiet: 2000, dead: 5000 },
		backoff: 1000,
		pieceBytes: 8192
	});
	const run =
		(work: typeof download) =>
		(around: Partial<Surroundings> = {}, options: Partial<Options> = {}): Promise<Outcome> =>
			work(plan, {
				signal: new AbortController().signal,
				onprogress: (one) => progress.push(one),
				around: { ...defaults(), ...around },
				...options
			});
	return {
		model,
		server,
		storage,
		plan,
		progress,
		waited,
		defaults,
		/** In a worker of its own: nothing but the store is left of the one before. */
		download: run(download),
		verify: run(verify),
		/** Paths of the files that are not, byte for byte, where web-llm looks for them. */
		async wrong(): Promise<string[]> {
			const found = await Promise.all(
				[...model.files].map(async ([path, bytes]) => {
					const kept = await storage.bytesOf(cacheOf(path), server.url + path);
					return kept && Buffer.compare(kept, bytes) === 0 ? [] : [path];
				})
			);
			return found.flat();
		},
		pieces: () => [...storage.caches.keys()].filter((name) => name.startsWith('running-tab/part/'))
	};
}

export type Trial = Awaited<ReturnType<typeof trial>>;

/** A clock by which every step takes so long that each is told. */
export function slowClock() {
	let now = 0;
	return { now: () => (now += 101) };
}

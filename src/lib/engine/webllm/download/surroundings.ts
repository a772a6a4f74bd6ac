/** @file What a download needs of the browser: the tests bring their own. */
import { KeptCaches } from './kept.ts';

export type Surroundings = {
	fetch: typeof fetch;
	caches: KeptCaches;
	/** Not there on a page that comes over plain http, nor in old browsers. */
	locks: Pick<LockManager, 'request'> | undefined;
	/** Milliseconds that only go forward. */
	now: () => number;
	date: () => Date;
	/** Rejects with the signal's reason as soon as it is aborted. */
	wait: (ms: number, signal: AbortSignal) => Promise<void>;
	/** From 0 to 1, so that a class does not come back all at once. */
	random: () => number;
	/** Bytes this browser believes it can still keep. */
	free: () => Promise<number | undefined>;
	online: () => boolean;
	/** Without a byte for so long, a connection is called quiet, and then dead. Milliseconds. */
	patience: { quiet: number; dead: number };
	/** Milliseconds before the first new try; each further one waits twice as long. */
	backoff: number;
	/** Bytes that are lost at most when the tab is closed. */
	pieceBytes: number;
};

/** One for the whole worker: what is only in memory is found again by the next download, by web-llm, and by the next worker. */
export const keptCaches = new KeptCaches();

export const surroundings: Surroundings = {
	fetch: (input, init) => globalThis.fetch(input, init),
	caches: keptCaches,
	get locks() {
		return globalThis.navigator?.locks;
	},
	now: () => performance.now(),
	date: () => new Date(),
	wait,
	random: () => crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32,
	free: async () => {
		const { quota, usage } = (await navigator.storage?.estimate().catch(() => undefined)) ?? {};
		return quota === undefined ? undefined : Math.max(0, quota - (usage ?? 0));
	},
	online: () => globalThis.navigator?.onLine !== false,
	patience: { quiet: 4000, dead: 15_000 },
	backoff: 1000,
	pieceBytes: 1 << 20
};

function wait(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		if (signal.aborted) return reject(signal.reason as Error);
		const stop = () => {
			clearTimeout(timer);
			reject(signal.reason as Error);
		};
		const timer = setTimeout(() => {
			signal.removeEventListener('abort', stop);
			resolve();
		}, ms);
		signal.addEventListener('abort', stop, { once: true });
	});
}

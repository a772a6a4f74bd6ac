/** @file Web Locks for Node, which has none, as far as a download uses them: one holder, the others in order. */

type Work = (lock: Lock | null) => Promise<unknown>;

export class NodeLocks {
	readonly #tails = new Map<string, Promise<unknown>>();
	/** Names of the locks that were waited for. */
	readonly waited: string[] = [];

	readonly request = (async (
		name: string,
		options: { ifAvailable?: boolean; signal?: AbortSignal },
		work: Work
	) => {
		const before = this.#tails.get(name);
		if (before && options.ifAvailable) return work(null);
		if (before) this.waited.push(name);
		const result = (before ?? Promise.resolve()).then(() => {
			options.signal?.throwIfAborted();
			return work({ name, mode: 'exclusive' });
		});
		const tail: Promise<unknown> = result
			.catch(() => undefined)
			.then(() => this.#tails.get(name) === tail && this.#tails.delete(name));
		this.#tails.set(name, tail);
		return result;
	}) as unknown as LockManager['request'];
}

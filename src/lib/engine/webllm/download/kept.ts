/**
 * @file Where files are kept: the browser's Cache Storage, and memory for what it does not take: when the disk is full, or a
 * private window has none. web-llm reads the same caches once they are `installed`. A worker may end at any moment; what is
 * in its memory is therefore told to whoever lives longer, who gives it to the next one.
 */

/** What is used of a `Cache`, here and by web-llm. */
export type KeptCache = Pick<Cache, 'match' | 'put' | 'delete' | 'keys' | 'add'>;

/** Why something is in memory only. */
export type Refusal = 'full' | 'refused';

type Held = { blob: Blob; headers: Record<string, string>; refusal: Refusal };

/** A file that is in memory only; without `held`, one that is not there any more. */
export type InMemory = { cache: string; address: string; held?: Held };

const addressOf = (request: RequestInfo | URL) =>
	typeof request === 'string'
		? new URL(request).href
		: 'href' in request
			? request.href
			: request.url;

export class KeptCaches {
	#real: () => CacheStorage | undefined;
	readonly #memory = new Map<string, Map<string, Held>>();
	/** Told of every change of what is in memory. */
	onmemory: (change: InMemory) => void = () => {};

	/** @param real may throw: a private window forbids even to look at `caches` */
	constructor(real: () => CacheStorage | undefined = () => globalThis.caches) {
		this.#real = real;
	}

	/** Why a file is in memory only; nothing where it is not. */
	inMemory(name: string, address: string): Refusal | undefined {
		return this.#memory.get(name)?.get(address)?.refusal;
	}

	/** Takes what an earlier worker had in memory. */
	hold(files: readonly InMemory[]): void {
		for (const { cache, address, held } of files) if (held) this.#remember(cache, address, held);
	}

	open(name: string): Promise<KeptCache> {
		return Promise.resolve({
			match: (request) => this.#match(name, addressOf(request)),
			put: async (request, response) => {
				await this.put(name, addressOf(request), await response.blob());
			},
			delete: (request) => this.forget(name, addressOf(request)),
			keys: async () => (await this.addresses(name)).map((address) => new Request(address)),
			// web-llm calls this for what it does not find. Nothing is fetched that nobody agreed to.
			add: (request) => Promise.reject(new Error(`Not downloaded: ${addressOf(request as string)}`))
		});
	}

	/** Names of the caches there are. */
	async names(): Promise<string[]> {
		const real = await this.#tried((caches) => caches.keys());
		return [...new Set([...(real ?? []), ...this.#memory.keys()])];
	}

	/** Addresses of what is kept in one cache, in the order in which they came. */
	async addresses(name: string): Promise<string[]> {
		const real = await this.#opened(name, async (cache) =>
			(await cache.keys()).map((request) => request.url)
		);
		return [...new Set([...(real ?? []), ...(this.#memory.get(name)?.keys() ?? [])])];
	}

	async get(name: string, address: string): Promise<Response | undefined> {
		return this.#match(name, address);
	}

	/** Never fails: what the browser does not keep is held in memory. */
	async put(
		name: string,
		address: string,
		blob: Blob,
		headers: Record<string, string> = {}
	): Promise<'cache' | 'memory'> {
		const all: Record<string, string> = { 'content-length': String(blob.size), ...headers };
		if (blob.type) all['content-type'] = blob.type;
		try {
			const cache = await this.#real()!.open(name); // throws as well where there is none
			await cache.put(address, new Response(blob, { headers: all }));
			this.#free(name, address);
			return 'cache';
		} catch (error) {
			const held: Held = { blob, headers: all, refusal: isFull(error) ? 'full' : 'refused' };
			this.#remember(name, address, held);
			this.onmemory({ cache: name, address, held });
			return 'memory';
		}
	}

	async forget(name: string, address: string): Promise<boolean> {
		const real = await this.#opened(name, (cache) => cache.delete(address));
		return this.#free(name, address) || (real ?? false);
	}

	/** Deletes one cache whole. */
	async forgetAll(name: string): Promise<void> {
		for (const address of [...(this.#memory.get(name)?.keys() ?? [])]) this.#free(name, address);
		this.#memory.delete(name);
		await this.#tried((caches) => caches.delete(name));
	}

	/** Lets web-llm find what is only in memory, by putting these caches in the place of the worker's. */
	install(scope: object = globalThis): void {
		// asked for later, they would be these themselves
		const real = this.#looked();
		this.#real = () => real;
		Object.defineProperty(scope, 'caches', { value: this, configurable: true });
	}

	#remember(name: string, address: string, held: Held): void {
		const memory = this.#memory.get(name) ?? new Map<string, Held>();
		this.#memory.set(name, memory.set(address, held));
	}

	#free(name: string, address: string): boolean {
		const freed = this.#memory.get(name)?.delete(address) ?? false;
		if (freed) this.onmemory({ cache: name, address });
		return freed;
	}

	async #match(name: string, address: string): Promise<Response | undefined> {
		const held = this.#memory.get(name)?.get(address);
		if (held) return new Response(held.blob, { headers: held.headers });
		return this.#opened(name, (cache) => cache.match(address, { ignoreVary: true }));
	}

	/** Reads of a cache, without making one where there is none. */
	async #opened<T>(name: string, read: (cache: Cache) => Promise<T>): Promise<T | undefined> {
		return this.#tried(async (caches) =>
			(await caches.has(name)) ? read(await caches.open(name)) : undefined
		);
	}

	#looked(): CacheStorage | undefined {
		try {
			return this.#real();
		} catch {
			return undefined;
		}
	}

	async #tried<T>(read: (caches: CacheStorage) => Promise<T>): Promise<T | undefined> {
		try {
			const caches = this.#real();
			return caches && (await read(caches));
		} catch {
			return undefined; // what cannot be read is not there
		}
	}
}

/** A full disk has two names: Chromium's file system reports it as an aborted write. */
function isFull(error: unknown): boolean {
	const name = (error as { name?: unknown } | null)?.name;
	return name === 'QuotaExceededError' || name === 'AbortError';
}

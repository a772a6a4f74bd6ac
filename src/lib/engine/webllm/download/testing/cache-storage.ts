/** @file A Cache Storage for Node, which has none: what it keeps outlives the worker that put it there. */

type Entry = { blob: Blob; headers: [string, string][] };
type Refuse = (name: string, address: string, bytes: number) => Error | undefined;

export class NodeCacheStorage {
	readonly caches = new Map<string, Map<string, Entry>>();
	/** Lets a `put` fail. */
	refuse: Refuse = () => undefined;
	puts = 0;

	has(name: string): Promise<boolean> {
		return Promise.resolve(this.caches.has(name));
	}

	keys(): Promise<string[]> {
		return Promise.resolve([...this.caches.keys()]);
	}

	delete(name: string): Promise<boolean> {
		return Promise.resolve(this.caches.delete(name));
	}

	open(name: string) {
		const entries = this.caches.get(name) ?? new Map<string, Entry>();
		this.caches.set(name, entries);
		return Promise.resolve({
			match: (address: string) => Promise.resolve(responseOf(entries.get(address))),
			keys: () => Promise.resolve([...entries.keys()].map((address) => new Request(address))),
			delete: (address: string) => Promise.resolve(entries.delete(address)),
			put: async (address: string, response: Response) => {
				const blob = await response.blob();
				const refused = this.refuse(name, address, blob.size);
				if (refused) throw refused;
				this.puts++;
				entries.set(address, { blob, headers: [...response.headers] });
			}
		});
	}

	async bytesOf(name: string, address: string): Promise<Uint8Array | undefined> {
		const entry = this.caches.get(name)?.get(address);
		return entry && new Uint8Array(await entry.blob.arrayBuffer());
	}

	set(name: string, address: string, bytes: Uint8Array<ArrayBuffer>): void {
		this.caches.get(name)?.set(address, { blob: new Blob([bytes]), headers: [] });
	}
}

function responseOf(entry: Entry | undefined): Response | undefined {
	return entry && new Response(entry.blob, { headers: entry.headers });
}

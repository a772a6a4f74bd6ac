/**
 * @file The part of a file that has arrived. It is kept in pieces as it comes, so that a reload, a closed tab or a lost
 * connection costs no more than the piece that was being filled.
 */
import type { KeptCaches } from './kept.ts';
import { Md5 } from './md5.ts';
import { Sha256 } from '../../sha256.ts';

/** A cache of its own for each file that is arriving: `running-tab/part/<address>`. */
export const partPrefix = 'running-tab/part/';

/** Caches are keyed by addresses. Nothing is ever asked of this one. */
const pieceAt = (offset: number) => `https://piece.invalid/${offset}`;

/** Of which version of a file the pieces are, as far as its server said. */
export type Version = { etag?: string; total?: number };

export class Pieces {
	readonly #caches: KeptCaches;
	readonly #name: string;
	readonly #pieceBytes: number;
	#pieces: { offset: number; length: number }[] = [];
	#buffer: Uint8Array<ArrayBuffer>[] = [];
	#buffered = 0;
	#kept = 0;
	#sha256 = new Sha256();
	#md5: Md5 | undefined;
	readonly #withMd5: boolean;
	version: Version = {};

	private constructor(caches: KeptCaches, address: string, pieceBytes: number, withMd5: boolean) {
		this.#caches = caches;
		this.#name = partPrefix + address;
		this.#pieceBytes = pieceBytes;
		this.#withMd5 = withMd5;
		this.#md5 = withMd5 ? new Md5() : undefined;
	}

	/** What is here of the file at an address: every piece is read again, for the hashes. */
	static async open(
		caches: KeptCaches,
		address: string,
		options: { pieceBytes: number; withMd5: boolean }
	): Promise<Pieces> {
		const arriving = new Pieces(caches, address, options.pieceBytes, options.withMd5);
		const offsets = (await caches.addresses(arriving.#name))
			.map((piece) => Number(piece.slice(piece.lastIndexOf('/') + 1)))
			.filter(Number.isSafeInteger)
			.sort((a, b) => a - b);
		for (const offset of offsets) {
			if (offset !== arriving.#kept) break; // after a gap nothing is of use
			const response = await caches.get(arriving.#name, pieceAt(offset));
			const read = await response?.arrayBuffer().catch(() => undefined);
			if (!response || !read?.byteLength) break;
			const bytes = new Uint8Array(read);
			if (offset === 0) {
				const etag = response.headers.get('etag');
				const total = Number(response.headers.get('x-total'));
				arriving.version = { ...(etag ? { etag } : {}), ...(total ? { total } : {}) };
			}
			arriving.#hash(bytes);
			arriving.#pieces.push({ offset, length: bytes.length });
			arriving.#kept += bytes.length;
		}
		// what stays behind a gap could later be taken for a piece of another version
		for (const offset of offsets.slice(arriving.#pieces.length)) {
			await caches.forget(arriving.#name, pieceAt(offset));
		}
		return arriving;
	}

	/** Bytes from the start of the file. */
	get bytes(): number {
		return this.#kept + this.#buffered;
	}

	async add(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
		this.#hash(bytes);
		this.#buffer.push(bytes);
		this.#buffered += bytes.length;
		if (this.#buffered >= this.#pieceBytes) await this.flush();
	}

	/** Keeps what is in memory. */
	async flush(): Promise<void> {
		if (this.#buffered === 0) return;
		const blob = new Blob(this.#buffer);
		const offset = this.#kept;
		const { etag, total } = this.version;
		const headers = { ...(etag ? { etag } : {}), ...(total ? { 'x-total': String(total) } : {}) };
		this.#buffer = [];
		this.#buffered = 0;
		this.#kept += blob.size;
		await this.#caches.put(this.#name, pieceAt(offset), blob, headers);
		this.#pieces.push({ offset, length: blob.size });
	}

	/** Begins anew, from nothing. */
	async drop(): Promise<void> {
		this.#pieces = [];
		this.#buffer = [];
		this.#buffered = 0;
		this.#kept = 0;
		this.#sha256 = new Sha256();
		this.#md5 = this.#withMd5 ? new Md5() : undefined;
		this.version = {};
		await this.#caches.forgetAll(this.#name);
	}

	/**
	 * The whole file and its hashes, of which no more is taken in.
	 * @returns nothing where a piece has been taken away in the meantime, as a browser that needs room may do
	 */
	async whole(): Promise<{ blob: Blob; sha256: string; md5?: string } | undefined> {
		const blobs: Blob[] = [];
		for (const { offset, length } of this.#pieces) {
			const response = await this.#caches.get(this.#name, pieceAt(offset));
			const blob = await response?.blob().catch(() => undefined);
			if (blob?.size !== length) return undefined;
			blobs.push(blob);
		}
		return {
			blob: new Blob([...blobs, ...this.#buffer]),
			sha256: this.#sha256.hex(),
			...(this.#md5 ? { md5: this.#md5.hex() } : {})
		};
	}

	#hash(bytes: Uint8Array): void {
		this.#sha256.update(bytes);
		this.#md5?.update(bytes);
	}
}

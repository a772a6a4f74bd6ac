/** @file What SHA-256 and MD5 share: a message that comes in pieces is cut into blocks of 64 bytes and padded at its end. */

export abstract class BlockHash {
	/** What is left of the message over whole blocks. */
	readonly #rest = new Uint8Array(64);
	#length = 0;

	update(bytes: Uint8Array): this {
		const held = this.#length % 64;
		this.#length += bytes.length;
		let at = 0;
		if (held) {
			at = Math.min(64 - held, bytes.length);
			this.#rest.set(bytes.subarray(0, at), held);
			if (held + at < 64) return this;
			this.blocks(this.#rest, 0, 64);
		}
		const whole = at + ((bytes.length - at) & ~63);
		this.blocks(bytes, at, whole);
		this.#rest.set(bytes.subarray(whole));
		return this;
	}

	/** @returns the digest; the message is over then */
	abstract digest(): Uint8Array<ArrayBuffer>;

	/** The same in lower-case hexadecimal digits. */
	hex(): string {
		return hexOf(this.digest());
	}

	/** Takes in whole blocks, which lie in `bytes` between two places. */
	protected abstract blocks(bytes: Uint8Array, from: number, to: number): void;

	/** A one, zeros to the end of a block, and there the length of the message in bits. */
	protected pad(littleEndian: boolean): void {
		const bits = this.#length * 8;
		const held = this.#length % 64;
		const end = new Uint8Array(held < 56 ? 64 - held : 128 - held);
		end[0] = 0x80;
		const view = new DataView(end.buffer);
		const [low, high] = [bits >>> 0, Math.floor(bits / 4294967296)];
		view.setUint32(end.length - 8, littleEndian ? low : high, littleEndian);
		view.setUint32(end.length - 4, littleEndian ? high : low, littleEndian);
		this.update(end);
	}
}

/** Lower-case hexadecimal digits, two a byte. */
export function hexOf(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

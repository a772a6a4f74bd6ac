/** @file The SHA-256 of weights: what stays the same when nothing is learnt. */
import { hexOf } from '../block-hash.ts';
import { Sha256 } from '../sha256.ts';

/** Of the numbers as they lie in memory: four bytes each, little-endian, in the order of `shapes`. */
export async function fingerprint(weights: Float32Array<ArrayBuffer>): Promise<string> {
	const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
	// missing on a page that comes over plain http from a laptop in the room
	const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
	if (subtle) return hexOf(new Uint8Array(await subtle.digest('SHA-256', bytes)));
	const hash = new Sha256();
	hash.update(bytes);
	return hexOf(hash.digest());
}

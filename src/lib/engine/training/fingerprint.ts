/** @file The SHA-256 of weights: what stays the same when nothing is learnt. */
import { sha256 } from '../pocket/sha256.ts';

/** Of the numbers as they lie in memory: four bytes each, little-endian, in the order of `shapes`. */
export function fingerprint(weights: Float32Array<ArrayBuffer>): Promise<string> {
	return sha256(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength));
}

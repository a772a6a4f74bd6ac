/**
 * @file SHA-256 as 64 hexadecimal digits. `crypto.subtle` exists only on https and localhost; a
 * class that opens the site from a laptop over plain http checks its weights without it.
 */
import { hexOf } from '../block-hash.ts';
import { Sha256 } from '../sha256.ts';

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const subtle = globalThis.crypto?.subtle;
	return hexOf(subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : digestOf(bytes));
}

/** Without the browser's help. 32 bytes. */
export function digestOf(message: Uint8Array): Uint8Array<ArrayBuffer> {
	return new Sha256().update(message).digest();
}

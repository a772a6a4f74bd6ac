/**
 * @file SHA-256 as 64 hexadecimal digits. `crypto.subtle` exists only on https and localhost; a
 * class that opens the site from a laptop over plain http checks its weights without it.
 */
import { hexOf } from '../block-hash.ts';

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const subtle = globalThis.crypto?.subtle;
	if (subtle) return hexOf(new Uint8Array(await subtle.digest('SHA-256', bytes)));
	// its own chunk: nearly every page comes over https
	const { Sha256 } = await import('../sha256.ts');
	return new Sha256().update(bytes).hex();
}

/** @file Whether a file nobody has published a hash of is at least such a file as it should be, and whole. */
import type { Wanted } from './files.ts';

export async function isReadable({ kind }: Pick<Wanted, 'kind'>, blob: Blob): Promise<boolean> {
	if (kind === 'bytes') return true;
	if (kind === 'json') {
		try {
			JSON.parse(await blob.text());
			return true;
		} catch {
			return false;
		}
	}
	// a browser without WebAssembly can run no model; this is not the place to say so
	return typeof WebAssembly === 'undefined' || WebAssembly.validate(await blob.arrayBuffer());
}

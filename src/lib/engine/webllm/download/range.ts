/** @file Whether the answer to "the file from byte n on" is that, or something else. */
import type { Version } from './pieces.ts';

/**
 * A page may read `Content-Range` of another origin only where that allows it; `Content-Length` it may always. Either must
 * fit what is known of the file.
 *
 * @param offset of the first byte that was asked for
 * @param bytes of the whole file, where known
 * @returns the length of the whole file, or nothing when this is not its rest
 */
export function restOf(
	response: Response,
	offset: number,
	version: Version,
	bytes: number | undefined
): number | undefined {
	const etag = response.headers.get('etag');
	if (etag && version.etag && etag !== version.etag) return undefined;

	const range = response.headers.get('content-range');
	const length = Number(response.headers.get('content-length') ?? NaN);
	let total = offset + length;
	if (range !== null) {
		const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range);
		if (!found) return undefined;
		const [from, to] = [Number(found[1]), Number(found[2])];
		total = Number(found[3]);
		if (from !== offset || to !== total - 1) return undefined;
	}
	const known = bytes ?? version.total;
	if (!Number.isSafeInteger(total) || total < offset) return undefined;
	return known !== undefined && known !== total ? undefined : total;
}

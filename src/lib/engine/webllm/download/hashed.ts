/** @file Reads a stored file to its end, for its length and hashes. */
import { hexOf } from '../../block-hash.ts';
import { Md5 } from './md5.ts';
import { Sha256 } from '../../sha256.ts';

export type Hashed = { bytes: number; sha256: string; md5: string | undefined };

/** The browser hashes many times as fast as we do, but wants a file whole: none larger than this is held in memory. */
const largest = 1 << 27;

/**
 * @param onread told how many bytes have been read so far
 * @returns nothing where the file cannot be read to its end
 * @throws the signal's reason when it is aborted
 */
export async function hashed(
	response: Response,
	withMd5: boolean,
	signal: AbortSignal,
	onread: (bytes: number) => void,
	subtle: Pick<SubtleCrypto, 'digest'> | null = globalThis.crypto?.subtle ?? null
): Promise<Hashed | undefined> {
	const length = Number(response.headers.get('content-length') ?? Infinity);
	try {
		onread(0);
		if (subtle && !withMd5 && length <= largest) {
			const buffer = await response.arrayBuffer();
			const digest = new Uint8Array(await subtle.digest('SHA-256', buffer));
			signal.throwIfAborted();
			onread(buffer.byteLength);
			return { bytes: buffer.byteLength, sha256: hexOf(digest), md5: undefined };
		}

		const sha256 = new Sha256();
		const md5 = withMd5 ? new Md5() : undefined;
		let bytes = 0;
		const reader = response.body?.getReader();
		for (;;) {
			const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
			if (done) break;
			signal.throwIfAborted();
			sha256.update(value);
			md5?.update(value);
			bytes += value.length;
			onread(bytes);
		}
		return { bytes, sha256: sha256.hex(), md5: md5?.hex() };
	} catch {
		signal.throwIfAborted();
		return undefined;
	}
}

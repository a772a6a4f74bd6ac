/** @file The list that a mirror keeps of a model's files, with a hash of each. */
import type { Manifest } from '../model.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * @returns nothing where there is no such list, or none that can be read: the files are then held against what the model
 * itself says of them. Why a mirror cannot be reached is told by the files.
 */
export async function fetchManifest(
	address: string,
	{ fetch, patience }: Pick<Surroundings, 'fetch' | 'patience'>,
	signal: AbortSignal
): Promise<Manifest | undefined> {
	const connection = new AbortController();
	const stop = () => connection.abort();
	signal.addEventListener('abort', stop, { once: true });
	const timer = setTimeout(stop, patience.dead);
	try {
		const response = await fetch(address, {
			cache: 'no-store',
			credentials: 'omit',
			referrerPolicy: 'no-referrer',
			signal: connection.signal
		});
		const value: unknown = response.ok ? await response.json() : undefined;
		return isManifest(value) ? value : undefined;
	} catch {
		signal.throwIfAborted();
		return undefined;
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', stop);
	}
}

function isManifest(value: unknown): value is Manifest {
	if (typeof value !== 'object' || value === null) return false;
	const { schema, files } = value as { schema?: unknown; files?: unknown };
	return (
		schema === 1 &&
		Array.isArray(files) &&
		files.every((file: { path?: unknown; bytes?: unknown; sha256?: unknown } | null) => {
			const { path, bytes, sha256 } = file ?? {};
			return (
				typeof path === 'string' &&
				Number.isSafeInteger(bytes) &&
				(sha256 === undefined || (typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)))
			);
		})
	);
}

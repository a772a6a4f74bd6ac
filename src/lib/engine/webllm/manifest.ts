/** @file A mirror's list of a model's files: anything that a server may answer. */
import type { Manifest, ModelFile } from './model.ts';
import { telling, Told } from './telling.ts';

/**
 * A copy of the known fields alone.
 *
 * @throws {Told} when it is not the list of this model's files
 */
export function readManifest(text: string, id: string): Manifest {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Told(telling.badManifest());
	}
	const { schema, id: named, revision, files } = (value ?? {}) as Record<string, unknown>;
	if (schema !== 1 || named !== id || !Array.isArray(files) || !files.length) {
		throw new Told(telling.badManifest());
	}
	return { schema: 1, id, revision: String(revision ?? ''), files: files.map(fileFrom) };
}

function fileFrom(value: unknown): ModelFile {
	const { path, bytes, sha256 } = (value ?? {}) as Record<string, unknown>;
	const sound =
		typeof path === 'string' &&
		/^[\w.-]+(\/[\w.-]+)*$/.test(path) &&
		!/(^|\/)\.\.?(\/|$)/.test(path) &&
		Number.isSafeInteger(bytes) &&
		(bytes as number) >= 0 &&
		(sha256 === undefined || (typeof sha256 === 'string' && /^[\da-f]{64}$/.test(sha256)));
	if (!sound) throw new Told(telling.badManifest());
	return { path, bytes: bytes as number, ...(sha256 === undefined ? {} : { sha256 }) };
}

/**
 * @file What this browser remembers of a model it downloads: where from, when, and the hash of each file. Where nobody has
 * published hashes, those of the first download are what every later load is held against.
 */
import type { Place } from '../place.ts';
import type { KeptCaches } from './kept.ts';

export type FileRecord = {
	cache: string;
	bytes: number;
	sha256: string;
	/** The hash is one that was published, and this file was held against it. */
	published: boolean;
};

export type ModelRecord = {
	schema: 1;
	model: string;
	place: Place;
	/** ISO 8601: when it was complete, or begun. */
	date: string;
	complete: boolean;
	/** By address. */
	files: Record<string, FileRecord>;
};

export const recordCache = 'running-tab/models';

const addressOf = (model: string, { folder, library }: Place) =>
	`https://model.invalid/?${new URLSearchParams({ model, folder, library })}`;

export async function readRecord(
	caches: KeptCaches,
	model: string,
	place: Place
): Promise<ModelRecord | undefined> {
	return parsed(await caches.get(recordCache, addressOf(model, place)));
}

export async function writeRecord(caches: KeptCaches, record: ModelRecord): Promise<void> {
	const blob = new Blob([JSON.stringify(record)], { type: 'application/json' });
	await caches.put(recordCache, addressOf(record.model, record.place), blob);
}

export async function forgetRecord(caches: KeptCaches, record: ModelRecord): Promise<void> {
	await caches.forget(recordCache, addressOf(record.model, record.place));
}

export async function allRecords(caches: KeptCaches): Promise<ModelRecord[]> {
	const records = await Promise.all(
		(await caches.addresses(recordCache)).map(async (address) =>
			parsed(await caches.get(recordCache, address))
		)
	);
	return records.filter((record) => record !== undefined);
}

/** A record another version of this site wrote, or that is damaged, is as good as none: the files are then read anew. */
async function parsed(response: Response | undefined): Promise<ModelRecord | undefined> {
	const value: unknown = await response?.json().catch(() => undefined);
	return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is ModelRecord {
	if (typeof value !== 'object' || value === null) return false;
	const { schema, model, place, date, complete, files } = value as Partial<ModelRecord>;
	return (
		schema === 1 &&
		typeof model === 'string' &&
		typeof place?.folder === 'string' &&
		typeof place.library === 'string' &&
		typeof date === 'string' &&
		typeof complete === 'boolean' &&
		typeof files === 'object' &&
		files !== null &&
		Object.values(files).every(
			(file: unknown) =>
				typeof (file as FileRecord | null)?.bytes === 'number' &&
				/^[0-9a-f]{64}$/.test((file as FileRecord).sha256) &&
				typeof (file as FileRecord).cache === 'string'
		)
	);
}

/** Whether what is remembered of a model is forgotten when the page is closed. */
export function keptInMemory(caches: KeptCaches, { model, place }: ModelRecord): boolean {
	return caches.inMemory(recordCache, addressOf(model, place)) !== undefined;
}

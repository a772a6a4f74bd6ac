/** @file Which files web-llm reads of a model, where it looks for each, and what is known of them. */
import type { Manifest } from '../model.ts';
import type { Place } from '../place.ts';
import { Told } from '../../told.ts';
import { sentences } from './sentences.ts';

/** A file that web-llm 0.2.86 reads, and the cache in which it looks for it, by the file's whole address. */
export type Wanted = {
	address: string;
	/** The last part of its path, for readers. */
	name: string;
	cache: 'webllm/config' | 'webllm/wasm' | 'webllm/model';
	kind: 'json' | 'program' | 'bytes';
	bytes?: number;
	/** Published. */
	sha256?: string;
	/** From the model's own list of shards. */
	md5?: string;
};

export const configFile = 'mlc-chat-config.json';
export const listFile = 'tensor-cache.json';

/** A file in the model's folder. */
export function inFolder(place: Place, path: string, manifest?: Manifest): Wanted {
	const address = new URL(path, place.folder).href;
	// a list may come from anywhere: it names files of its own folder and no others
	if (!address.startsWith(place.folder)) throw new Told(sentences.wrongList(listFile));
	const published = manifest?.files.find((file) => file.path === path);
	return {
		address,
		name: nameOf(address),
		cache: path === configFile ? 'webllm/config' : 'webllm/model',
		kind: path.endsWith('.json') ? 'json' : 'bytes',
		...(published ? { bytes: published.bytes } : {}),
		...(published?.sha256 ? { sha256: published.sha256 } : {})
	};
}

/** web-llm's compiled program for the model. */
export function libraryOf(place: Place, manifest?: Manifest): Wanted {
	const published = manifest?.files.find((file) => file.path.endsWith('.wasm'));
	return {
		address: place.library,
		name: nameOf(place.library),
		cache: 'webllm/wasm',
		kind: 'program',
		...(published ? { bytes: published.bytes } : {}),
		...(published?.sha256 ? { sha256: published.sha256 } : {})
	};
}

/** The one tokenizer file that web-llm reads of those a model's configuration names. */
export function tokenizerOf(config: unknown): string {
	const found = tokenizerNamed(config);
	if (!found) throw new Told(sentences.wrongList(configFile));
	return found;
}

/** The same; nothing where it names none. */
export function tokenizerNamed(config: unknown): string | undefined {
	const files = (config as { tokenizer_files?: unknown } | null)?.tokenizer_files;
	return ['tokenizer.json', 'tokenizer.model'].find(
		(file) => Array.isArray(files) && files.includes(file)
	);
}

/** The shards of weights that `tensor-cache.json` lists, with their lengths and, where given, their MD5. */
export function shardsOf(list: unknown, place: Place, manifest?: Manifest): Wanted[] {
	const records = (list as { records?: unknown } | null)?.records;
	if (!Array.isArray(records) || records.length === 0)
		throw new Told(sentences.wrongList(listFile));
	return records.map(
		(record: { dataPath?: unknown; nbytes?: unknown; md5sum?: unknown } | null) => {
			const { dataPath, nbytes, md5sum } = record ?? {};
			if (typeof dataPath !== 'string' || !(Number.isSafeInteger(nbytes) && Number(nbytes) > 0)) {
				throw new Told(sentences.wrongList(listFile));
			}
			const wanted = inFolder(place, dataPath, manifest);
			if (wanted.bytes !== undefined && wanted.bytes !== nbytes) {
				throw new Told(sentences.wrongList(listFile));
			}
			const md5 =
				typeof md5sum === 'string' && /^[0-9a-f]{32}$/.test(md5sum) ? { md5: md5sum } : {};
			return { ...wanted, kind: 'bytes', bytes: nbytes as number, ...md5 };
		}
	);
}

function nameOf(address: string): string {
	const path = new URL(address).pathname;
	return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
}

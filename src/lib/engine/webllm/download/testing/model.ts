/** @file The files of a model that is none: right in their form and lengths, with pseudo-random weights. */
import { createHash } from 'node:crypto';
import type { Manifest } from '../../model.ts';

export const folder = '/maker/Small-q4f16_1-MLC/resolve/main/';
export const library = '/libraries/small-1.wasm';

/** Bytes that do not repeat, the same each time. */
export function noise(length: number, seed: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(length);
	let x = seed | 1;
	for (let i = 0; i < length; i++) {
		x ^= x << 13;
		x ^= x >>> 17;
		x ^= x << 5;
		bytes[i] = x;
	}
	return bytes;
}

const digest = (name: string, bytes: Uint8Array) => createHash(name).update(bytes).digest('hex');
const json = (value: unknown) =>
	new TextEncoder().encode(JSON.stringify(value)) as Uint8Array<ArrayBuffer>;

/** A module with nothing in it but a section of its own kind, as long as is wanted. */
function program(length: number): Uint8Array<ArrayBuffer> {
	const size = length + 2;
	const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
	const section = [0, (size & 127) | 128, ((size >> 7) & 127) | 128, size >> 14, 1, 0x6e];
	return Uint8Array.from([...header, ...section, ...noise(length, 5)]);
}

/** @param shards their lengths */
export function syntheticModel(shards: readonly number[], { md5 = true } = {}) {
	const weights = shards.map((length, i) => noise(length, 100 + i));
	const files = new Map<string, Uint8Array<ArrayBuffer>>([
		[
			`${folder}mlc-chat-config.json`,
			json({ vocab_size: 512, tokenizer_files: ['vocab.json', 'tokenizer.json', 'merges.txt'] })
		],
		[
			`${folder}tensor-cache.json`,
			json({
				metadata: {},
				records: weights.map((bytes, i) => ({
					dataPath: `params_shard_${i}.bin`,
					format: 'raw-shard',
					nbytes: bytes.length,
					records: [],
					...(md5 ? { md5sum: digest('md5', bytes) } : {})
				}))
			})
		],
		[`${folder}tokenizer.json`, json({ model: { vocab: Array.from(noise(9000, 3)) } })],
		[library, program(30_000)]
	]);
	weights.forEach((bytes, i) => files.set(`${folder}params_shard_${i}.bin`, bytes));
	const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
	const manifest: Manifest = {
		schema: 1,
		id: 'Small-q4f16_1-MLC',
		revision: 'main',
		files: [...files].map(([path, file]) => ({
			path: path === library ? 'small-1.wasm' : path.slice(folder.length),
			bytes: file.length,
			sha256: digest('sha256', file)
		}))
	};
	return { files, bytes, manifest };
}

/** The cache in which web-llm looks for a file. */
export function cacheOf(path: string): string {
	if (path.endsWith('.wasm')) return 'webllm/wasm';
	return path.endsWith('mlc-chat-config.json') ? 'webllm/config' : 'webllm/model';
}

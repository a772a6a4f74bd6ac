/**
 * Files of single-precision numbers behind a header that says what they are:
 * magic (8 bytes), length of the header (4), header as JSON padded to a multiple of 4, numbers.
 */

import type { AdamSettings } from './adam.ts';
import type { Config } from './gpt.ts';
import { checkConfig } from './weights.ts';

const MAGIC = 'tinyckp1'; // the last digit is the version of the format

export interface CheckpointState {
	config: Config;
	seed: number;
	steps: number;
	tokens: number;
	operations: number;
	adam: AdamSettings;
	power1: number;
	power2: number;
}

export interface Checkpoint {
	state: CheckpointState;
	arrays: Float32Array[];
}

export function encodeCheckpoint({ state, arrays }: Checkpoint): Uint8Array<ArrayBuffer> {
	const json = JSON.stringify(state);
	const header = new TextEncoder().encode(json + ' '.repeat(-json.length & 3));
	const start = 12 + header.length;
	const bytes = new Uint8Array(start + arrays.reduce((sum, { length }) => sum + 4 * length, 0));

	bytes.set(new TextEncoder().encode(MAGIC));
	new DataView(bytes.buffer).setUint32(8, header.length, true);
	bytes.set(header, 12);
	let offset = start;
	for (const array of arrays) {
		bytes.set(new Uint8Array(array.buffer, array.byteOffset, 4 * array.length), offset);
		offset += 4 * array.length;
	}
	return bytes;
}

/**
 * @param count how many arrays there must be
 * @param lengthOf how long each must be
 * @throws when the bytes are something else, or not whole
 */
export function decodeCheckpoint(
	bytes: Uint8Array,
	count: number,
	lengthOf: (config: Config) => number
): Checkpoint {
	if (bytes.length < 12 || new TextDecoder().decode(bytes.subarray(0, 8)) !== MAGIC) {
		throw new Error('This is not a checkpoint of this version');
	}
	const header = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
	let state: CheckpointState;
	try {
		state = JSON.parse(new TextDecoder().decode(bytes.subarray(12, 12 + header)));
		checkConfig(state.config);
	} catch (cause) {
		throw new Error('The header of the checkpoint is damaged', { cause });
	}

	const length = lengthOf(state.config);
	const expected = 12 + header + 4 * count * length;
	if (bytes.length !== expected) {
		throw new Error(`The checkpoint should have ${expected} bytes, but has ${bytes.length}`);
	}
	// Copied, to be aligned; `slice` would not copy where the bytes are a Buffer of Node's.
	const numbers = new Float32Array(new Uint8Array(bytes.subarray(12 + header)).buffer);
	return {
		state,
		arrays: Array.from({ length: count }, (_, i) => numbers.subarray(i * length, (i + 1) * length))
	};
}

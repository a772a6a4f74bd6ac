/** @file A freeze proof as a file, and out of one. Fetched when one is saved or opened. */
import { version } from '$app/environment';
import { download } from '#lib/ui/download.ts';
import { fileText } from '../run/file-text.ts';
import { here } from '../run/here.ts';
import { type FreezeRecord, type Proof, readFreezeRecord } from './record.ts';

/** Longer files are not read at all: the longest that is saved here stays below. */
export const LARGEST_FILE = 12_000_000; // bytes

/** Of what was opened it stays true when and where it was made. */
function recordOf(proof: Proof | FreezeRecord): FreezeRecord {
	const date = new Date().toISOString();
	return { schema: 1, kind: 'freeze record', date, version, device: here(), ...proof };
}

/** "running-tab-freeze-proof-2026-11-26-100-prompts.json". */
function nameOf({ date, prompts }: FreezeRecord): string {
	const many = prompts.length === 1 ? 'one-prompt' : `${prompts.length}-prompts`;
	return `running-tab-freeze-proof-${date.slice(0, 10)}-${many}.json`;
}

/** @returns the name of the file */
export function save(proof: Proof | FreezeRecord): string {
	const record = recordOf(proof);
	const name = nameOf(record);
	download(name, new Blob([JSON.stringify(record) + '\n'], { type: 'application/json' }));
	return name;
}

/**
 * The freeze proof in a file.
 * @throws an error whose message is a sentence for readers
 */
export async function open(file: Blob): Promise<FreezeRecord> {
	const text = await fileText(file, LARGEST_FILE, 'a saved freeze proof');
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Error('This is not a freeze proof that can be opened: the file is not JSON.');
	}
	return readFreezeRecord(value);
}

/** @file Opening a run that was saved: here, elsewhere, or by somebody who means no good. */
import { readRecord } from '#lib/engine/record.ts';
import type { RunRecord } from '#lib/events.ts';
import { fileText } from './file-text.ts';

/** Longer files are not read at all: the longest run that is saved here stays below. */
export const LARGEST_FILE = 12_000_000; // bytes

/**
 * The run in a file.
 * @throws an error whose message is a sentence for readers
 */
export async function openRun(file: Blob): Promise<RunRecord> {
	const text = await fileText(file, LARGEST_FILE, 'a saved run');
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Error('This is not a run that can be played: the file is not JSON.');
	}
	return readRecord(value);
}

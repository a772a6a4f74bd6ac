import { size } from '#lib/engine/size.ts';

/**
 * The text of a file that a reader chose.
 *
 * @param most bytes; a longer file is not read at all
 * @param what such a file holds, with its article
 * @throws an error whose message is a sentence for readers
 */
export async function fileText(file: Blob, most: number, what: string): Promise<string> {
	if (file.size > most) {
		throw new Error(
			`This file is larger than the ${size(most)} that ${what} has at most, so it was not read.`
		);
	}
	try {
		return await file.text();
	} catch {
		throw new Error('The browser could not read this file.');
	}
}

/** @file Fetches the pocket model's weights and lets nothing pass that is not, byte for byte, what was published. */
import { Told } from '../told.ts';
import { sha256 } from './sha256.ts';
import { sentences } from './sentences.ts';

/** A download that brings nothing for so long is taken for dead. */
const PATIENCE = 15_000; // ms

type Published = { bytes: number; sha256: string };

/**
 * The whole file, checked by length and SHA-256. A file that arrives damaged is asked for once more,
 * past the browser's cache: a damaged copy in there would otherwise come back for ever.
 *
 * @param arrived told how many bytes there are so far
 * @throws {Told} with a sentence for readers
 */
export async function fetchWeights(
	url: string,
	published: Published,
	arrived: (bytes: number) => void = () => {},
	ask: typeof fetch = fetch
): Promise<Uint8Array<ArrayBuffer>> {
	try {
		return await attempt(url, published, arrived, ask, 'default');
	} catch (error) {
		if (!(error instanceof Damaged)) throw error;
		return attempt(url, published, arrived, ask, 'reload');
	}
}

class Damaged extends Told {}

async function attempt(
	url: string,
	published: Published,
	arrived: (bytes: number) => void,
	ask: typeof fetch,
	cache: RequestCache
): Promise<Uint8Array<ArrayBuffer>> {
	const stalled = new AbortController();
	let timer = setTimeout(() => stalled.abort(), PATIENCE);

	const bytes = new Uint8Array(published.bytes);
	let length = 0;
	arrived(0);
	try {
		let response: Response;
		try {
			response = await ask(url, { cache, signal: stalled.signal });
		} catch {
			throw new Told(sentences.unreachable());
		}
		if (!response.ok || !response.body) throw new Told(sentences.missing(response.status));
		if (response.headers.get('content-type')?.includes('text/html')) {
			throw new Damaged(sentences.webPage());
		}

		const reader = response.body.getReader();
		for (;;) {
			const { done, value } = await reader.read().catch(() => {
				throw new Damaged(sentences.notWhole(length, published.bytes));
			});
			if (done) break;
			clearTimeout(timer);
			timer = setTimeout(() => stalled.abort(), PATIENCE);

			if (length === 0 && looksLikeHtml(value)) throw new Damaged(sentences.webPage());
			if (length + value.length > published.bytes) {
				throw new Damaged(sentences.tooLong(published.bytes));
			}
			bytes.set(value, length);
			length += value.length;
			arrived(length);
		}
	} catch (error) {
		stalled.abort(); // no use for the rest of it
		throw error;
	} finally {
		clearTimeout(timer);
	}

	if (length < published.bytes) throw new Damaged(sentences.notWhole(length, published.bytes));
	if ((await sha256(bytes)) !== published.sha256) throw new Damaged(sentences.altered());
	return bytes;
}

/** Networks that ask for a sign-in send their page under any type, and as a success. */
function looksLikeHtml(start: Uint8Array): boolean {
	return /^\s*<(!doctype|html)/i.test(new TextDecoder('latin1').decode(start.subarray(0, 64)));
}

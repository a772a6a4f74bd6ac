/** @file What can be wrong with an answer of a server, and what is to be done about it. */
import { sentences } from './sentences.ts';

/**
 * - `again`: may pass; is asked for again after a while, a few times
 * - `anew`: what has arrived is of no use; is fetched once more from its start
 * - `over`: asking again does not help
 */
export type Remedy = 'again' | 'anew' | 'over';

export class Trouble extends Error {
	readonly remedy: Remedy;
	/** Seconds that the server wants to be left alone for. */
	readonly after: number | undefined;

	/** @param sentence for readers, if it stays */
	constructor(remedy: Remedy, sentence: string, after?: number) {
		super(sentence);
		this.remedy = remedy;
		this.after = after;
	}
}

/** @param now for a `Retry-After` that is a date */
export function troubleOf(response: Response, file: string, host: string, now: Date): Trouble {
	const { status } = response;
	const after = secondsOf(response.headers.get('retry-after') ?? '', now);
	if (status === 429) return new Trouble('again', sentences.tooMany(host, after), after);
	if (status === 451) return new Trouble('over', sentences.unlawful(host));
	if (status === 401 || status === 403 || status === 407) {
		return new Trouble('over', sentences.refused(file, host, status));
	}
	if (status >= 500 || status === 408 || status === 425) {
		return new Trouble('again', sentences.serverTrouble(host, status), after);
	}
	return new Trouble('over', sentences.missing(file, host, status));
}

/** `Retry-After`: seconds, or a date. */
export function secondsOf(retryAfter: string, now: Date): number | undefined {
	if (/^\s*\d+\s*$/.test(retryAfter)) return Number(retryAfter);
	const date = Date.parse(retryAfter);
	return Number.isNaN(date) ? undefined : Math.max(0, (date - now.getTime()) / 1000);
}

/** Networks that ask for a sign-in send their page under any type, and as a success. */
export function looksLikeHtml(start: Uint8Array): boolean {
	return /^\s*<(!doctype|html)/i.test(new TextDecoder('latin1').decode(start.subarray(0, 64)));
}

/** @file One file from the network onto the disk: whole, checked, and without fetching again what is already there. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What is known of a file before it is fetched. */
export type Known = { bytes?: number; sha256?: string; md5?: string };

export type Saved = { bytes: number; sha256: string };

export type Options = {
	ask?: typeof fetch;
	/** Waits so many ms. */
	wait?: (ms: number) => Promise<unknown>;
	/** A connection that brings nothing for so many ms is given up. */
	patience?: number;
	/** Told every so many bytes how far a file is. */
	progress?: (bytes: number, total: number | undefined) => void;
};

const ATTEMPTS = 4;
const LONGEST_WAIT = 60_000; // ms

/** An error whose message says what happened and what to do. */
export class Failed extends Error {}

/** Worth another attempt. */
class Hiccup extends Failed {
	/** ms that the server asks to wait */
	after = 0;
}

/**
 * A file that is already there is kept if what is known of it proves it. One that was cut off goes on where it was, if the whole
 * can be checked afterwards: its first part may be of another version.
 * @throws {Failed}
 */
export async function save(
	url: string,
	path: string,
	known: Known = {},
	options: Options = {}
): Promise<Saved> {
	const { wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } = options;
	const provable = known.sha256 !== undefined || known.md5 !== undefined;
	if (provable) {
		const there = await sums(path);
		if (there && !differs(there, known)) return there;
	}

	await mkdir(dirname(path), { recursive: true });
	const part = `${path}.part`;
	if (!provable) await rm(part, { force: true });

	for (let attempt = 1; ; attempt++) {
		try {
			await fetchPart(url, part, known, options);
			const saved = (await sums(part))!;
			const wrong = differs(saved, known);
			if (wrong) {
				await rm(part);
				throw new Hiccup(`${url} did not arrive as it was published: ${wrong}.`);
			}
			await rename(part, path);
			return { bytes: saved.bytes, sha256: saved.sha256 };
		} catch (error) {
			if (!(error instanceof Hiccup) || attempt === ATTEMPTS) throw error;
			await wait(Math.max(error.after, 1000 * 2 ** (attempt - 1)));
		}
	}
}

/** Length and hashes of a file; undefined where there is none. */
export async function sums(path: string): Promise<(Saved & { md5: string }) | undefined> {
	const bytes = await size(path);
	if (bytes === undefined) return undefined;
	const [sha256, md5] = [createHash('sha256'), createHash('md5')];
	for await (const chunk of createReadStream(path)) {
		sha256.update(chunk as Buffer);
		md5.update(chunk as Buffer);
	}
	return { bytes, sha256: sha256.digest('hex'), md5: md5.digest('hex') };
}

function differs(file: Saved & { md5: string }, known: Known): string | undefined {
	if (known.bytes !== undefined && file.bytes !== known.bytes) {
		return `it has ${file.bytes} bytes, not ${known.bytes}`;
	}
	if (known.sha256 !== undefined && file.sha256 !== known.sha256) return 'its SHA-256 differs';
	if (known.md5 !== undefined && file.md5 !== known.md5) return 'its MD5 differs';
}

async function size(path: string): Promise<number | undefined> {
	try {
		return (await stat(path)).size;
	} catch {
		return undefined;
	}
}

/** Appends to `part` until the file is whole. */
async function fetchPart(url: string, part: string, known: Known, options: Options): Promise<void> {
	const { ask = fetch, patience = 30_000, progress } = options;
	const have = (await size(part)) ?? 0;
	if (have > 0 && have === known.bytes) return;
	if (known.bytes !== undefined && have > known.bytes) {
		await rm(part);
		throw new Hiccup(`${part} was longer than the file.`);
	}

	const stalled = new AbortController();
	let timer = setTimeout(() => stalled.abort(), patience);
	const alive = () => {
		clearTimeout(timer);
		timer = setTimeout(() => stalled.abort(), patience);
	};
	try {
		const response = await ask(url, {
			signal: stalled.signal,
			// A compressed answer would have neither the length nor the ranges of the file.
			headers: { 'accept-encoding': 'identity', ...(have ? { range: `bytes=${have}-` } : {}) }
		}).catch((error: unknown) => {
			throw new Hiccup(`${url} could not be reached (${cause(error)}).`);
		});
		const from = await startOf(response, url, part, have);
		const length = Number(response.headers.get('content-length') ?? NaN);
		const total = known.bytes ?? (Number.isFinite(length) ? from + length : undefined);

		const file = await open(part, from ? 'a' : 'w');
		let bytes = from;
		try {
			for await (const chunk of response.body! as unknown as AsyncIterable<Uint8Array>) {
				alive();
				if (
					bytes === 0 &&
					/^\s*<(!doctype|html)/i.test(Buffer.from(chunk).toString('latin1', 0, 64))
				) {
					throw webPage(url);
				}
				await file.write(chunk);
				bytes += chunk.length;
				progress?.(bytes, total);
			}
		} catch (error) {
			if (error instanceof Failed) throw error;
			throw new Hiccup(
				stalled.signal.aborted
					? `${url} brought nothing for ${patience / 1000} s.`
					: `${url} was cut off after ${bytes} bytes (${cause(error)}).`
			);
		} finally {
			await file.close();
		}
		if (total !== undefined && bytes < total) {
			throw new Hiccup(`${url} was cut off: ${bytes} of ${total} bytes came.`);
		}
	} finally {
		clearTimeout(timer);
		stalled.abort(); // no use for the rest of it
	}
}

/** Where the bytes of an answer belong. */
async function startOf(
	response: Response,
	url: string,
	part: string,
	have: number
): Promise<number> {
	const { status, headers } = response;
	if (status === 429 || status >= 500) {
		const hiccup = new Hiccup(
			status === 429
				? `${url}: the server says that it was asked too often (429).`
				: `${url}: the server answered ${status}.`
		);
		hiccup.after = Math.min(LONGEST_WAIT, retryAfter(headers.get('retry-after')));
		throw hiccup;
	}
	const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
	if (status === 416 || (status === 206 && Number(range?.[1] ?? NaN) !== have)) {
		await rm(part, { force: true });
		throw new Hiccup(`${url}: the server does not go on where the file was cut off.`);
	}
	if (!response.ok || !response.body) {
		throw new Failed(`${url} is not there: the server answered ${status}.`);
	}
	if (headers.get('content-type')?.includes('text/html')) throw webPage(url);
	return status === 206 ? have : 0;
}

const webPage = (url: string) =>
	new Failed(`${url}: a web page came in place of the file. Does the network want a sign-in?`);

/** ms, from seconds or a date. */
function retryAfter(header: string | null): number {
	if (!header) return 0;
	const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
	return Math.max(0, ms) || 0;
}

function cause(error: unknown): string {
	const { message, cause } = error as Error & { cause?: { code?: string } };
	return cause?.code ?? message;
}

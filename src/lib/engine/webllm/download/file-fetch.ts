/** @file Brings one file over a network that may do anything to it, in as few bytes as that allows. */
import { Told } from '../../told.ts';
import type { Progress } from './download.ts';
import type { Wanted } from './files.ts';
import type { Gate } from './gate.ts';
import { Pieces } from './pieces.ts';
import { restOf } from './range.ts';
import { sentences } from './sentences.ts';
import { isReadable } from './readable.ts';
import type { Surroundings } from './surroundings.ts';
import { looksLikeHtml, Trouble, troubleOf } from './trouble.ts';
import { Watchdog } from './watchdog.ts';

/** New tries after one that got nowhere. A try that got on counts as the first again. */
const tries = 3;
/** A server that wants to be left alone for longer is not waited for, but told about. Seconds. */
const longestRest = 120;

export type Listening = {
	signal: AbortSignal;
	gate: Gate;
	/** @param bytes of this file, here by now; @param arrived of them, just now, over the network */
	tell: (state: Progress['state'], bytes: number, arrived?: number, retryIn?: number) => void;
};

export type Fetched = { blob: Blob; sha256: string; pieces: Pieces };

export class FileFetch {
	readonly #wanted: Wanted;
	/** The hash this file had when it first came, where none is published. */
	readonly #first: string | undefined;
	readonly #around: Surroundings;
	readonly #listening: Listening;
	readonly #host: string;
	#pieces!: Pieces; // from the first try on
	/** The server has answered with the rest of the file, when asked for that. */
	#resumes = false;

	constructor(
		wanted: Wanted,
		first: string | undefined,
		around: Surroundings,
		listening: Listening
	) {
		this.#wanted = wanted;
		this.#first = wanted.sha256 ? undefined : first;
		this.#around = around;
		this.#listening = listening;
		this.#host = new URL(wanted.address).host;
	}

	/**
	 * The whole file, checked. Its pieces are the caller's to drop once it is kept.
	 * @throws {Told} with a sentence for readers
	 * @throws the signal's reason, when that is aborted
	 */
	async run(): Promise<Fetched> {
		const { address, sha256, md5 } = this.#wanted;
		this.#pieces = await Pieces.open(this.#around.caches, address, {
			pieceBytes: this.#around.pieceBytes,
			withMd5: !sha256 && md5 !== undefined
		});
		// said at once, though the next bytes may be long in coming
		const silent = this.#listening.gate.onchange((closed) =>
			this.#tell(closed ? 'paused' : 'downloading')
		);
		try {
			return await this.#tries();
		} finally {
			silent();
		}
	}

	async #tries(): Promise<Fetched> {
		const { signal, gate } = this.#listening;
		const { pieceBytes } = this.#around;
		let failures = 0;
		let discarded = 0;
		let furthest = this.#pieces.bytes;
		for (;;) {
			try {
				if (gate.closed) this.#tell('paused');
				await gate.passed(signal);
				signal.throwIfAborted();
				this.#tell('downloading');
				return await this.#attempt();
			} catch (error) {
				await this.#pieces.flush();
				signal.throwIfAborted();
				if (!(error instanceof Trouble)) throw error;
				if (error.remedy === 'over') throw new Told(error.message);
				if (error.remedy === 'anew') {
					await this.#pieces.drop();
					if (++discarded > 1) throw new Told(error.message);
					continue;
				}
				if (this.#resumes && this.#pieces.bytes > furthest + pieceBytes / 16) failures = 0;
				furthest = Math.max(furthest, this.#pieces.bytes);
				if (++failures > tries || (error.after ?? 0) > longestRest) throw new Told(error.message);
				await this.#rest(failures, error.after);
			}
		}
	}

	async #attempt(): Promise<Fetched> {
		const { signal } = this.#listening;
		const connection = new AbortController();
		const stop = () => connection.abort();
		signal.addEventListener('abort', stop, { once: true });
		let dead = false;
		const watchdog = new Watchdog(
			this.#around.patience,
			() => this.#tell('stalled'),
			() => {
				dead = true;
				connection.abort();
			}
		);
		const name = this.#wanted.name;
		const lost = (sentence: string) =>
			new Trouble(
				'again',
				dead ? sentences.stalled(name) : this.#around.online() ? sentence : sentences.offline()
			);
		try {
			const offset = this.#pieces.bytes;
			const known = this.#wanted.bytes ?? this.#pieces.version.total;
			if (known !== undefined && offset > known) await this.#pieces.drop();
			else if (known !== undefined && offset === known) return await this.#checked();

			watchdog.fed();
			const response = await this.#ask(connection.signal).catch(() => {
				throw lost(sentences.unreachable(this.#host));
			});
			watchdog.rest();
			const total = await this.#accepted(response);
			await this.#take(response, total, watchdog, lost);
			return await this.#checked();
		} catch (error) {
			connection.abort(); // no use for the rest of it
			throw error;
		} finally {
			watchdog.rest();
			signal.removeEventListener('abort', stop);
		}
	}

	/** Asks for the file, or for its rest. The HTTP cache is passed by: it would keep all of it a second time. */
	#ask(signal: AbortSignal): Promise<Response> {
		const offset = this.#pieces.bytes;
		return this.#around.fetch(this.#wanted.address, {
			headers: offset ? { range: `bytes=${offset}-` } : {},
			cache: 'no-store',
			credentials: 'omit',
			referrerPolicy: 'no-referrer',
			signal
		});
	}

	/** @returns the length of the whole file, where known */
	async #accepted(response: Response): Promise<number | undefined> {
		const { name, bytes } = this.#wanted;
		const offset = this.#pieces.bytes;
		if (response.status === 416 && offset) {
			const total = bytes ?? this.#pieces.version.total;
			await this.#pieces.drop();
			const known = total !== undefined;
			throw new Trouble(
				'again',
				known ? sentences.notWhole(name, offset, total) : sentences.broken(name)
			);
		}
		if (!response.ok) throw troubleOf(response, name, this.#host, this.#around.date());
		if (response.headers.get('content-type')?.includes('text/html')) {
			throw new Trouble('over', sentences.webPage(name));
		}
		if (response.status === 206) {
			const total = restOf(response, offset, this.#pieces.version, bytes);
			if (offset === 0 || total === undefined) {
				await this.#pieces.drop();
				throw new Trouble('again', sentences.broken(name));
			}
			this.#resumes = true;
			this.#pieces.version.total = total;
			return total;
		}
		// the whole file, though its rest may have been asked for
		this.#resumes = false;
		if (offset) await this.#pieces.drop();
		const etag = response.headers.get('etag');
		if (etag) this.#pieces.version.etag = etag;
		return bytes;
	}

	async #take(
		response: Response,
		total: number | undefined,
		watchdog: Watchdog,
		lost: (sentence: string) => Trouble
	): Promise<void> {
		// what is held is not dead
		const silent = this.#listening.gate.onchange((closed) => {
			if (closed) watchdog.rest();
			else watchdog.fed();
		});
		try {
			await this.#takeAll(response, total, watchdog, lost);
		} finally {
			silent();
		}
	}

	async #takeAll(
		response: Response,
		total: number | undefined,
		watchdog: Watchdog,
		lost: (sentence: string) => Trouble
	): Promise<void> {
		const { signal, gate } = this.#listening;
		const { name } = this.#wanted;
		const reader = response.body?.getReader();
		for (;;) {
			if (gate.closed) {
				// not reading is enough: the network fills a little, and then the server waits
				this.#tell('paused');
				await this.#pieces.flush();
				await gate.passed(signal);
				this.#tell('downloading');
			}
			watchdog.fed();
			const { done, value } = (await reader?.read().catch(() => {
				throw lost(sentences.broken(name));
			})) ?? { done: true, value: undefined };
			watchdog.rest();
			if (done) break;

			if (this.#pieces.bytes === 0 && looksLikeHtml(value)) {
				throw new Trouble('over', sentences.webPage(name));
			}
			if (total !== undefined && this.#pieces.bytes + value.length > total) {
				throw new Trouble('anew', sentences.tooLong(name, total));
			}
			await this.#pieces.add(value);
			this.#tell(gate.closed ? 'paused' : 'downloading', value.length);
		}
		if (total !== undefined && this.#pieces.bytes < total) {
			throw new Trouble('again', sentences.notWhole(name, this.#pieces.bytes, total));
		}
	}

	async #checked(): Promise<Fetched> {
		const { name, sha256, md5 } = this.#wanted;
		const whole = await this.#pieces.whole();
		if (!whole) {
			await this.#pieces.drop();
			throw new Trouble('again', sentences.takenAway());
		}
		if (sha256 && whole.sha256 !== sha256) throw new Trouble('anew', sentences.altered(name));
		if (!sha256 && md5 && whole.md5 !== md5) throw new Trouble('anew', sentences.altered(name));
		if (!sha256 && !(await isReadable(this.#wanted, whole.blob))) {
			throw new Trouble('anew', sentences.unreadable(name));
		}
		if (this.#first && whole.sha256 !== this.#first) {
			throw new Trouble('anew', sentences.changed(name));
		}
		return { blob: whole.blob, sha256: whole.sha256, pieces: this.#pieces };
	}

	/** Waits longer each time, never all at the same moment. The seconds are counted down. */
	async #rest(failures: number, after: number | undefined): Promise<void> {
		const { backoff, random, wait } = this.#around;
		let left =
			after === undefined
				? backoff * 2 ** (failures - 1) * (0.5 + random())
				: 1000 * (after + random() * Math.max(1, after / 4));
		while (left > 0) {
			this.#tell('retrying', undefined, Math.ceil(left / 1000));
			await wait(Math.min(1000, left), this.#listening.signal);
			left -= 1000;
		}
	}

	#tell(state: Progress['state'], arrived?: number, retryIn?: number): void {
		this.#listening.tell(state, this.#pieces.bytes, arrived, retryIn);
	}
}

/** @file Puts together what is told of a download, and tells it ten times a second at most. */
import type { Progress } from './download.ts';
import { Pace } from './pace.ts';

const interval = 100; // ms

export class Teller {
	readonly #listener: (progress: Progress) => void;
	readonly #now: () => number;
	readonly #pace = new Pace();
	readonly #estimate: number;
	#whole = 0;
	#total: number | undefined;
	#file = '';
	#last:
		{ state: Progress['state']; file: string; retryIn: number | undefined; at: number } | undefined;

	/** @param estimate bytes of the whole model, until they are known */
	constructor(estimate: number, listener: (progress: Progress) => void, now: () => number) {
		this.#estimate = estimate;
		this.#listener = listener;
		this.#now = now;
	}

	get file(): string {
		return this.#file;
	}

	begin(file: string): void {
		this.#file = file;
	}

	/** One more file is here. */
	finish(bytes: number): void {
		this.#whole += bytes;
	}

	/** What is still to come is known now. */
	settle(rest: number): void {
		this.#total = this.#whole + rest;
	}

	/**
	 * @param part bytes of the file that is arriving
	 * @param arrived bytes that have just come over the network
	 */
	tell(state: Progress['state'], part: number, arrived = 0, retryIn?: number): void {
		const at = this.#now();
		if (arrived) this.#pace.add(arrived, at);
		if (state !== 'downloading') this.#pace.reset();
		const last = this.#last;
		const file = this.#file;
		if (
			last?.state === state &&
			last.file === file &&
			last.retryIn === retryIn &&
			at - last.at < interval
		) {
			return;
		}
		this.#last = { state, file, retryIn, at };
		const bytes = this.#whole + part;
		const total = Math.max(this.#total ?? this.#estimate, bytes);
		const speed = this.#pace.speed(at);
		this.#listener({
			state,
			bytes,
			total,
			file,
			...(speed ? { speed, left: (total - bytes) / speed } : {}),
			...(retryIn === undefined ? {} : { retryIn })
		});
	}
}

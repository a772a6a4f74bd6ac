/** Every worker's program answers so, whatever else it says. */
export type Alive = { type: 'hello' } | { type: 'pong' };

/** What readers are told when a worker is lost. */
export type Losses = {
	/** Its program did not come. */
	noProgram(): string;
	/** It stopped answering. */
	silent(): string;
	/** @param cause what the browser says about it */
	broke(cause: string): string;
};

/** A worker whose program has not arrived after so long is given up. */
const PATIENCE = 20_000; // ms
/** While something is awaited the worker is pinged this often … */
const BEAT = 450; // ms
/** … and lost when so many pings in a row go unanswered: in all, after 2.3 to 2.7 seconds. */
export const MISSES = 5;

/**
 * One worker, from its start to its end, and whether it lives. A worker that dies fires no event,
 * so while the page waits for an answer it is pinged; at rest nothing ticks.
 */
export class Link<To, From extends { type: string }> {
	/** How many pings in a row may go unanswered: more where the worker has to do what nothing can interrupt. */
	misses = MISSES;

	readonly #worker: Worker | undefined;
	readonly #tell: { message(message: From): void; lost(sentence: string): void };
	readonly #losses: Losses;

	#greeted = false;
	#heard = true;
	#missed = 0;
	#awaiting = false;
	#closed = false;
	#lastBeat = 0;
	#beat: ReturnType<typeof setInterval> | undefined;
	#patience: ReturnType<typeof setTimeout> | undefined;

	/** @param tell `lost` is called at most once, and nothing after it or after `close` */
	constructor(
		createWorker: () => Worker,
		tell: { message(message: From): void; lost(sentence: string): void },
		losses: Losses
	) {
		this.#tell = tell;
		this.#losses = losses;
		try {
			this.#worker = createWorker();
		} catch {
			// no workers here, or not from this address: said later, as the caller has no link yet
			queueMicrotask(() => this.#lose(this.#losses.noProgram()));
			return;
		}
		this.#worker.onmessage = ({ data }: MessageEvent<From | Alive>) => this.#hear(data);
		this.#worker.onmessageerror = () => this.#lose(this.#losses.silent());
		this.#worker.onerror = (event) => {
			event.preventDefault();
			this.#lose(this.#greeted ? this.#losses.broke(event.message) : this.#losses.noProgram());
		};
		this.#patience = setTimeout(() => this.#lose(this.#losses.noProgram()), PATIENCE);
	}

	post(message: To | { type: 'ping' }): void {
		this.#worker?.postMessage(message);
	}

	/** Whether the page waits for something that only the worker can say. */
	set awaiting(awaiting: boolean) {
		this.#awaiting = awaiting;
		if (awaiting && this.#greeted && !this.#beat && !this.#closed) {
			this.#missed = 0;
			this.#lastBeat = performance.now();
			this.#ping();
			this.#beat = setInterval(() => this.#onBeat(), BEAT);
		}
	}

	/** Ends the worker, whatever it is doing. */
	close(): void {
		this.#closed = true;
		clearTimeout(this.#patience);
		clearInterval(this.#beat);
		if (!this.#worker) return;
		this.#worker.onmessage = this.#worker.onmessageerror = this.#worker.onerror = null;
		this.#worker.terminate();
	}

	#hear(message: From | Alive): void {
		this.#heard = true;
		if (message.type === 'hello') {
			clearTimeout(this.#patience);
			this.#greeted = true;
			this.awaiting = this.#awaiting; // what was awaited before begins to be watched now
		} else if (message.type !== 'pong') {
			this.#tell.message(message as From);
		}
	}

	#onBeat(): void {
		const now = performance.now();
		// A page that was busy or asleep had no chance to hear an answer: that is no silence.
		const late = now - this.#lastBeat > 1.5 * BEAT;
		this.#lastBeat = now;

		if (!this.#awaiting) {
			clearInterval(this.#beat);
			this.#beat = undefined;
			return;
		}
		if (this.#heard) this.#missed = 0;
		else if (!late) this.#missed++;
		if (this.#missed >= this.misses) {
			this.#lose(this.#losses.silent());
			return;
		}
		this.#ping();
	}

	#ping(): void {
		this.#heard = false;
		this.post({ type: 'ping' });
	}

	#lose(sentence: string): void {
		if (this.#closed) return;
		this.close();
		this.#tell.lost(sentence);
	}
}

import type { Reason, Request, RunEvent } from '#lib/events.ts';
import type { FromWorker, Spent } from './protocol.ts';

/** What a run needs of the engine that carries it. */
export type Carrier = {
	/** The first event is asked for: have the prompt prepared. */
	begin(run: PocketRun): void;
	/** One more token is asked for. */
	pull(run: PocketRun): void;
	/** Nothing more is wanted; called once, for every run that began. */
	end(run: PocketRun): void;
};

/** Messages that speak of one run. */
type RunMessage = Extract<FromWorker, { run: number }>;

/**
 * One run as a generator written by hand: `return()` of a generator function would wait for the
 * token that is being computed, and this one must end at once.
 *
 * The page decides when a run is over, not the worker, so a run settles whatever the worker does.
 * A run reports `started`, its tokens, and `settled`. One that is cancelled or fails before it could
 * start reports `settled` alone, with all counts at 0: what never started is not billed.
 */
export class PocketRun implements AsyncGenerator<RunEvent, void, void> {
	readonly request: Request;

	readonly #carrier: Carrier;
	readonly #signal: AbortSignal;
	readonly #cancel = () => this.settle('cancelled');

	#state: 'new' | 'running' | 'settled' | 'done' = 'new';
	#waiting: ((result: IteratorResult<RunEvent, void>) => void)[] = [];
	#last: RunEvent | undefined;

	#startedAt: number | undefined;
	#promptTokens = 0;
	#cachedTokens = 0;
	#outputTokens = 0;
	#spent: Spent = { prefillMs: 0, decodeMs: 0 };

	constructor(request: Request, signal: AbortSignal, carrier: Carrier) {
		this.request = request;
		this.#signal = signal;
		this.#carrier = carrier;
	}

	/** Whether somebody waits for the next event. */
	get awaited(): boolean {
		return this.#waiting.length > 0;
	}

	next(): Promise<IteratorResult<RunEvent, void>> {
		if (this.#state === 'done') return Promise.resolve({ done: true, value: undefined });
		return new Promise((resolve) => {
			this.#waiting.push(resolve);
			if (this.#state === 'new') this.#begin();
			else if (this.#state === 'settled') this.#finish();
			else if (this.#startedAt !== undefined) this.#carrier.pull(this);
		});
	}

	/** Ends the run; a `next()` that is still waiting gets `settled`. */
	async return(): Promise<IteratorResult<RunEvent, void>> {
		this.settle('cancelled');
		this.#state = 'done';
		return { done: true, value: undefined };
	}

	async throw(error: unknown): Promise<IteratorResult<RunEvent, void>> {
		await this.return();
		throw error;
	}

	[Symbol.asyncIterator](): this {
		return this;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.return();
	}

	/** Takes what the worker says about this run, until it ends. */
	hear(message: RunMessage): void {
		if (message.type === 'reading') {
			this.#spent = message.spent;
			return;
		}
		if (message.type === 'started') {
			const { promptTokens, cachedTokens } = message;
			this.#startedAt = performance.now();
			this.#promptTokens = promptTokens;
			this.#cachedTokens = cachedTokens;
			this.#deliver({ type: 'started', at: 0, promptTokens, cachedTokens });
			// whoever asked ahead for tokens asked before there was anything to pull from
			if (!message.over) this.#waiting.forEach(() => this.#carrier.pull(this));
		} else {
			this.#outputTokens++;
			this.#spent = message.spent;
			this.#deliver({ type: 'token', at: this.#at(), ...message.token });
		}
		if (message.over) this.settle(message.over);
	}

	/** Ends the run, once: whatever comes later is ignored. */
	settle(reason: Reason, error?: string): void {
		if (this.#state === 'new') this.#state = 'done';
		if (this.#state !== 'running') return;

		this.#conclude(reason, error);
		this.#signal.removeEventListener('abort', this.#cancel);
		this.#carrier.end(this);
		if (this.awaited) this.#finish();
	}

	#begin(): void {
		if (this.#signal.aborted) {
			this.#conclude('cancelled');
			this.#finish();
			return;
		}
		this.#state = 'running';
		this.#signal.addEventListener('abort', this.#cancel);
		this.#carrier.begin(this);
	}

	#conclude(reason: Reason, error?: string): void {
		this.#state = 'settled';
		this.#last = {
			type: 'settled',
			at: this.#at(),
			usage: {
				promptTokens: this.#promptTokens,
				cachedTokens: this.#cachedTokens,
				outputTokens: this.#outputTokens,
				...this.#spent
			},
			reason,
			...(error === undefined ? {} : { error })
		};
	}

	#deliver(value: RunEvent): void {
		this.#waiting.shift()?.({ done: false, value });
	}

	/** Hands out the last event, and tells all others that wait that there is no more. */
	#finish(): void {
		this.#state = 'done';
		this.#deliver(this.#last!);
		for (const resolve of this.#waiting.splice(0)) resolve({ done: true, value: undefined });
	}

	#at(): number {
		return this.#startedAt === undefined ? 0 : performance.now() - this.#startedAt;
	}
}

import type { Reason, Request, RunEvent, Token } from '#lib/events.ts';

/** Milliseconds spent computing, waiting for pulls not included. */
export type Spent = { prefillMs: number; decodeMs: number };

/** A token as it was drawn. */
export type Drawn = {
	token: Omit<Token, 'at'>;
	/** Milliseconds between its being drawn and the message. */
	ago: number;
	/** By the whole run up to this token. */
	spent: Spent;
};

/** Why a run needs no further pull. */
export type Over = 'finished' | 'length';

/** What a worker says of one run. */
export type RunMessage =
	| { type: 'started'; promptTokens: number; cachedTokens: number; over?: Over }
	/** A part of the prompt has been read. */
	| { type: 'reading'; spent: Spent }
	/** Answers one pull. */
	| { type: 'tokens'; tokens: Drawn[]; over?: Over };

/** What a run needs of the engine that carries it. */
export type Carrier = {
	/** The first event is asked for: have the prompt prepared. */
	begin(run: PulledRun): void;
	/** Tokens are asked for: as many as can be computed in so many milliseconds, one at least. */
	pull(run: PulledRun, burst: number): void;
	/** Nothing more is wanted; called once, for every run that began. */
	end(run: PulledRun): void;
};

/**
 * One run as a generator written by hand: `return()` of a generator function would wait for the
 * token that is being computed, and this one must end at once.
 *
 * The page decides when a run is over, not the worker, so a run settles whatever the worker does.
 * A run reports `started`, its tokens, and `settled`. One that is cancelled or fails before it could
 * start reports `settled` alone, with all counts at 0: what never started is not billed.
 */
export class PulledRun implements AsyncGenerator<RunEvent, void, void> {
	readonly request: Request;

	readonly #burst: () => number;
	readonly #carrier: Carrier;
	readonly #signal: AbortSignal;
	readonly #cancel = () => this.settle('cancelled');

	#state: 'new' | 'running' | 'settled' | 'done' = 'new';
	#waiting: ((result: IteratorResult<RunEvent, void>) => void)[] = [];
	/** Tokens that came beyond those that were asked for. While there are any, nobody waits. */
	#held: { event: RunEvent; spent: Spent }[] = [];
	/** How the run ends once what is held has been handed out. */
	#end: { reason: Reason; error: string | undefined } | undefined;
	/** Pulls that have not been answered. */
	#pulls = 0;
	#last: RunEvent | undefined;

	#startedAt: number | undefined;
	#promptTokens = 0;
	#cachedTokens = 0;
	#outputTokens = 0;
	#lastAt = 0; // ms
	#spent: Spent = { prefillMs: 0, decodeMs: 0 };

	/** @param burst how long to compute for one `next()`, in milliseconds; see RunOptions */
	constructor(
		request: Request,
		signal: AbortSignal,
		carrier: Carrier,
		burst: () => number = () => 0
	) {
		this.request = request;
		this.#burst = burst;
		this.#signal = signal;
		this.#carrier = carrier;
	}

	/** Whether somebody waits for the next event. */
	get awaited(): boolean {
		return this.#waiting.length > 0;
	}

	/** Tokens that have been handed out. */
	get written(): number {
		return this.#outputTokens;
	}

	next(): Promise<IteratorResult<RunEvent, void>> {
		if (this.#state === 'done') return Promise.resolve({ done: true, value: undefined });
		return new Promise((resolve) => {
			this.#waiting.push(resolve);
			if (this.#state === 'new') this.#begin();
			else if (this.#state === 'settled') this.#finish();
			else if (this.#held.length) this.#handOut();
			else if (this.#startedAt !== undefined) this.#pull();
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
			if (message.over) this.settle(message.over);
			else this.#waiting.forEach(() => this.#pull());
		} else {
			this.#pulls--;
			const now = this.#at();
			for (const drawn of message.tokens) this.#hold(drawn, now);
			if (message.over) this.#end = { reason: message.over, error: undefined };
			this.#handOut();
			if (this.awaited && !this.#pulls) this.#pull();
		}
	}

	/** Asks for tokens. Of bursts there is one at a time: a second would compute what nobody asked for. */
	#pull(): void {
		const burst = this.#burst();
		if (burst > 0 && this.#pulls) return;
		this.#pulls++;
		this.#carrier.pull(this, burst > 0 ? burst : 0);
	}

	/** @param now milliseconds since `started` */
	#hold({ token, ago, spent }: Drawn, now: number): void {
		// messages take a little longer now and then; time does not go back
		this.#lastAt = Math.max(this.#lastAt, now - ago);
		this.#held.push({ event: { type: 'token', at: this.#lastAt, ...token }, spent });
	}

	/** Gives those who wait what is held. The run is over when the last of it has been taken. */
	#handOut(): void {
		while (this.#held.length && this.#waiting.length) {
			const { event, spent } = this.#held.shift()!;
			this.#outputTokens++;
			this.#spent = spent;
			this.#deliver(event);
		}
		if (this.#end && !this.#held.length) this.settle(this.#end.reason, this.#end.error);
	}

	/**
	 * Ends the run, once: whatever comes later is ignored. What has come is still handed out, unless
	 * nobody wants it any more.
	 */
	settle(reason: Reason, error?: string): void {
		if (this.#state === 'new') this.#state = 'done';
		if (this.#state !== 'running') return;
		if (reason !== 'cancelled' && this.#held.length) {
			this.#end = { reason, error };
			return;
		}

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
		this.#held = [];
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

import type { Engine } from '#lib/engine/engine.ts';
import type { Request, RunEvent, RunRecord, Reason, Token, Usage } from '#lib/events.ts';
import type { Counts } from '#lib/meter/basis.ts';
import { tooSoon, untilBeat } from '#lib/ui/beat.ts';
import { Pace } from './pace.ts';

/** How a run gets to the screen. */
export type Doors = {
	/** Something that can run a model; fetched when it is first wanted. */
	engine: () => Promise<Engine>;
	/** The tab, through which every live run passes. */
	watch: (run: AsyncIterable<RunEvent>) => AsyncIterable<RunEvent>;
	/** For readers who want less motion: text appears by sentences, not by tokens. */
	bySentence?: () => boolean;
};

/** A run as far as it has come; replaced whole, at most once a frame. */
export type Shown = {
	/** A recorded run stays labelled as one, also while it is replayed. */
	source: 'recorded' | 'live';
	request: Request;
	counts: Counts;
	/** The texts of the prompt's tokens, where they are known. */
	cuts?: readonly string[];
	/** All tokens so far: `counts.came` of them are meant to be seen. Grows in place. */
	tokens: readonly Token[];
	usage?: Usage;
	reason?: Reason;
	/** The conversation did not fit the model's window, and its beginning fell out. */
	forgot?: boolean;
	/** A plain sentence: what went wrong. */
	error?: string;
};

export type Phase = 'rest' | 'starting' | 'running' | 'replaying';

const notLoaded =
	'The program that runs the model could not be loaded. Check the connection, then press Run again.';

/** With more than so many tokens at a time, publications keep the page's beat. */
const FEW = 2;

/** A sentence that does not end is shown after so long all the same. */
const PATIENCE = 1500; // ms

/** When no frame comes (a hidden tab), what has been collected is published after so long. */
const AT_LATEST = 150; // ms

/** The run on screen: a recorded one at first, then whatever the reader starts. One at a time. */
export class Run {
	readonly pace: Pace;

	readonly #doors: Doors;
	readonly #record: RunRecord & { cuts?: readonly string[] };
	#phase = $state<Phase>('rest');
	#shown: Shown = $state.raw(null!);
	#reference: Counts = $state.raw(null!);
	#liveTokens = $state(0);

	/** What has been collected and not yet published. */
	#next: Shown;
	#frame = 0;
	#soon: ReturnType<typeof setTimeout> | undefined;
	#latest: ReturnType<typeof setTimeout> | undefined;
	#published = -Infinity; // ms
	#fast = false;
	#stop: AbortController | undefined;
	#gone = false;

	constructor(record: RunRecord & { cuts?: readonly string[] }, pace: Pace, doors: Doors) {
		this.#record = record;
		this.#doors = doors;
		this.pace = pace;
		this.#next = this.#shown = recorded(record);
		this.#reference = this.#shown.counts;
	}

	get phase(): Phase {
		return this.#phase;
	}

	get shown(): Shown {
		return this.#shown;
	}

	/** Counts of the last run that settled with something on it. */
	get reference(): Counts {
		return this.#reference;
	}

	/** Tokens that a live run has written; 0 until there is one. */
	get liveTokens(): number {
		return this.#liveTokens;
	}

	/**
	 * Runs `request` live. If no engine can, the record is replayed, with the reason.
	 * @returns when the run is over, whether it is still to be seen; never rejects
	 */
	async start(request: Request): Promise<boolean> {
		if (this.#stop) return false;
		const before = this.#shown;
		const stop = (this.#stop = new AbortController());
		this.#phase = 'starting';
		this.#publish({ source: 'live', request, counts: { sent: 0, came: 0 }, tokens: [] });
		this.#liveTokens = 0;

		let failure: string | undefined;
		try {
			const engine = await this.#doors.engine().catch(() => {
				throw new Error(notLoaded);
			});
			if (!stop.signal.aborted) {
				await this.#follow(engine, request, stop.signal);
			}
		} catch (thrown) {
			failure = thrown instanceof Error ? thrown.message : String(thrown);
		}
		const { usage, counts, error = failure } = this.#next;

		if (!usage || (error && !counts.came)) {
			// Nothing was run, or nothing came of it: the stream is not left empty.
			if (stop.signal.aborted || this.#gone) this.#publish(before);
			else
				await this.#replay(
					error ?? 'The model wrote nothing. Press Run to start it again.',
					stop.signal
				);
		}
		this.#flush();
		if (this.#shown.counts.came) this.#reference = this.#shown.counts;
		this.#stop = undefined;
		this.#phase = 'rest';
		return !this.#gone;
	}

	/** Ends the run on screen. What has been written stays. */
	stop(): void {
		this.#stop?.abort();
	}

	/** Ends whatever runs, and shows nothing more. The run still settles, and is billed. */
	leave(): void {
		this.#gone = true;
		this.stop();
		this.#unschedule();
	}

	/** The texts of the prompt's tokens, found after the run began. */
	cut(request: Request, cuts: readonly string[]): void {
		if (this.#next.request !== request) return;
		this.#next = { ...this.#next, cuts };
		this.#schedule();
	}

	async #follow(engine: Engine, request: Request, signal: AbortSignal): Promise<void> {
		const tokens: Token[] = [];

		for await (const event of this.#doors.watch(engine.run(request, signal))) {
			switch (event.type) {
				case 'started':
					this.#phase = 'running';
					this.#next = {
						...this.#next,
						counts: { sent: event.promptTokens, came: 0 },
						forgot: 'forgotten' in engine && engine.forgotten === true,
						tokens
					};
					break;
				case 'token':
					tokens.push(event);
					this.#next = {
						...this.#next,
						counts: { sent: this.#next.counts.sent, came: tokens.length }
					};
					break;
				case 'settled':
					this.#next = {
						...this.#next,
						usage: event.usage,
						reason: event.reason,
						...(event.error ? { error: event.error } : {})
					};
			}
			if (event.type !== 'token' || this.#due(event)) this.#schedule();
			if (event.type !== 'settled') await this.pace.next(signal);
		}
	}

	/** The record once more, token by token. It is no use of the model: it does not pass the tab. */
	async #replay(error: string, signal: AbortSignal): Promise<void> {
		this.#phase = 'replaying';
		const whole = { ...recorded(this.#record), error };

		for (let came = 0; came <= whole.counts.came && !signal.aborted; came++) {
			this.#next = { ...whole, counts: { ...whole.counts, came } };
			this.#schedule();
			await this.pace.next(signal);
		}
		this.#next = whole;
	}

	/** Whether a token asks to be seen now. */
	#due({ index, text, special }: Token): boolean {
		if (index === 0 || special || !this.#doors.bySentence?.()) return true;
		return /[.!?\n]/.test(text) || performance.now() - this.#published > PATIENCE;
	}

	#publish(shown: Shown): void {
		this.#next = shown;
		this.#flush();
	}

	#schedule(): void {
		if (this.#latest !== undefined || this.#gone) return;
		const frame = () => (this.#frame = requestAnimationFrame(() => this.#flush()));
		if (this.#fast && tooSoon(this.#published)) this.#soon = setTimeout(frame, untilBeat());
		else frame();
		this.#latest = setTimeout(() => this.#flush(), AT_LATEST);
	}

	#unschedule(): void {
		cancelAnimationFrame(this.#frame);
		clearTimeout(this.#soon);
		clearTimeout(this.#latest);
		this.#latest = undefined;
	}

	#flush(): void {
		this.#unschedule();
		if (this.#gone) return;
		this.#published = performance.now();
		this.#fast = this.#next.counts.came - this.#shown.counts.came > FEW;
		this.#shown = this.#next;
		if (this.#next.source === 'live') this.#liveTokens = this.#next.counts.came;
	}
}

function recorded(record: RunRecord & { cuts?: readonly string[] }): Shown {
	const { request, tokens, usage, cuts } = record;
	return {
		source: 'recorded',
		request,
		counts: { sent: usage.promptTokens, came: usage.outputTokens },
		...(cuts ? { cuts } : {}),
		tokens,
		usage
	};
}

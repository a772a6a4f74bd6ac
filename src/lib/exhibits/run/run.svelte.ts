import { messageOf } from '#lib/engine/told.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { Request, RunEvent, RunRecord, Token } from '#lib/events.ts';
import type { Counts } from '#lib/meter/basis.ts';
import type { About } from '#lib/meter/tab.svelte.ts';
import { onBeat, onFrame, untilBeat } from '#lib/ui/beat.ts';
import { Gate } from './gate.svelte.ts';
import { Pace } from './pace.ts';
import { notLoaded } from './pocket.ts';
import { recordOf } from './record-of.ts';
import { fresh, recorded, type Recording, type Shown } from './shown.ts';

/** How a run gets to the screen. */
export type Doors = {
	/** Something that can run a model; fetched when it is first wanted. */
	engine: () => Promise<Engine>;
	/** The tab, through which every live run passes. */
	watch: (run: AsyncIterable<RunEvent>, about: About) => AsyncIterable<RunEvent>;
	/** For readers who want less motion: text appears by sentences, not by tokens. */
	bySentence?: () => boolean;
};

export type Phase = 'rest' | 'starting' | 'running' | 'replaying';

/** What can be kept, opened and played: a run, or an exhibit of several. */
export type Playable = Pick<Run, 'phase' | 'shown' | 'kept' | 'stop' | 'play'> & {
	readonly gate: Pick<Gate, 'closed' | 'open' | 'step'>;
	/**
	 * Shows a recording in the place of what was there.
	 * @returns whether it could, as it cannot while something runs
	 * @throws an error whose message is a sentence for readers
	 */
	open(record: Recording): boolean | Promise<boolean>;
};

/** With more than so many tokens at a time, publications keep the page's beat. */
const FEW = 2;

/** A sentence that does not end is shown after so long all the same. */
const PATIENCE = 1500; // ms

/** At full pace tokens come together, on the page's beat or, when that is nearer than so, on the next. */
const SHORT = 25; // ms

/** The run on screen: a recorded one at first, then whatever the reader starts. One at a time. */
export class Run {
	readonly pace: Pace;
	/** Holds the run between two tokens, or lets them through one by one. */
	readonly gate = new Gate();

	readonly #doors: Doors;
	#record: Recording = $state.raw(null!);
	#phase = $state<Phase>('rest');
	#shown: Shown = $state.raw(null!);
	#reference: Counts = $state.raw(null!);
	#liveTokens = $state(0);

	/** What has been collected and not yet published. */
	#next: Shown;
	#unschedule = () => {};
	#published = -Infinity; // ms
	#fast = false;
	#stop: AbortController | undefined;
	#gone = false;

	constructor(record: Recording, pace: Pace, doors: Doors) {
		this.#doors = doors;
		this.pace = pace;
		this.#record = record;
		this.#next = this.#shown = recorded(record);
		this.#reference = this.#shown.counts;
	}

	get phase(): Phase {
		return this.#phase;
	}

	get shown(): Shown {
		return this.#shown;
	}

	/** The recording that `play` plays: the exhibit's own, until another is opened. */
	get record(): Recording {
		return this.#record;
	}

	/** Counts of the last run that settled with something on it. */
	get reference(): Counts {
		return this.#reference;
	}

	/** Tokens that a live run has written; 0 until there is one. */
	get liveTokens(): number {
		return this.#liveTokens;
	}

	/** What is shown, as a run record to be saved; nothing while it grows, or when nothing came. */
	get kept(): RunRecord | undefined {
		return this.#phase === 'rest' ? recordOf(this.#shown) : undefined;
	}

	/** Shows a recorded run, complete, in the place of what was there. Not while one goes on. */
	open(record: Recording): boolean {
		if (this.#stop) return false;
		this.#record = record;
		this.#publish(recorded(record));
		this.#reference = this.#shown.counts;
		this.#liveTokens = 0;
		return true;
	}

	/**
	 * Plays the recording with the timing it had. It is no use of the model: it does not pass the tab.
	 * @param speed 2 plays in half the time, `Infinity` all at once
	 * @returns when it is over, whether it is still to be seen; never rejects
	 */
	async play(speed = 1): Promise<boolean> {
		if (this.#stop) return false;
		const { signal } = (this.#stop = new AbortController());
		this.#liveTokens = 0;
		await this.#replay(this.#record, signal, { speed });
		return this.#rest();
	}

	/**
	 * Runs `request` live. If no engine can, a recording is played, with the reason.
	 * @returns when the run is over, whether it is still to be seen; never rejects
	 */
	async start(request: Request): Promise<boolean> {
		if (this.#stop) return false;
		const before = this.#shown;
		const { signal } = (this.#stop = new AbortController());
		this.#phase = 'starting';
		this.#publish(fresh(request));
		this.#liveTokens = 0;

		let failure: string | undefined;
		try {
			const engine = await this.#doors.engine().catch(() => {
				throw new Error(notLoaded());
			});
			if (!signal.aborted) {
				const { name, model } = engine;
				this.#next = { ...this.#next, by: { engine: name, model } };
				const about = { model: model.name, request };
				const burst = () => this.#burst;
				const events = this.#doors.watch(engine.run(request, signal, { burst }), about);
				await this.#follow(events, signal, engine, this.pace);
			}
		} catch (thrown) {
			failure = messageOf(thrown);
		}
		const { usage, counts, error = failure } = this.#next;

		if (!usage || (error && !counts.came)) {
			// Nothing was run, or nothing came of it: the stream is not left empty.
			if (signal.aborted) this.#publish(before);
			else {
				const record = await this.#recording(request);
				const sentence = error ?? 'The model wrote nothing. Press Run to start it again.';
				await this.#replay(record, signal, { sentence });
			}
		}
		return this.#rest();
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
		if (this.#record.request === request) this.#record = { ...this.#record, cuts };
		if (this.#next.request !== request) return;
		this.#next = { ...this.#next, cuts };
		this.#schedule();
	}

	async #follow(
		events: AsyncIterable<RunEvent>,
		signal: AbortSignal,
		engine: object,
		pace: Pace
	): Promise<void> {
		const tokens: Token[] = [];

		for await (const event of events) {
			switch (event.type) {
				case 'started':
					if (this.#next.source === 'live') this.#phase = 'running';
					this.#next = {
						...this.#next,
						counts: { sent: event.promptTokens, came: 0 },
						forgot: 'forgotten' in engine && engine.forgotten === true,
						...('cuts' in engine ? { cuts: engine.cuts as readonly string[] } : {}),
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
			if (event.type !== 'settled') {
				await pace.next(signal);
				if (this.gate.closed) {
					await this.gate.next(signal);
					pace.afresh();
				}
			}
		}
	}

	/**
	 * A recording, token by token: with its own timing, or, in the place of a run that could not be, at
	 * the reader's pace and with the reason.
	 */
	async #replay(
		record: Recording,
		signal: AbortSignal,
		{ speed, sentence }: { speed?: number; sentence?: string }
	): Promise<void> {
		this.#phase = 'replaying';
		const whole = { ...recorded(record), ...(sentence ? { error: sentence } : {}) };
		this.#publish({ ...whole, counts: { ...whole.counts, came: 0 } });

		try {
			const { replay } = await import('#lib/engine/replay.ts');
			const engine = replay(record, { speed: speed ?? Infinity });
			// with its own timing it waits by itself, and need only let the page breathe
			const pace = speed === undefined ? this.pace : new Pace(Infinity);
			await this.#follow(engine.run(record.request, signal), signal, engine, pace);
		} catch {
			// the player could not be fetched: the recording stands there, complete
		}
		this.#next = whole;
	}

	/** What plays in the place of a run that could not be: a recording of the same prompt, if there is one. */
	async #recording(request: Request): Promise<Recording> {
		const asked = JSON.stringify(request.messages);
		if (JSON.stringify(this.#record.request.messages) === asked) return this.#record;
		const found = await import('./library.ts')
			.then(({ recordingOf }) => recordingOf(request))
			.catch(() => undefined); // neither can it be fetched
		return found ?? this.#record;
	}

	#rest(): boolean {
		this.#flush();
		if (this.#shown.counts.came) this.#reference = this.#shown.counts;
		this.#stop = undefined;
		this.#phase = 'rest';
		return !this.#gone;
	}

	/** At full pace tokens may come together: they are shown together as well. Held, none is computed ahead. */
	get #burst(): number {
		return this.pace.rate === Infinity && !this.gate.closed ? untilBeat(SHORT) : 0;
	}

	/** Whether a token asks to be seen now. */
	#due({ index, text, special }: Token): boolean {
		if (index === 0 || special || this.gate.closed || !this.#doors.bySentence?.()) return true;
		return /[.!?\n]/.test(text) || performance.now() - this.#published > PATIENCE;
	}

	#publish(shown: Shown): void {
		this.#next = shown;
		this.#flush();
	}

	#schedule(): void {
		this.#unschedule = this.#fast ? onBeat(this.#flush) : onFrame(this.#flush);
	}

	readonly #flush = (): void => {
		this.#unschedule();
		if (this.#gone) return;
		this.#published = performance.now();
		this.#fast = this.#next.counts.came - this.#shown.counts.came > FEW;
		this.#shown = this.#next;
		if (this.#next.source === 'live') this.#liveTokens = this.#next.counts.came;
	};
}

import { messageOf } from '#lib/engine/told.ts';
import type { Look, LookRequest, Retraced } from '#lib/engine/pocket/protocol.ts';
import type { Reason, Request, RunEvent, Token, Usage } from '#lib/events.ts';
import type { Workings } from '#lib/tiny/generate.ts';
import { Random } from '#lib/tiny/random.ts';
import type { Watch } from '../ask.ts';
import { passes, type Hand } from '../next/passes.ts';
import { rankAt, rulerOf, type Ruler } from '../next/ruler.ts';
import { unpack as unpackScores } from '../next/strip-data.ts';
import { Pace } from '../run/pace.ts';
import type { Phase } from '../run/run.svelte.ts';
import type { Origin, Shown } from '../run/shown.ts';
import type { LaterPasses, Recording } from './recording.ts';
import type { Settings } from './settings.svelte.ts';
import { fitted, type Subject } from './subject.ts';
import { unpack } from './workings.ts';

export type Doors = {
	/** What was recorded, and is looked into at first. */
	pocket: Subject;
	/** The tab, through which every live run passes. */
	watch: Watch;
	/** The passes of the recording after the first: fetched when one of them is looked at. */
	later: () => Promise<LaterPasses>;
};

/** One turn: the scores after some text, the number drawn, and the token it fell on. */
export type Turn = {
	/** Of the recording at first only the first has them. [vocabulary] */
	logprobs?: Float32Array;
	/** A score less the logarithm of its probability. */
	level: number;
	number: number;
	id: number;
	logprob: number;
};

/** One text on its way through the model: recorded at first, then whatever the reader types. */
export class Inside {
	readonly pace: Pace;
	readonly #settings: Settings;
	readonly #doors: Doors;
	readonly #recording: Recording;

	#subject: Subject = $state.raw(null!);
	#sent: readonly number[] = $state.raw([]);
	#turns: readonly Turn[] = $state.raw([]);
	#workings: Workings = $state.raw(null!);
	#retraced: Retraced | undefined = $state.raw();
	#by: Origin = $state.raw(null!);
	#request: Request = $state.raw(null!);
	#source = $state<'recorded' | 'live'>('recorded');
	#phase = $state<Phase>('rest');
	#left = $state(0);
	#unknown: readonly string[] = $state.raw([]);
	#at = $state(0);
	#error: string | undefined = $state();
	#usage: Usage | undefined = $state.raw();
	#reason: Reason | undefined = $state();
	#liveTokens = $state(0);
	#tokens: Token[] = [];
	#stop: AbortController | undefined;

	/** The pass on show reads so many of the tokens that were written. */
	readonly at: number = $derived(Math.min(this.#at, Math.max(this.#turns.length - 1, 0)));
	readonly turn: Turn | undefined = $derived(this.#turns[this.at]);
	/** All tokens that the pass on show reads. */
	readonly read: readonly number[] = $derived([
		...this.#sent,
		...this.#turns.slice(0, this.at).map(({ id }) => id)
	]);
	/** The shares under the reader's temperature and top-k. */
	readonly ruler: Ruler | undefined = $derived.by(
		() => this.turn?.logprobs && rulerOf(this.turn.logprobs, this.#settings.bend)
	);
	/** Where on it the drawn number falls. */
	readonly rank: number | undefined = $derived(
		this.ruler && this.turn && rankAt(this.ruler, this.turn.number)
	);

	constructor(recording: Recording, settings: Settings, pace: Pace, doors: Doors) {
		this.#settings = settings;
		this.#doors = doors;
		this.#recording = recording;
		this.pace = pace;
		this.showRecording();
	}

	/** What was recorded is on show again. */
	showRecording(): void {
		if (this.#stop) return;
		const recording = this.#recording;
		this.#subject = this.#doors.pocket;
		this.#source = 'recorded';
		this.#left = this.#at = 0;
		this.#unknown = [];
		this.#error = this.#usage = this.#reason = undefined;
		this.#by = recording;
		this.#request = recording.request;
		this.#sent = recording.ids;
		this.#workings = unpack(recording.workings);
		this.#retraced = recording.retraced;
		this.#turns = recording.written.map((turn, i) => ({
			...turn,
			level: recording.level,
			...(i === 0 ? { logprobs: unpackScores(recording.logprobs) } : {})
		}));
	}

	/** Whose inside is on show. */
	get subject(): Subject {
		return this.#subject;
	}

	get sent(): readonly number[] {
		return this.#sent;
	}

	get turns(): readonly Turn[] {
		return this.#turns;
	}

	get workings(): Workings {
		return this.#workings;
	}

	get retraced(): Retraced | undefined {
		return this.#retraced;
	}

	get by(): Origin {
		return this.#by;
	}

	get source(): 'recorded' | 'live' {
		return this.#source;
	}

	get phase(): Phase {
		return this.#phase;
	}

	/** Tokens of the reader's text that did not fit. */
	get left(): number {
		return this.#left;
	}

	/** Characters of it that the model has no token for. */
	get unknown(): readonly string[] {
		return this.#unknown;
	}

	get error(): string | undefined {
		return this.#error;
	}

	get liveTokens(): number {
		return this.#liveTokens;
	}

	get shown(): Shown {
		return {
			source: this.#source,
			by: this.#by,
			request: this.#request,
			counts: { sent: this.#sent.length, came: this.#liveTokens },
			tokens: this.#tokens,
			...(this.#usage ? { usage: this.#usage } : {}),
			...(this.#reason ? { reason: this.#reason } : {}),
			...(this.#error ? { error: this.#error } : {})
		};
	}

	/** Another pass of the same run is looked at, the last where there are not so many. Never rejects. */
	async show(at: number): Promise<void> {
		const turns = this.#turns;
		if (at > 0 && turns.some(({ logprobs }) => !logprobs)) {
			let later: LaterPasses;
			try {
				later = await this.#doors.later();
			} catch {
				if (turns === this.#turns) this.#error = notFetched();
				return;
			}
			// something else is on show by now
			if (turns !== this.#turns) return;
			this.#error = undefined;
			this.#workings = unpack(later.workings);
			this.#turns = turns.map((turn, i) =>
				turn.logprobs
					? turn
					: { ...turn, logprobs: unpackScores(later.logprobs[i - 1]), level: later.levels[i - 1] }
			);
		}
		this.#at = at;
	}

	stop(): void {
		this.#stop?.abort();
	}

	/** Has a model read the reader's text, write a few tokens, and read all of it again without the cache. Never rejects. */
	async run(subject: Subject = this.#subject): Promise<void> {
		if (this.#stop) return;
		const stop = (this.#stop = new AbortController());
		this.#phase = 'starting';
		this.#error = this.#reason = this.#usage = undefined;
		this.#tokens = [];
		this.#liveTokens = 0;
		const { text, left } = fitted(this.#settings.text, subject);
		const request = subject.requestOf(text, { ...this.#settings.bend, seed: this.#settings.seed });
		try {
			const model = await subject.model();
			const looker = {
				name: model.name,
				model: model.model,
				look: (request: LookRequest, written: readonly number[]) =>
					model.look(request, written, { insides: 'all' })
			};
			const hand = this.#hand(subject, request, left, { engine: model.name, model: model.model });
			const run = passes(looker, request, hand, stop.signal, subject.config.context);
			const about = { model: model.model.name, request };
			for await (const event of this.#doors.watch(run, about)) await this.#take(event, stop.signal);
			if (this.#source === 'live' && this.#request === request && !this.#error) {
				// the last token that was drawn has not been read
				const written = this.#turns.slice(0, -1).map(({ id }) => id);
				this.#retraced = await model.retrace(request, written);
			}
		} catch (thrown) {
			this.#error = messageOf(thrown);
		}
		this.#stop = undefined;
		this.#phase = 'rest';
	}

	#hand(subject: Subject, request: Request, left: number, by: Origin): Hand {
		const { tokens } = subject;
		const unknown = subject.unknown(this.#settings.text);
		const random = new Random(request.seed);
		let turns: Turn[] = [];
		return {
			written: () => turns.map(({ id }) => id),
			ended: () => turns.length > 0 && tokens.isMarker(turns.at(-1)!.id),
			draw: async (pass) => {
				const { ids, logits, logprobs, workings } = pass as Look;
				const number = random.next();
				const ruler = rulerOf(logprobs, request);
				const id = ruler.ids[rankAt(ruler, number)];
				if (!turns.length) {
					// only now is something else on show
					this.#subject = subject;
					this.#sent = ids;
					this.#source = 'live';
					this.#by = by;
					this.#request = request;
					this.#left = left;
					this.#unknown = unknown;
					this.#at = 0;
					this.#retraced = undefined;
				}
				const level = logits[0] - logprobs[0];
				turns = [...turns, { logprobs, level, number, id, logprob: logprobs[id] }];
				this.#workings = workings!;
				this.#turns = turns;
				return {
					id,
					text: tokens.plainText([id]),
					logprob: logprobs[id],
					special: tokens.isMarker(id)
				};
			}
		};
	}

	async #take(event: RunEvent, signal: AbortSignal): Promise<void> {
		if (event.type === 'started') this.#phase = 'running';
		else if (event.type === 'settled') {
			this.#usage = event.usage;
			this.#reason = event.reason;
			this.#error = event.error;
		} else {
			this.#tokens.push(event);
			this.#liveTokens = this.#tokens.length;
			await this.pace.next(signal);
		}
	}
}

const notFetched = () =>
	'The later passes of the recording could not be fetched. Reload the page when the connection is back.';

import { pocket } from '#lib/engine/pocket/summary.ts';
import type { Reason, Request, RunEvent, Token, Usage } from '#lib/events.ts';
import { Random } from '#lib/tiny/random.ts';
import { Gate } from '../run/gate.svelte.ts';
import { Pace } from '../run/pace.ts';
import type { Phase } from '../run/run.svelte.ts';
import type { Origin, Shown } from '../run/shown.ts';
import { glanceInto } from './glance.ts';
import { looksOnGpu, passes, type GpuLooker, type Hand, type Looker } from './passes.ts';
import { beginningOf, stripOf, type Recording, type Strip } from './recording.ts';
import { requestOf } from './request.ts';
import { ofDice, rankAt, rulerOf, tally, type Ruler, type Tally } from './ruler.ts';
import type { Settings } from './settings.svelte.ts';
import { Prompt } from './prompt.svelte.ts';
import { sentBy, type Sent } from './sent.ts';
import type { Tokens } from './tokens.ts';

/** How the loop gets to a model, to the tab, and to what was recorded. */
export type Doors = {
	looker: () => Promise<Looker>;
	/** The model on the reader's GPU, where it is the one that looks. */
	gpu?: () => GpuLooker | undefined;
	watch: (
		run: AsyncIterable<RunEvent>,
		about: { model: string; request: Request }
	) => AsyncIterable<RunEvent>;
	/** The whole recording, for where no model can run. */
	recording: () => Promise<Recording>;
};

type Bend = Settings['bend'];

/** One turn of the loop: a pass, and the number that was drawn on it. */
export type Step = Strip & {
	/** 0 to 1; none while the dice are awaited. */
	number: number | undefined;
	by: 'seed' | 'dice';
	/** Set when the next pass began: with what it was drawn, and what was written. */
	fixed?: { bend: Bend; id: number };
};

const HUNDRED = 100;

/** A second line of numbers, so that the hundred draws take none from the loop's own. */
const ASIDE = 0x64a7c15;

/** The loop of guess, draw and write, as far as it has come. What is written is never taken back by itself. */
export class Loop {
	readonly pace: Pace;
	readonly #settings: Settings;
	readonly #opening: Recording;
	readonly #doors: Doors;
	readonly #gate = new Gate();

	#steps: readonly Step[] = $state.raw([]);
	#view: number | undefined = $state();
	#phase = $state<Phase>('rest');
	#source = $state<'recorded' | 'live'>('recorded');
	#by: Origin = $state.raw(null!);
	#liveTokens = $state(0);
	#sent = $state(0);
	#forgot = $state(false);
	#usage: Usage | undefined = $state.raw();
	#reason: Reason | undefined = $state();
	#error: string | undefined = $state();
	#tally: { of: Ruler; tally: Tally } | undefined = $state.raw();

	/** The first strip of the present text, to start over from. */
	#first: Strip | undefined;
	#text: string | undefined;
	#gpu: GpuLooker | undefined;
	readonly #prompt = new Prompt();
	#random = new Random(0);
	#aside = new Random(0);
	#tokens: Token[] = [];
	#stop: AbortController | undefined = $state.raw();
	/** Somebody waits for the dice. */
	#given: (() => void) | undefined;

	/** Whose turn is looked at: the last, or an earlier one that the reader went back to. */
	readonly at: number = $derived(this.#view ?? this.#steps.length - 1);
	readonly step: Step | undefined = $derived(this.#steps[this.at]);
	readonly bend: Bend = $derived.by(() => this.step?.fixed?.bend ?? this.#settings.bend);
	readonly ruler: Ruler | undefined = $derived(
		this.step && rulerOf(this.step.logprobs, { ...this.bend })
	);
	/** Place on the ruler of the token that the number falls on. */
	readonly rank: number | undefined = $derived(
		this.ruler && this.step?.number !== undefined ? rankAt(this.ruler, this.step.number) : undefined
	);
	/** The tokens after the prompt, the last as it is drawn now. */
	readonly written: readonly number[] = $derived(
		this.#steps.flatMap((step) => this.#idOf(step) ?? [])
	);
	readonly ended: boolean = $derived(
		this.written.length > 0 && this.tokens.isMarker(this.written.at(-1)!)
	);

	constructor(settings: Settings, opening: Recording, pace: Pace, doors: Doors) {
		this.#settings = settings;
		this.#opening = opening;
		this.#doors = doors;
		this.#by = opening;
		this.pace = pace;
		this.reset();
	}

	/** What is sent, cut by the model that looks. */
	get prompt(): Sent {
		return this.#prompt.sent;
	}

	get tokens(): Tokens {
		return this.#prompt.sent.tokens;
	}

	/** The model, and where and when it was recorded. */
	get by(): Origin {
		return this.#by;
	}

	get steps(): readonly Step[] {
		return this.#steps;
	}

	get phase(): Phase {
		return this.#phase;
	}

	get source(): 'recorded' | 'live' {
		return this.#source;
	}

	/** Tokens of the live run; 0 until there is one. */
	get liveTokens(): number {
		return this.#liveTokens;
	}

	/** A run is going on, though it may wait for the reader. */
	get open(): boolean {
		return this.#stop !== undefined;
	}

	get error(): string | undefined {
		return this.#error;
	}

	/** A hundred draws from the ruler on show, if somebody wanted them. */
	get tally(): Tally | undefined {
		return this.#tally?.of === this.ruler ? this.#tally?.tally : undefined;
	}

	/** As every exhibit with a run describes it. */
	get shown(): Shown {
		return {
			source: this.#source,
			by: this.#by,
			request: this.#request,
			counts: { sent: this.#sent, came: this.#liveTokens },
			tokens: this.#tokens,
			...(this.#usage ? { usage: this.#usage } : {}),
			...(this.#reason ? { reason: this.#reason } : {}),
			...(this.#error ? { error: this.#error } : {}),
			forgot: this.#forgot
		};
	}

	/** Another text, another seed, or from the beginning: the first strip of this text, if it is known. */
	reset(): void {
		this.#clear();
		if (this.#first) this.#put(this.#first);
		if (this.#first && this.#steps.length === 1 && this.#settings.dice) this.hand();
	}

	/** Goes back to an earlier turn to look at it; or forward to the last. */
	look(at: number | undefined): void {
		this.#view = at === undefined || at >= this.#steps.length - 1 ? undefined : Math.max(at, 0);
	}

	/** Another number on the last strip: the next of the seed. */
	redraw(): void {
		this.#draw(this.#random.next(), 'seed');
	}

	/** Two dice, 00 to 99, on the last strip. */
	throwDice(dice: number): void {
		this.#draw(ofDice(dice), 'dice');
	}

	/** Dice from the seed. */
	roll(): number {
		const dice = this.#random.below(100);
		this.throwDice(dice);
		return dice;
	}

	/** A hundred draws from the ruler on show. Nothing is written by them. */
	hundred(): void {
		if (this.ruler) {
			this.#tally = { of: this.ruler, tally: tally(this.ruler, this.#aside, HUNDRED) };
		}
	}

	/** The reader took the dice up, or put them down: the last number is taken back, or drawn. */
	hand(): void {
		const last = this.#steps.at(-1);
		if (!last || this.#stop) return;
		if (this.#settings.dice) this.#replace({ ...last, number: undefined, by: 'dice' });
		else if (last.number === undefined) this.redraw();
	}

	/** Writes what is drawn, and makes one more pass. Never rejects. */
	async one(): Promise<void> {
		if (this.#stop) return this.#gate.step();
		this.#gate.close();
		await this.#drive();
	}

	/** Goes on by itself: from where it stands when a run is open, else from the beginning. Never rejects. */
	async run(): Promise<void> {
		if (this.#stop) {
			this.#gate.open();
			if (this.#given) this.redraw();
			return;
		}
		this.#clear();
		this.#gate.open();
		await this.#drive();
	}

	/** Ends the run. What has been written stays. */
	stop(): void {
		this.#stop?.abort();
	}

	#idOf({ fixed, logprobs, number }: Step): number | undefined {
		if (fixed) return fixed.id;
		if (number === undefined) return undefined;
		const ruler = rulerOf(logprobs, { ...this.#settings.bend });
		return ruler.ids[rankAt(ruler, number)];
	}

	/** A new strip at the end, with the next number unless the dice are awaited. */
	#put(strip: Strip): void {
		const dice = this.#settings.dice && this.#gate.closed;
		this.#steps = [
			...this.#steps,
			{ ...strip, number: dice ? undefined : this.#random.next(), by: dice ? 'dice' : 'seed' }
		];
		this.#view = undefined;
	}

	#draw(number: number, by: Step['by']): void {
		const last = this.#steps.at(-1);
		if (!last) return;
		this.#view = undefined;
		this.#replace({ ...last, number, by });
		this.#given?.();
	}

	#replace(step: Step): void {
		this.#steps = [...this.#steps.slice(0, -1), step];
	}

	/** What is drawn is written: the next pass reads it. */
	#fix(): readonly number[] {
		const last = this.#steps.at(-1);
		const id = last && this.#idOf(last);
		if (last && id !== undefined) {
			this.#replace({ ...last, fixed: { bend: this.#settings.bend, id } });
		}
		return this.written;
	}

	get #request() {
		const { text, bend, seed } = this.#settings;
		return requestOf(text, { ...bend, seed });
	}

	#clear(): void {
		this.stop();
		const { text, seed } = this.#settings;
		const gpu = this.#doors.gpu?.();
		if (text !== this.#text || gpu !== this.#gpu) this.#first = undefined;
		this.#text = text;
		if (gpu !== this.#gpu) this.#change(gpu);
		if (!gpu && text === beginningOf(this.#opening))
			this.#first ??= stripOf(this.#opening.steps[0]);
		this.#random = new Random(seed);
		this.#aside = new Random(seed ^ ASIDE);
		this.#steps = [];
		this.#view = undefined;
		this.#error = undefined;
		if (gpu) this.#prompt.by(gpu, this.#request, (sentence) => (this.#error = sentence));
		else this.#prompt.byPocket(this.#request);
		this.#forgot = this.#prompt.sent.forgotten;
	}

	/** Another model looks: nothing that was seen is its own. */
	#change(gpu: GpuLooker | undefined): void {
		this.#gpu = gpu;
		this.#prompt.forget();
		this.#source = 'recorded';
		this.#by = gpu ? { engine: gpu.name, model: gpu.model } : this.#opening;
		this.#liveTokens = 0;
	}

	readonly #hand: Hand = {
		written: () => this.#fix(),
		ended: () => this.ended,
		draw: async (pass) => {
			const { logprobs } = pass;
			const strip = { logprobs, ...glanceInto(pass) };
			if (!this.#steps.length) this.#first = strip;
			this.#put(strip);
			if (this.#steps.at(-1)!.number === undefined) {
				this.#phase = 'rest';
				await new Promise<void>((resolve) => (this.#given = resolve));
				this.#phase = 'running';
			}
			const id = this.written.at(-1)!;
			return {
				id,
				text: this.tokens.plainText([id]),
				logprob: logprobs[id],
				special: this.tokens.isMarker(id)
			};
		}
	};

	async #drive(): Promise<void> {
		const { signal } = (this.#stop = new AbortController());
		this.#phase = 'starting';
		this.#error = this.#reason = this.#usage = undefined;
		this.#tokens = [];
		this.#liveTokens = this.#sent = 0;
		try {
			const looker = await this.#doors.looker();
			this.#by = { engine: looker.name, model: looker.model };
			const request = this.#request;
			const { context } = looksOnGpu(looker) ? looker : pocket.config;
			if (looksOnGpu(looker)) this.#prompt.put(await sentBy(looker, request));
			const run = passes(looker, request, this.#hand, signal, context);
			const about = { model: looker.model.name, request };
			for await (const event of this.#doors.watch(run, about)) await this.#take(event, signal);
		} catch (thrown) {
			this.#error = thrown instanceof Error ? thrown.message : String(thrown);
		}
		if (this.#error && !this.#tokens.length && !signal.aborted) await this.#replay(signal);
		this.#stop = this.#given = undefined;
		this.#phase = 'rest';
	}

	async #take(event: RunEvent, signal: AbortSignal): Promise<void> {
		if (event.type === 'started') {
			this.#source = 'live';
			this.#phase = 'running';
			this.#sent = event.promptTokens;
		} else if (event.type === 'settled') {
			this.#usage = event.usage;
			this.#reason = event.reason;
			this.#error = event.error;
		} else {
			this.#tokens.push(event);
			this.#liveTokens = this.#tokens.length;
			if (!this.#gate.closed) await this.pace.next(signal);
			if (!this.#gate.closed || signal.aborted) return;
			this.#phase = 'rest';
			await this.#gate.next(signal);
			this.#phase = 'running';
		}
	}

	/** In the place of a run that could not be: what was recorded, as far as one wants to go on. */
	async #replay(signal: AbortSignal): Promise<void> {
		const recording = await this.#doors.recording().catch(() => undefined);
		if (!recording || signal.aborted) return;
		const sentence = this.#error;
		let come = this.#settings.take(recording) ? 0 : this.#steps.length;
		this.#phase = 'replaying';
		this.#source = 'recorded';
		this.#by = recording;
		this.#gpu = undefined;
		this.#prompt.byPocket(this.#request);
		do {
			come = Math.min(come + 1, recording.steps.length);
			this.#steps = recording.steps.slice(0, come).map((step, index) => ({
				...stripOf(step),
				number: step.number,
				by: 'seed' as const,
				...(index < come - 1 ? { fixed: { bend: { temperature: 1, topK: 0 }, id: step.id } } : {})
			}));
			this.#error = sentence;
			if (this.#gate.closed) return;
			await this.pace.next(signal);
		} while (come < recording.steps.length && !signal.aborted);
	}
}

import { messageOf } from '#lib/engine/told.ts';
import type { Gathering, TrainingClient } from '#lib/engine/training/client.ts';
import type { RunEvent } from '#lib/events.ts';
import { PASSES_TO_LEARN } from '#lib/meter/formulas/operations.ts';
import type { About } from '#lib/meter/tab.svelte.ts';
import { count } from '../../words.ts';

export const PUPILS = 30;

/** A pull computes so long: a dozen pictures a second, and Stop is heard in between. */
const BURST = 80; // ms
/** How long one pupil alone is timed, before all begin. */
const ALONE = 400; // ms
/** What is seen of a stream: more would be nobody's to read. */
const SEEN = 18; // characters
const TEMPERATURE = 0.7;
/** What a line of the receipt has room for. */
const LINE = 60; // characters

export type CrowdOptions = {
	client: Pick<TrainingClient, 'gather'>;
	/** The model's name, for the tab. */
	name: string;
	/** Everybody asks this. */
	prompt: string;
	/** Tokens that the model was trained on. */
	learnt: number;
	/** Told how many answers have ended in this run of the class, while its copy of the weights is still there. */
	onanswered?: ((answers: number) => Promise<void>) | undefined;
	/** The tab, through which every live run passes. */
	watch: (run: AsyncIterable<RunEvent>, about: About) => AsyncIterable<RunEvent>;
};

/**
 * A class at a model that was trained here: thirty streams at once, counted against the tokens at which use has
 * taken as many operations as training did.
 */
export class Crowd {
	/** Tokens of use that take as many operations as the training: three passes to learn from one, one to use it. */
	readonly crossing: number;

	readonly #options: CrowdOptions;
	#phase: 'rest' | 'timing' | 'running' = $state('rest');
	#sent = $state(0);
	#came = $state(0);
	#answers = $state(0);
	#ms = $state(0);
	#alone: number | undefined = $state();
	#streams: readonly string[] = $state.raw([]);
	#crossedAfter: number | undefined = $state();
	#waited: number | undefined = $state();
	/** Milliseconds that went by in earlier runs of the class. */
	#before = 0;
	#begun = 0;
	#error: string | undefined = $state();
	#gathering: Gathering | undefined;
	#stopped = false;

	constructor(options: CrowdOptions) {
		this.#options = options;
		this.crossing = PASSES_TO_LEARN * options.learnt;
	}

	get phase() {
		return this.#phase;
	}

	get busy(): boolean {
		return this.#phase !== 'rest';
	}

	get sent(): number {
		return this.#sent;
	}

	get came(): number {
		return this.#came;
	}

	get total(): number {
		return this.#sent + this.#came;
	}

	/** Answers that have ended. */
	get answers(): number {
		return this.#answers;
	}

	/** Milliseconds of computing. */
	get ms(): number {
		return this.#ms;
	}

	/** The last words of each stream. */
	get streams(): readonly string[] {
		return this.#streams;
	}

	/** Milliseconds of computing until the crossing, once it is there. */
	get crossedAfter(): number | undefined {
		return this.#crossedAfter;
	}

	/** Milliseconds that had gone by at the crossing since Run was pressed, what the class stood still left out. */
	get waited(): number | undefined {
		return this.#waited;
	}

	/** Why it ended, where it was not asked to: a sentence for readers. */
	get error(): string | undefined {
		return this.#error;
	}

	/** Tokens a second, measured: of the whole class, and of one reader alone. */
	get together(): number | undefined {
		return this.#ms ? (1000 * this.total) / this.#ms : undefined;
	}

	get alone(): number | undefined {
		return this.#alone;
	}

	/** Seconds until the crossing at the pace so far. */
	get secondsLeft(): number | undefined {
		const pace = this.together;
		return pace === undefined ? undefined : Math.max(0, this.crossing - this.total) / pace;
	}

	/** Goes on where it was stopped. Goes on after the crossing too: nothing ends there. */
	async start(): Promise<void> {
		if (this.busy) return;
		this.#phase = 'timing';
		this.#stopped = false;
		this.#error = undefined;
		const begun = performance.now();
		const answers = this.#answers;
		const about = this.#about(begun);
		try {
			this.#alone ??= await this.#timeAlone();
			this.#phase = 'running';
			// the tab counts what passes; here it is only let through
			for await (const event of this.#options.watch(this.#run(), about)) void event;
			await this.#options.onanswered?.(this.#answers - answers);
		} catch (error) {
			if (!this.#stopped) this.#error = messageOf(error);
		}
		this.#gathering?.dismiss();
		this.#before += performance.now() - begun;
		this.#phase = 'rest';
	}

	/** The line on the receipt: it is written when the run ends, and says whether the crossing came in it. */
	#about(begun: number): About {
		const { name } = this.#options;
		const already = this.#crossedAfter !== undefined;
		const line = () => {
			const now = !already && this.#crossedAfter !== undefined;
			const rest = `, ${PUPILS} at once${now ? `, crossed at ${count(this.crossing)}` : ''}`;
			return name.slice(0, LINE - rest.length) + rest;
		};
		this.#begun = begun;
		return {
			get model() {
				return line();
			}
		};
	}

	/** Lets what is being computed come, at most a twelfth of a second of it. */
	stop(): void {
		this.#stopped = true;
	}

	/** Stops at once: the page is left, or the model is gone. */
	leave(): void {
		this.#stopped = true;
		this.#gathering?.dismiss();
	}

	async #timeAlone(): Promise<number> {
		this.#gathering = this.#gather(1);
		await this.#gathering.pull(BURST); // the worker makes ready in this one
		const { sent, came, ms } = await this.#gathering.pull(ALONE);
		return (1000 * (sent + came)) / ms;
	}

	#gather(pupils: number): Gathering {
		const { client, prompt } = this.#options;
		// other seeds each time it goes on, or all would say again what they said
		const seed = 1 + this.#answers + pupils;
		return client.gather({ prompt, temperature: TEMPERATURE, topK: 0, seed, pupils });
	}

	/** What the class computes, as one run of many tokens. */
	async *#run(): AsyncGenerator<RunEvent, void, void> {
		const gathering = (this.#gathering = this.#gather(PUPILS));
		const before = { sent: this.#sent, came: this.#came };
		this.#streams = new Array(PUPILS).fill('');
		let index = 0;
		let at = 0;
		const sent = () => this.#sent - before.sent;
		while (!this.#stopped) {
			const part = await gathering.pull(BURST);
			at += part.ms;
			this.#ms += part.ms;
			this.#sent += part.sent;
			this.#came += part.came;
			this.#answers += part.answers;
			this.#streams = this.#streams.map((stream, i) => onwards(stream, part.texts[i]));
			if (this.total >= this.crossing && this.#crossedAfter === undefined) {
				this.#crossedAfter = this.#ms;
				this.#waited = this.#before + performance.now() - this.#begun;
			}
			// what was sent grows as pupils ask again
			yield { type: 'started', at, promptTokens: sent(), cachedTokens: 0 };
			for (let i = 0; i < part.came; i++) yield { type: 'token', index: index++, at, text: '' };
		}
		yield {
			type: 'settled',
			at,
			usage: {
				promptTokens: sent(),
				cachedTokens: 0,
				outputTokens: index,
				prefillMs: 0,
				decodeMs: at
			},
			reason: 'cancelled'
		};
	}
}

/** The end of a stream that has got some parts more: the first goes on with it, the last begins it anew. */
function onwards(stream: string, [on, ...more]: readonly string[]): string {
	const text = more.length ? more[more.length - 1] : stream + on;
	return [...text].slice(-SEEN).join('');
}

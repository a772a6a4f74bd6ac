import { messageOf } from '#lib/engine/told.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { Request, RunEvent, Token } from '#lib/events.ts';
import { type Answered, ask, type Watch } from '../ask.ts';
import type { Pace } from '../run/pace.ts';
import { notLoaded } from '../run/pocket.ts';
import type { Phase } from '../run/run.svelte.ts';
import { fresh, type Shown } from '../run/shown.ts';
import { requestOf } from './request.ts';

/** An engine that can say what its weights are, from its own memory. */
export type Fingerprinted = Engine & { fingerprint(): Promise<string> };

export type Doors = {
	engine: () => Promise<Fingerprinted>;
	watch: Watch;
};

/** Asks a model, one thing at a time, and counts it: what the parts of the exhibit have in common. */
export class Asking {
	readonly #doors: Doors;
	#phase: Exclude<Phase, 'replaying'> = $state('rest');
	#liveTokens = $state(0);
	#error: string | undefined = $state();
	#shown: Shown = $state.raw(fresh(requestOf([], 0)));
	#stop: AbortController | undefined;
	#gone = false;

	constructor(doors: Doors) {
		this.#doors = doors;
	}

	get phase(): Phase {
		return this.#phase;
	}

	get running(): boolean {
		return this.#phase !== 'rest';
	}

	/** Output tokens of live runs. */
	get liveTokens(): number {
		return this.#liveTokens;
	}

	/** A plain sentence: what went wrong last. */
	get error(): string | undefined {
		return this.#error;
	}

	/** The last run, as far as those who listen ask for it. */
	get shown(): Shown {
		return this.#shown;
	}

	stop(): void {
		this.#stop?.abort();
	}

	/** Nothing is shown any more; what runs ends and is billed. */
	leave(): void {
		this.#gone = true;
		this.stop();
	}

	/**
	 * Does something that asks, unless something is being done.
	 * @returns whether it came to its end; never rejects
	 */
	async turn(
		work: (engine: Fingerprinted, signal: AbortSignal) => Promise<void>
	): Promise<boolean> {
		if (this.running || this.#gone) return false;
		const { signal } = (this.#stop = new AbortController());
		this.#phase = 'starting';
		this.#error = undefined;
		try {
			const engine = await this.#doors.engine().catch(() => {
				throw new Error(notLoaded());
			});
			if (!signal.aborted) await work(engine, signal);
		} catch (thrown) {
			if (!signal.aborted) this.#error = messageOf(thrown);
		}
		this.#phase = 'rest';
		return !signal.aborted && !this.#error;
	}

	/**
	 * One run.
	 * @param write is given the answer as it grows, if `pace` is given; otherwise once, at the end
	 * @throws an error whose message is a sentence for readers
	 */
	async ask(
		engine: Fingerprinted,
		request: Request,
		signal: AbortSignal,
		write: (text: string) => void,
		pace?: Pace
	): Promise<Answered> {
		const by = { engine: engine.name, model: engine.model };
		const before = this.#liveTokens;
		const hear = async (event: RunEvent, text: string, tokens: readonly Token[]) => {
			if (this.#gone) return; // to its end: it is on the tab
			if (event.type === 'started') {
				this.#shown = { ...fresh(request), by, counts: { sent: event.promptTokens, came: 0 } };
				this.#phase = 'running';
			} else if (event.type === 'token') {
				this.#liveTokens = before + tokens.length;
				if (!pace) return;
				write(text);
				await pace.next(signal);
			} else {
				const { usage, reason } = event;
				const sent = usage.promptTokens || this.#shown.counts.sent;
				const counts = { sent, came: tokens.length };
				this.#shown = { ...fresh(request), by, tokens, counts, usage, reason };
			}
		};
		// at full pace tokens come together
		const options = pace ? {} : { burst: () => BURST };
		const answered = await ask(this.#doors.watch, engine, request, signal, hear, options);
		write(answered.text);
		return answered;
	}
}

const BURST = 20; // ms

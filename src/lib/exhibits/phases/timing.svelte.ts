import { messageOf } from '#lib/engine/told.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { RunRecord } from '#lib/events.ts';
import { notLoaded } from '../run/pocket.ts';
import { recordOf } from '../run/record-of.ts';
import type { Doors } from '../run/run.svelte.ts';
import { fresh, type Shown } from '../run/shown.ts';
import { kinds, requests, type Kind } from './requests.ts';
import { trialOf, type Trial } from './trials.ts';

/** Both runs, one after the other, so many times over. What takes turns meets the same disturbances. */
export class Timing {
	readonly #doors: Doors;
	#trials: readonly Trial[] = $state.raw([]);
	#running = $state(false);
	#rounds = $state(0);
	#tokens = $state(0);
	#error: string | undefined = $state();
	/** The last run of each kind. */
	#shown: Partial<Record<Kind, Shown>> = $state.raw({});
	#stop: AbortController | undefined;

	constructor(doors: Doors) {
		this.#doors = doors;
	}

	/** Complete rounds only: what was stopped in the middle is not compared. */
	get trials(): readonly Trial[] {
		return this.#trials;
	}

	get running(): boolean {
		return this.#running;
	}

	/** Rounds that are meant to be run. */
	get rounds(): number {
		return this.#rounds;
	}

	/** Tokens written in all since the start. */
	get tokens(): number {
		return this.#tokens;
	}

	/** A plain sentence: what went wrong. */
	get error(): string | undefined {
		return this.#error;
	}

	get shown(): Partial<Record<Kind, Shown>> {
		return this.#shown;
	}

	/** The last run of a kind, to be saved. */
	record(kind: Kind): RunRecord | undefined {
		const shown = this.#shown[kind];
		return shown && recordOf(shown);
	}

	/** Runs both, `rounds` times over. @returns whether it came to its end; never rejects */
	async start(rounds: number): Promise<boolean> {
		if (this.#running) return false;
		const { signal } = (this.#stop = new AbortController());
		this.#running = true;
		this.#rounds = rounds;
		this.#trials = [];
		this.#tokens = 0;
		this.#error = undefined;
		try {
			const engine = await this.#doors.engine().catch(() => {
				throw new Error(notLoaded());
			});
			for (let round = 0; round < rounds && !signal.aborted; round++) {
				const trials: Trial[] = [];
				for (const kind of kinds) {
					const trial = await this.#run(engine, kind, signal);
					if (trial) trials.push(trial);
				}
				if (trials.length === kinds.length) this.#trials = [...this.#trials, ...trials];
			}
		} catch (thrown) {
			this.#error = messageOf(thrown);
		}
		this.#running = false;
		return !signal.aborted && !this.#error;
	}

	stop(): void {
		this.#stop?.abort();
	}

	async #run(engine: Engine, kind: Kind, signal: AbortSignal): Promise<Trial | undefined> {
		if (signal.aborted) return undefined;
		const request = requests[kind];
		const { name, model } = engine;
		let shown: Shown = { ...fresh(request), by: { engine: name, model } };
		const tokens = [];
		// as fast as it goes: waiting for the page between tokens is no part of what is timed
		const run = engine.run(request, signal, { burst: () => BURST });
		for await (const event of this.#doors.watch(run, { model: model.name, request })) {
			if (event.type === 'token') {
				tokens.push(event);
				this.#tokens++;
			}
			if (event.type !== 'settled') continue;
			const { usage, reason, error } = event;
			if (error) throw new Error(error);
			if (reason === 'cancelled') return undefined;
			const counts = { sent: usage.promptTokens, came: usage.outputTokens };
			shown = { ...shown, tokens, counts, usage, reason };
			this.#shown = { ...this.#shown, [kind]: shown };
			return trialOf(kind, usage);
		}
		return undefined;
	}
}

const BURST = 50; // ms

import type { Engine } from '#lib/engine/engine.ts';
import type { Request, RunEvent, RunRecord, Token, Usage } from '#lib/events.ts';
import { Gate } from '../run/gate.svelte.ts';
import { Pace } from '../run/pace.ts';
import { notLoaded } from '../run/pocket.ts';
import { recordOf } from '../run/record-of.ts';
import type { Phase } from '../run/run.svelte.ts';
import { fresh, recorded, type Recording, type Shown } from '../run/shown.ts';
import { requestAfter, sumsOf, type Sums, type Turn } from './turns.ts';

export type Doors = {
	engine: () => Promise<Engine>;
	watch: (
		run: AsyncIterable<RunEvent>,
		about: { model: string; request: Request }
	) => AsyncIterable<RunEvent>;
	blocks: () => Promise<Pick<typeof import('./blocks.ts'), 'blocksOf'>>;
	opened: () => Promise<Pick<typeof import('./opened.ts'), 'turnsOf'>>;
};

const nothing: Usage = {
	promptTokens: 0,
	cachedTokens: 0,
	outputTokens: 0,
	prefillMs: 0,
	decodeMs: 0
};

/**
 * A chat with a model that remembers nothing: every turn sends the whole of it again. One turn at a
 * time; a turn that is stopped stays with what had come.
 */
export class Chat {
	readonly pace: Pace;
	/** Holds a recorded turn between two tokens. */
	readonly gate = new Gate();

	readonly #doors: Doors;
	#turns: readonly Turn[] = $state.raw([]);
	#phase: Exclude<Phase, 'starting'> = $state('rest');
	#liveTokens = $state(0);
	#error: string | undefined = $state();
	/** Rolls that were torn off. */
	#torn: readonly Sums[] = $state.raw([]);
	#shown: Shown = $state.raw(fresh(requestAfter([], '', 0)));
	#opened: Recording | undefined = $state.raw();
	#stop: AbortController | undefined;
	#gone = false;

	constructor(turns: readonly Turn[], pace: Pace, doors: Doors) {
		this.#turns = turns;
		this.pace = pace;
		this.#doors = doors;
	}

	get turns(): readonly Turn[] {
		return this.#turns;
	}

	get phase(): Phase {
		return this.#phase;
	}

	get running(): boolean {
		return this.#phase !== 'rest';
	}

	/** Tokens that live turns of this chat have written. */
	get liveTokens(): number {
		return this.#liveTokens;
	}

	/** A plain sentence: what went wrong with the last turn. */
	get error(): string | undefined {
		return this.#error;
	}

	get torn(): readonly Sums[] {
		return this.#torn;
	}

	/** The last turn that was run here or opened, as a run. */
	get shown(): Shown {
		return this.#shown;
	}

	/** The same, to be saved: its request holds the whole chat. Nothing until there is one. */
	get kept(): RunRecord | undefined {
		return this.running ? undefined : recordOf(this.#shown);
	}

	/** The record that the roll begins with, where one was opened. */
	get opened(): Recording | undefined {
		return this.#opened;
	}

	/**
	 * Lays a recorded run on the roll, with the chat that its request holds, in the place of what was
	 * there. Not while a turn is written.
	 * @throws an error whose message is a sentence for readers: it is no chat, or another model's
	 */
	async open(record: Recording): Promise<boolean> {
		if (this.running) return false;
		const { turnsOf } = await this.#doors.opened();
		const turns = turnsOf(record);
		if (this.running || this.#gone) return false;
		this.#turns = turns;
		this.#shown = recorded(record);
		this.#opened = record;
		this.#liveTokens = 0;
		this.#error = undefined;
		return true;
	}

	/**
	 * Plays the last turn that was opened with the timing it had. It is no use of the model: it does
	 * not pass the tab.
	 * @param speed 2 plays in half the time, `Infinity` all at once
	 * @returns when it is over, whether it came to its end; never rejects
	 */
	async play(speed = 1): Promise<boolean> {
		const record = this.kept;
		const whole = this.#turns;
		const last = whole.at(-1);
		if (!record || !last?.recorded) return false;
		this.#phase = 'replaying';
		const { signal } = (this.#stop = new AbortController());
		try {
			const { replay } = await import('#lib/engine/replay.ts');
			const empty = { ...last, answered: '', usage: { ...last.usage, outputTokens: 0 } };
			let turn: Turn = empty;
			const breath = new Pace(Infinity);
			for await (const event of replay(record, { speed }).run(record.request, signal)) {
				if (event.type === 'token') {
					turn = {
						...turn,
						answered: turn.answered + event.text,
						usage: { ...turn.usage, outputTokens: event.index + 1 }
					};
				}
				if (!this.#gone) this.#turns = [...whole.slice(0, -1), turn];
				if (event.type === 'settled') continue;
				await breath.next(signal);
				if (!this.gate.closed) continue;
				await this.gate.next(signal);
			}
		} catch {
			// the player could not be fetched: the recording stands there, complete
		}
		this.#turns = whole;
		this.#phase = 'rest';
		return !signal.aborted && !this.#gone;
	}

	/** Tears the roll: a new chat knows nothing of this one. */
	tear(): void {
		if (this.running || !this.#turns.length) return;
		this.#torn = [...this.#torn, sumsOf(this.#turns)];
		this.#turns = [];
		this.#opened = this.#error = undefined;
	}

	/** Ends the turn that is being written. What has come stays. */
	stop(): void {
		this.#stop?.abort();
	}

	leave(): void {
		this.#gone = true;
		this.stop();
	}

	/**
	 * Sends a question, and with it all that was said before.
	 * @returns whether the turn came to its end; never rejects
	 */
	async ask(question: string, seed: number): Promise<boolean> {
		if (this.running) return false;
		return this.#inTurn((signal) => this.#turn(question, seed, signal));
	}

	/** Asks several questions in a chat of their own, one after the other. */
	async askAll(questions: readonly string[], seed: number): Promise<boolean> {
		if (this.running) return false;
		this.#liveTokens = 0;
		return this.#inTurn(async (signal) => {
			this.#turns = [];
			this.#opened = undefined;
			for (const question of questions) {
				if (signal.aborted) break;
				await this.#turn(question, seed, signal);
			}
		});
	}

	async #inTurn(work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
		const { signal } = (this.#stop = new AbortController());
		const before = this.#turns;
		this.#phase = 'running';
		this.#error = undefined;
		try {
			await work(signal);
		} catch (thrown) {
			this.#error = thrown instanceof Error ? thrown.message : String(thrown);
			// a turn of which nothing came is no turn
			this.#turns = this.#turns.filter(({ usage }) => usage.promptTokens > 0);
			if (!this.#turns.length) this.#turns = before;
		}
		this.#phase = 'rest';
		return !signal.aborted && !this.#error;
	}

	async #turn(asked: string, seed: number, signal: AbortSignal): Promise<void> {
		const earlier = this.#turns;
		const request = requestAfter(earlier, asked, seed);
		const [engine, { blocksOf }] = await Promise.all([
			this.#doors.engine(),
			this.#doors.blocks()
		]).catch(() => {
			throw new Error(notLoaded());
		});
		if (signal.aborted) return;
		const blocks = blocksOf(request);
		const { name, model } = engine;
		const written = this.#liveTokens;
		const tokens: Token[] = [];
		let shown: Shown = { ...fresh(request), by: { engine: name, model } };
		let turn: Turn = { asked, answered: '', blocks, usage: nothing, recorded: false };
		const put = (change: Partial<Turn>) => {
			turn = { ...turn, ...change };
			if (!this.#gone) this.#turns = [...earlier, turn];
		};

		const run = engine.run(request, signal, { reuse: true });
		for await (const event of this.#doors.watch(run, { model: model.name, request })) {
			if (event.type === 'started') {
				const { promptTokens, cachedTokens } = event;
				put({ usage: { ...nothing, promptTokens, cachedTokens } });
			} else if (event.type === 'token') {
				tokens.push(event);
				this.#liveTokens = written + tokens.length;
				put({
					answered: turn.answered + event.text,
					usage: { ...turn.usage, outputTokens: tokens.length }
				});
			} else {
				const { usage, reason, error } = event;
				if (usage.promptTokens) put({ usage });
				const counts = { sent: usage.promptTokens, came: usage.outputTokens };
				shown = { ...shown, tokens, counts, usage, reason, ...(error ? { error } : {}) };
				if (counts.came) this.#shown = shown;
				if (error) throw new Error(error);
			}
			if (event.type !== 'settled') await this.pace.next(signal);
		}
	}
}

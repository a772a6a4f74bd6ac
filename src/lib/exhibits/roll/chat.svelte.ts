import { messageOf } from '#lib/engine/told.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { WebLlmEngine } from '#lib/engine/webllm/engine.ts';
import type { ChatRecord, Request, RunEvent, RunRecord, Token } from '#lib/events.ts';
import { Gate } from '../run/gate.svelte.ts';
import { Pace } from '../run/pace.ts';
import { modelName } from '../run/origin.ts';
import { notLoaded } from '../run/pocket.ts';
import { recordOf } from '../run/record-of.ts';
import type { Phase } from '../run/run.svelte.ts';
import { fresh, recorded, type Recording, type Shown } from '../run/shown.ts';
import {
	ANSWER,
	blocksIn,
	chatOf,
	LONG_ANSWER,
	nothing,
	requestAfter,
	sumsOf,
	type Sums,
	type Turn
} from './turns.ts';

/** A model on the GPU: it tells itself how its prompts lie. The pocket model's are worked out here. */
type OnGpu = Engine & Pick<WebLlmEngine, 'cuts' | 'layout' | 'context'>;

export const isOnGpu = (engine: Engine): engine is OnGpu => 'layout' in engine;

/** Whose tokens are on the roll: no two models cut text alike. */
export type Cutter = { name: string; context: number };

export type Doors = {
	engine: () => Promise<Engine>;
	watch: (
		run: AsyncIterable<RunEvent>,
		about: { model: string; request: Request }
	) => AsyncIterable<RunEvent>;
	blocks: () => Promise<Pick<typeof import('./blocks.ts'), 'blocksOf'>>;
	opened: () => Promise<Pick<typeof import('./opened.ts'), 'turnsOf'>>;
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
	/** How that chat lies, where only its model can tell. */
	#chat: ChatRecord | undefined = $state.raw();
	#opened: Recording | undefined = $state.raw();
	#cutter: Cutter | undefined = $state.raw();
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
		const record = this.running ? undefined : recordOf(this.#shown);
		return record && this.#chat ? { ...record, chat: this.#chat } : record;
	}

	/** Whose tokens are on the roll, where it is not the pocket model. */
	get cutter(): Cutter | undefined {
		return this.#cutter;
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
		const { turnsOf } = await this.#doors.opened();
		const turns = turnsOf(record);
		if (this.running) return false;
		const { model, chat } = record;
		this.#turns = turns;
		this.#cutter = chat && { name: modelName({ model }), context: chat.context };
		this.#chat = chat;
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
		if (!record || !last) return false;
		this.#phase = 'replaying';
		const { signal } = (this.#stop = new AbortController());
		try {
			const { replay } = await import('#lib/engine/replay.ts');
			const events = replay(record, { speed }).run(record.request, signal);
			// it waits by itself, and need only let the page breathe
			await this.#write(
				events,
				{ ...last, answered: '' },
				whole.slice(0, -1),
				new Pace(Infinity),
				signal
			);
		} catch {
			// the player could not be fetched: the recording stands there, complete
		}
		this.#turns = whole;
		this.#phase = 'rest';
		return !signal.aborted && !this.#gone;
	}

	/** Tears the roll: a new chat knows nothing of this one. Not while a turn is written. */
	tear(): void {
		this.#tearOff();
		this.#error = undefined;
	}

	#tearOff(): void {
		if (!this.#turns.length) return;
		this.#torn = [...this.#torn, sumsOf(this.#turns)];
		this.#turns = [];
		this.#opened = undefined;
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
	 * Sends a question, and with it all that was said before. Not while a turn is written.
	 * @returns whether the turn came to its end; never rejects
	 */
	async ask(question: string, seed: number): Promise<boolean> {
		return this.#inTurn(async (signal) => {
			const engine = await this.#engine();
			if (signal.aborted) return;
			if (cutterOf(engine)?.name !== this.#cutter?.name) this.#tearOff();
			await this.#turn(engine, question, seed, signal);
		});
	}

	/** Asks several questions in a chat of their own, one after the other. Not while a turn is written. */
	async askAll(questions: readonly string[], seed: number): Promise<boolean> {
		this.#liveTokens = 0;
		return this.#inTurn(async (signal) => {
			const engine = await this.#engine();
			if (signal.aborted) return;
			this.#turns = [];
			this.#opened = undefined;
			for (const question of questions) {
				await this.#turn(engine, question, seed, signal);
			}
		});
	}

	async #inTurn(work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
		const { signal } = (this.#stop = new AbortController());
		const before = [this.#turns, this.#torn, this.#cutter] as const;
		this.#phase = 'running';
		this.#error = undefined;
		try {
			await work(signal);
		} catch (thrown) {
			this.#error = messageOf(thrown);
			// a turn of which nothing came is no turn
			this.#turns = this.#turns.filter(({ usage }) => usage.promptTokens > 0);
			if (!this.#turns.length) [this.#turns, this.#torn, this.#cutter] = before;
		}
		this.#phase = 'rest';
		return !signal.aborted && !this.#error;
	}

	async #engine(): Promise<Engine> {
		return this.#doors.engine().catch(() => {
			throw new Error(notLoaded());
		});
	}

	/** How a prompt lies, message by message, once it has been cut. */
	async #laid(engine: Engine, request: Request): Promise<() => Pick<Turn, 'blocks' | 'head'>> {
		if (isOnGpu(engine)) {
			return () => {
				const { layout, cuts = [] } = engine;
				if (!layout) throw new Error(notLaid(engine.model.name));
				return { blocks: blocksIn(layout), head: cuts.slice(0, layout.head).join('') };
			};
		}
		const { blocksOf } = await this.#doors.blocks().catch(() => {
			throw new Error(notLoaded());
		});
		const blocks = blocksOf(request);
		return () => ({ blocks });
	}

	async #turn(engine: Engine, asked: string, seed: number, signal: AbortSignal): Promise<void> {
		const earlier = this.#turns;
		const request = requestAfter(earlier, asked, seed, isOnGpu(engine) ? LONG_ANSWER : ANSWER);
		const began = await this.#laid(engine, request);
		if (signal.aborted) return;
		this.#cutter = cutterOf(engine);
		const { name, model } = engine;
		const written = this.#liveTokens;
		const tokens: Token[] = [];
		const turn: Turn = { asked, answered: '', blocks: [], usage: nothing, recorded: false };
		const run = engine.run(request, signal, { reuse: true });
		const events = this.#doors.watch(run, { model: model.name, request });
		const settled = await this.#write(events, turn, earlier, this.pace, signal, {
			began,
			came: (token) => {
				tokens.push(token);
				this.#liveTokens = written + tokens.length;
			}
		});
		if (!settled) return;
		const { usage, reason, error } = settled;
		const counts = { sent: usage.promptTokens, came: usage.outputTokens };
		const by = { engine: name, model };
		if (counts.came) {
			const ended = { tokens, counts, usage, reason, ...(error ? { error } : {}) };
			this.#shown = { ...fresh(request), by, ...ended };
			this.#chat = this.#cutter && chatOf(this.#turns, this.#cutter.context);
		}
		if (error) throw new Error(error);
	}

	/**
	 * Shows a turn after `earlier` as it is written.
	 * @returns how it settled
	 */
	async #write(
		events: AsyncIterable<RunEvent>,
		turn: Turn,
		earlier: readonly Turn[],
		pace: Pace,
		signal: AbortSignal,
		{
			began = () => ({}),
			came = () => {}
		}: { began?: () => Partial<Turn>; came?: (token: Token) => void } = {}
	): Promise<(RunEvent & { type: 'settled' }) | undefined> {
		const put = (change: Partial<Turn>) => {
			turn = { ...turn, ...change };
			if (!this.#gone) this.#turns = [...earlier, turn];
		};
		let settled;
		for await (const event of events) {
			if (event.type === 'started') {
				const { promptTokens, cachedTokens } = event;
				put({ ...began(), usage: { ...nothing, promptTokens, cachedTokens } });
			} else if (event.type === 'token') {
				came(event);
				put({
					answered: turn.answered + event.text,
					usage: { ...turn.usage, outputTokens: event.index + 1 }
				});
			} else {
				if (event.usage.promptTokens) put({ usage: event.usage });
				settled = event;
				continue;
			}
			await pace.next(signal);
			await this.gate.next(signal);
		}
		return settled;
	}
}

function cutterOf(engine: Engine): Cutter | undefined {
	return isOnGpu(engine) ? { name: engine.model.name, context: engine.context } : undefined;
}

const notLaid = (name: string) =>
	`${name} did not tell which of its tokens belong to which message, so this turn cannot be laid on the roll. Press New chat and ask again.`;

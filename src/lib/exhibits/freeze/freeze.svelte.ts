import { messageOf } from '#lib/engine/told.ts';
import type { Request } from '#lib/events.ts';
import type { News } from '#lib/engine/training/client.ts';
import { Pace } from '../run/pace.ts';
import type { Asking, Fingerprinted } from './asking.svelte.ts';
import { Fingerprints } from './fingerprints.svelte.ts';
import type { Learning, Trainer } from './learning.ts';
import { MOST_PROMPTS } from './limits.ts';
import type { FreezeRecord, Prompt, Proof } from './record.ts';
import { requestOf } from './request.ts';
import { kinds, type KindKey, type Said } from './teaching.ts';

export type Recorded = {
	asked: { weights: number; sha256: string; prompts: number };
	learnt: { weights: number; sha256: readonly string[] };
	last: { asked: string; answered: string };
	taught: { kind: KindKey; word: string; said: readonly Said[] };
};

export type LearningDoor = () => Promise<{
	Learning: typeof Learning;
	client: (hear: (news: News) => void) => Trainer;
}>;

/** Prompts of a run, and steps of training at a time. */
export const HUNDRED = 100;
/** Prompts or steps a second at most: one is to see them come. */
const RATE = 20;
/** Tokens a second of what is asked alone: one is to read it. */
const READING = 30;

/** A model in use and another in training, each with a fingerprint of its weights after everything it does. */
export class Freeze {
	readonly asking: Asking;
	readonly asked: Fingerprints;
	readonly learnt: Fingerprints;

	readonly #learningDoor: LearningDoor;
	/** Tokens a second at which a single answer is watched; replaced for readers who want less motion. */
	readonly pace = new Pace(READING);
	#live = $state({ asked: false, learnt: false, taught: false });
	#last: { asked: string; answered: string } = $state.raw(null!);
	#weights: { asked: number; learnt: number } = $state.raw(null!);
	#taught: Recorded['taught'] = $state.raw(null!);
	readonly #recorded: Recorded;
	#model: Proof['model'] | undefined;
	#prompts: readonly Prompt[] = $state.raw([]);
	#opened: FreezeRecord | undefined = $state.raw();
	#compared: { of: number; same: number } | undefined = $state.raw();
	#note: string | undefined = $state();
	#training: AbortController | undefined = $state.raw();
	#learning: Learning | undefined;

	constructor(recorded: Recorded, asking: Asking, learningDoor: LearningDoor) {
		const { asked, learnt, last, taught } = recorded;
		this.asking = asking;
		this.#recorded = recorded;
		this.#learningDoor = learningDoor;
		this.asked = new Fingerprints(new Array<string>(asked.prompts + 1).fill(asked.sha256));
		this.learnt = new Fingerprints(learnt.sha256);
		this.#weights = { asked: asked.weights, learnt: learnt.weights };
		this.#last = last;
		this.#taught = taught;
	}

	/** Which of the pictures are of what was done here. */
	get live(): Readonly<Record<'asked' | 'learnt' | 'taught', boolean>> {
		return this.#live;
	}

	/** The last prompt and what came of it, as far as it has come. */
	get last(): { asked: string; answered: string } {
		return this.#last;
	}

	/** How many numbers each of the two models is made of. */
	get weights(): { asked: number; learnt: number } {
		return this.#weights;
	}

	get taught(): Recorded['taught'] {
		return this.#taught;
	}

	/** All that was asked since the first fingerprint; of the recorded hundred only the last is known. */
	get prompts(): readonly Prompt[] {
		return this.#prompts;
	}

	/** What was opened from a file, as long as nothing has been asked since. */
	get opened(): FreezeRecord | undefined {
		return this.#opened;
	}

	/** How many of the answers of a file came out here as they stand in it, with the fingerprint after each. */
	get compared(): { of: number; same: number } | undefined {
		return this.#compared;
	}

	/** What there is to be saved: what was asked here, or what was opened. */
	get proof(): Proof | FreezeRecord | undefined {
		if (this.#opened) return this.#opened;
		const all = this.asked.all;
		const prompts = this.#prompts.slice(-MOST_PROMPTS);
		if (!this.#model || !prompts.length) return undefined;
		const { learnt, taught } = this.#live;
		const whole = this.#taught.said.length === 3 && this.#taught.said.every((one) => one.sha256);
		return {
			model: this.#model,
			before: all[all.length - 1 - prompts.length],
			prompts,
			...(learnt ? { learnt: { weights: this.#weights.learnt, sha256: this.learnt.all } } : {}),
			...(taught && whole ? { taught: this.#taught } : {})
		};
	}

	/** Why nothing is learnt: a sentence. */
	get note(): string | undefined {
		return this.#note;
	}

	get training(): boolean {
		return this.#training !== undefined;
	}

	/** All steps of the training have been taken: those weights stand still as well. */
	get trained(): boolean {
		return this.learnt.count > 0 && this.#learning?.over === true;
	}

	leave(): void {
		this.asking.leave();
		this.pause();
		this.#learning?.dispose();
	}

	/** Asks a hundred things, one after the other. */
	run(questions: readonly string[], seed: number): Promise<boolean> {
		const pace = new Pace(RATE);
		return this.#doing(async (engine, signal) => {
			for (let i = 0; i < HUNDRED && !signal.aborted; i++) {
				const at = this.asked.count;
				await this.#prompt(engine, questions[at % questions.length], seed + at, signal);
				await pace.next(signal);
			}
		});
	}

	/** Asks one thing, at a pace to read. */
	one(question: string, seed: number): Promise<boolean> {
		return this.#doing((engine, signal) =>
			this.#prompt(engine, question, seed + this.asked.count, signal, this.pace)
		);
	}

	/** Asks all that was asked in the file that was opened, by the same seeds, and compares what comes of it. */
	again(): Promise<boolean> {
		const pace = new Pace(RATE);
		return this.#doing(async (engine, signal, opened) => {
			if (!opened) return;
			let same = 0;
			for (const [i, prompt] of opened.prompts.entries()) {
				const { text, sha256 } = await this.#ask(engine, prompt.request, signal);
				if (signal.aborted) return;
				const sameText = prompt.stopped
					? text.startsWith(prompt.answered)
					: text === prompt.answered;
				if (sameText && sha256 === prompt.sha256) same++;
				this.#compared = { of: i + 1, same };
				await pace.next(signal);
			}
		});
	}

	/**
	 * Puts what stands in a file in the place of what is here.
	 * @returns whether it could: not while something is being done
	 */
	open(record: FreezeRecord): boolean {
		if (this.asking.running || this.#training) return false;
		const { before, prompts, learnt, taught, model } = record;
		const { request, answered } = prompts[prompts.length - 1];
		this.#learning?.dispose();
		this.#learning = this.#note = this.#compared = undefined;
		this.#live = { asked: false, learnt: false, taught: false };
		this.#opened = record;
		this.#prompts = prompts;
		this.asked.set([before, ...prompts.map(({ sha256 }) => sha256)]);
		this.learnt.set(learnt?.sha256 ?? this.#recorded.learnt.sha256);
		this.#weights = {
			asked: model.parameters,
			learnt: (learnt ?? this.#recorded.learnt).weights
		};
		this.#last = { asked: questionOf(request), answered };
		this.#taught = taught ?? this.#recorded.taught;
		return true;
	}

	/** Takes so many steps of training, one after the other. Never rejects. */
	async train(steps: number): Promise<void> {
		if (this.#training) return;
		const { signal } = (this.#training = new AbortController());
		const pace = new Pace(RATE);
		for (let i = 0; i < steps && !signal.aborted && !this.#note; i++) {
			await this.#step();
			await pace.next(signal);
		}
		this.learnt.settle();
		this.#training = undefined;
	}

	/** Lets the present step of training finish. */
	pause(): void {
		this.#training?.abort();
	}

	/** Tells something, asks for it, and asks for it again where nothing was told. */
	teach(kind: KindKey, word: string, seed: number): Promise<boolean> {
		const { tell, ask } = kinds[kind];
		return this.#doing(async (engine, signal) => {
			const said: Said[] = [];
			this.#live.taught = true;
			for (const [asked, with_] of [
				[tell(word), []],
				[ask, said],
				[ask, []]
			] as [string, Said[]][]) {
				const before = with_.flatMap(({ asked, answered }) => [
					{ role: 'user' as const, content: asked },
					{ role: 'assistant' as const, content: answered }
				]);
				const request = requestOf([...before, { role: 'user', content: asked }], seed);
				const put = (answered: string, sent = 0, sha256 = '') => {
					this.#taught = { kind, word, said: [...said, { asked, answered, sent, sha256 }] };
				};
				put('');
				const { text, sent, sha256 } = await this.#ask(engine, request, signal, put, this.pace);
				if (signal.aborted) return;
				put(text, sent, sha256);
				said.push(...this.#taught.said.slice(-1));
			}
		});
	}

	#doing(
		work: (
			engine: Fingerprinted,
			signal: AbortSignal,
			opened: FreezeRecord | undefined
		) => Promise<void>
	): Promise<boolean> {
		return this.asking
			.turn(async (engine, signal) => {
				const first = await engine.fingerprint();
				const opened = this.#opened;
				if (!this.#live.asked) {
					this.#live.asked = true;
					this.#opened = undefined;
					this.#prompts = [];
					this.asked.set([]);
					this.asked.push(first);
					this.#last = { asked: '', answered: '' };
				}
				this.#compared = undefined;
				this.#model = { ...engine.model };
				this.#weights = { ...this.#weights, asked: engine.model.parameters };
				await work(engine, signal, opened);
			})
			.finally(() => this.asked.settle());
	}

	async #prompt(
		engine: Fingerprinted,
		question: string,
		seed: number,
		signal: AbortSignal,
		pace?: Pace
	): Promise<void> {
		const request = requestOf([{ role: 'user', content: question }], seed);
		const put = (answered: string) => (this.#last = { asked: question, answered });
		if (pace) put('');
		await this.#ask(engine, request, signal, put, pace);
	}

	/** Asks, and takes the fingerprint after it, whether the answer came to its end or was stopped. */
	async #ask(
		engine: Fingerprinted,
		request: Request,
		signal: AbortSignal,
		put: (text: string) => void = (answered) =>
			(this.#last = { asked: questionOf(request), answered }),
		pace?: Pace
	): Promise<{ text: string; sent: number; sha256: string }> {
		const { text, usage, reason } = await this.asking.ask(engine, request, signal, put, pace);
		const sha256 = await engine.fingerprint();
		const { promptTokens: sent, outputTokens: came } = usage;
		const stopped = reason === 'cancelled' ? { stopped: true as const } : {};
		this.#prompts = [...this.#prompts, { request, answered: text, sent, came, ...stopped, sha256 }];
		this.asked.push(sha256);
		return { text, sent, sha256 };
	}

	/** A step, and where it is the first the weights before it. What goes wrong is told and stops nothing else. */
	async #step(): Promise<void> {
		if (this.#learning?.over || this.#note) return;
		try {
			if (!this.#learning) {
				const { Learning, client } = await this.#learningDoor().catch(() => {
					throw new Error(noProgram());
				});
				this.#learning = new Learning(client);
				const { sha256, parameters } = await this.#learning.begin();
				this.#live.learnt = true;
				this.learnt.set([]);
				this.#weights = { ...this.#weights, learnt: parameters };
				this.learnt.push(sha256);
			}
			this.learnt.push(await this.#learning.step());
		} catch (thrown) {
			this.#learning?.dispose();
			this.#note = messageOf(thrown);
		}
	}
}

/** What was asked last in it. */
export function questionOf({ messages }: Request): string {
	return messages.findLast(({ role }) => role === 'user')?.content ?? '';
}

const noProgram = () =>
	'The program that trains could not be loaded, so nothing can learn here. Reload the page when the connection is back.';

import { messageOf } from '#lib/engine/told.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { type News, TrainingClient } from '#lib/engine/training/client.ts';
import type { Line } from '#lib/engine/training/tuning.ts';
import type { RunEvent } from '#lib/events.ts';
import { ask, type Watch } from '../ask.ts';
import { type Answers, OTHER, RATE, SEED, type Shown } from './shown.ts';

export type Doors = {
	/** The tab, through which every live run passes. */
	watch: Watch;
	/** The pocket model as it is for everybody. */
	pocket: () => Promise<Engine>;
	/** Absolute address of its weights. */
	weights: () => string;
	client?: (hear: (news: News) => void) => TrainingClient;
};

export type Phase = 'rest' | 'preparing' | 'learning' | 'asking' | 'done';

const ANSWER = 60; // tokens
/** A copy of the pocket model that learns a reader's lines. The pocket model itself stays as it is. */
export class Tuned {
	#phase: Phase = $state('rest');
	#shown: Shown = $state.raw(null!);
	#error: string | undefined = $state();
	#asked: Answers | undefined = $state.raw();
	readonly #doors: Doors;
	readonly #client: TrainingClient;
	#engine: Engine | undefined = $state.raw();
	#stopping: AbortController | undefined;
	/** Nobody has pressed Stop since it was asked for. */
	#wanted = false;

	constructor(doors: Doors, recorded: Shown) {
		this.#doors = doors;
		this.#shown = recorded;
		const make = doors.client ?? ((hear) => new TrainingClient(hear));
		this.#client = make((news) => this.#hear(news));
	}

	get phase(): Phase {
		return this.#phase;
	}

	get busy(): boolean {
		return this.#phase !== 'rest' && this.#phase !== 'done';
	}

	get shown(): Shown {
		return this.#shown;
	}

	/** Whether it can be asked: the reader has trained it here. */
	get live(): boolean {
		return this.#engine !== undefined && !this.#shown.recorded;
	}

	get error(): string | undefined {
		return this.#error;
	}

	/** What the reader asked both. */
	get asked(): Answers | undefined {
		return this.#asked;
	}

	async train(lines: Line[], steps: number): Promise<void> {
		this.#phase = 'preparing';
		this.#wanted = true;
		this.#error = this.#asked = undefined;
		try {
			const { prepared } = await this.#client.tune(
				{ lines, steps, rate: RATE, seed: SEED },
				this.#doors.weights()
			);
			const { sha256, parameters } = prepared;
			this.#engine = this.#client.engine({ name: 'Pocket model, fine-tuned', parameters });
			this.#shown = {
				lines: lines.map((line) => ({ ...line })),
				steps,
				sha256: { before: sha256, now: sha256 },
				said: [],
				old: [],
				spent: { steps: 0, tokens: 0, operations: 0, ms: 0 }
			};
			const before = await this.#answer(this.#engine, OTHER);
			this.#shown = { ...this.#shown, other: { ask: OTHER, before, after: '' } };
			this.#phase = 'learning';
			// stopped while the weights were on their way: it stands before its first step
			this.#client.learn(this.#wanted ? steps : 0);
		} catch (error) {
			this.#lose(messageOf(error));
		}
	}

	/** Lets the step that is being computed finish. */
	stop(): void {
		this.#wanted = false;
		this.#stopping?.abort();
		this.#client.pause();
	}

	/** One question to the pocket model as it was, and to the copy that has learnt. */
	async ask(question: string): Promise<void> {
		const engine = this.#engine;
		if (!engine || this.busy) return;
		this.#phase = 'asking';
		this.#error = undefined;
		this.#asked = { ask: question, before: '', after: '' };
		const ask = async (from: Engine, side: 'before' | 'after') => {
			await this.#answer(from, question, (text) => {
				this.#asked = { ...this.#asked!, [side]: text };
			});
		};
		try {
			await ask(await this.#doors.pocket(), 'before');
			await ask(engine, 'after');
		} catch (error) {
			this.#error = messageOf(error);
		}
		this.#phase = 'done';
	}

	leave(): void {
		this.#stopping?.abort();
		this.#client.dispose();
	}

	#hear(news: News): void {
		switch (news.type) {
			case 'picture':
				this.#shown = { ...this.#shown, said: [...this.#shown.said, news.text] };
				break;
			case 'held':
				this.#shown = { ...this.#shown, old: [...this.#shown.old, news.loss] };
				break;
			case 'progress': {
				const { sha256 } = this.#shown;
				const { steps, tokens, learning, learningMs } = news.spent;
				this.#shown = {
					...this.#shown,
					spent: { steps, tokens, operations: learning, ms: learningMs },
					sha256: { ...sha256, now: news.look?.sha256 ?? sha256.now }
				};
				break;
			}
			case 'stands':
				this.#shown = {
					...this.#shown,
					sha256: { ...this.#shown.sha256, now: news.sha256 }
				};
				void this.#conclude();
				break;
			case 'lost':
				this.#lose(news.sentence);
		}
	}

	/** The question that nobody has taught once more. */
	async #conclude(): Promise<void> {
		try {
			const after = await this.#answer(this.#engine!, OTHER);
			const { other } = this.#shown;
			if (other) this.#shown = { ...this.#shown, other: { ...other, after } };
			this.#phase = 'done';
		} catch (error) {
			this.#lose(messageOf(error));
		}
	}

	#lose(sentence: string): void {
		this.#error = sentence;
		this.#engine = undefined;
		this.#phase = 'rest';
	}

	/** @throws the sentence of a run that failed */
	async #answer(
		engine: Engine,
		question: string,
		tell: (text: string) => void = () => {}
	): Promise<string> {
		this.#stopping = new AbortController();
		const request = {
			messages: [{ role: 'user' as const, content: question }],
			temperature: 0.7,
			topK: 0,
			seed: SEED,
			maxTokens: ANSWER
		};
		const { signal } = this.#stopping;
		const hear = (event: RunEvent, text: string) => {
			if (event.type === 'token') tell(text);
		};
		return (await ask(this.#doors.watch, engine, request, signal, hear)).text;
	}
}

import type { Request } from '#lib/events.ts';
import { copyOf } from '../copy.ts';
import type { Engine, RunOptions } from '../engine.ts';
import { Link } from '../link.ts';
import { type Carrier, PulledRun } from '../pulled-run.ts';
import type { Asking, Came } from './classroom.ts';
import type { FromWorker, Paces, Prepared, Spent, ToWorker, Where } from './protocol.ts';
import type { Recipe } from './recipe.ts';
import { broke, ended, noProgram, silent } from './sentences.ts';
import type { TrainedModel } from './trained-model.ts';
import type { Tuning } from './tuning.ts';

/** What a page hears of a training run, one message at a time, in order. */
export type News =
	| Extract<FromWorker, { type: 'progress' | 'held' | 'picture' | 'kept' | 'stands' | 'moved' }>
	/** The worker is gone or the run is over, with a sentence for readers. `kept` says what there is to go on from. */
	| { type: 'lost'; sentence: string };

/** A state to go on from, as the worker told it last. */
export type Kept = { checkpoint: Blob; spent: Spent; sha256: string };

export type Ready = {
	prepared: Prepared;
	on: 'wasm' | 'plain' | 'gpu';
	note?: string;
	paces?: Paces;
};

type Waiting<T> = { resolve(value: T): void; reject(error: Error): void };

/** A class at the model. */
export type Gathering = {
	/** Computes for so many milliseconds. Rejects with a sentence when the class is over. */
	pull(burst: number): Promise<Came>;
	dismiss(): void;
};

/** A model that was trained here, as exhibits run any other. */
class TrainedEngine implements Engine {
	readonly name = 'trained';
	constructor(
		readonly model: Engine['model'],
		readonly run: Engine['run'],
		readonly dispose: () => void
	) {}
}

/**
 * One training run in a worker of its own, and the model that comes of it. The worker starts with the first
 * `prepare` and is replaced after a failure; what was kept outlives it.
 */
export class TrainingClient {
	/** The last state that was kept of the present run. */
	kept: Kept | undefined;

	readonly #createWorker: () => Worker;
	readonly #hearNews: (news: News) => void;
	#link: Link<ToWorker, FromWorker> | undefined;
	#preparing: { resolve(ready?: Ready): void; reject(error: Error): void } | undefined;
	#measuring: Waiting<number> | undefined;
	/** Those who wait for the fingerprints of the present model. */
	#fingerprints: Waiting<string[]>[] = [];
	#learning = false;
	/** Number of the model that was asked for last, in the messages to the worker. */
	#model = 0;
	/** Those who wait for what comes of the present class. */
	#class: Waiting<Came>[] | undefined;
	/** Its number in the messages to the worker. */
	#classNumber = 0;
	#run: PulledRun | undefined;
	/** Number of the present run in the messages to the worker. */
	#number = 0;
	#cuts: readonly string[] = [];
	#forgotten = false;

	constructor(hear: (news: News) => void, createWorker: () => Worker = startWorker) {
		this.#hearNews = hear;
		this.#createWorker = createWorker;
	}

	/** The texts of the tokens of the last run's prompt, markers included. */
	get cuts(): readonly string[] {
		return this.#cuts;
	}

	/** Whether the last run's prompt was longer than the model's window and lost its beginning. */
	get forgotten(): boolean {
		return this.#forgotten;
	}

	/**
	 * Reads the text and makes the weights, or takes up what was kept. Ends what was trained before.
	 *
	 * @returns rejects with an error whose message is a sentence for readers
	 */
	prepare(recipe: Recipe, on: Where = 'processor', kept?: Kept): Promise<Ready> {
		this.#endBefore(kept);
		return this.#ask({
			type: 'prepare',
			number: this.#model,
			recipe: copyOfRecipe(recipe),
			on,
			...(kept ? { kept: { checkpoint: kept.checkpoint, spent: { ...kept.spent } } } : {})
		});
	}

	/**
	 * Goes on with the training of the pocket model, on a few lines. The pocket model of the page stays as it is.
	 *
	 * @param weights absolute address of its weights
	 * @returns as `prepare`
	 */
	tune(tuning: Tuning, weights: string): Promise<Ready> {
		this.#endBefore(undefined);
		const { steps, seed, rate, lines } = tuning;
		const copy = lines.map(({ ask, say }) => ({ ask: String(ask), say: String(say) }));
		return this.#ask({
			type: 'tune',
			number: this.#model,
			tuning: { steps, seed, rate, lines: copy },
			weights
		});
	}

	/** Takes up a model that is trained already. Rejects as `prepare` does. */
	open({ config, tokenizer, values }: TrainedModel): Promise<void> {
		this.#endBefore(undefined);
		return this.#ask({ type: 'open', number: this.#model, config, tokenizer, values });
	}

	/** Asks for a model. What is answered is `Ready`, or nothing where it was opened. */
	#ask<T extends Ready | void>(message: ToWorker): Promise<T> {
		return new Promise((resolve, reject) => {
			this.#preparing = { resolve: (ready) => resolve(ready as T), reject };
			this.#post(message);
		});
	}

	/** Milliseconds a step takes here, measured on weights that are thrown away. Rejects as `prepare` does. */
	measure(): Promise<number> {
		return new Promise((resolve, reject) => {
			if (!this.#link) return reject(new Error(ended()));
			this.#measuring = { resolve, reject };
			this.#post({ type: 'measure' });
		});
	}

	/** What was here before is over for everybody who waits for it. */
	#endBefore(kept: Kept | undefined): void {
		this.#run?.settle('cancelled');
		this.#refuse(new Error(ended()));
		this.#learning = false;
		this.kept = kept;
		this.#model++;
		this.#start();
	}

	/** What was asked for does not come. */
	#refuse(error: Error): void {
		this.#dismiss(error);
		for (const { reject } of this.#fingerprints.splice(0)) reject(error);
		this.#preparing?.reject(error);
		this.#measuring?.reject(error);
		this.#preparing = this.#measuring = undefined;
	}

	/** Learns until so many steps are done. What comes of it is told. */
	learn(until: number): void {
		this.#learning = true;
		this.#post({ type: 'learn', until });
	}

	pause(): void {
		this.#post({ type: 'pause' });
	}

	/** Rest after each step, as a share of the time it took: 1 for half of the work. */
	rest(share: number): void {
		this.#post({ type: 'rest', share });
	}

	/** Which number of the weights is followed, in the order of `shapes`. */
	follow(index: number): void {
		this.#post({ type: 'follow', index });
	}

	/** The model as it is now. Its runs are of the weights that stand when they begin. */
	engine(model: Engine['model']): Engine & { readonly cuts: readonly string[] } {
		const engine = new TrainedEngine(
			model,
			(request, signal, options) => this.#write(request, signal, options),
			() => this.dispose()
		);
		return Object.defineProperty(engine, 'cuts', { get: () => this.#cuts }) as never;
	}

	/**
	 * Has a class ask the model as it is, all at once. Nothing is computed that is not pulled; another class
	 * or another run that is prepared ends it.
	 */
	gather(asking: Asking): Gathering {
		this.#dismiss(new Error(ended()));
		const waiting: Waiting<Came>[] = [];
		this.#class = waiting;
		const number = ++this.#classNumber;
		this.#post({ type: 'gather', asking: { ...asking } });
		return {
			pull: (burst) =>
				new Promise((resolve, reject) => {
					if (this.#class !== waiting || !this.#link) reject(new Error(ended()));
					else {
						waiting.push({ resolve, reject });
						this.#post({ type: 'pull together', number, burst });
					}
				}),
			dismiss: () => {
				if (this.#class === waiting) this.#dismiss(new Error(ended()));
			}
		};
	}

	/**
	 * The SHA-256 of the weights in the worker's memory, taken from them now: of the model's own and of each copy
	 * that answers. Rejects as `prepare` does.
	 */
	fingerprints(): Promise<string[]> {
		return new Promise((resolve, reject) => {
			if (!this.#link) return reject(new Error(ended()));
			this.#fingerprints.push({ resolve, reject });
			this.#post({ type: 'fingerprint' });
		});
	}

	#dismiss(error: Error): void {
		const waiting = this.#class;
		this.#class = undefined;
		if (!waiting) return;
		for (const { reject } of waiting.splice(0)) reject(error);
		this.#post({ type: 'dismiss' });
	}

	/** Frees the worker and its memory. */
	dispose(): void {
		this.#run?.settle('cancelled');
		this.#drop(ended());
	}

	#write(request: Request, signal: AbortSignal, { burst }: RunOptions = {}): PulledRun {
		const carrier: Carrier = {
			begin: (run) => {
				this.#run?.settle('cancelled');
				this.#run = run;
				this.#number++;
				if (!this.#link) run.settle('failed', ended());
				this.#post({ type: 'run', run: this.#number, request: run.request });
			},
			pull: (run, burst) => {
				if (run === this.#run) this.#post({ type: 'pull', burst });
			},
			end: (run) => {
				if (run !== this.#run) return;
				this.#run = undefined;
				this.#post({ type: 'stop' });
			}
		};
		return new PulledRun(copyOf(request), signal, carrier, burst);
	}

	#start(): void {
		this.#link ??= new Link(
			this.#createWorker,
			{
				message: (message) => this.#hear(message),
				lost: (sentence) => this.#lose(sentence)
			},
			{ noProgram, silent, broke }
		);
	}

	#post(message: ToWorker): void {
		if (!this.#link) return;
		this.#link.post(message);
		this.#watch();
	}

	/** Have the worker pinged exactly while somebody waits for it. */
	#watch(): void {
		if (!this.#link) return;
		this.#link.awaiting =
			!!this.#preparing ||
			!!this.#measuring ||
			!!this.#class?.length ||
			!!this.#fingerprints.length ||
			this.#learning ||
			!!this.#run?.awaited;
	}

	#hear(message: FromWorker): void {
		switch (message.type) {
			case 'prepared':
				if (message.number !== this.#model) break; // another one is asked for by now
				this.#preparing?.resolve(message);
				this.#preparing = undefined;
				break;
			case 'opened':
				if (message.number !== this.#model) break;
				this.#preparing?.resolve();
				this.#preparing = undefined;
				break;
			case 'measured':
				if (message.number !== this.#model) break;
				this.#measuring?.resolve(message.step);
				this.#measuring = undefined;
				break;
			case 'started':
			case 'reading':
			case 'tokens':
				if (message.run !== this.#number || !this.#run) break; // of a run that was stopped
				if (message.type === 'started') {
					this.#cuts = message.cuts;
					this.#forgotten = message.forgotten;
				}
				this.#run.hear(message);
				break;
			case 'came':
				// not what was pulled by a class that is dismissed
				if (message.number === this.#classNumber) this.#class?.shift()?.resolve(message.came);
				break;
			case 'fingerprint':
				if (message.number !== this.#model) break;
				this.#fingerprints.shift()?.resolve(message.sha256s);
				break;
			case 'failed':
				if (message.number !== this.#model) break;
				this.#fail(message.sentence);
				break;
			case 'hello':
			case 'pong':
				break;
			default:
				// until the new run is prepared, what is told is of the one before
				if (this.#preparing) break;
				if (message.type === 'kept') this.kept = message;
				if (message.type === 'stands') this.#learning = false;
				this.#hearNews(message);
		}
		this.#watch();
	}

	/** Said by a worker that still answers: the next `prepare` may do. */
	#fail(sentence: string): void {
		const waited = this.#preparing ?? this.#measuring;
		const learning = this.#learning;
		this.#settle(sentence);
		if (learning || !waited) this.#hearNews({ type: 'lost', sentence });
	}

	#lose(sentence: string): void {
		const learning = this.#learning;
		this.#drop(sentence);
		if (learning) this.#hearNews({ type: 'lost', sentence });
	}

	#drop(sentence: string): void {
		this.#link?.close();
		this.#link = undefined;
		this.#settle(sentence);
	}

	/** Tells everybody who waits that nothing comes. */
	#settle(sentence: string): void {
		this.#learning = false;
		const run = this.#run;
		this.#run = undefined;
		const error = new Error(sentence);
		this.#refuse(error);
		run?.settle('failed', sentence);
	}
}

/** Whatever proxy of a framework it comes as: only plain data can be sent to a worker. */
function copyOfRecipe({ text, cut, size, steps, seed, rate }: Recipe): Recipe {
	return {
		text: typeof text === 'string' ? text : { own: String(text.own) },
		cut,
		size,
		steps: Number(steps),
		seed: Number(seed),
		...(rate === undefined ? {} : { rate: Number(rate) })
	};
}

function startWorker(): Worker {
	return new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module' });
}

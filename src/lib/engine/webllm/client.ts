/** @file The page's side: one worker, started by the first question and replaced after a failure, behind `GpuDoor`. */
import type { Request } from '#lib/events.ts';
import { copyOf } from '../copy.ts';
import type { RunOptions } from '../engine.ts';
import { Link } from '../link.ts';
import { type Carrier, PulledRun } from '../pulled-run.ts';
import { Asks } from './asks.ts';
import type { Device } from './device.ts';
import type { GpuDoor, Stage } from './door.ts';
import type { Outcome, Progress, Stored } from './download/download.ts';
import { WebLlmEngine } from './engine.ts';
import { Losses } from './losses.ts';
import type { Model } from './model.ts';
import type { Source } from './place.ts';
import type { FromWorker, Prompted, Question, ToWorker, Wanted } from './protocol.ts';
import { Questions } from './questions.ts';
import { type Starts, starts } from './starts.ts';
import { telling } from './telling.ts';
import { VisitMemory } from './visit-memory.ts';
import { wantedOf } from './wanted.ts';

/**
 * How many pings in a row the worker may leave unanswered. Compiling the GPU's programs can hold it for many seconds, and so can
 * the first token, which uses them first; a worker that only waits for the GPU answers at once.
 */
const patience = { loading: 133, first: 66, usual: 12 } as const; // 60 s, 30 s, 5.4 s

export type ClientOptions = {
	createWorker?: () => Worker;
	losses?: Losses;
	starts?: Starts;
	/** For where the worker cannot look at the device. */
	checkHere?: () => Promise<Device>;
};

export class WebLlmClient implements GpuDoor {
	readonly #createWorker: () => Worker;
	readonly #losses: Losses;
	readonly #starts: Starts;
	readonly #checkHere: () => Promise<Device>;
	readonly #listeners = new Set<(stage: Stage) => void>();

	#link: Link<ToWorker, FromWorker> | undefined;
	/** The model's own stage, which a download hides while it goes on. */
	#model: Exclude<Stage, { at: 'downloading' }> = { at: 'nothing' };
	#downloading: { model: string; progress: Progress } | undefined;
	/** What the worker has been asked to load, as long as it has it. */
	#wanted: Wanted | undefined;
	#started: (() => void) | undefined;
	#run: PulledRun | undefined;
	/** Number of the present run in the messages to the worker. */
	#number = 0;
	/** Number of the latest load. */
	#loading = 0;
	#prompted: Prompted = {};

	readonly #devices = new Questions<Device>();
	readonly #lists = new Questions<readonly Stored[]>();
	readonly #deletions = new Questions<string | undefined>();
	readonly #memory = new VisitMemory();
	readonly #outcomes = new Questions<Outcome>();
	readonly #loads = new Questions<void>();
	readonly #asks = new Asks();
	/** For which the worker must live. */
	readonly #awaited = [this.#devices, this.#lists, this.#deletions, this.#outcomes, this.#asks];

	constructor({
		createWorker = startWorker,
		losses = new Losses(),
		starts: own = starts(),
		checkHere = async () => (await import('./device.ts')).checkDevice()
	}: ClientOptions = {}) {
		this.#createWorker = createWorker;
		this.#losses = losses;
		this.#starts = own;
		this.#checkHere = checkHere;
	}

	/** Of what the last run's prompt was made. For `WebLlmEngine`. */
	get prompted(): Prompted {
		return this.#prompted;
	}

	get stage(): Stage {
		const downloading = this.#downloading;
		return downloading && this.#model.at !== 'loading'
			? { at: 'downloading', ...downloading }
			: this.#model;
	}

	onstage(listener: (stage: Stage) => void): () => void {
		this.#listeners.add(listener);
		listener(this.stage);
		return () => this.#listeners.delete(listener);
	}

	/** Asked of the worker, as the model runs there; of the page where there is no worker. */
	async check(): Promise<Device> {
		return this.#ask(this.#devices, { type: 'check' }).catch(this.#checkHere);
	}

	async stored(): Promise<readonly Stored[]> {
		return this.#ask(this.#lists, { type: 'list' });
	}

	async remove(model?: string): Promise<void> {
		const what = model === undefined ? {} : { model };
		const refused = await this.#ask(this.#deletions, { type: 'delete', ...what });
		if (refused !== undefined) throw new Error(refused);
	}

	async download(model: Model, source: Source): Promise<Outcome> {
		if (this.#downloading) return { state: 'failed', sentence: telling.busy(), file: '' };
		const wanted = wantedOf(model, source);
		const progress: Progress = { state: 'downloading', bytes: 0, total: wanted.bytes, file: '' };
		this.#downloading = { model: model.id, progress };
		this.#tell();
		const outcome = await this.#ask(this.#outcomes, { type: 'download', wanted }).catch(
			(error: Error): Outcome => ({ state: 'failed', sentence: error.message, file: '' })
		);
		this.#downloading = undefined;
		if (outcome.state === 'failed' && this.#model.at !== 'ready') {
			this.#model = { at: 'failed', model: model.id, sentence: outcome.sentence };
		} else if (this.#model.at === 'failed') this.#model = { at: 'nothing' };
		this.#tell();
		return outcome;
	}

	pause(): void {
		this.#post({ type: 'pause' });
	}

	resume(): void {
		this.#post({ type: 'resume' });
	}

	cancel(): void {
		this.#post({ type: 'cancel' });
	}

	async load(model: Model, source: Source): Promise<WebLlmEngine> {
		const wanted = wantedOf(model, source);
		const refused = this.#refusal();
		if (refused !== undefined) throw new Error(refused);
		this.#run?.settle('cancelled');
		this.#load(wanted);
		await this.#loads.ask();
		return new WebLlmEngine(this, model, wanted);
	}

	unload(): void {
		this.#run?.settle('cancelled');
		if (this.#downloading) {
			// the worker has more to do than to hold a model
			this.#post({ type: 'unload' });
			this.#wanted = undefined;
			this.#finishStart();
			this.#loads.fail(new Error(telling.ended()));
			this.#asks.fail(new Error(telling.ended()));
		} else this.#drop(telling.ended());
		if (this.#model.at !== 'given-up') this.#stand({ at: 'nothing' });
	}

	/** A run of a model, which is loaded first where it is not. For `WebLlmEngine`. */
	run(wanted: Wanted, request: Request, signal: AbortSignal, options: RunOptions): PulledRun {
		const { burst, reuse = false } = options;
		const carrier: Carrier = {
			begin: (run) => {
				this.#run?.settle('cancelled');
				this.#run = run;
				const here = this.#has(wanted);
				const refused = here ? undefined : this.#refusal();
				if (refused !== undefined) {
					run.settle('failed', refused);
					return;
				}
				if (!here) this.#load(wanted);
				this.#number++;
				this.#post({ type: 'run', run: this.#number, request: run.request, reuse });
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

	/**
	 * Asks something of a model, which is loaded first where it is not. For `WebLlmEngine`.
	 *
	 * @throws an error whose message is a sentence for readers
	 */
	async ask(wanted: Wanted, question: Question): ReturnType<Asks['ask']> {
		if (question.about === 'look') this.#run?.settle('cancelled');
		if (!this.#has(wanted)) {
			const refused = this.#refusal();
			if (refused !== undefined) throw new Error(refused);
			this.#run?.settle('cancelled');
			this.#load(wanted);
		}
		return this.#asks.ask((ask) => this.#post({ type: 'ask', ask, question }));
	}

	#has({ id }: Wanted): boolean {
		return this.#wanted?.id === id && this.#link !== undefined;
	}

	/** Why no model is put on the GPU now. */
	#refusal(): string | undefined {
		if (this.#losses.givenUp) return telling.givenUp();
		if (this.#starts.looping()) return telling.crashing();
	}

	#load(wanted: Wanted): void {
		this.#loads.fail(new Error(telling.replaced()));
		this.#begin();
		this.#wanted = wanted;
		this.#started ??= this.#starts.begin();
		this.#stand({ at: 'loading', model: wanted.id, phase: 'checking', part: 0 });
		this.#post({ type: 'load', load: ++this.#loading, wanted });
	}

	/** Starts the worker, if there is none. */
	#begin(): void {
		if (this.#link) return;
		this.#link = new Link(
			this.#createWorker,
			{ message: (message) => this.#hear(message), lost: (sentence) => this.#fail(sentence, true) },
			telling
		);
		const { files } = this.#memory;
		if (files.length) this.#link.post({ type: 'hold', files });
	}

	#ask<T>(questions: Questions<T>, message: ToWorker): Promise<T> {
		this.#begin();
		const answer = questions.ask();
		this.#post(message);
		return answer;
	}

	#post(message: ToWorker): void {
		if (!this.#link) return;
		this.#link.post(message);
		this.#watch();
	}

	/** Have the worker pinged exactly while somebody waits for it. */
	#watch(): void {
		if (!this.#link) return;
		const loading = this.#model.at === 'loading';
		const first = this.#asks.open || (this.#run !== undefined && !this.#run.written);
		this.#link.misses = loading ? patience.loading : first ? patience.first : patience.usual;
		this.#link.awaiting = loading || !!this.#run?.awaited || this.#awaited.some(({ open }) => open);
	}

	#hear(message: FromWorker): void {
		switch (message.type) {
			case 'device':
				this.#devices.answer(message.device);
				break;
			case 'stored':
				this.#lists.answer(message.models);
				break;
			case 'deleted':
				this.#deletions.answer(message.refused);
				break;
			case 'memory':
				this.#memory.hear(message.change);
				break;
			case 'progress':
				if (!this.#downloading) break;
				this.#downloading = { ...this.#downloading, progress: message.progress };
				this.#tell();
				break;
			case 'downloaded':
				this.#outcomes.answer(message.outcome);
				break;
			case 'loading':
				if (!this.#wanted || message.load !== this.#loading) break;
				this.#stand({
					at: 'loading',
					model: this.#wanted.id,
					phase: message.phase,
					part: message.part
				});
				break;
			case 'ready':
				if (!this.#wanted || message.load !== this.#loading) break;
				this.#finishStart();
				this.#stand({ at: 'ready', model: this.#wanted.id });
				this.#loads.answer();
				break;
			case 'unloaded':
				if (message.load === this.#loading) this.#lose(message.sentence);
				break;
			case 'lost':
				this.#losses.add();
				this.#lose(message.sentence);
				break;
			case 'answered':
				this.#asks.answer(message.ask, message.answer);
				break;
			case 'refused':
				if (message.run === this.#number) this.#run?.settle('failed', message.sentence);
				break;
			case 'failed':
				this.#fail(message.sentence, this.#model.at === 'ready');
				break;
			case 'started':
			case 'reading':
			case 'tokens':
				if (message.run !== this.#number) break; // of a run that was stopped
				if (message.type === 'started') this.#prompted = message;
				this.#run?.hear(message);
		}
		this.#watch();
	}

	/** The worker is of no more use: what comes next starts another. */
	#fail(sentence: string, counts: boolean): void {
		if (counts && this.#wanted) this.#losses.add();
		const wanted = this.#wanted;
		const run = this.#takeRun();
		this.#drop(sentence);
		this.#standFailed(sentence, wanted, run);
	}

	/** The model is not on the GPU any more, or did not come there; the worker lives. */
	#lose(sentence: string): void {
		const wanted = this.#wanted;
		const run = this.#takeRun();
		this.#wanted = undefined;
		this.#finishStart();
		if (this.#losses.givenUp) this.#drop(telling.givenUp());
		this.#standFailed(sentence, wanted, run);
	}

	#standFailed(sentence: string, wanted: Wanted | undefined, run: PulledRun | undefined): void {
		const { givenUp } = this.#losses;
		const said = givenUp ? telling.givenUp() : sentence;
		if (wanted)
			this.#stand({ at: givenUp ? 'given-up' : 'failed', model: wanted.id, sentence: said });
		this.#loads.fail(new Error(said));
		this.#asks.fail(new Error(said));
		run?.settle('failed', said);
	}

	#takeRun(): PulledRun | undefined {
		const run = this.#run;
		this.#run = undefined;
		return run;
	}

	/** Ends the worker. @param sentence what those are told who wait for an answer */
	#drop(sentence: string): void {
		this.#run = undefined;
		this.#wanted = undefined;
		this.#finishStart();
		this.#link?.close();
		this.#link = undefined;
		const error = new Error(sentence);
		for (const questions of [...this.#awaited, this.#loads]) questions.fail(error);
	}

	#finishStart(): void {
		this.#started?.();
		this.#started = undefined;
	}

	#stand(stage: Exclude<Stage, { at: 'downloading' }>): void {
		this.#model = stage;
		this.#tell();
	}

	#tell(): void {
		const { stage } = this;
		for (const listener of this.#listeners) listener(stage);
	}
}

let door: WebLlmClient | undefined;

/** Real models on this device's GPU: one door for the whole visit. */
export function gpuDoor(): GpuDoor {
	return (door ??= new WebLlmClient());
}

function startWorker(): Worker {
	return new Worker(new URL('./webllm-worker.ts', import.meta.url), { type: 'module' });
}

import type { Request } from '#lib/events.ts';
import { copyOf, copyOfMessages } from '../copy.ts';
import type { Engine, RunOptions } from '../engine.ts';
import { Link } from '../link.ts';
import { type Carrier, PulledRun } from '../pulled-run.ts';
import type { FromWorker, Look, LookRequest, Retraced, ToWorker, Wanted } from './protocol.ts';
import { sentences } from './sentences.ts';

/** How far the weights have come. Bytes as they lie in memory, after the browser unpacked them. */
export type Arrival =
	| { state: 'untouched' }
	| { state: 'coming'; bytes: number; total: number }
	| { state: 'here'; backend: 'wasm' | 'plain' }
	| { state: 'failed'; sentence: string };

export type PocketOptions = {
	/** Absolute address of the file of weights. */
	weights: string;
	/** What the manifest says of the files; `weights.bytes` is the length of that file. */
	manifest: { name: string; parameters: number; sha256: string; weights: { bytes: number } };
	createWorker?: () => Worker;
};

/**
 * The pocket model, running in a worker of its own: started by the first run or by `load`, kept for
 * the runs that follow, replaced after a failure. One run at a time: a new one cancels the one before.
 */
export class PocketEngine implements Engine {
	readonly name = 'pocket';
	readonly model: { name: string; parameters: number; sha256: string };

	readonly #weights: string;
	readonly #total: number;
	readonly #createWorker: () => Worker;

	#link: Link<ToWorker, FromWorker> | undefined;
	#run: PulledRun | undefined;
	/** Number of the present run in the messages to the worker. */
	#number = 0;
	#forgotten = false;
	#cuts: readonly string[] = [];
	#arrival: Arrival = { state: 'untouched' };
	readonly #listeners = new Set<(arrival: Arrival) => void>();
	readonly #counts: ((steps: number) => void)[] = [];
	readonly #fingerprints: { found(sha256: string): void; failed(error: Error): void }[] = [];
	readonly #looks = new Map<number, { found(look: Look): void; failed(error: Error): void }>();
	readonly #retraces = new Map<
		number,
		{ found(retraced: Retraced): void; failed(error: Error): void }
	>();
	/** Number of the last look in the messages to the worker. */
	#looked = 0;

	constructor({ weights, manifest, createWorker = startWorker }: PocketOptions) {
		const { name, parameters, sha256 } = manifest;
		this.model = { name, parameters, sha256 };
		this.#weights = weights;
		this.#total = manifest.weights.bytes;
		this.#createWorker = createWorker;
	}

	run(request: Request, signal: AbortSignal, { burst, reuse = false }: RunOptions = {}): PulledRun {
		const carrier: Carrier = {
			begin: (run) => {
				this.#run?.settle('cancelled');
				this.#run = run;
				this.#number++;
				this.load();
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

	/** Starts the worker and lets it fetch the weights, if it has not yet. */
	load(): void {
		if (this.#link) return;
		this.#link = new Link(
			this.#createWorker,
			{
				message: (message) => this.#hear(message),
				lost: (sentence) => this.#fail(sentence)
			},
			sentences
		);
		this.#arrive({ state: 'coming', bytes: 0, total: this.#total });
		this.#post({ type: 'load', weights: this.#weights });
	}

	get arrival(): Arrival {
		return this.#arrival;
	}

	/** The texts of the tokens of the last run's prompt, markers included. */
	get cuts(): readonly string[] {
		return this.#cuts;
	}

	/** Whether the last run's conversation was longer than the model's window and lost its oldest part. */
	get forgotten(): boolean {
		return this.#forgotten;
	}

	/** @returns what ends the listening. The listener is called at once, and then at every change. */
	onarrival(listener: (arrival: Arrival) => void): () => void {
		this.#listeners.add(listener);
		listener(this.#arrival);
		return () => this.#listeners.delete(listener);
	}

	/** Tokens the present worker's model has read in all, by the worker's own count; 0 without a worker. */
	steps(): Promise<number> {
		if (!this.#link) return Promise.resolve(0);
		return new Promise((resolve) => {
			this.#counts.push(resolve);
			this.#post({ type: 'count' });
		});
	}

	/**
	 * The SHA-256 of all weights as they lie in the worker's memory: little-endian floats, in the order of
	 * `shapes`. It is computed there, from the very numbers that the model computes with.
	 *
	 * @returns rejects with an error whose message is a sentence for readers
	 */
	fingerprint(): Promise<string> {
		this.load();
		return new Promise((found, failed) => {
			this.#fingerprints.push({ found, failed });
			this.#post({ type: 'fingerprint' });
		});
	}

	/**
	 * What the model makes of a conversation and of what has been written since: how likely each token
	 * is to come next. No run is disturbed by it, and none of it is usage: whoever bills it makes a run of
	 * it. A text that goes on from the last one is not read again.
	 *
	 * @param written ids of the tokens after the prompt
	 * @param options `insides`: also what became of the last token on its way through the model, or, of a
	 * text of at most 32 tokens, what became of all
	 * @returns rejects with an error whose message is a sentence for readers
	 */
	look(
		{ messages, maxTokens }: LookRequest,
		written: readonly number[] = [],
		{ insides = false }: { insides?: boolean | 'all' } = {}
	): Promise<Look> {
		this.load();
		const look = ++this.#looked;
		return new Promise((found, failed) => {
			this.#looks.set(look, { found, failed });
			this.#post({
				type: 'look',
				look,
				request: { messages: copyOfMessages(messages), maxTokens: Number(maxTokens) },
				written: Array.from(written, Number),
				insides: insides === 'all' ? 'all' : ((insides ? 'last' : 'none') satisfies Wanted)
			});
		});
	}

	/**
	 * Has a text of at most 32 tokens read as it was written, token by token, with the cache of keys and
	 * values and without it, and counts and times both. No run is disturbed, and none of it is usage.
	 *
	 * @returns rejects with an error whose message is a sentence for readers
	 */
	retrace({ messages, maxTokens }: LookRequest, written: readonly number[]): Promise<Retraced> {
		this.load();
		const look = ++this.#looked;
		return new Promise((found, failed) => {
			this.#retraces.set(look, { found, failed });
			this.#post({
				type: 'retrace',
				look,
				request: { messages: copyOfMessages(messages), maxTokens: Number(maxTokens) },
				written: Array.from(written, Number)
			});
		});
	}

	dispose(): void {
		this.#run?.settle('cancelled');
		this.#drop();
		this.#arrive({ state: 'untouched' });
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
			this.#arrival.state === 'coming' ||
			this.#counts.length > 0 ||
			this.#looks.size > 0 ||
			this.#retraces.size > 0 ||
			this.#fingerprints.length > 0 ||
			!!this.#run?.awaited;
	}

	#hear(message: FromWorker): void {
		switch (message.type) {
			case 'arriving':
				this.#arrive({ state: 'coming', bytes: message.bytes, total: this.#total });
				break;
			case 'ready':
				this.#arrive({ state: 'here', backend: message.backend });
				break;
			case 'counted':
				this.#counts.shift()?.(message.steps);
				break;
			case 'fingerprint':
				this.#fingerprints.shift()?.found(message.sha256);
				break;
			case 'looked': {
				const { look, found } = message;
				const asked = this.#looks.get(look);
				this.#looks.delete(look);
				if ('sentence' in found) asked?.failed(new Error(found.sentence));
				else asked?.found(found);
				break;
			}
			case 'retraced': {
				const { look, found } = message;
				const asked = this.#retraces.get(look);
				this.#retraces.delete(look);
				if ('sentence' in found) asked?.failed(new Error(found.sentence));
				else asked?.found(found);
				break;
			}
			case 'failed':
				this.#fail(message.sentence);
				break;
			case 'started':
			case 'reading':
			case 'tokens':
				if (message.run !== this.#number || !this.#run) break; // of a run that was stopped
				if (message.type === 'started') {
					this.#forgotten = message.forgotten;
					this.#cuts = message.cuts;
				}
				this.#run.hear(message);
		}
		this.#watch();
	}

	/** The worker is of no more use: the next run starts another. */
	#fail(sentence: string): void {
		const run = this.#run;
		this.#drop(sentence);
		this.#arrive({ state: 'failed', sentence });
		run?.settle('failed', sentence);
	}

	/** @param sentence what those are told who wait for a look or a fingerprint */
	#drop(sentence = sentences.ended()): void {
		this.#run = undefined;
		this.#link?.close();
		this.#link = undefined;
		for (const resolve of this.#counts.splice(0)) resolve(0);
		const looks = [...this.#looks.values(), ...this.#retraces.values()];
		this.#looks.clear();
		this.#retraces.clear();
		for (const { failed } of [...looks, ...this.#fingerprints.splice(0)]) {
			failed(new Error(sentence));
		}
	}

	#arrive(arrival: Arrival): void {
		this.#arrival = arrival;
		for (const listener of this.#listeners) listener(arrival);
	}
}

function startWorker(): Worker {
	return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
}

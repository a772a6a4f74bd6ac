import type { Config } from '#lib/tiny/gpt.ts';
import type { TokenizerJson } from '#lib/tiny/tokenizer.ts';
import { copyOfMessages } from '../copy.ts';
import { Link } from '../link.ts';
import { offline } from '../offline.ts';
import type { Look, LookRequest, Retraced } from '../pocket/protocol.ts';
import type { Kept } from './client.ts';
import type { FromLooking, FromWorker, ToLooking, ToWorker } from './protocol.ts';
import type { Recipe } from './recipe.ts';

/** A model as it is kept: whole, or in the middle of its training. */
export type Source =
	| { config: Config; tokenizer: TokenizerJson; values: Float32Array<ArrayBuffer> }
	| { recipe: Recipe; kept: Pick<Kept, 'checkpoint' | 'spent'> };

/** What is known of it once it stands in the worker. */
export type Opened = { config: Config; tokenizer: TokenizerJson; prompt?: string };

type Waiting = { found(value: never): void; failed(error: Error): void };

/** For readers: nothing is trained here. */
const sentences = {
	noProgram: () =>
		offline()
			? 'You are offline, and the program that runs this model has not come yet. When the network is back, press Run again.'
			: 'The program that runs this model could not be loaded. Check the connection, then press Run again.',
	silent: () => 'This model stopped answering and was put away. Press Run, and it begins anew.',
	broke: (cause: string) => `This model stopped with an error (${cause.slice(0, 200)}).`,
	ended: () => 'This model was put away.'
};

/**
 * A model that was trained in a browser, to be looked into, in a worker of its own. The worker begins with the
 * first question and is replaced after a failure. Everything rejects with a sentence for readers.
 */
export class TrainedLooker {
	readonly #source: Source;
	readonly #createWorker: () => Worker;
	#link: Link<ToWorker | ToLooking, FromWorker | FromLooking> | undefined;
	#opening: Promise<Opened> | undefined;
	#open: { resolve(opened: Opened): void; reject(error: Error): void } | undefined;
	readonly #asked = new Map<number, Waiting>();
	#number = 0;

	constructor(source: Source, createWorker = startWorker) {
		this.#source = source;
		this.#createWorker = createWorker;
	}

	/** Takes it up in the worker, if that is not done. */
	open(): Promise<Opened> {
		return (this.#opening ??= new Promise((resolve, reject) => {
			this.#open = { resolve, reject };
			this.#link = new Link(
				this.#createWorker,
				{
					message: (message) => this.#hear(message),
					lost: (sentence) => this.#drop(sentence)
				},
				sentences
			);
			const source = this.#source;
			this.#post(
				'kept' in source
					? {
							type: 'prepare',
							number: 1,
							recipe: source.recipe,
							on: 'processor',
							kept: { checkpoint: source.kept.checkpoint, spent: { ...source.kept.spent } }
						}
					: {
							type: 'open',
							number: 1,
							config: { ...source.config },
							tokenizer: source.tokenizer,
							values: source.values
						}
			);
		}));
	}

	/** What may come next after `written`, and what became of every token; of at most 32 tokens. */
	look(request: LookRequest, written: readonly number[]): Promise<Look> {
		return this.#ask({ type: 'look', insides: 'all' }, request, written);
	}

	/** The same text with the cache of keys and values and without it, counted and timed. */
	retrace(request: LookRequest, written: readonly number[]): Promise<Retraced> {
		return this.#ask({ type: 'retrace' }, request, written);
	}

	/** Frees the worker and its memory. */
	dispose(): void {
		this.#drop(sentences.ended());
	}

	async #ask<Found>(
		what: { type: 'look'; insides: 'all' } | { type: 'retrace' },
		{ messages, maxTokens }: LookRequest,
		written: readonly number[]
	): Promise<Found> {
		await this.open();
		const look = ++this.#number;
		return new Promise((found, failed) => {
			this.#asked.set(look, { found, failed });
			this.#post({
				...what,
				look,
				request: { messages: copyOfMessages(messages), maxTokens: Number(maxTokens) },
				written: Array.from(written, Number)
			});
		});
	}

	#post(message: ToWorker | ToLooking): void {
		this.#link?.post(message);
		this.#watch();
	}

	/** Have the worker pinged exactly while somebody waits for it. */
	#watch(): void {
		if (this.#link) this.#link.awaiting = !!this.#open || this.#asked.size > 0;
	}

	#hear(message: FromWorker | FromLooking): void {
		switch (message.type) {
			case 'prepared':
				this.#open?.resolve(message.prepared);
				this.#open = undefined;
				break;
			case 'opened':
				if ('config' in this.#source) this.#open?.resolve(this.#source);
				this.#open = undefined;
				break;
			case 'found': {
				const { look, found } = message;
				const asked = this.#asked.get(look);
				this.#asked.delete(look);
				if ('sentence' in found) asked?.failed(new Error(found.sentence));
				else asked?.found(found as never);
				break;
			}
			case 'failed':
				this.#drop(message.sentence);
		}
		this.#watch();
	}

	#drop(sentence: string): void {
		this.#link?.close();
		this.#link = undefined;
		const waiting = [...this.#asked.values()];
		this.#asked.clear();
		const open = this.#open;
		this.#open = this.#opening = undefined;
		open?.reject(new Error(sentence));
		for (const { failed } of waiting) failed(new Error(sentence));
	}
}

function startWorker(): Worker {
	return new Worker(new URL('./looking-worker.ts', import.meta.url), { type: 'module' });
}

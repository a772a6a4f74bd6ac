/** @file A model on the reader's GPU, as exhibits have it. */
import type { Request } from '#lib/events.ts';
import { copyOfMessages } from '../copy.ts';
import type { Engine, RunOptions } from '../engine.ts';
import type { PulledRun } from '../pulled-run.ts';
import type { WebLlmClient } from './client.ts';
import type { Cut, GpuLook, LookRequest } from './looking.ts';
import type { Model } from './model.ts';
import type { Layout } from './prompt.ts';
import type { Wanted } from './protocol.ts';
import type { Lexicon } from './vocabulary.ts';

/** Runs of one model. Between a loss and the next run it is loaded again, from what is stored. */
export class WebLlmEngine implements Engine {
	readonly name = 'webllm';
	readonly model: { name: string; parameters: number };
	/** Tokens that prompt and answer share. */
	readonly context: number;
	readonly #client: WebLlmClient;
	readonly #wanted: Wanted;
	#lexicon: Promise<Lexicon> | undefined;

	constructor(client: WebLlmClient, { name, parameters, context }: Model, wanted: Wanted) {
		this.#client = client;
		this.model = { name, parameters };
		this.context = context;
		this.#wanted = wanted;
	}

	run(request: Request, signal: AbortSignal, options: RunOptions = {}): PulledRun {
		return this.#client.run(this.#wanted, request, signal, options);
	}

	/** The texts of the tokens of the last run's prompt, where they are known. */
	get cuts(): readonly string[] | undefined {
		return this.#client.prompted.cuts;
	}

	/** How the last run's prompt lies, message by message. */
	get layout(): Layout | undefined {
		return this.#client.prompted.layout;
	}

	/**
	 * What the model makes of a conversation and of what has been written since. None of it is usage: whoever bills it makes a run
	 * of it. It ends the run that is being written; a text that goes on from the last one is not read again.
	 *
	 * @param written ids of the tokens after the prompt
	 * @returns rejects with an error whose message is a sentence for readers
	 */
	async look(request: LookRequest, written: readonly number[] = []): Promise<GpuLook> {
		const question = { about: 'look' as const, request: lookOf(request), written: [...written] };
		const found = await this.#client.ask(this.#wanted, question);
		return (found as { look: GpuLook }).look;
	}

	/**
	 * How a conversation is cut into tokens, an answer at its end left open.
	 *
	 * @returns rejects with an error whose message is a sentence for readers
	 */
	async cut(request: LookRequest): Promise<Cut> {
		const found = await this.#client.ask(this.#wanted, { about: 'cut', request: lookOf(request) });
		return (found as { cut: Cut }).cut;
	}

	/**
	 * What each of its tokens stands for; sent once.
	 *
	 * @returns rejects with an error whose message is a sentence for readers
	 */
	lexicon(): Promise<Lexicon> {
		this.#lexicon ??= this.#client.ask(this.#wanted, { about: 'lexicon' }).then(
			(found) => (found as { lexicon: Lexicon }).lexicon,
			(error: unknown) => {
				this.#lexicon = undefined;
				throw error;
			}
		);
		return this.#lexicon;
	}

	dispose(): void {
		this.#client.unload();
	}
}

function lookOf({ messages, maxTokens }: LookRequest): LookRequest {
	return { messages: copyOfMessages(messages), maxTokens: Number(maxTokens) };
}

/** @file A model on the reader's GPU, as exhibits have it. */
import type { Request } from '#lib/events.ts';
import type { Engine, RunOptions } from '../engine.ts';
import type { PulledRun } from '../pulled-run.ts';
import type { WebLlmClient } from './client.ts';
import type { Model } from './model.ts';
import type { Layout } from './prompt.ts';
import type { Wanted } from './protocol.ts';

/** Runs of one model. Between a loss and the next run it is loaded again, from what is stored. */
export class WebLlmEngine implements Engine {
	readonly name = 'webllm';
	readonly model: { name: string; parameters: number };
	/** Tokens that prompt and answer share. */
	readonly context: number;
	readonly #client: WebLlmClient;
	readonly #wanted: Wanted;

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

	dispose(): void {
		this.#client.unload();
	}
}

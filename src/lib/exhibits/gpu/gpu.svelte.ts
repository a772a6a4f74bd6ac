import { messageOf } from '#lib/engine/told.ts';
import type { Device } from '#lib/engine/webllm/device.ts';
import type { GpuDoor, Stage } from '#lib/engine/webllm/door.ts';
import type { Outcome, Stored } from '#lib/engine/webllm/download/download.ts';
import type { Model } from '#lib/engine/webllm/model.ts';
import type { Source } from '#lib/engine/webllm/place.ts';
import type { OwnTraining } from '#lib/meter/own.ts';
import { writer } from '../run/writer.svelte.ts';

/**
 * Real models on the reader's GPU, as the page shows them. Its code is fetched by the first question,
 * web-llm's own only when a model is loaded.
 */
export class Gpu {
	readonly #fetch: () => Promise<GpuDoor>;
	#door: Promise<GpuDoor> | undefined;
	#stage: Stage = $state.raw({ at: 'nothing' });
	#device: Device | undefined = $state.raw();
	#stored: readonly Stored[] | undefined = $state.raw();
	/** How the last download ended, by model. */
	#outcomes: Readonly<Record<string, Outcome>> = $state.raw({});
	#error: string | undefined = $state();

	constructor(fetch: () => Promise<GpuDoor>) {
		this.#fetch = fetch;
	}

	get stage(): Stage {
		return this.#stage;
	}

	/** What this device can do; nothing until it has been looked at. */
	get device(): Device | undefined {
		return this.#device;
	}

	get stored(): readonly Stored[] | undefined {
		return this.#stored;
	}

	outcome(model: string): Outcome | undefined {
		return this.#outcomes[model];
	}

	/** A plain sentence: what went wrong with the last thing that was asked for. */
	get error(): string | undefined {
		return this.#error;
	}

	/** Whether something goes on that is better not disturbed. */
	get busy(): boolean {
		return this.#stage.at === 'downloading' || this.#stage.at === 'loading';
	}

	/** Looks at the device and at what is stored. Makes no request to another host. */
	async look(): Promise<void> {
		await this.#ask(async (door) => {
			[this.#device, this.#stored] = await Promise.all([door.check(), door.stored()]);
		});
	}

	/** Fetches a model's files. To be called only when the reader has agreed to it. */
	async download(model: Model, source: Source): Promise<void> {
		if (this.busy) return;
		await this.#ask(async (door) => {
			const outcome = await door.download(model, source);
			this.#outcomes = { ...this.#outcomes, [model.id]: outcome };
			this.#stored = await door.stored();
		});
	}

	pause(): void {
		void this.#door?.then((door) => door.pause());
	}

	resume(): void {
		void this.#door?.then((door) => door.resume());
	}

	cancel(): void {
		void this.#door?.then((door) => door.cancel());
	}

	/**
	 * Puts a stored model on the GPU; from then on it writes in the exhibits of this visit.
	 * @param training what its training took, for its training bar
	 */
	async load(model: Model, source: Source, training?: OwnTraining): Promise<void> {
		if (this.busy) return;
		writer.use(undefined);
		await this.#ask(async (door) => writer.use(await door.load(model, source), training));
	}

	/** Frees the GPU: the pocket model writes again. */
	unload(): void {
		writer.use(undefined);
		void this.#door?.then((door) => door.unload());
	}

	/** Deletes one stored model, or all of them. */
	async remove(model?: string): Promise<void> {
		await this.#ask(async (door) => {
			if (!model || (this.#stage.at === 'ready' && this.#stage.model === model)) this.unload();
			try {
				await door.remove(model);
				this.#outcomes = {};
			} finally {
				// of several, some may have been deleted before one was refused
				this.#stored = await door.stored();
			}
		});
	}

	async #ask(question: (door: GpuDoor) => Promise<void>): Promise<void> {
		this.#error = undefined;
		try {
			this.#door ??= this.#fetch().then((door) => {
				door.onstage((stage) => this.#at(stage));
				return door;
			});
			const door = await this.#door.catch(() => {
				this.#door = undefined;
				throw new Error(notLoaded());
			});
			await question(door);
		} catch (thrown) {
			this.#error = messageOf(thrown);
		}
	}

	#at(stage: Stage): void {
		this.#stage = stage;
		// what is not on the GPU any more cannot write
		if (stage.at === 'given-up' || stage.at === 'nothing') writer.use(undefined);
	}
}

const notLoaded = () =>
	navigator.onLine
		? 'The program for real models could not be loaded. Check the connection, then try again.'
		: 'You are offline, and the program for real models has not come yet. Try again when the network is back.';

/** One for the whole visit: a model stays on the GPU from page to page. */
export const gpu = new Gpu(async () => (await import('#lib/engine/webllm/client.ts')).gpuDoor());

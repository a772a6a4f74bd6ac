/** @file A door to real models that does as it is told: for tests of what pages make of it. Nothing is fetched or run. */
import type { Engine } from '#lib/engine/engine.ts';
import type { Device } from '#lib/engine/webllm/device.ts';
import type { GpuDoor, Stage } from '#lib/engine/webllm/door.ts';
import type { Outcome, Stored } from '#lib/engine/webllm/download/download.ts';
import type { Model } from '#lib/engine/webllm/model.ts';

/** A laptop of today: a GPU with 16-bit numbers, room, an unmetered line. */
export const laptop: Device = {
	secure: true,
	webgpu: true,
	asked: 'found',
	taken: 'works',
	adapter: {
		name: 'example gpu',
		software: false,
		slowOnly: false,
		f16: true,
		limits: {
			maxStorageBuffersPerShaderStage: 10,
			maxComputeWorkgroupStorageSize: 32768,
			maxBufferSize: 2 ** 31,
			maxStorageBufferBindingSize: 2 ** 31 - 4
		}
	},
	free: 60e9,
	persisted: false,
	keeps: true,
	metered: false,
	memory: 16 * 2 ** 30,
	phone: false,
	unknown: []
};

export class ToldDoor implements GpuDoor {
	device: Device = laptop;
	/** Models whose files are here. */
	here: Stored[] = [];
	/** What was asked for, in order. */
	readonly asked: string[] = [];
	/** Ends the download that goes on. */
	finish: (outcome: Outcome) => void = () => {};
	/** Ends the loading that goes on: with a sentence where it fails. */
	loaded: (sentence?: string) => void = () => {};

	/** Why a model is not deleted, by its id. */
	readonly refusals: Record<string, string> = {};

	#stage: Stage = { at: 'nothing' };
	readonly #listeners = new Set<(stage: Stage) => void>();

	get stage(): Stage {
		return this.#stage;
	}

	onstage(listener: (stage: Stage) => void): () => void {
		this.#listeners.add(listener);
		listener(this.#stage);
		return () => this.#listeners.delete(listener);
	}

	at(stage: Stage): void {
		this.#stage = stage;
		for (const listener of this.#listeners) listener(stage);
	}

	check = () => Promise.resolve(this.device);
	stored = () => Promise.resolve([...this.here]);

	download(model: Model): Promise<Outcome> {
		this.asked.push(`download ${model.id}`);
		const total = model.downloadBytes;
		this.at({
			at: 'downloading',
			model: model.id,
			progress: { state: 'downloading', bytes: 0, total, file: 'mlc-chat-config.json' }
		});
		return new Promise((resolve) => {
			this.finish = (outcome) => {
				if (outcome.state === 'complete') {
					this.here.push({ model: model.id, bytes: total, date: '2026-11-26T12:00:00.000Z' });
				}
				this.at({ at: 'nothing' });
				resolve(outcome);
			};
		});
	}

	pause = () => void this.asked.push('pause');
	resume = () => void this.asked.push('resume');
	cancel = () => void this.asked.push('cancel');

	remove(model?: string): Promise<void> {
		this.asked.push(`remove ${model ?? 'all'}`);
		const stays = ({ model: one }: Stored) => one in this.refusals || (model && one !== model);
		const [refusal] = Object.entries(this.refusals).filter(([one]) => !model || one === model);
		this.here = this.here.filter(stays);
		return refusal ? Promise.reject(new Error(refusal[1])) : Promise.resolve();
	}

	load(model: Model): Promise<Engine> {
		this.asked.push(`load ${model.id}`);
		this.at({ at: 'loading', model: model.id, phase: 'checking', part: 0 });
		return new Promise((resolve, reject) => {
			this.loaded = (sentence) => {
				if (sentence) {
					this.at({ at: 'failed', model: model.id, sentence });
					reject(new Error(sentence));
					return;
				}
				this.at({ at: 'ready', model: model.id });
				resolve({
					name: 'webllm',
					model: { name: model.name, parameters: model.parameters },
					async *run() {},
					dispose() {}
				});
			};
		});
	}

	unload(): void {
		this.asked.push('unload');
		this.at({ at: 'nothing' });
	}
}

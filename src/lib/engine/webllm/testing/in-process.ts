/** @file The page's side and the worker's side in one process, with messages copied and delayed as between a page and a worker. */
import { WebLlmClient, type ClientOptions } from '../client.ts';
import type { Device } from '../device.ts';
import type { Outcome } from '../download/download.ts';
import type { Fate } from '../lost.ts';
import type { Model } from '../model.ts';
import type { FromWorker, ToWorker } from '../protocol.ts';
import { serve, type Surroundings } from '../session.ts';
import { type Script, scriptedLlm, tokenizerFile } from './scripted-llm.ts';

export const complete: Outcome = {
	state: 'complete',
	verified: 'first-download',
	kept: 'cache',
	renewed: []
};

export const model = {
	id: 'm-q4f32_1-MLC',
	name: 'Scripted 1',
	parameters: 1000,
	downloadBytes: 5_000_000,
	context: 256,
	home: 'https://a.example/m/resolve/main/',
	library: 'https://a.example/v0_2_86/m.wasm'
} as Model;

export const home = { at: 'home' } as const;

export function inProcess(
	script: Script = {},
	around: Partial<Surroundings> = {},
	options: ClientOptions = {}
) {
	const scripted = scriptedLlm(script);
	const alive = new Set<FakeWorker>();
	const posted: FromWorker[] = [];
	const asked: ToWorker[] = [];
	const watching: (() => ((fate: Fate) => void) | undefined)[] = [];
	let made = 0;

	class FakeWorker {
		onmessage: ((event: { data: FromWorker }) => void) | null = null;
		onmessageerror: (() => void) | null = null;
		onerror: ((event: { preventDefault(): void; message: string }) => void) | null = null;
		hear: ((event: MessageEvent<ToWorker>) => void) | undefined;
		/** It answers nothing more, and says nothing of it. */
		dead = false;

		constructor() {
			made++;
			alive.add(this);
			void Promise.resolve().then(() =>
				serve(
					{
						postMessage: (message) => this.#later(() => this.#say(structuredClone(message))),
						addEventListener: (_, hear) => (this.hear = hear)
					},
					{
						download: async () => complete,
						verify: async () => complete,
						stored: async () => [],
						remove: async () => {},
						hold: () => {},
						watchMemory: () => {},
						storedText: async () => JSON.stringify(tokenizerFile()),
						checkDevice: async () => ({ secure: true }) as Device,
						webLlm: async () => scripted.webLlm,
						watchGpus: (listenerFor) => watching.push(listenerFor),
						...around
					}
				)
			);
		}

		postMessage(message: ToWorker) {
			const data = structuredClone(message);
			if (data.type !== 'ping') asked.push(data);
			this.#later(() => this.hear?.({ data } as MessageEvent<ToWorker>));
		}

		terminate() {
			this.dead = true;
			alive.delete(this);
		}

		#say(data: FromWorker) {
			if (data.type !== 'pong') posted.push(data);
			this.onmessage?.({ data });
		}

		#later(deliver: () => void) {
			setTimeout(() => {
				if (!this.dead) deliver();
			});
		}
	}

	const client = new WebLlmClient({
		createWorker: () => new FakeWorker() as unknown as Worker,
		starts: { looping: () => false, begin: () => () => {} },
		checkHere: async () => ({ secure: false }) as Device,
		...options
	});
	return {
		...scripted,
		client,
		alive,
		posted,
		asked,
		/** The listener for the GPU that is being taken now. */
		take: () => watching.at(-1)?.(),
		get made() {
			return made;
		}
	};
}

/** @file For `gpu.spec.ts`: the page's side of real models, in a page that has nothing else. */
import type { Request } from '#lib/events.ts';
import { WebLlmClient } from '#lib/engine/webllm/client.ts';
import type { Model } from '#lib/engine/webllm/model.ts';

const request: Request = {
	messages: [{ role: 'user', content: 'Hello' }],
	temperature: 0,
	topK: 0,
	seed: 1,
	maxTokens: 200
};

const client = new WebLlmClient({
	createWorker: () => new Worker('/worker.js', { type: 'module' })
});

const model = (id: string) =>
	({
		id,
		name: id,
		parameters: 1000,
		downloadBytes: 1000,
		context: 256,
		home: 'https://a.example/m/resolve/main/',
		library: 'https://a.example/v0_2_86/m.wasm'
	}) as Model;

export type Written = {
	text: string;
	tokens: number;
	counted: number;
	reason: string;
	error: string | undefined;
	ms: number;
};

const never = new AbortController().signal;

const inPage = {
	/** @returns why not, if not */
	load: (id = 'm') =>
		client.load(model(id), { at: 'home' }).then(
			() => '',
			(error: Error) => error.message
		),

	unload: () => client.unload(),

	stage: () => client.stage,

	/** Whether what has been written so far is enough. */
	progress: 0,

	/** @param most tokens, after which it is stopped */
	async write(most = Infinity, id = 'm'): Promise<Written> {
		const began = performance.now();
		let [text, tokens] = ['', 0];
		inPage.progress = 0;
		const engine = engines.get(id) ?? (await client.load(model(id), { at: 'home' }));
		engines.set(id, engine);
		const abort = new AbortController();
		for await (const event of engine.run(request, most === Infinity ? never : abort.signal)) {
			if (event.type === 'token') {
				text += event.text;
				inPage.progress = ++tokens;
				if (tokens >= most) abort.abort();
			} else if (event.type === 'settled') {
				const ms = performance.now() - began;
				const { reason, error, usage } = event;
				return { text, tokens, counted: usage.outputTokens, reason, error, ms };
			}
		}
		throw new Error('It did not settle');
	}
};

const engines = new Map<string, Awaited<ReturnType<WebLlmClient['load']>>>();

export type InPage = typeof inPage;

Object.assign(globalThis, { gpu: inPage });

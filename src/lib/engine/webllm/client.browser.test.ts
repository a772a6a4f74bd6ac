/** @file The real worker with the real web-llm, as far as both go without the weights of a model. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { WebLlmClient } from './client.ts';
import { sentences } from './download/sentences.ts';
import { type Fate, watchGpus } from './lost.ts';
import type { Model } from './model.ts';
import { telling } from './telling.ts';
import { tokenizerFile } from './testing/scripted-llm.ts';

/** Nobody answers there: whatever is asked for fails. */
const home = 'https://nobody.invalid/m/resolve/main/';
const library = 'https://nobody.invalid/v0_2_86/m.wasm';
const model = {
	id: 'm-q4f32_1-MLC',
	name: 'Nothing',
	parameters: 1,
	downloadBytes: 1000,
	context: 128,
	home,
	library
} as Model;
const atHome = { at: 'home' } as const;

/** All files of a model that are right in their form; its program is one without any function. */
async function store(): Promise<void> {
	const put = async (cache: string, address: string, body: BodyInit, type: string) =>
		(await caches.open(cache)).put(
			address,
			new Response(body, { headers: { 'content-type': type } })
		);
	const json = 'application/json';
	const config = { tokenizer_files: ['tokenizer.json'], vocab_size: 258, model_config: {} };
	const shard = { dataPath: 'params_shard_0.bin', format: 'raw-shard', nbytes: 64, records: [] };
	await put('webllm/config', `${home}mlc-chat-config.json`, JSON.stringify(config), json);
	await put('webllm/model', `${home}tensor-cache.json`, JSON.stringify({ metadata: {}, records: [shard] }), json); // prettier-ignore
	await put('webllm/model', `${home}tokenizer.json`, JSON.stringify(tokenizerFile()), json);
	await put('webllm/model', `${home}params_shard_0.bin`, new Uint8Array(64), 'application/octet-stream'); // prettier-ignore
	const program = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
	await put('webllm/wasm', library, program, 'application/wasm');
}

const alive = new Set<Worker>();
let made = 0;
const clients: WebLlmClient[] = [];

function client(options: ConstructorParameters<typeof WebLlmClient>[0] = {}): WebLlmClient {
	made = 0;
	const one = new WebLlmClient({
		createWorker() {
			const worker = new Worker(new URL('./webllm-worker.ts', import.meta.url), { type: 'module' });
			const terminate = worker.terminate.bind(worker);
			worker.terminate = () => {
				terminate();
				alive.delete(worker);
			};
			alive.add(worker);
			made++;
			return worker;
		},
		...options
	});
	clients.push(one);
	return one;
}

beforeAll(store);
afterAll(async () => {
	for (const name of await caches.keys()) await caches.delete(name);
});
afterEach(() => {
	for (const one of clients.splice(0)) one.unload();
	expect(alive.size).toBe(0);
});

test('the worker starts, looks at the device and at what is stored, without a request to anyone', async () => {
	const one = client();
	const device = await one.check();
	expect(device).toMatchObject({ webgpu: true, adapter: { software: true }, taken: 'works' });
	expect(await one.stored()).toBeInstanceOf(Array);
	expect(made).toBe(1);
});

test('web-llm is imported, finds the stored files, and says what is wrong with a model’s program', async () => {
	const one = client();
	const phases: string[] = [];
	one.onstage((stage) => stage.at === 'loading' && phases.push(stage.phase));
	const error: Error = await one.load(model, atHome).then(
		() => new Error('it loaded'),
		(error: Error) => error
	);
	// web-llm's own words: the program came, and is no program of its kind
	expect(error.message).toMatch(
		/^The model could not be started on your GPU\. Press “Load it onto the GPU” .* \(For whoever looks into it: .+\)$/
	);
	expect(error.message).not.toMatch(/fetch|network|Not downloaded/i);
	expect(phases).toContain('starting');
	expect(one.stage).toMatchObject({ at: 'failed', sentence: error.message });
	expect(alive.size).toBe(0);

	// what comes next has a worker of its own
	expect(await one.stored()).toBeInstanceOf(Array);
	expect(made).toBe(2);
});

test('a model that was not downloaded is not fetched by web-llm, and the worker lives on', async () => {
	const one = client();
	const place = { home: 'https://nobody.invalid/other/resolve/main/' };
	const loading = one.load({ ...model, ...place, id: 'other-q4f32_1-MLC' }, atHome);
	await expect(loading).rejects.toThrow(/[a-z].*\.$/);
	expect(one.stage.at).toBe('failed');
	expect(alive.size).toBe(1);
}, 60_000);

test('a load that is given up ends its worker, and settles', async () => {
	const one = client();
	const loading = one.load(model, atHome);
	const said = expect(loading).rejects.toThrow(telling.ended());
	expect(alive.size).toBe(1);
	one.unload();
	await said;
	expect(alive.size).toBe(0);
	expect(one.stage).toEqual({ at: 'nothing' });
});

test('a worker whose program does not come is told of', async () => {
	const url = URL.createObjectURL(new Blob());
	URL.revokeObjectURL(url);
	const one = client({ createWorker: () => new Worker(url, { type: 'module' }) });
	await expect(one.load(model, atHome)).rejects.toThrow(telling.noProgram());
	expect(await one.check()).toMatchObject({ webgpu: true });
});

test('in a private window a model outlives the worker that fetched it, until it is deleted', async () => {
	const served = await commands.startModelServer([3_000_000, 1_000_000]);
	const one = client({
		createWorker: () =>
			new Worker(new URL('./testing/private-worker.ts', import.meta.url), { type: 'module' })
	});
	const small = { ...model, id: 'Small-q4f16_1-MLC', home: served.folder, library: served.library };
	const outcome = await one.download(small, atHome);
	expect(outcome).toEqual({
		state: 'complete',
		verified: 'lengths',
		kept: 'memory',
		sentence: sentences.notKept(),
		renewed: []
	});
	const { asked } = await commands.askedOfModelServer(served.url);

	one.unload();
	expect(await one.stored()).toMatchObject([{ model: small.id, bytes: served.bytes }]);
	// every byte of it is hashed again; its list of tokens is none, as its vocabulary is noise
	await expect(one.load(small, atHome)).rejects.toThrow(telling.noTokenizer());
	one.unload();
	expect(await one.download(small, atHome)).toEqual(outcome);
	expect((await commands.askedOfModelServer(served.url)).asked).toEqual(asked);

	await one.remove(small.id);
	one.unload();
	expect(await one.stored()).toEqual([]);
	await commands.stopModelServer(served.url);
});

test('a real GPU that is destroyed is heard of', async () => {
	const told: Fate[] = [];
	const stop = watchGpus(globalThis, () => (fate) => told.push(fate));
	const adapter = await navigator.gpu.requestAdapter();
	const gpu = await adapter!.requestDevice();
	stop();
	expect(told).toEqual([]);
	gpu.destroy();
	await gpu.lost;
	await Promise.resolve();
	expect(told).toEqual(['lost']);
});

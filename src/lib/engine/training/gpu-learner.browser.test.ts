import { afterEach, expect, test, vi } from 'vitest';
import { type News, TrainingClient } from './client.ts';
import { first, type Recipe } from './recipe.ts';

/** A software adapter takes about a second for a step of the smallest size. */
const recipe: Recipe = { ...first, size: 'small', steps: 3 };
vi.setConfig({ testTimeout: 60_000 });

const clients: TrainingClient[] = [];
afterEach(() => {
	for (const client of clients.splice(0)) client.dispose();
});

function trial(name = '') {
	const news: News[] = [];
	let worker: Worker | undefined;
	const client = new TrainingClient(
		(item) => news.push(item),
		() =>
			(worker = new Worker(new URL('./testing/software-gpu-worker.ts', import.meta.url), {
				type: 'module',
				name
			}))
	);
	clients.push(client);
	const of = <T extends News['type']>(type: T) =>
		news.filter((item) => item.type === type) as Extract<News, { type: T }>[];
	const stands = () =>
		vi.waitFor(() => expect(of('stands').at(-1)?.why).toBe('done'), { timeout: 50_000 });
	return { client, of, stands, post: (type: string) => worker!.postMessage({ type }) };
}

test('a model learns on the GPU what it learns on the processor, and can be asked when that GPU is gone', async () => {
	const gpu = trial();
	const { on, prepared } = await gpu.client.prepare(recipe, 'gpu');
	expect(on).toBe('gpu');
	gpu.client.follow(5);
	gpu.client.learn(Infinity);
	await gpu.stands();
	gpu.post('lose the GPU');
	expect(await wordsOf(gpu.client)).toMatch(/length|finished/);
	expect(gpu.of('moved')).toHaveLength(0);

	const processor = trial();
	await processor.client.prepare(recipe);
	processor.client.follow(5);
	processor.client.learn(Infinity);
	await processor.stands();
	const losses = [gpu, processor].map(({ of }) =>
		of('progress').flatMap(({ losses }) => [...losses])
	);
	expect(losses[0]).toHaveLength(3);
	losses[0].forEach((loss, step) => expect(loss).toBeCloseTo(losses[1][step], 3));

	// what the GPU did is told apart
	const { spent } = gpu.of('stands')[0];
	expect(spent.onGpu!.steps).toBe(3);
	expect(spent.onGpu!.ms).toBeGreaterThanOrEqual(spent.learningMs);
	expect(spent.onGpu!.ms).toBeLessThan(spent.learningMs + spent.lookingMs);
	expect(spent.learning).toBe(3 * prepared.operationsPerStep);
	expect(processor.of('stands')[0].spent.onGpu).toBeUndefined();

	// and one number is followed there as well
	const [mine, theirs] = [gpu, processor].map(({ of }) => of('progress').at(-1)!.look!.weight!);
	expect(mine.after.value).not.toBe(mine.before.value);
	expect(mine).toMatchObject({ name: theirs.name, row: theirs.row, column: theirs.column });
	for (const key of ['value', 'average', 'square'] as const) {
		expect(mine.after[key]).toBeCloseTo(theirs.after[key], 5);
	}
});

/** How a few words of the model end. */
async function wordsOf(client: TrainingClient): Promise<string | undefined> {
	const engine = client.engine({ name: 'trained', parameters: 1 });
	const messages = [{ role: 'user' as const, content: 'The moon' }];
	const request = { messages, temperature: 0.7, topK: 0, seed: 1, maxTokens: 4 };
	let reason: string | undefined;
	for await (const event of engine.run(request, new AbortController().signal)) {
		if (event.type === 'settled') reason = event.reason;
	}
	return reason;
}

test('a GPU that is lost in mid-run is said, and the processor goes on', async () => {
	const { client, of, stands, post } = trial();
	await client.prepare({ ...recipe, steps: 60 }, 'gpu');
	client.learn(Infinity);
	await vi.waitFor(() => expect(of('progress').length).toBeGreaterThan(0), { timeout: 30_000 });
	post('lose the GPU');
	await stands();
	expect(of('moved')[0].sentence).toContain('The GPU was lost');
	expect(of('lost')).toHaveLength(0);
});

test('a run that goes on on the GPU goes on on the processor from where it was taken up, when that GPU is lost', async () => {
	const { client, of, stands } = trial();
	await client.prepare({ ...recipe, steps: 4 }, 'processor');
	client.learn(2);
	await vi.waitFor(() => expect(of('stands')).toHaveLength(1), { timeout: 20_000 });
	const { kept } = client;

	const again = trial();
	await again.client.prepare({ ...recipe, steps: 4 }, 'gpu', kept!);
	again.post('lose the GPU');
	again.client.learn(Infinity);
	await again.stands();
	expect(again.of('moved')[0]).toMatchObject({ on: 'wasm', spent: { steps: 2 } });
	expect(again.of('stands')[0].spent).toMatchObject({ steps: 4 });
	expect(again.of('stands')[0].spent.onGpu).toBeUndefined();
	client.learn(Infinity);
	await stands();
	expect(again.of('stands')[0].sha256).toBe(of('stands')[1].sha256);
});

test('the fastest is measured on both: an imitated GPU is not taken where it is the slower one', async () => {
	const { client } = trial();
	const { on, paces, note } = await client.prepare(recipe, 'fastest');
	expect(paces!.gpu).toBeGreaterThan(0);
	expect(paces!.processor).toBeGreaterThan(0);
	expect(on).toBe(paces!.gpu! < paces!.processor! ? 'gpu' : 'wasm');
	expect(note).toBeUndefined();
});

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

test('a model learns on the GPU what it learns on the processor', async () => {
	const gpu = trial();
	const { on } = await gpu.client.prepare(recipe, 'gpu');
	expect(on).toBe('gpu');
	gpu.client.learn(Infinity);
	await gpu.stands();

	const processor = trial();
	await processor.client.prepare(recipe);
	processor.client.learn(Infinity);
	await processor.stands();
	const losses = [gpu, processor].map(({ of }) =>
		of('progress').flatMap(({ losses }) => [...losses])
	);
	expect(losses[0]).toHaveLength(3);
	losses[0].forEach((loss, step) => expect(loss).toBeCloseTo(losses[1][step], 3));
});

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

test('a GPU that is only imitated is not used', async () => {
	const { client } = trial('spared');
	const { on, note } = await client.prepare(recipe, 'gpu');
	expect(on).toBe('wasm');
	expect(note).toMatch(/imitated by software|no GPU is offered/);
});

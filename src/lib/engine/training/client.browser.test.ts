import { afterEach, expect, test, vi } from 'vitest';
import type { RunEvent } from '#lib/events.ts';
import { ScriptedWorker } from '../testing/scripted-worker.ts';
import { type News, TrainingClient } from './client.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { first, type Recipe } from './recipe.ts';
import { GOLDEN } from './testing/golden.ts';
import * as sentences from './sentences.ts';
import { type TrainedModel, weightsOf } from './trained-model.ts';

const recipe: Recipe = { ...first, size: 'small', steps: 40 };
const request = {
	messages: [{ role: 'user' as const, content: 'The moon' }],
	temperature: 0.7,
	topK: 0,
	seed: 3,
	maxTokens: 20
};
const never = new AbortController().signal;

const clients: TrainingClient[] = [];
afterEach(() => {
	for (const client of clients.splice(0)) client.dispose();
});

function trial(createWorker?: () => Worker) {
	const news: News[] = [];
	const client = new TrainingClient((item) => news.push(item), createWorker);
	clients.push(client);
	const of = <T extends News['type']>(type: T) =>
		news.filter((item) => item.type === type) as Extract<News, { type: T }>[];
	const stands = (count = 1) =>
		vi.waitFor(
			() => {
				if (of('stands').length < count) throw new Error('it does not stand yet');
				return of('stands')[count - 1];
			},
			{ timeout: 20_000 }
		);
	return { client, news, of, stands };
}

async function all(run: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
	const events: RunEvent[] = [];
	for await (const event of run) events.push(event);
	return events;
}

test('a model learns in a worker, to the very weights that Node comes to, and then writes', async () => {
	const { client, stands, of } = trial();
	const { prepared, on } = await client.prepare(recipe);
	expect(on).toBe('wasm');
	client.learn(Infinity);
	const { sha256, why } = await stands();
	expect(why).toBe('done');
	expect(sha256).toBe(GOLDEN);
	expect(of('progress').flatMap(({ losses }) => [...losses])).toHaveLength(40);

	const engine = client.engine({ name: 'mine', parameters: prepared.parameters, sha256 });
	const events = await all(engine.run(request, never));
	const settled = events.at(-1)!;
	if (settled.type !== 'settled') throw new Error('a run settles');
	expect(settled.usage.promptTokens).toBe(9);
	expect(settled.usage.outputTokens).toBe(events.length - 2);
	expect(client.cuts).toEqual(['<end>', ...'The moon']);
	expect(await all(engine.run(request, never)).then(textOf)).toBe(textOf(events));
});

const textOf = (events: RunEvent[]) =>
	events.map((event) => (event.type === 'token' ? event.text : '')).join('');

test('how long a step takes is measured before the first', async () => {
	const { client } = trial();
	await client.prepare(recipe);
	expect(await client.measure()).toBeGreaterThan(0);
});

test('a run that was kept goes on in another worker, to the same weights', async () => {
	const whole = trial();
	await whole.client.prepare(recipe);
	whole.client.learn(13);
	await whole.stands();
	const { kept } = whole.client;
	expect(kept!.spent.steps).toBe(13);
	whole.client.dispose();

	const again = trial();
	const { prepared } = await again.client.prepare(recipe, 'processor', kept!);
	expect(prepared.steps).toBe(13);
	expect(prepared.sha256).toBe(kept!.sha256);
	again.client.learn(Infinity);
	expect((await again.stands()).sha256).toBe(GOLDEN);
});

test('a worker that dies while it learns is noticed, and what was kept is still there', async () => {
	let worker: Worker | undefined;
	const { client, of, stands } = trial(() => {
		worker = new Worker(new URL('./testing/mortal-worker.ts', import.meta.url), { type: 'module' });
		return worker;
	});
	await client.prepare({ ...recipe, steps: 100_000 });
	client.learn(5);
	await stands();
	client.learn(Infinity);
	worker!.postMessage({ type: 'die' });
	await vi.waitFor(() => expect(of('lost')).toHaveLength(1), { timeout: 8000 });
	expect(of('lost')[0].sentence).toBe(sentences.silent());
	expect(client.kept!.spent.steps).toBeGreaterThanOrEqual(5);

	await client.prepare({ ...recipe, steps: 100_000 }, 'processor', client.kept);
	client.learn(client.kept!.spent.steps + 3);
	await stands(2);
});

test('a text that is too short rejects with its sentence; the next one is prepared', async () => {
	const { client, of } = trial();
	await expect(client.prepare({ ...recipe, text: { own: 'hm' } })).rejects.toThrow('too short');
	await client.prepare(recipe);
	expect(of('lost')).toHaveLength(0);
});

const withClass = () =>
	new Worker(new URL('./testing/class-worker.ts', import.meta.url), { type: 'module' });
const asking = { prompt: 'The moon', temperature: 0.7, topK: 0, seed: 3, pupils: 30 };

test('a class writes at once, and its counts are those of what is read', async () => {
	const { client, stands } = trial(withClass);
	await client.prepare(recipe);
	client.learn(Infinity);
	await stands();
	const gathering = client.gather(asking);
	let sent = 0;
	let came = 0;
	let answers = 0;
	let texts = '';
	let parts = 0;
	for (let i = 0; i < 4; i++) {
		const part = await gathering.pull(100);
		sent += part.sent;
		came += part.came;
		answers += part.answers;
		texts += part.texts.flat().join('');
		parts += part.texts.flat().length - 30;
		expect(part.texts).toHaveLength(30);
		expect(part.ms).toBeGreaterThan(0);
	}
	expect(parts).toBe(answers);
	// characters are tokens here, and so are the ends of answers, unless the window cut them
	expect(came).toBeGreaterThanOrEqual(texts.length);
	expect(came).toBeLessThanOrEqual(texts.length + answers);
	expect(sent).toBeGreaterThanOrEqual(30 * 9);
	gathering.dismiss();
	await expect(gathering.pull(10)).rejects.toThrow(sentences.ended());
});

test('a class that is dismissed answers nothing of the next', async () => {
	const { client } = trial(withClass);
	await client.prepare(recipe);
	const before = client.gather(asking);
	const pulled = before.pull(50);
	const after = client.gather({ ...asking, pupils: 2 });
	await expect(pulled).rejects.toThrow(sentences.ended());
	expect((await after.pull(10)).texts).toHaveLength(2);
});

function scripted(react?: (message: ToWorker) => void) {
	const worker = new ScriptedWorker<ToWorker, FromWorker>(react);
	return { worker, ...trial(() => worker.asWorker()) };
}

test('what is prepared anew rejects what was being prepared, and is not told its news', async () => {
	const { client, worker, of } = scripted();
	const before = client.prepare(recipe);
	const after = client.prepare({ ...recipe, seed: 2 });
	await expect(before).rejects.toThrow(sentences.ended());
	worker.say({
		type: 'kept',
		checkpoint: new Blob(),
		spent: { steps: 3, tokens: 0, learning: 0, looking: 0, learningMs: 0, lookingMs: 0 },
		sha256: 'old'
	});
	expect(of('kept')).toHaveLength(0);
	expect(client.kept).toBeUndefined();
	client.dispose();
	await expect(after).rejects.toThrow(sentences.ended());
});

test('what fails or is ready of an earlier one is not taken for the present one', async () => {
	const { client } = trial();
	const before = client.prepare({ ...recipe, text: { own: 'hm' } });
	const after = client.prepare({ ...recipe, seed: 3 });
	await expect(before).rejects.toThrow(sentences.ended());
	await after;

	const short = client.prepare({ ...recipe, cut: 'pairs' });
	const last = client.prepare(recipe);
	await expect(short).rejects.toThrow(sentences.ended());
	expect((await last).prepared.config.vocabulary).toBeLessThan(64);
	expect(await client.measure()).toBeGreaterThan(0);
});

test('a run of a worker that failed settles as failed with its sentence', async () => {
	const { client, worker } = scripted();
	void client.prepare(recipe).catch(() => {});
	const engine = client.engine({ name: 'mine', parameters: 1 });
	const events = all(engine.run(request, never));
	worker.say({ type: 'failed', number: 1, sentence: 'It broke.' });
	expect((await events).at(-1)).toMatchObject({
		type: 'settled',
		reason: 'failed',
		error: 'It broke.'
	});
	worker.fail('out of memory');
	expect((await all(engine.run(request, never))).at(-1)).toMatchObject({ reason: 'failed' });
});

test('nothing is measured where nothing was prepared', async () => {
	await expect(trial().client.measure()).rejects.toThrow(sentences.ended());
});

test('the worker is ended with the client', () => {
	const { client, worker } = scripted();
	void client.prepare(recipe).catch(() => {});
	client.dispose();
	expect(worker.terminated).toBe(true);
});

test('a model that was saved says exactly the same where it is opened, and learns no more', async () => {
	const { client, stands } = trial();
	const { prepared } = await client.prepare(recipe);
	client.learn(Infinity);
	const { sha256 } = await stands();
	const model = { name: 'mine', parameters: prepared.parameters, sha256 };
	const said = textOf(await all(client.engine(model).run(request, never)));
	const { checkpoint } = client.kept!;
	client.dispose();

	const again = trial(withClass);
	await again.client.open({
		config: prepared.config,
		tokenizer: prepared.tokenizer,
		values: weightsOf(new Uint8Array(await checkpoint.arrayBuffer()))
	} as TrainedModel);
	expect(textOf(await all(again.client.engine(model).run(request, never)))).toBe(said);
	expect((await again.client.gather(asking).pull(10)).texts).toHaveLength(30);
	again.client.learn(1);
	await vi.waitFor(() => expect(again.of('lost')).toHaveLength(1));
	expect(again.of('lost')[0].sentence).toBe(sentences.frozen());
});

test('fingerprints are of the model that was asked for last, and whoever waits for none that comes is told', async () => {
	const { client, stands } = trial();
	await expect(client.fingerprints()).rejects.toThrow(sentences.ended());
	await client.prepare(recipe);
	client.learn(Infinity);
	await stands();
	expect(await client.fingerprints()).toEqual([GOLDEN]);
	const waiting = client.fingerprints();
	await Promise.all([expect(waiting).rejects.toThrow(sentences.ended()), client.prepare(recipe)]);
	const [before] = await client.fingerprints();
	expect(before).not.toBe(GOLDEN);
	const last = client.fingerprints();
	client.dispose();
	await expect(last).rejects.toThrow(sentences.ended());
});

test('a worker that hangs over a fingerprint is noticed', async () => {
	let worker: Worker | undefined;
	const { client } = trial(() => {
		worker = new Worker(new URL('./testing/mortal-worker.ts', import.meta.url), { type: 'module' });
		return worker;
	});
	await client.prepare(recipe);
	worker!.postMessage({ type: 'die' });
	await expect(client.fingerprints()).rejects.toThrow(sentences.silent());
});

test('a fingerprint of the model before is not taken for one of the present one', async () => {
	const { client, worker } = scripted();
	for (const seed of [1, 2]) void client.prepare({ ...recipe, seed }).catch(() => {});
	const found = client.fingerprints();
	worker.say({ type: 'fingerprint', number: 1, sha256s: ['before'] });
	worker.say({ type: 'fingerprint', number: 2, sha256s: ['present'] });
	expect(await found).toEqual(['present']);
});

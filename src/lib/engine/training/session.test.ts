import { expect, test, vi } from 'vitest';
import { Classroom } from './classroom.ts';
import { fingerprint } from './fingerprint.ts';
import { ProcessorLearner } from './learner.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { first, type Recipe } from './recipe.ts';
import { elsewhere, type OnGpu } from './place.ts';
import * as sentences from './sentences.ts';
import { serve } from './session.ts';

const recipe: Recipe = { ...first, size: 'small', steps: 20 };

/** A page's side without a worker. */
function served(onGpu?: OnGpu, classes = async () => Classroom) {
	const told: FromWorker[] = [];
	let hear: (event: MessageEvent<ToWorker>) => void = () => {};
	const model = serve(
		{
			postMessage: (message) => told.push(message),
			addEventListener: (_, listener) => (hear = listener)
		},
		onGpu && elsewhere(onGpu),
		classes
	);
	const say = (data: ToWorker) => hear({ data } as MessageEvent<ToWorker>);
	const first = <T extends FromWorker['type']>(type: T, from = 0) =>
		vi.waitFor(() => {
			const found = told.slice(from).find((message) => message.type === type);
			if (!found) throw new Error(`nothing of ${type}: ${told.map(({ type }) => type)}`);
			return found as Extract<FromWorker, { type: T }>;
		}, 20_000);
	return { told, say, first, model };
}

const request = {
	messages: [{ role: 'user' as const, content: 'The moon' }],
	temperature: 0.7,
	topK: 0,
	seed: 3,
	maxTokens: 12
};

test('a run is prepared, learnt and stands; what is prepared says what stands still before it', async () => {
	const { say, first, told } = served();
	expect(told[0]).toEqual({ type: 'hello' });
	say({ type: 'prepare', number: 1, recipe, on: 'processor' });
	const { prepared, on } = await first('prepared');
	expect(on).toBe('wasm');
	expect(prepared).toMatchObject({
		parameters: 28 * 32 + 2 * 12 * 32 * 32,
		perStep: 16 * 64,
		prompt: 'The moon',
		documents: 1600,
		steps: 0
	});
	expect(prepared.guessing).toBeCloseTo(Math.log(28), 6);

	say({ type: 'learn', until: Infinity });
	const stands = await first('stands');
	expect(stands).toMatchObject({ why: 'done', spent: { steps: 20 } });
	expect(stands.sha256).not.toBe(prepared.sha256);
	expect(stands.spent.learning).toBe(20 * prepared.operationsPerStep);
});

test('a pause is heard between two steps', async () => {
	const { say, first } = served();
	say({ type: 'prepare', number: 1, recipe: { ...recipe, steps: 5000 }, on: 'processor' });
	await first('prepared');
	say({ type: 'learn', until: Infinity });
	await first('progress');
	say({ type: 'pause' });
	const stands = await first('stands');
	expect(stands.why).toBe('paused');
	expect(stands.spent.steps).toBeLessThan(5000);
});

test('a measurement takes no step of the run', async () => {
	const { say, first } = served();
	say({ type: 'prepare', number: 1, recipe, on: 'processor' });
	const { prepared } = await first('prepared');
	say({ type: 'measure' });
	expect((await first('measured')).step).toBeGreaterThan(0);
	say({ type: 'learn', until: 1 });
	const { spent } = await first('stands');
	expect(spent.learning).toBe(prepared.operationsPerStep);
});

test('writing changes no weight: the SHA-256 before and after is the same', async () => {
	const { say, first, told } = served();
	say({ type: 'prepare', number: 1, recipe, on: 'processor' });
	say({ type: 'learn', until: 20 });
	const { sha256 } = await first('stands');
	for (let run = 1; run <= 5; run++) {
		say({ type: 'run', run, request: { ...request, seed: run } });
		const from = told.length;
		for (let i = 0; i < 12; i++) say({ type: 'pull', burst: 0 });
		await vi.waitFor(() =>
			expect(told.slice(from).some((m) => m.type === 'tokens' && m.over)).toBe(true)
		);
	}
	const from = told.length;
	say({ type: 'learn', until: 20 });
	expect((await first('stands', from)).sha256).toBe(sha256);
});

test('a run is written by the weights that stand when it begins', async () => {
	const { say, first, told } = served();
	say({ type: 'prepare', number: 1, recipe: { ...recipe, steps: 60 }, on: 'processor' });
	const texts: string[] = [];
	for (const until of [0, 60]) {
		const from = told.length;
		say({ type: 'learn', until });
		await first('stands', from);
		say({ type: 'run', run: until + 1, request });
		for (let i = 0; i < 12; i++) say({ type: 'pull', burst: 0 });
		await vi.waitFor(() =>
			expect(told.slice(from).some((m) => m.type === 'tokens' && m.over)).toBe(true)
		);
		texts.push(
			told
				.slice(from)
				.flatMap((m) => (m.type === 'tokens' ? m.tokens.map(({ token }) => token.text) : []))
				.join('')
		);
	}
	expect(texts[0]).not.toBe(texts[1]);
	const started = told.find((m) => m.type === 'started');
	expect(started).toMatchObject({ promptTokens: 9, cuts: ['<end>', ...'The moon'] });
});

test('a text that is too short is said, and the next one is learnt', async () => {
	const { say, first, told } = served();
	say({ type: 'prepare', number: 1, recipe: { ...recipe, text: { own: 'hm' } }, on: 'processor' });
	expect((await first('failed')).sentence).toContain('too short to learn from');
	const from = told.length;
	say({ type: 'prepare', number: 1, recipe, on: 'processor' });
	await first('prepared', from);
});

test('another run that is prepared ends the one that is learning', async () => {
	const { say, first, told } = served();
	say({ type: 'prepare', number: 1, recipe: { ...recipe, steps: 5000 }, on: 'processor' });
	say({ type: 'learn', until: Infinity });
	await first('progress');
	say({ type: 'prepare', number: 1, recipe, on: 'processor' });
	await vi.waitFor(() => expect(told.filter(({ type }) => type === 'prepared')).toHaveLength(2));
	const from = told.findLastIndex(({ type }) => type === 'prepared') + 1;
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(told.slice(from).map(({ type }) => type)).toEqual([]);
});

test('what came apart is thrown away: the model writes as it was when it was last kept', async () => {
	const { say, first, told } = served();
	say({ type: 'prepare', number: 1, recipe: { ...recipe, steps: 400, rate: 3 }, on: 'processor' });
	say({ type: 'learn', until: Infinity });
	expect((await first('stands')).why).toBe('diverged');
	say({ type: 'fingerprint' });
	const { prepared } = await first('prepared');
	const kept = told.findLast((message) => message.type === 'kept') as
		{ sha256: string } | undefined;
	expect((await first('fingerprint')).sha256s).toEqual([kept?.sha256 ?? prepared.sha256]);
	say({ type: 'run', run: 1, request });
	say({ type: 'pull', burst: 0 });
	await first('tokens');
	expect(told.some(({ type }) => type === 'failed')).toBe(false);
});

test('a GPU that cannot train is said, and the processor does it', async () => {
	const { say, first } = served(() => Promise.reject(new Error('no adapter')));
	say({ type: 'prepare', number: 1, recipe, on: 'gpu' });
	const { on, note } = await first('prepared');
	expect(on).toBe('wasm');
	expect(note).toContain('no adapter');
});

test('a GPU that is lost in mid-run costs only the steps since the last kept state', async () => {
	let now = 0;
	vi.spyOn(performance, 'now').mockImplementation(() => (now += 70));
	const { say, first, told } = served(async (config, seed) => {
		const learner = ProcessorLearner.new(config, seed);
		return new Proxy(learner, {
			get(target, key) {
				if (key === 'on') return 'gpu';
				if (key === 'step' && target.steps === 17) {
					return () => Promise.reject(new Error('device lost'));
				}
				const value = Reflect.get(target, key, target);
				return typeof value === 'function' ? value.bind(target) : value;
			}
		});
	});
	say({ type: 'prepare', number: 1, recipe, on: 'gpu' });
	say({ type: 'learn', until: Infinity });
	const stands = await first('stands');
	vi.restoreAllMocks();
	const moved = await first('moved');
	expect(moved.spent.steps).toBeGreaterThan(0);
	expect(moved.spent.steps).toBeLessThan(17);
	expect(moved.sentence).toContain('The GPU was lost');
	expect(moved.sentence).toContain(`from its last kept step, ${moved.spent.steps}.`);
	// what it took is told apart, up to the step from which it goes on
	expect(stands.spent.onGpu).toMatchObject({ steps: moved.spent.steps });
	expect(stands.why).toBe('done');
	expect(moved.sentence).toContain('What the lost steps took stays on its bill.');
	// and all of it is on the bill: 17 steps before the loss, and those that were taken again
	const { prepared } = await first('prepared');
	expect(moved.spent.learning).toBe(17 * prepared.operationsPerStep);
	expect(moved.spent.tokens).toBe(moved.spent.steps * prepared.perStep);
	const taken = 17 + 20 - moved.spent.steps;
	expect(stands.spent.learning).toBe(taken * prepared.operationsPerStep);
	expect(stands.spent.learningMs).toBeGreaterThanOrEqual(taken * 70);
	expect(stands.spent.onGpu!.ms).toBeGreaterThanOrEqual(17 * 70);
	expect(stands.spent.onGpu!.ms).toBe(moved.spent.onGpu!.ms);

	// to the same weights as if nothing had been lost
	const whole = served();
	whole.say({ type: 'prepare', number: 1, recipe, on: 'processor' });
	whole.say({ type: 'learn', until: Infinity });
	expect((await whole.first('stands')).sha256).toBe(stands.sha256);
	expect(told.some(({ type }) => type === 'failed')).toBe(false);
});

test.each([
	['the GPU, where its steps are quicker', 0, 'gpu'],
	['the processor, where they are slower', 60, 'wasm']
])('the fastest is %s', async (_, ms, where) => {
	const { say, first } = served(async (config, seed) => {
		const learner = ProcessorLearner.new(config, seed);
		return new Proxy(learner, {
			get(target, key) {
				if (key === 'on') return 'gpu';
				if (key === 'step') {
					return async () => {
						await new Promise((resolve) => setTimeout(resolve, ms));
						return { loss: 1, gradientNorm: 1 };
					};
				}
				const value = Reflect.get(target, key, target);
				return typeof value === 'function' ? value.bind(target) : value;
			}
		});
	});
	say({ type: 'prepare', number: 1, recipe, on: 'fastest' });
	const { on, note, paces } = await first('prepared');
	expect(on).toBe(where);
	expect(note).toBeUndefined();
	expect(paces!.gpu! < paces!.processor!).toBe(on === 'gpu');
});

test('the fastest is the processor without a word, where there is no GPU', async () => {
	const { say, first } = served(() => Promise.reject(new Error('no adapter')));
	say({ type: 'prepare', number: 1, recipe, on: 'fastest' });
	expect(await first('prepared')).toMatchObject({ on: 'wasm' });
	expect((await first('prepared')).note).toBeUndefined();
});

test('the fingerprint is taken of the weights that answer, each time: one that moves under it is noticed', async () => {
	const { say, first, told, model } = served();
	say({ type: 'prepare', number: 1, recipe, on: 'processor' });
	say({ type: 'learn', until: 20 });
	const { sha256 } = await first('stands');
	const taken = async () => {
		const from = told.length;
		say({ type: 'fingerprint' });
		return (await first('fingerprint', from)).sha256s;
	};
	expect(await taken()).toEqual([sha256]);

	say({ type: 'run', run: 1, request });
	say({ type: 'pull', burst: 0 });
	await first('tokens');
	expect(await taken()).toEqual([sha256, sha256]);
	say({ type: 'gather', asking: { ...request, prompt: 'The moon', pupils: 2 } });
	say({ type: 'pull together', number: 1, burst: 1 });
	await first('came');
	expect(await taken()).toEqual([sha256, sha256, sha256]);
	say({ type: 'dismiss' });
	expect(await taken()).toEqual([sha256, sha256]);

	const { writer, training } = await model();
	const { values } = writer.generator.weights;
	values[7] = Math.fround(values[7] * (1 + 2 ** -20));
	const [own, copy] = await taken();
	expect(own).toBe(sha256);
	expect(copy).not.toBe(sha256);
	await training!.course.learner.step([[1, 2, 3]], 1e-6);
	expect((await taken())[0]).not.toBe(sha256);
});

test('a model that was opened says the fingerprint of what was opened', async () => {
	const { say, first, told } = served();
	const learner = ProcessorLearner.new(
		{ layers: 1, width: 16, heads: 2, context: 16, vocabulary: 28 },
		1
	);
	const trained = served();
	trained.say({ type: 'prepare', number: 1, recipe, on: 'processor' });
	const { tokenizer } = (await trained.first('prepared')).prepared;
	const values = learner.weights();
	say({ type: 'open', number: 1, config: learner.config, tokenizer, values });
	await first('opened');
	const from = told.length;
	say({ type: 'fingerprint' });
	const sha256 = await fingerprint(learner.weights());
	expect((await first('fingerprint', from)).sha256s).toEqual([sha256, sha256]);
});

test('a class whose program does not come is a sentence, and the next one is brought', async () => {
	let tries = 0;
	const { say, first, told } = served(undefined, async () => {
		if (!tries++) throw new TypeError('Failed to fetch dynamically imported module');
		return Classroom;
	});
	say({ type: 'prepare', number: 1, recipe, on: 'processor' });
	await first('prepared');
	const asking = { ...request, prompt: 'The moon', pupils: 2 };
	say({ type: 'gather', asking });
	expect((await first('failed')).sentence).toBe(sentences.noClass());
	say({ type: 'gather', asking });
	say({ type: 'pull together', number: 2, burst: 1 });
	expect((await first('came')).came.texts).toHaveLength(2);
	expect(told.filter(({ type }) => type === 'failed')).toHaveLength(1);
});

/** A GPU that computes as the processor does, until it is lost. */
function gpuDouble() {
	const state = { lost: false, on: 'gpu', disposed: 0, asked: 0 };
	const onGpu: OnGpu = async (config, seed) => {
		state.asked++;
		const learner = ProcessorLearner.new(config, seed);
		return new Proxy(learner, {
			get(target, key) {
				if (key === 'on') return state.on;
				if (key === 'dispose') return () => state.disposed++;
				const value = Reflect.get(target, key, target);
				if (typeof value !== 'function') return value;
				return async (...args: unknown[]) => {
					if (state.lost) throw new Error('device lost');
					return value.apply(target, args);
				};
			}
		});
	};
	return { state, ...served(onGpu) };
}

/** Until a few words of the model are there. */
async function writes({ say, first, told }: ReturnType<typeof served>) {
	const from = told.length;
	say({ type: 'run', run: 9, request });
	say({ type: 'pull', burst: 0 });
	await first('tokens', from);
}

test('whoever asks for the processor never wakes a GPU', async () => {
	const { state, say, first } = gpuDouble();
	say({ type: 'prepare', number: 1, recipe, on: 'processor' });
	expect((await first('prepared')).on).toBe('wasm');
	expect(state.asked).toBe(0);
});

test('a model that a GPU has made needs it no more: it writes when that is gone, and nothing is moved', async () => {
	const double = gpuDouble();
	const { state, say, first, told } = double;
	say({ type: 'prepare', number: 1, recipe, on: 'gpu' });
	say({ type: 'learn', until: Infinity });
	const { sha256 } = await first('stands');
	await vi.waitFor(() => expect(state.disposed).toBe(1));
	state.lost = true;
	await writes(double);
	say({ type: 'fingerprint' });
	expect((await first('fingerprint')).sha256s).toEqual([sha256, sha256]);
	expect(told.some(({ type }) => type === 'moved' || type === 'failed')).toBe(false);
});

test('a GPU that is lost while the training stands is said when the model is asked, which writes as it stood', async () => {
	const double = gpuDouble();
	const { state, say, first } = double;
	say({ type: 'prepare', number: 1, recipe, on: 'gpu' });
	say({ type: 'learn', until: 6 });
	const { sha256 } = await first('stands');
	state.lost = true;
	await writes(double);
	expect(await first('moved')).toMatchObject({ on: 'wasm', spent: { steps: 6 } });
	expect(state.disposed).toBe(1);
	say({ type: 'fingerprint' });
	expect((await first('fingerprint')).sha256s).toEqual([sha256, sha256]);
});

test('a GPU that is lost while it is measured is said, and the processor is measured', async () => {
	const { state, say, first } = gpuDouble();
	say({ type: 'prepare', number: 1, recipe, on: 'gpu' });
	await first('prepared');
	state.lost = true;
	say({ type: 'measure' });
	expect((await first('moved')).sentence).toContain('from the beginning.');
	expect((await first('measured')).step).toBeGreaterThan(0);
});

test('what goes wrong on the processor is no loss of a GPU: it is told, and not begun again', async () => {
	const { state, say, first, told } = gpuDouble();
	state.on = 'wasm';
	say({ type: 'prepare', number: 1, recipe, on: 'gpu' });
	await first('prepared');
	state.lost = true;
	say({ type: 'learn', until: Infinity });
	expect((await first('failed')).sentence).toContain('device lost');
	expect(told.some(({ type }) => type === 'moved' || type === 'stands')).toBe(false);
});

test('a training that is put away gives its GPU back', async () => {
	const { state, say, first, told } = gpuDouble();
	say({ type: 'prepare', number: 1, recipe: { ...recipe, steps: 500 }, on: 'gpu' });
	say({ type: 'learn', until: 3 });
	await first('stands');
	expect(state.disposed).toBe(0);
	const from = told.length;
	say({ type: 'prepare', number: 2, recipe, on: 'processor' });
	await first('prepared', from);
	expect(state.disposed).toBe(1);
});

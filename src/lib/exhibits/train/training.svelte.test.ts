import { describe, expect, test, vi } from 'vitest';
import type { Kept, News, Ready } from '#lib/engine/training/client.ts';
import type { Where } from '#lib/engine/training/protocol.ts';
import { first, type Recipe } from '#lib/engine/training/recipe.ts';
import type { Frozen } from './frozen.ts';
import recorded from './recorded.json';
import { says } from './says.ts';
import type { Store, Unfinished } from './store.ts';
import type { Client } from './phase.ts';
import { Training } from './training.svelte.ts';
import { recordedView, type RecordedTraining } from './view.ts';

const record = recorded as unknown as RecordedTraining;
const recipe: Recipe = { ...first, steps: 100 };
const SHA = 'ab'.repeat(32);

const spentAt = (steps: number) => ({
	steps,
	tokens: steps * 512,
	learning: steps * 1e6,
	looking: 0,
	learningMs: steps * 10,
	lookingMs: 0
});
const keptAt = (steps: number): Kept => ({
	checkpoint: new Blob([new Uint8Array([1, 2, 3])]),
	spent: spentAt(steps),
	sha256: SHA
});

/** A client that does as the test says, and notes what it was asked. */
class ScriptedClient {
	kept: Kept | undefined;
	readonly asked: string[] = [];
	hear: (news: News) => void = () => {};
	/** What the next `prepare` fails with. */
	fails: string | undefined;
	step = 10;
	hold: Promise<void> = Promise.resolve();

	/** Where the last one was to be, where it is, and what was measured of that. */
	where: unknown;
	on: Ready['on'] = 'wasm';
	paces: Ready['paces'];

	async prepare(recipe: Recipe, where: unknown, kept?: Kept): Promise<Ready> {
		this.where = where;
		this.asked.push(`prepare ${recipe.steps}${kept ? ` from ${kept.spent.steps}` : ''}`);
		this.kept = kept;
		await this.hold;
		if (this.fails) throw new Error(this.fails);
		return {
			on: this.on,
			...(this.paces ? { paces: this.paces } : {}),
			prepared: {
				...record.facts,
				tokenizer: { specials: [], merges: [] } as never,
				sha256: SHA,
				steps: kept?.spent.steps ?? 0
			}
		};
	}
	async measure() {
		this.asked.push('measure');
		return this.step;
	}
	learn(until: number) {
		this.asked.push(`learn ${until}`);
	}
	pause() {
		this.asked.push('pause');
	}
	rest(share: number) {
		this.asked.push(`rest ${share}`);
	}
	follow(index: number) {
		this.asked.push(`follow ${index}`);
	}
	engine() {
		return { name: 'trained' } as never;
	}
	dispose() {
		this.asked.push('dispose');
	}

	/** Steps up to `to`, as the worker tells them. */
	learns(from: number, to: number) {
		const losses = Float32Array.from({ length: to - from }, (_, i) => 3 - (from + i) / 100);
		this.hear({ type: 'progress', spent: spentAt(to), losses, gradientNorm: 1, rate: 0.005 });
	}
	keeps(steps: number) {
		this.kept = keptAt(steps);
		this.hear({ type: 'kept', ...this.kept });
	}
	stands(why: 'paused' | 'done' | 'diverged', steps: number, sha256 = 'cd'.repeat(32)) {
		this.hear({ type: 'stands', why, spent: spentAt(steps), sha256 });
	}
}

function memory(found?: Unfinished): Store & { kept: Unfinished | undefined; saves: number } {
	return {
		kept: found,
		saves: 0,
		async load() {
			return this.kept;
		},
		async save(unfinished) {
			this.saves++;
			this.kept = unfinished;
		},
		async forget() {
			this.kept = undefined;
		}
	};
}

function trial(store: Store = memory(), where: () => Where = () => 'processor') {
	const client = new ScriptedClient();
	const make = (hear: (news: News) => void) => {
		client.hear = hear;
		return client as unknown as Client;
	};
	const training = new Training(recordedView(record), store, make, where);
	const phase = (wanted: string) => vi.waitFor(() => expect(training.phase).toBe(wanted));
	return { client, training, phase };
}

describe('before it begins', () => {
	test('nothing is asked of a worker, and the recorded training stands there', () => {
		const { client, training } = trial();
		expect(client.asked).toEqual([]);
		expect(training.phase).toBe('idle');
		expect(training.view.source).toBe('recorded');
	});

	test('measuring begins no learning; the recorded picture stays, and the time is known', async () => {
		const { client, training, phase } = trial();
		training.measure(recipe);
		await phase('ready');
		expect(client.asked).toEqual(['prepare 100', 'rest 0', 'follow 0', 'measure']);
		expect(training.secondsLeft).toBe(1);
		expect(training.view.source).toBe('recorded');
		training.measure({ ...recipe });
		expect(client.asked).toHaveLength(4);
	});

	test('pressed at once, it measures and then learns, without a second press', async () => {
		const { client, training, phase } = trial();
		training.train(recipe);
		await phase('learning');
		expect(client.asked).toEqual(['prepare 100', 'rest 0', 'follow 0', 'measure', 'learn 100']);
		expect(training.view.source).toBe('live');
		expect(training.view.spent.steps).toBe(0);
	});

	test('pressed while it measures, it learns as soon as that is done, prepared once', async () => {
		const { client, training, phase } = trial();
		training.measure(recipe);
		training.train(recipe);
		await phase('learning');
		expect(client.asked.filter((asked) => asked.startsWith('prepare'))).toHaveLength(1);
	});

	test('what takes long is said first, and begins at the second press', async () => {
		const { client, training, phase } = trial();
		client.step = 2000;
		training.train(recipe);
		await phase('ready');
		expect(training.sentence).toBe(says.long);
		expect(client.asked).not.toContain('learn 100');
		training.train(recipe);
		expect(training.phase).toBe('learning');
	});

	test('a text that is too short is said, and another one can be tried', async () => {
		const { client, training, phase } = trial();
		client.fails = 'Too short.';
		training.train(recipe);
		await vi.waitFor(() => expect(training.sentence).toBe('Too short.'));
		expect(training.phase).toBe('idle');
		client.fails = undefined;
		training.train({ ...recipe, text: 'sums' });
		await phase('learning');
		expect(training.sentence).toBeUndefined();
	});

	test('of two recipes that are prepared at a time the later one is learnt', async () => {
		const { client, training, phase } = trial();
		let free = () => {};
		client.hold = new Promise((resolve) => (free = resolve));
		training.measure({ ...recipe, steps: 50 });
		training.train(recipe);
		free();
		await phase('learning');
		expect(client.asked.filter((asked) => asked.startsWith('learn'))).toEqual(['learn 100']);
		expect(client.asked.filter((asked) => asked === 'measure')).toHaveLength(1);
		expect(training.view.recipe.steps).toBe(100);
	});
});

describe('while it learns', () => {
	async function learning(store?: Store) {
		const all = trial(store);
		all.training.train(recipe);
		await all.phase('learning');
		return all;
	}

	test('losses, pictures and the bill grow, a beat at a time', async () => {
		const { client, training } = await learning();
		client.learns(0, 30);
		client.hear({ type: 'picture', step: 0, text: 'noise' });
		client.hear({ type: 'held', step: 3, loss: 2.5 });
		await vi.waitFor(() => expect(training.view.spent.steps).toBe(30));
		expect(training.view.losses.count).toBe(30);
		expect(training.view.pictures).toEqual([{ step: 0, text: 'noise' }]);
		expect(training.view.held).toEqual([{ step: 3, loss: 2.5 }]);
	});

	test('pause, one step, on to the end', async () => {
		const { client, training } = await learning();
		client.learns(0, 30);
		training.pause();
		client.stands('paused', 30);
		expect(training.phase).toBe('paused');
		training.step(recipe);
		expect(client.asked.at(-1)).toBe('learn 31');
		client.learns(30, 31);
		client.stands('paused', 31);
		await training.goOn();
		expect(client.asked.at(-1)).toBe('learn 100');
	});

	test('it cannot be begun again, nor measured, while it stands there', async () => {
		const { client, training } = await learning();
		const before = client.asked.length;
		training.train(recipe);
		training.measure({ ...recipe, seed: 9 });
		expect(client.asked).toHaveLength(before);
	});

	test('when it is done the model can be had, and nothing is left to go on with', async () => {
		const store = memory();
		const { client, training } = await learning(store);
		const frozen: Frozen[] = [];
		training.onfrozen = (one) => frozen.push(one);
		client.learns(0, 50);
		client.keeps(50);
		await vi.waitFor(() => expect(store.saves).toBe(1));
		client.learns(50, 100);
		client.stands('done', 100);
		expect(training.phase).toBe('done');
		expect(frozen).toHaveLength(1);
		expect(frozen[0]).toMatchObject({ sha256: 'cd'.repeat(32), spent: { steps: 100 } });
		expect(frozen[0].losses).toHaveLength(100);
		await vi.waitFor(() => expect(store.kept).toBeUndefined());
	});

	test('what ran away is said with its rate; the weights shown are those of the last good state', async () => {
		const { client, training } = await learning();
		client.learns(0, 40);
		client.keeps(40);
		client.hear({
			type: 'progress',
			spent: spentAt(41),
			losses: Float32Array.of(NaN),
			gradientNorm: NaN,
			rate: 1
		});
		client.stands('diverged', 41, 'ef'.repeat(32));
		expect(training.phase).toBe('diverged');
		expect(training.sentence).toContain('step 41');
		expect(training.sentence).toContain('0.005');
		expect(training.view.sha256).toBe(SHA);
		training.startOver({ ...recipe, rate: 0.0025 }, 'learn');
		await vi.waitFor(() => expect(training.phase).toBe('learning'));
		expect(training.view.losses.count).toBe(0);
	});

	test('a worker that is gone: the curve stays, and it goes on from the last kept step', async () => {
		const { client, training } = await learning();
		client.learns(0, 40);
		client.hear({ type: 'picture', step: 2, text: 'early' });
		client.keeps(40);
		client.learns(40, 55);
		client.hear({ type: 'picture', step: 50, text: 'late' });
		client.hear({ type: 'lost', sentence: 'It broke.' });
		expect(training.phase).toBe('lost');
		expect(training.sentence).toBe('It broke. Its state after step 40 is kept.');
		expect(training.view.losses.count).toBe(55);
		await training.goOn();
		expect(client.asked).toContain('prepare 100 from 40');
		expect(client.asked.at(-1)).toBe('learn 100');
		// what the lost steps took stays on the bill
		const { learning: work, learningMs } = spentAt(55);
		expect(client.kept!.spent).toEqual({ ...spentAt(40), learning: work, learningMs });
		expect(training.view.spent).toEqual(client.kept!.spent);
		expect(training.view.losses.count).toBe(40);
		expect(training.view.pictures).toEqual([{ step: 2, text: 'early' }]);
		client.learns(40, 60);
		await vi.waitFor(() => expect(training.view.losses.count).toBe(60));
	});

	test('a GPU that is lost takes the curve back to where it goes on', async () => {
		const { client, training } = await learning();
		client.learns(0, 40);
		client.hear({ type: 'moved', on: 'wasm', spent: spentAt(24), sentence: 'The GPU was lost.' });
		await vi.waitFor(() => expect(training.view.spent.steps).toBe(24));
		expect(training.view.losses.count).toBe(24);
		expect(training.note).toBe('The GPU was lost.');
	});

	test('rest and the weight that is followed reach the worker, also one that is made later', async () => {
		const { client, training, phase } = trial();
		training.rest = 1;
		training.follow = 77;
		training.train(recipe);
		await phase('learning');
		expect(client.asked).toContain('rest 1');
		expect(client.asked).toContain('follow 77');
		training.rest = 0;
		expect(client.asked.at(-1)).toBe('rest 0');
	});

	test('whoever leaves ends the worker, and nothing is shown any more', async () => {
		const { client, training } = await learning();
		training.leave();
		expect(client.asked.at(-1)).toBe('dispose');
		client.learns(0, 10);
		await new Promise((done) => setTimeout(done, 300));
		expect(training.view.spent.steps).toBe(0);
	});
});

describe('kept in this browser', () => {
	const left: Unfinished = {
		version: 2,
		at: Date.UTC(2026, 10, 26),
		recipe,
		kept: keptAt(40),
		losses: new Float32Array(44).fill(2),
		held: [{ step: 42, loss: 1 }],
		pictures: [{ step: 0, text: 'noise' }]
	};

	test('what an earlier visit left is offered, and gone on with when asked', async () => {
		const { client, training } = trial(memory(left));
		await training.recall();
		expect(training.unfinished?.kept.spent.steps).toBe(40);
		expect(client.asked).toEqual([]);
		expect(await training.takeUp()).toBe(true);
		expect(client.asked[0]).toBe('prepare 100 from 40');
		expect(training.phase).toBe('learning');
		expect(training.view.losses.count).toBe(40);
		expect(training.view.held).toEqual([]);
	});

	test('what cannot be read is put away, with a sentence', async () => {
		const store = memory(left);
		const { client, training } = trial(store);
		await training.recall();
		client.fails = 'no checkpoint';
		expect(await training.takeUp()).toBe(false);
		expect(training.sentence).toBe(says.unreadable);
		expect(training.phase).toBe('idle');
		expect(store.kept).toBeUndefined();
	});

	test('a browser that keeps nothing says so once; the training goes on', async () => {
		const store = memory();
		let tries = 0;
		store.save = async () => {
			tries++;
			throw new DOMException('full', 'QuotaExceededError');
		};
		const { client, training, phase } = trial(store);
		training.train(recipe);
		await phase('learning');
		client.learns(0, 40);
		client.keeps(40);
		await vi.waitFor(() => expect(training.note).toBe(says.notKept));
		training.note = undefined;
		client.keeps(50);
		await new Promise((done) => setTimeout(done, 20));
		expect(tries).toBe(1);
		expect(training.note).toBeUndefined();
		expect(training.phase).toBe('learning');
	});

	test('starting over forgets it', async () => {
		const store = memory(left);
		const { training, phase } = trial(store);
		await training.recall();
		training.startOver(recipe);
		await phase('ready');
		await vi.waitFor(() => expect(store.kept).toBeUndefined());
		expect(training.unfinished).toBeUndefined();
	});
});

describe('where it learns', () => {
	const onGpu = (steps: number, of = steps) => ({
		...spentAt(of),
		onGpu: { steps, ms: steps * 8 }
	});

	test('another place is another measurement; both are known where both were tried', async () => {
		let where: Where = 'fastest';
		const { client, training, phase } = trial(memory(), () => where);
		Object.assign(client, { on: 'gpu', paces: { processor: 40, gpu: 4 } });
		training.measure(recipe);
		await phase('ready');
		expect(client.where).toBe('fastest');
		expect(client.asked).not.toContain('measure');
		expect(training.paces).toEqual({ processor: 40, gpu: 4 });
		expect(training.secondsLeft).toBe(0.4);
		training.measure(recipe);
		expect(client.asked.filter((one) => one.startsWith('prepare'))).toHaveLength(1);

		where = 'processor';
		Object.assign(client, { on: 'wasm', paces: undefined });
		training.measure(recipe);
		await vi.waitFor(() => expect(client.asked).toContain('measure'));
		await phase('ready');
		expect(training.paces).toEqual({ processor: 10 });
		expect(training.secondsLeft).toBe(1);
	});

	test('the bill of a GPU has its line from the start, that of the processor never', async () => {
		const { client, training, phase } = trial(memory(), () => 'gpu');
		client.on = 'gpu';
		training.train(recipe);
		await phase('learning');
		expect(training.view.spent.onGpu).toEqual({ steps: 0, ms: 0 });
		training.leave();

		const other = trial();
		other.training.train(recipe);
		await other.phase('learning');
		expect(other.training.view.spent.onGpu).toBeUndefined();
	});

	test('when the GPU is lost its pace is no measure of what is left, and the model says where it came to be', async () => {
		const { client, training, phase } = trial(memory(), () => 'gpu');
		client.on = 'gpu';
		const frozen: Frozen[] = [];
		training.onfrozen = (one) => frozen.push(one);
		training.train(recipe);
		await phase('learning');
		client.hear({ type: 'moved', on: 'wasm', spent: onGpu(24), sentence: 'Lost.' });
		await vi.waitFor(() => expect(training.view.spent.onGpu?.steps).toBe(24));
		expect(training.secondsLeft).toBeUndefined();
		client.hear({
			type: 'progress',
			spent: { ...onGpu(24, 80), learningMs: 24 * 10 + 56 * 50 },
			losses: new Float32Array(56),
			gradientNorm: 1,
			rate: 1
		});
		await vi.waitFor(() => expect(training.secondsLeft).toBeCloseTo(20 * 0.05, 6));
		client.hear({ type: 'stands', why: 'done', spent: onGpu(24, 100), sha256: SHA });
		await phase('done');
		expect(frozen[0]).toMatchObject({ on: 'wasm', spent: { onGpu: { steps: 24 } } });
	});

	test('a GPU that is lost before the first step leaves the recorded picture whole', async () => {
		const { client, training, phase } = trial(memory(), () => 'gpu');
		client.on = 'gpu';
		const before = training.view.losses.count;
		client.measure = async () => {
			client.hear({ type: 'moved', on: 'wasm', spent: spentAt(0), sentence: 'Lost.' });
			return 10;
		};
		training.measure(recipe);
		await phase('ready');
		expect(training.view.losses.count).toBe(before);
		expect(training.note).toBe('Lost.');
		expect(training.secondsLeft).toBe(1);
		training.train(recipe);
		expect(training.view.spent.onGpu).toBeUndefined();
	});

	test.each([
		['the GPU, where all of it was', onGpu(40), 'gpu'],
		['the processor, where a GPU was lost', onGpu(24, 40), 'processor'],
		['the processor, where it never was elsewhere', spentAt(40), 'processor']
	])('a run that was kept goes on on %s', async (_, spent, where) => {
		const found: Unfinished = {
			version: 2,
			at: 1,
			recipe,
			kept: { ...keptAt(40), spent },
			losses: new Float32Array(40),
			held: [],
			pictures: []
		};
		const { client, training } = trial(memory(found), () => 'fastest');
		await training.recall(false);
		expect(training.unfinished === undefined).toBe('onGpu' in spent);
		await training.recall();
		expect(await training.takeUp()).toBe(true);
		expect(client.where).toBe(where);
	});
});

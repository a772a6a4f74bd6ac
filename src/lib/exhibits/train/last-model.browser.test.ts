import { beforeEach, expect, test } from 'vitest';
import { fingerprint } from '#lib/engine/training/fingerprint.ts';
import { ProcessorLearner } from '#lib/engine/training/learner.ts';
import { Reading } from '#lib/engine/training/reading.ts';
import { first, sizes } from '#lib/engine/training/recipe.ts';
import { discard, finish, type Finished } from './finished.ts';
import { lastModel } from './last-model.ts';
import { inBrowser, type Unfinished } from './store.ts';

const recipe = { ...first, size: 'small' as const, steps: 20 };
const reading = new Reading(recipe);
const { batch: _batch, rate: _rate, ...shape } = sizes.small;
const config = { ...shape, vocabulary: reading.tokenizer.size };
const learner = ProcessorLearner.new(config, 1);
const checkpoint = new Blob([(await learner.checkpoint()).slice()]);
const sha256 = await fingerprint(await learner.weights());
const spent = { steps: 2, tokens: 1, learning: 1, looking: 1, learningMs: 1, lookingMs: 1 };

const prepared = { config, tokenizer: reading.tokenizer.toJSON(), prompt: 'The moon' };
const done = {
	version: 1,
	at: 5,
	name: 'Bright owl',
	prepared,
	spent: { steps: 20 },
	sha256,
	checkpoint
} as Finished;
const unfinished: Unfinished = {
	version: 2,
	at: 1,
	recipe,
	kept: { checkpoint, spent, sha256 },
	losses: new Float32Array([3, 2]),
	held: [],
	pictures: []
};

beforeEach(async () => {
	await inBrowser.forget();
	await discard();
});

test('nothing is there before anything was trained', async () => {
	expect(await lastModel()).toBeUndefined();
});

test('a model that is done comes back with its name and its weights', async () => {
	await finish(done);
	const found = await lastModel();
	expect(found).toMatchObject({
		name: 'Bright owl',
		steps: 20,
		of: 20,
		sha256,
		prompt: 'The moon'
	});
	expect((found!.source as { values: Float32Array }).values).toEqual(await learner.weights());
	await found!.forget();
	expect(await lastModel()).toBeUndefined();
});

test('of one that is done and one that is not, the later is the last', async () => {
	await finish(done);
	await inBrowser.save(unfinished);
	expect((await lastModel())!.at).toBe(5);
	await inBrowser.save({ ...unfinished, at: 9 });
	const going = await lastModel();
	expect(going).toMatchObject({ steps: 2, of: 20, source: { recipe } });
	// the one that is shown is put away, and no other
	await going!.forget();
	expect((await lastModel())!.at).toBe(5);
});

test.each([
	['another version', { ...done, version: 2 }],
	['weights that are not those of its fingerprint', { ...done, sha256: 'ab'.repeat(32) }],
	['no weights', { ...done, checkpoint: new Blob([new Uint8Array(9)]) }],
	['a shape that is none', { ...done, prepared: { ...prepared, config: { ...config, heads: 3 } } }],
	[
		'tokens that do not fit',
		{ ...done, prepared: { ...prepared, tokenizer: { specials: ['<end>'], merges: [] } } }
	],
	['no weights at all', { ...done, checkpoint: undefined }],
	['text', 'hello']
])('what somebody else wrote there is no model: %s', async (_, value) => {
	await finish(value as Finished);
	expect(await lastModel()).toBeUndefined();
});

import { afterEach, expect, test } from 'vitest';
import { Looker } from '../pocket/looker.ts';
import { Tokenizer } from '#lib/tiny/tokenizer.ts';
import { parameterCount } from '#lib/tiny/gpt.ts';
import { beginningOf } from './beginning.ts';
import { ProcessorLearner } from './learner.ts';
import { Reading } from './reading.ts';
import { first, type Recipe, sizes } from './recipe.ts';
import { type Source, TrainedLooker } from './trained-looker.ts';
import { Viewer } from './viewer.ts';

const recipe: Recipe = { ...first, size: 'small', steps: 40, seed: 5 };
const request = { messages: [{ role: 'user' as const, content: 'The moon' }], maxTokens: 8 };
const reading = new Reading(recipe);
const { batch: _batch, rate: _rate, ...shape } = sizes.small;
const config = { ...shape, vocabulary: reading.tokenizer.size };
const learner = ProcessorLearner.new(config, recipe.seed);
const spent = { steps: 3, tokens: 1, learning: 1, looking: 1, learningMs: 1, lookingMs: 1 };

const made: TrainedLooker[] = [];
let worker: Worker | undefined;
function open(source: Source): TrainedLooker {
	const looker = new TrainedLooker(source, () => {
		const url = new URL('./testing/looking-worker.ts', import.meta.url);
		return (worker = new Worker(url, { type: 'module' }));
	});
	made.push(looker);
	return looker;
}
afterEach(() => {
	for (const looker of made.splice(0)) looker.dispose();
});

async function whole(): Promise<Source & { values: Float32Array<ArrayBuffer> }> {
	const values = (await learner.weights()).slice();
	expect(values.length).toBe(parameterCount(config));
	return { config, tokenizer: reading.tokenizer.toJSON(), values };
}

/** What this page finds by itself. */
async function here(values: Float32Array, written: number[]) {
	const viewer = new Viewer(config, reading.tokenizer);
	viewer.show(values);
	const tokenizer = new Tokenizer(reading.tokenizer.toJSON());
	return new Looker(viewer.generator, tokenizer, beginningOf).look(request, written, 'all');
}

test('a whole model is looked into: its own tokens, its own numbers, to the last bit', async () => {
	const source = await whole();
	const looker = open(source);
	expect((await looker.open()).config).toEqual(config);
	const expected = await here(source.values, [2, 3]);
	const look = await looker.look(request, [2, 3]);
	expect({ ...look, ms: 0 }).toEqual({ ...expected, ms: 0 });
	expect(look.ids).toHaveLength(1 + 'The moon'.length + 2);
	expect(look.workings!.layers).toHaveLength(2);
	expect(look.workings!.layers[0].attention).toHaveLength(2);

	const { kept, again, same } = await looker.retrace(request, [2, 3]);
	expect(kept.map(({ tokens }) => tokens)).toEqual([9, 1, 1]);
	expect(again.map(({ tokens }) => tokens)).toEqual([9, 10, 11]);
	expect(same).toBe(true);
});

test('one in the middle of its training says its own shape and is looked into as it stands', async () => {
	const checkpoint = new Blob([(await learner.checkpoint()).slice()]);
	const looker = open({ recipe, kept: { checkpoint, spent } });
	const opened = await looker.open();
	expect(opened.prompt).toBe('The moon');
	expect(opened.config).toEqual(config);
	const { values } = await whole();
	const expected = await here(values, []);
	expect((await looker.look(request, [])).logprobs).toEqual(expected.logprobs);
});

test('what cannot be looked at is refused in a sentence, and the next look is answered', async () => {
	const looker = open(await whole());
	await expect(looker.look(request, [config.vocabulary])).rejects.toThrow('no such token');
	const long = { ...request, messages: [{ role: 'user' as const, content: 'a moon '.repeat(9) }] };
	await expect(looker.look(long, [])).rejects.toThrow('at most 32 tokens');
	expect((await looker.look(request, [])).ids).toHaveLength(9);
});

test('when its worker dies that is a sentence, and the next look begins anew', async () => {
	const looker = open(await whole());
	await looker.open();
	worker!.postMessage({ type: 'die' });
	await expect(looker.look(request, [])).rejects.toThrow('stopped answering');
	expect((await looker.look(request, [])).ids).toHaveLength(9);
});

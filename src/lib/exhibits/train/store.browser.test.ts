import { beforeEach, expect, test } from 'vitest';
import { first } from '#lib/engine/training/recipe.ts';
import { isFlagged } from './flag.ts';
import { inBrowser, type Unfinished } from './store.ts';

const left: Unfinished = {
	version: 1,
	at: 1,
	recipe: { ...first },
	kept: {
		checkpoint: new Uint8Array([1, 2, 3]),
		spent: { steps: 2, tokens: 1, learning: 1, looking: 1, learningMs: 1, lookingMs: 1 },
		sha256: 'ab'.repeat(32)
	},
	losses: new Float32Array([3, 2]),
	held: [{ step: 1, loss: 3 }],
	pictures: [{ step: 0, text: 'noise' }]
};

beforeEach(() => inBrowser.forget());

test('what is kept comes back as it was, and a sign of it stands where a page looks first', async () => {
	expect(await inBrowser.load()).toBeUndefined();
	expect(isFlagged()).toBe(false);
	await inBrowser.save(left);
	expect(isFlagged()).toBe(true);
	expect(await inBrowser.load()).toEqual(left);
	await inBrowser.forget();
	expect(await inBrowser.load()).toBeUndefined();
	expect(isFlagged()).toBe(false);
});

const bad: [string, unknown][] = [
	['nothing', null],
	['another version', { ...left, version: 2 }],
	['no recipe', { ...left, recipe: undefined }],
	['a size that does not exist', { ...left, recipe: { ...left.recipe, size: 'toString' } }],
	['too many steps', { ...left, recipe: { ...left.recipe, steps: 1e9 } }],
	['no weights', { ...left, kept: { ...left.kept, checkpoint: 'abc' } }],
	[
		'a step after the last',
		{ ...left, kept: { ...left.kept, spent: { ...left.kept.spent, steps: 1e6 } } }
	],
	[
		'a count that is no number',
		{ ...left, kept: { ...left.kept, spent: { ...left.kept.spent, tokens: NaN } } }
	],
	['a hash that is none', { ...left, kept: { ...left.kept, sha256: '<b>' } }],
	['fewer losses than steps', { ...left, losses: new Float32Array(1) }],
	['pictures of another kind', { ...left, pictures: [{ step: 0, text: { toString: 1 } }] }],
	['held-out losses that are holes', { ...left, held: [null] }]
];

for (const [what, value] of bad) {
	test(`somebody else's entry is not taken: ${what}`, async () => {
		await inBrowser.save(value as Unfinished);
		expect(await inBrowser.load()).toBeUndefined();
	});
}

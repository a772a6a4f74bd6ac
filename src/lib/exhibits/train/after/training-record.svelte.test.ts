import { expect, test } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { trainedHere } from '../../trained/testing/finished.ts';
import { trainingRecordOf } from './training-record.ts';

const schema = await (await fetch('/schema/training-record.json')).json();
const bySchema = new Ajv2020({ strict: true, strictTuples: false }).compile(schema);

test('the record of a training holds all that was noted of it, as the published schema says', async () => {
	const done = await trainedHere(12);
	const record = JSON.parse(JSON.stringify(trainingRecordOf(done, ' Owl ')));
	expect(bySchema(record), JSON.stringify(bySchema.errors)).toBe(true);
	expect(record).toMatchObject({
		name: 'Owl',
		date: '2026-11-26T08:20:00.000Z',
		recipe: { text: 'sentences', size: 'small', batch: 16, steps: 12, seed: 1 },
		spent: { steps: 12, tokens: 12 * 16 * 64 },
		tokens: { perStep: 16 * 64 }
	});
	expect(record.losses).toHaveLength(12);
	expect(record.pictures[0].step).toBe(0);
	expect(record.hashes.at(-1)).toEqual([12, record.sha256]);
});

test('somebody’s own text is not in it', async () => {
	const done = await trainedHere(1);
	const own = { ...done, recipe: { ...done.recipe, text: { own: 'a secret of mine' } } };
	const record = trainingRecordOf(own, '');
	expect(record.recipe.text).toBe('own');
	expect(JSON.stringify(record)).not.toContain('secret');
});

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { absent, changed, hostile, places } from '#lib/engine/testing/hostile.ts';
import { readFreezeRecord, type FreezeRecord } from './record.ts';
import { requestOf } from './request.ts';
import { LONGEST, wordOf } from './teaching.ts';

const schema = JSON.parse(readFileSync('static/schema/freeze-record.json', 'utf8'));
const bySchema = new Ajv2020({ strict: true }).compile(schema);

const sha = (n: number) => n.toString(16).padStart(64, '0');
const user = (content: string) => ({ role: 'user' as const, content });
const said = (asked: string, answered: string) => ({ asked, answered, sent: 5, sha256: sha(7) });

const record: FreezeRecord = {
	schema: 1,
	kind: 'freeze record',
	date: '2026-11-26T10:00:00.000Z',
	version: '0.4.0',
	device: { system: 'Linux', cores: 2 },
	model: { name: 'Pocket model', parameters: 917504, sha256: sha(1) },
	before: sha(7),
	prompts: [
		{
			request: requestOf([user('Where is the mill?')], 17),
			answered: 'By the river.',
			sent: 9,
			came: 4,
			sha256: sha(7)
		},
		{
			request: requestOf(
				[user('My cat is called Öl.'), { role: 'assistant', content: 'Yes.' }, user('What is it?')],
				2 ** 32 - 1
			),
			answered: '',
			sent: 20,
			came: 0,
			stopped: true,
			sha256: sha(7)
		}
	],
	learnt: { weights: 25472, sha256: [sha(8), sha(9)] },
	taught: {
		kind: 'cat',
		word: 'Öl',
		said: [said('My cat is called Öl.', 'Yes.'), said('What?', 'Öl.'), said('What?', 'Otto.')]
	}
};

const read = (value: unknown) => {
	try {
		readFreezeRecord(value);
		return '';
	} catch (error) {
		return (error as Error).message;
	}
};

test('comes back whole, and so does what has no more than it must', () => {
	expect(readFreezeRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
	const { learnt: _, taught: __, ...least } = record;
	const { sha256: ___, ...model } = least.model;
	expect(readFreezeRecord({ ...least, model })).toEqual({ ...least, model });
	expect(bySchema(record), JSON.stringify(bySchema.errors)).toBe(true);
	expect(bySchema({ ...least, model })).toBe(true);
});

test('fields that are not known are left out', () => {
	const more = { ...record, script: 'alert(1)', prompts: [{ ...record.prompts[0], x: 1 }] };
	const found = readFreezeRecord(more);
	expect(found).not.toHaveProperty('script');
	expect(found.prompts[0]).toEqual(record.prompts[0]);
});

/** What the schema cannot say: calendars. */
const onlyRead = /^date$/;

describe('the published schema', () => {
	test.each(places(record).map((path) => [path.join('.'), path] as const))(
		'and the site agree about a wrong %s',
		(name, path) => {
			// a list in JSON has no holes
			const tried = hostile.filter((to) => to !== absent || typeof path.at(-1) === 'string');
			for (const to of tried) {
				const value = changed(record, path, to);
				const why = read(value);
				const told = `${name} as ${JSON.stringify(to)?.slice(0, 40)}: ${why}`;
				if (why) {
					expect(why, told).toMatch(/^This is not a freeze proof that can be opened: \S.*\.$/);
					expect(why.length, told).toBeLessThan(200);
				}
				if (!onlyRead.test(name)) expect(!why, told).toBe(bySchema(value));
			}
		}
	);
});

test.each([
	['no record', 'a text', /The record must be an object/],
	['a run', { ...record, kind: undefined }, /kind must be freeze record/],
	['a newer one', { ...record, schema: 2 }, /schema must be 1/],
	['one of nothing', { ...record, prompts: [] }, /must not be empty/],
	['training of nothing', { ...record, learnt: { weights: 1, sha256: [] } }, /must not be empty/],
	['a short hash', { ...record, before: 'ab' }, /before must be 64 hexadecimal digits/],
	['a hash in capitals', { ...record, before: 'A'.repeat(64) }, /64 hexadecimal digits/],
	['an empty word', { ...record, taught: { ...record.taught, word: ' ' } }, /word must not be/],
	['two things said', { ...record, taught: { ...record.taught, said: [] } }, /a list of three/],
	['a kind by a key of all objects', { ...record, taught: { ...record.taught, kind: 'constructor' } }, /kind must be one of/], // prettier-ignore
	['too many', { ...record, prompts: new Array(5001).fill(record.prompts[0]) }, /at most 5,000/]
])('%s is refused', (_, value, why) => {
	expect(read(value)).toMatch(why);
});

test('the longest word that can be told can be opened', () => {
	const word = wordOf('name', '😀'.repeat(LONGEST));
	const taught = { ...record.taught!, kind: 'name' as const, word };
	expect(read({ ...record, taught })).toBe('');
});

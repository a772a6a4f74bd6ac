import { describe, expect, test } from 'vitest';
import ledger from 'virtual:ledger/all';
import { all, haystack, lines, matching, wantedIn, withWanted, type Wanted } from './finder.ts';
import { rowOf } from './row.ts';

const rows = ledger.entries.map(rowOf);
const hay = new Map(rows.map((row) => [row.id, haystack(row)]));
const found = (wanted: Partial<Wanted>) => [...matching(rows, hay, { ...all, ...wanted })];

describe('finding', () => {
	test('nothing asked for is everything', () => expect(found({})).toHaveLength(rows.length));

	test('every word must be there, in any order and size of letters', () => {
		expect(found({ words: 'google GEMINI' })).toContain('energy-gemini-median');
		expect(found({ words: 'gemini google' })).toEqual(found({ words: 'google GEMINI' }));
		expect(found({ words: 'zzz' })).toEqual([]);
	});

	test('publishers, kinds and ids are found too', () => {
		expect(found({ words: 'wired' })).toContain('gpt4-cost-altman');
		expect(found({ words: 'rule-6nd' })).toEqual(['rule-6nd']);
		expect(found({ words: 'rule of thumb' })).toContain('rule-2n');
	});

	test('topic, kind, confidence and age each keep what is so and nothing else', () => {
		const of = (id: string) => rows.find((row) => row.id === id)!;
		for (const id of found({ topic: 'energy' })) expect(of(id).topic).toBe('energy');
		for (const id of found({ kind: 'estimate' })) expect(of(id).kind).toBe('estimate');
		for (const id of found({ sure: 'low' })) expect(of(id).confidence).toBe('low');
		const old = found({ age: 'old' });
		const fresh = found({ age: 'fresh' });
		expect(old.length).toBeGreaterThan(0);
		expect(fresh.length).toBeGreaterThan(0);
		expect(old.length + fresh.length).toBe(rows.length);
		expect(old).toContain('gpt4-launch-price');
		expect(fresh).toContain('rule-6nd');
	});

	test.each(['.*', '(', '\\', '<b>', '__proto__', '\u202e'])('%j is only looked for', (words) => {
		expect(() => found({ words })).not.toThrow();
	});
});

describe('order', () => {
	test('each order has every number once', () => {
		for (const order of ['topic', 'newest', 'oldest', 'surest', 'words'] as const) {
			const ids = lines(rows, order).flatMap((line) => ('row' in line ? [line.row.id] : []));
			expect([...ids].sort()).toEqual(rows.map(({ id }) => id).sort());
		}
	});

	test('what has no date is last among the newest and among the oldest', () => {
		for (const order of ['newest', 'oldest'] as const) {
			const last = lines(rows, order).at(-1)!;
			expect('row' in last && last.row.asOf).toBe('undated');
		}
	});

	test('by topic, a heading stands before its numbers', () => {
		const [first, second] = lines(rows, 'topic');
		expect(first).toMatchObject({ topic: 'training' });
		expect(second).toMatchObject({ row: { topic: 'training' } });
	});
});

describe('the address', () => {
	test('holds what was asked for and gives it back', () => {
		const wanted: Wanted = { ...all, words: 'a & b = c', kind: 'estimate', order: 'newest' };
		expect(wantedIn(withWanted('#spike.as=you', wanted))).toEqual(wanted);
		expect(withWanted('#spike.as=you', wanted)).toContain('spike.as=you');
	});

	test('is empty when nothing is asked for', () => expect(withWanted('', all)).toBe(''));

	test.each([
		'#find.kind=rumour',
		'#find.order=constructor',
		'#find.topic=__proto__',
		'#find.age=%00',
		'#find.words=%',
		'#gpt4-flop',
		`#find.words=${'x'.repeat(20_000)}`
	])('%.30s asks for nothing', (hash) => expect(wantedIn(hash)).toEqual(all));

	test('cuts a long search', () => {
		expect(wantedIn(`#find.words=${'x'.repeat(500)}`).words).toHaveLength(100);
	});
});

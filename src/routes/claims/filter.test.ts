import { expect, test } from 'vitest';
import { everything, fits, readFilter, written } from './filter.ts';

const topics = ['energy', 'prices'];
const read = (values: Record<string, string>) =>
	readFilter(new Map(Object.entries(values)), topics);

test('a filter is read from the address and written back', () => {
	const filter = { article: 'E', verdict: 'wrong', topic: 'energy', q: 'GPT-4 cost' };
	expect(read(filter)).toEqual(filter);
	expect(written(filter)).toEqual(Object.entries(filter));
	expect(written(everything).every(([, value]) => value === undefined)).toBe(true);
});

test.each([
	{ article: 'F' },
	{ article: '__proto__' },
	{ verdict: 'constructor' },
	{ topic: 'toString' },
	{ q: '   ' },
	{ page: '3' }
])('%o is ignored', (values) => {
	expect(read(values as Record<string, string>)).toEqual(everything);
});

test('a search is cut to size', () => {
	expect(read({ q: 'x'.repeat(5000) }).q).toHaveLength(80);
});

test('a claim is shown where all of the filter fits', () => {
	const data = { article: 'E', verdict: 'wrong', topics: 'use-cost energy' };
	const text = 'each question to a model like gpt-4 costs 3 to 12 cents';
	const shown = (part: Partial<typeof everything>) => fits({ ...everything, ...part }, data, text);
	expect(shown({})).toBe(true);
	expect(shown({ article: 'E', verdict: 'wrong', topic: 'energy', q: 'GPT-4 cents' })).toBe(true);
	expect(shown({ article: 'A' })).toBe(false);
	expect(shown({ verdict: 'roughly' })).toBe(false);
	expect(shown({ topic: 'use' })).toBe(false);
	expect(shown({ q: 'gpt-4 dollars' })).toBe(false);
});

import { expect, test } from 'vitest';
import { restOf } from './range.ts';

const part = (headers: Record<string, string>) => new Response('x', { status: 206, headers });
const range = (text: string) => part({ 'content-range': text });

test('the rest of a file is told by its range, or by its length where no page may read that', () => {
	expect(restOf(range('bytes 5-9/10'), 5, {}, 10)).toBe(10);
	expect(restOf(part({ 'content-length': '5' }), 5, {}, undefined)).toBe(10);
	expect(restOf(part({ 'content-length': '5' }), 5, {}, 10)).toBe(10);
});

test('an answer of another length is none, whoever knows the length', () => {
	expect(restOf(range('bytes 5-9/10'), 5, {}, 11)).toBeUndefined();
	expect(restOf(range('bytes 5-9/10'), 5, { total: 11 }, undefined)).toBeUndefined();
	// what the list of files says counts for more than what an earlier answer said
	expect(restOf(range('bytes 5-9/10'), 5, { total: 11 }, 10)).toBe(10);
});

test('an answer that says nothing of its length, or nonsense, is none', () => {
	expect(restOf(part({}), 5, {}, undefined)).toBeUndefined();
	expect(restOf(range('bytes 50-39/40'), 50, {}, undefined)).toBeUndefined();
	expect(restOf(range('bytes 5-9/10'), 4, {}, undefined)).toBeUndefined();
	expect(restOf(range('bytes 5-8/10'), 5, {}, undefined)).toBeUndefined();
});

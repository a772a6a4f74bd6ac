import { expect, test } from 'vitest';
import { linesOf, paths, textOf } from './source.ts';
import { steps } from './steps.ts';
import { readFileSync } from 'node:fs';

test.each(
	steps.flatMap(({ key, source: { file, names } }) =>
		names.map((name) => [key, name, file] as const)
	)
)('step %s: %s stands in the file it names, which is the one that runs', async (_, name, file) => {
	const text = await textOf(file);
	expect(text).toBe(readFileSync(paths[file], 'utf8'));
	const lines = text.split('\n');
	const { first, last } = linesOf(text, name)!;
	const part = lines.slice(first, last + 1);
	expect(part[0].trim()).toMatch(/^(\/\*\*|export|function|\w)/);
	expect(part.some((line) => new RegExp(`\\b${name}\\b`).test(line))).toBe(true);
	expect(part.at(-1)!.trim()).toBe('}');
	expect(part.length).toBeGreaterThan(2);
	expect(part.length).toBeLessThan(60);
});

test('a function is found with its comment, up to its own end; a call is none', () => {
	const text = [
		'/** Adds. */',
		'export function add(',
		'\ta: number',
		'): number {',
		'\tif (a) {',
		'\t}',
		'\treturn a;',
		'}',
		'add(1);',
		'{',
		'}'
	].join('\n');
	expect(linesOf(text, 'add')).toEqual({ first: 0, last: 7 });
	expect(linesOf(text, 'ad')).toBeUndefined();
	expect(linesOf('add(1);\n}', 'add')).toBeUndefined();
});

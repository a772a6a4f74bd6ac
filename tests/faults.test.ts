import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

/** By file: names in it, or titles of its tests. */
type Places = Record<string, string[]>;
type Fault = { fault: string; sees: string; guards: Places; tests: Places; remains?: string };

const faults = parse(readFileSync('tests/faults.yaml', 'utf8')) as Fault[];

/** What is declared or assigned in a file: not what it merely mentions. */
function namesIn(source: ts.SourceFile): Set<string> {
	const names = new Set<string>();
	const visit = (node: ts.Node) => {
		const name = (node as { name?: ts.Node }).name;
		const declares = ts.isPropertyAccessExpression(node) || ts.isImportSpecifier(node);
		if (name && !declares) names.add(name.getText(source));
		// what a guard is looked for by may be a word of the browser's
		if (ts.isStringLiteral(node)) names.add(node.text);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return names;
}

/** The first argument of every `test…(…)`, as it is written. */
function titlesIn(source: ts.SourceFile): Set<string> {
	const titles = new Set<string>();
	const visit = (node: ts.Node) => {
		if (ts.isCallExpression(node) && /^test\b/.test(node.expression.getText(source))) {
			const [title] = node.arguments;
			if (title && ts.isStringLiteralLike(title)) titles.add(title.text);
			else if (title && ts.isTemplateExpression(title))
				titles.add(title.getText(source).slice(1, -1));
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return titles;
}

/** A sentence for everything that a list names and a file has not. */
function missing(places: Places, found: (source: ts.SourceFile) => Set<string>): string[] {
	return Object.entries(places).flatMap(([file, names]) => {
		if (!existsSync(file)) return [`${file} is not there.`];
		const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
		const here = found(source);
		return names.filter((name) => !here.has(name)).map((name) => `${file} has no ${name}.`);
	});
}

test('faults are many, each once', () => {
	expect(faults.length).toBeGreaterThan(35);
	expect(new Set(faults.map(({ fault }) => fault)).size).toBe(faults.length);
});

describe.each(faults.map((fault) => [fault.fault, fault] as const))('%s', (_, fault) => {
	test('has guards that are there', () => {
		expect(Object.values(fault.guards).flat().length).toBeGreaterThan(0);
		expect(missing(fault.guards, namesIn)).toEqual([]);
	});

	test('has tests that are there, and are run', () => {
		expect(Object.values(fault.tests).flat().length).toBeGreaterThan(0);
		expect(missing(fault.tests, titlesIn)).toEqual([]);
		for (const file of Object.keys(fault.tests)) {
			expect(file).toMatch(/^src\/.+\.test\.ts$|^tests\/e2e\/[^/]+\.spec\.ts$/);
		}
	});

	test('says in sentences what the reader sees, and what remains', () => {
		for (const said of [fault.sees, fault.remains ?? 'Nothing.'])
			expect(said).toMatch(/^[A-Z].*\.$/);
	});
});

describe('what is not there is named', () => {
	const file = 'src/lib/engine/webllm/losses.ts';

	test.each<[Places, string]>([
		[{ 'src/no-such-file.ts': ['x'] }, 'src/no-such-file.ts is not there.'],
		[{ [file]: ['Losses', 'noSuchName'] }, `${file} has no noSuchName.`],
		// it uses that, and has it not
		[{ [file]: ['performance'] }, `${file} has no performance.`]
	])('%o', (places, says) => {
		expect(missing(places, namesIn)).toEqual([says]);
	});

	test('also a title that only stands in the text of a test', () => {
		const own = 'tests/faults.test.ts';
		expect(missing({ [own]: ['faults are many, each once'] }, titlesIn)).toEqual([]);
		expect(missing({ [own]: ['src/no-such-file.ts'] }, titlesIn)).toHaveLength(1);
	});
});

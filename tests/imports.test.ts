import { readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Who may import whom, read downwards. `*` is everything of ours. */
const arrows: Record<string, string[]> = {
	routes: ['*'],
	'content/lessons': ['exhibits', 'learn', 'meter', 'ledger', 'ui'],
	'content/paths': ['exhibits', 'learn', 'meter', 'ledger', 'ui'],
	'content/glossary': ['exhibits', 'learn', 'meter', 'ledger', 'ui'],
	learn: ['ledger', 'ui'],
	'learn, on the server': ['ledger', 'ui', 'content/lessons', 'content/paths', 'content/glossary'],
	exhibits: ['engine', 'tiny', 'meter', 'ledger', 'ui', 'events'],
	meter: ['ledger', 'ui', 'events'],
	engine: ['tiny', 'events'],
	ledger: ['ui', 'content/ledger'],
	'content/ledger': [],
	tiny: [],
	ui: [],
	events: []
};

/** The part of the house a path (from the root) belongs to. */
function partOf(path: string): string | undefined {
	if (path.startsWith('virtual:ledger/')) return 'ledger';
	const lib = /^src\/lib\/([^/]+)/.exec(path)?.[1];
	if (lib) return lib.replace(/\.ts$/, '');
	if (path.startsWith('src/')) return 'routes';
	const content = /^content\/[^/]+/.exec(path)?.[0];
	return content ?? (/^(scripts|bench|tests)\//.exec(path) ? path.split('/')[0] : undefined);
}

/** What a file imports of ours, as paths from the root. */
function importsOf(file: string, source: string): string[] {
	const specifiers = [
		/\b(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g,
		/\bimport\s*['"]([^'"]+)['"]/g,
		/\bimport\(\s*['"`]([^'"`]+)['"`]/g,
		/\bimport\.meta\.glob\w*(?:<[^>]*>)?\(\s*\[?\s*['"`]([^'"`]+)['"`]/g,
		/\bnew URL\(\s*['"`](\.[^'"`]*)['"`]\s*,\s*import\.meta\.url/g
	].flatMap((pattern) => [...source.matchAll(pattern)].map(([, specifier]) => specifier));
	return specifiers.flatMap((specifier) => {
		const bare = specifier.replace(/\?.*$/, '');
		if (bare.startsWith('virtual:')) return [bare];
		if (/^[#$]lib\//.test(bare)) return [`src/lib/${bare.slice(5)}`];
		if (bare.startsWith('#content/')) return [bare.slice(1)];
		if (bare.startsWith('/')) return [bare.slice(1)];
		return bare.startsWith('.') ? [posix.join(posix.dirname(file), bare)] : [];
	});
}

/** A sentence for every import that goes against the arrows. */
function breaks(file: string, source: string): string[] {
	const part = partOf(file) ?? '';
	const onServer = part === 'learn' && /\.server\.ts$|\/server\//.test(file);
	const allowed = arrows[onServer ? 'learn, on the server' : part];
	if (!allowed) return [`${file}: the folder ${part} is not in the table of arrows.`];
	return importsOf(file, source).flatMap((path) => {
		const other = partOf(path);
		if (other === undefined || other === part) return [];
		const ours = !['scripts', 'bench', 'tests'].includes(other);
		if (ours && (allowed.includes('*') || allowed.includes(other))) return [];
		return [`${file} imports ${path}: ${part} may not import ${other}.`];
	});
}

function filesOf(folder: string, names: RegExp) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && names.test(entry.name))
		.map((entry) => posix.join(entry.parentPath, entry.name))
		.sort();
}

const isTest = /\.test\.ts$/;
const code = /\.(ts|js|mjs|svelte|md)$/;
const sources = [...filesOf('src', code), ...filesOf('content', code)].filter(
	(file) => !isTest.test(file) && !file.endsWith('/README.md')
);

describe('arrows', () => {
	test('every import follows them', () => {
		expect(sources.length).toBeGreaterThan(20);
		expect(sources.flatMap((file) => breaks(file, readFileSync(file, 'utf8')))).toEqual([]);
	});

	test.each([
		['src/lib/tiny/a.ts', "import { x } from '#lib/events.ts';"],
		['src/lib/meter/Bill.svelte', "import '../engine/engine.ts';"],
		['src/lib/exhibits/A.svelte', "const a = await import('#lib/learn/a.ts');"],
		['src/lib/learn/a.ts', "export { x } from '#content/lessons/a.md';"],
		['src/lib/learn/a.ts', "const all = import.meta.glob('/content/lessons/*.md');"],
		['src/lib/engine/a.ts', "import figure from 'virtual:ledger/figure/x';"],
		['src/lib/engine/a.ts', "new Worker(new URL('../meter/worker.ts', import.meta.url));"],
		['src/routes/+page.svelte', "import a from '../../scripts/a.mjs';"],
		['src/lib/other/a.ts', '']
	])('%s with %j is named', (file, source) => {
		expect(breaks(file, source)).toEqual([expect.stringContaining(file)]);
	});

	test.each([
		['src/lib/learn/a.server.ts', "const all = import.meta.glob('/content/lessons/*.md');"],
		['src/routes/+page.svelte', "import a from '#lib/tiny/a.ts';"],
		['src/lib/tiny/a.ts', "import { b } from './b.ts';"]
	])('%s with %j is in order', (file, source) => {
		expect(breaks(file, source)).toEqual([]);
	});
});

describe('house rules', () => {
	const written = [...sources, ...filesOf('scripts', code).filter((file) => !isTest.test(file))];

	test('nothing is left to chance: Math.random appears nowhere', () => {
		// The check of the build and the linter have to name it.
		const namers = /^scripts\/finish-build\/checks\.mjs$/;
		expect(
			written.filter(
				(file) => !namers.test(file) && /\bMath\s*\.\s*random\b/.test(readFileSync(file, 'utf8'))
			)
		).toEqual([]);
	});

	test('no stores: state is in runes', () => {
		expect(
			written.filter((file) => /['"]svelte\/store['"]/.test(readFileSync(file, 'utf8')))
		).toEqual([]);
	});

	test('no file of src is longer than 400 lines', () => {
		expect(
			filesOf('src', /\.(ts|js|svelte|css|md)$/).filter(
				// A list of cases may be longer than what it tests.
				(file) => !isTest.test(file) && readFileSync(file, 'utf8').split('\n').length > 401
			)
		).toEqual([]);
	});

	test('our own modules are imported with their extension', () => {
		const bare = sources.flatMap((file) =>
			importsOf(file, readFileSync(file, 'utf8'))
				.filter((path) => partOf(path) && !path.startsWith('virtual:') && !path.includes('*'))
				.filter((path) => posix.extname(path) === '' && !path.endsWith('$types'))
				.map((path) => `${file}: ${path}`)
		);
		expect(bare).toEqual([]);
	});
});

#!/usr/bin/env node
/**
 * Runs after `vite build`: writes 404.html, sitemap.xml, robots.txt, _headers and .nojekyll into build/, and fails with a
 * sentence for each page that must not be shipped. SITE_ORIGIN, BASE_PATH and MODEL_HOSTS are those of the build.
 */
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
	chanceProblems,
	foreignProblems,
	headProblems,
	linkProblems
} from './finish-build/checks.mjs';
import { compress, headers, mirrorsOf, robots, sitemap } from './finish-build/files.mjs';
import { renderNotFound } from './finish-build/not-found.mjs';
import { ledgerProblems } from './finish-build/scripts.mjs';
import { readSite } from './finish-build/site.mjs';
import { styleProblems } from './finish-build/styles.mjs';

/**
 * Writes the files and returns what is wrong.
 *
 * @param {{ folder: string, origin: string, base: string, changed: string, computed?: Set<string>,
 *   mirrors?: string[] }} build
 *   `changed`: ISO date of the last release; `computed`: ledger entries that code imports by itself;
 *   `mirrors`: origins from which models may come besides their first homes
 * @returns {string[]} one sentence a problem
 */
export function finishBuild({ folder, origin, base, changed, computed = new Set(), mirrors = [] }) {
	const pages = readSite(folder, origin, base);
	writeFileSync(join(folder, 'sitemap.xml'), sitemap(pages, changed));
	writeFileSync(join(folder, 'robots.txt'), robots(pages));
	writeFileSync(join(folder, '_headers'), headers(base, workersIn(folder), mirrors));
	// GitHub Pages would leave out _app without it.
	writeFileSync(join(folder, '.nojekyll'), '');

	const site = readSite(folder, origin, base);
	compress(site);
	return [
		...headProblems(site),
		...linkProblems(site),
		...foreignProblems(site),
		...chanceProblems(site),
		...styleProblems(site),
		...ledgerProblems(site, computed)
	];
}

/**
 * The scripts that workers begin with: what lies deeper is imported by them, and obeys their policy.
 *
 * @param {string} folder of the built site
 */
function workersIn(folder) {
	const workers = join(folder, '_app/immutable/workers');
	if (!existsSync(workers)) return [];
	return readdirSync(workers)
		.filter((name) => name.endsWith('.js'))
		.sort();
}

/**
 * Ledger entries that exhibits and the meter compute with.
 *
 * @param {string} folder of sources
 */
export function computedEntries(folder) {
	const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
		(name) => /\.(svelte|ts)$/.test(name) && !name.endsWith('.test.ts')
	);
	return new Set(
		sources.flatMap((name) =>
			[
				...readFileSync(join(folder, name), 'utf8').matchAll(
					/from ['"]virtual:ledger\/figure\/([\w-]+)['"]/g
				)
			].map(([, id]) => id)
		)
	);
}

/**
 * The date of the newest release: "## 0.1.0 (2026-11-25)".
 *
 * @param {string} changelog
 */
export function releaseDate(changelog) {
	const date = /^## .*\b(\d{4}-\d{2}-\d{2})\b/m.exec(changelog)?.[1];
	if (!date) throw new Error('CHANGELOG.md: no release heading carries a date (YYYY-MM-DD).');
	return date;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const root = dirname(dirname(fileURLToPath(import.meta.url)));
	const folder = join(root, 'build');
	const origin = process.env.SITE_ORIGIN ?? 'http://localhost:4173';
	const base = process.env.BASE_PATH ?? '';

	const notFound = join(folder, '404.html');
	const output = join(root, '.svelte-kit', 'output', 'server');
	writeFileSync(notFound, await renderNotFound(output, origin, base));
	// Those of Kit's empty shell.
	for (const suffix of ['.br', '.gz']) rmSync(notFound + suffix, { force: true });

	const problems = finishBuild({
		folder,
		origin,
		base,
		computed: computedEntries(join(root, 'src', 'lib')),
		changed: releaseDate(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')),
		mirrors: mirrorsOf(process.env.MODEL_HOSTS)
	});
	if (problems.length > 0) {
		console.error(problems.join('\n'));
		process.exit(1);
	}
}

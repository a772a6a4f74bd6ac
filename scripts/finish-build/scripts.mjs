/** @file Which scripts a page fetches by itself, and which entries of the ledger stand in them. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./site.mjs').Page} Page */

/**
 * The scripts that a page preloads, and all that they import without being asked.
 *
 * @param {Site} site
 * @param {Page} page
 * @returns {Set<string>} files below the build folder
 */
export function scriptsOf(site, page) {
	const found = new Set();
	const waiting = page.elements.flatMap(({ name, attributes }) =>
		name === 'link' && attributes.rel === 'modulepreload'
			? [posix.join(posix.dirname(page.file), attributes.href)]
			: []
	);
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		if (found.has(file) || !site.files.has(file)) continue;
		found.add(file);
		const code = readFileSync(join(site.folder, file), 'utf8');
		for (const [, from, alone] of code.matchAll(
			/(?:\bimport|\bexport)\s*(?:[\w$*{][^'"`;()]*?\bfrom\s*["']([^"']+)["']|["']([^"']+)["'])/g
		)) {
			waiting.push(posix.join(posix.dirname(file), from ?? alone));
		}
	}
	return found;
}

/** An entry as code; the training estimates of the models one may be billed as come with these. */
const entry = /(?<!training:\s*\{)\bid:\s*["'`]([\w-]+)["'`],\s*statement:/g;

/**
 * Entries of the ledger in a page's JavaScript that the page does not cite. An entry is cited when the page links to it
 * or says what it says; those that an exhibit computes with may stand there without.
 *
 * @param {Site} site
 * @param {Set<string>} computed ids of entries that code imports by itself
 */
export function ledgerProblems(site, computed) {
	/** @type {string[]} */
	const problems = [];
	/** @type {Map<string, string[]>} */
	const idsOf = new Map();
	for (const page of site.pages) {
		for (const file of scriptsOf(site, page)) {
			let ids = idsOf.get(file);
			if (!ids) {
				const code = readFileSync(join(site.folder, file), 'utf8');
				ids = [...code.matchAll(entry)].map(([, id]) => id);
				idsOf.set(file, ids);
			}
			for (const id of ids) {
				if (!computed.has(id) && !page.html.includes(`ledger/${id}/"`)) {
					problems.push(
						`build/${page.file}: its script ${file} holds the ledger entry ${id}, which the page does not cite.`
					);
				}
			}
		}
	}
	return problems;
}

/** @file The built site as a list of pages and files. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { elements } from './html.mjs';

/**
 * @typedef {object} Page
 * @property {string} file below the build folder, with '/'
 * @property {string} address below the base path: '/', '/about/'; '/404.html'
 * @property {string} html
 * @property {import('./html.mjs').Element[]} elements
 * @property {Set<string>} ids
 */

/** @typedef {{ folder: string, origin: string, base: string, files: Set<string>, pages: Page[] }} Site */

/**
 * @param {string} folder the build
 * @param {string} origin 'https://example.org'
 * @param {string} base '' or '/prefix'
 * @returns {Site}
 */
export function readSite(folder, origin, base) {
	const files = new Set(
		readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
			.sort()
	);
	/** @type {Page[]} */
	const pages = [];
	for (const file of files) {
		if (!file.endsWith('.html')) continue;
		const html = readFileSync(join(folder, file), 'utf8');
		const all = elements(html);
		pages.push({
			file,
			address: `/${file.replace(/(^|\/)index\.html$/, '$1')}`,
			html,
			elements: all,
			ids: new Set(all.flatMap(({ attributes }) => attributes.id ?? []))
		});
	}
	return { folder, origin, base, files, pages };
}

/**
 * The address of a page as others see it.
 *
 * @param {Site} site
 * @param {Page} page
 */
export function absolute(site, page) {
	return `${site.origin}${site.base}${page.address}`;
}

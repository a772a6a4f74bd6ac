/** @file What is drawn ahead of its code must have its style: a page links all that its components need. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./site.mjs').Site} Site */

/** The class by which Svelte keeps the style of one component to it. */
const SCOPE = /svelte-[a-z0-9]{6,7}(?![\w-])/g;

/**
 * Components that stand in a page whose style stands only in files that the page does not link. A browser would show
 * them bare until somebody touches them.
 *
 * @param {Site} site
 * @returns {string[]} one sentence for each
 */
export function styleProblems(site) {
	/** @type {Map<string, Set<string>>} */
	const scopes = new Map();
	for (const file of site.files) {
		if (!file.endsWith('.css')) continue;
		const text = readFileSync(join(site.folder, file), 'utf8');
		scopes.set(file.split('/').at(-1) ?? file, new Set(text.match(SCOPE)));
	}
	/** @type {Map<string, string[]>} */
	const files = new Map();
	for (const [file, all] of scopes) {
		for (const scope of all) files.set(scope, [...(files.get(scope) ?? []), file]);
	}

	return site.pages.flatMap((page) => {
		const linked = new Set(
			page.elements
				.filter(({ name, attributes }) => name === 'link' && attributes.rel === 'stylesheet')
				.map(({ attributes }) => attributes.href?.split('/').at(-1) ?? '')
		);
		const styles = (page.html.match(/<style[\s\S]*?<\/style>/g) ?? []).join('');
		const inlined = new Set(styles.match(SCOPE));
		const drawn = new Set(page.html.replace(/<style[\s\S]*?<\/style>/g, '').match(SCOPE));
		return [...drawn]
			.filter((scope) => !inlined.has(scope))
			.map((scope) => files.get(scope) ?? [])
			.filter((homes) => homes.length && !homes.some((home) => linked.has(home)))
			.map(
				([home]) =>
					`build/${page.file}: something in it has its style in ${home}, which the page does not link.`
			)
			.filter((sentence, at, all) => all.indexOf(sentence) === at);
	});
}

/** @file What must hold for every page that is shipped. Each check returns sentences, none when all is well. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { absolute } from './site.mjs';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./site.mjs').Page} Page */

/** Relations of a `<link>` for which a browser fetches something. */
const fetching =
	/^(stylesheet|icon|apple-touch-icon|mask-icon|preload|modulepreload|prefetch|preconnect|dns-prefetch|manifest)$/;

/**
 * Title, description, canonical address and one h1.
 *
 * @param {Site} site
 */
export function headProblems(site) {
	/** @type {string[]} */
	const problems = [];
	/** @type {Map<string, string>} */
	const taken = new Map();
	for (const page of site.pages) {
		if (page.address === '/404.html') continue;
		const say = (/** @type {string} */ what) => problems.push(`build/${page.file}: ${what}`);
		const title = page.elements.find(({ name }) => name === 'title')?.text ?? '';
		const description = meta(page, 'description');
		const canonicals = page.elements.filter(
			({ name, attributes }) => name === 'link' && attributes.rel === 'canonical'
		);
		const headings = page.elements.filter(({ name }) => name === 'h1');
		if (title === '') say('it has no title.');
		if (description === '') say('it has no description.');
		if (headings.length !== 1) say(`it has ${headings.length} h1, not one.`);
		else if (headings[0].text === '') say('its h1 is empty.');
		const expected = absolute(site, page);
		if (canonicals.length !== 1 || canonicals[0].attributes.href !== expected) {
			say(`its canonical address is not ${expected}.`);
		}
		for (const [kind, text] of [
			['title', title],
			['description', description]
		]) {
			const other = taken.get(`${kind} ${text}`);
			if (text !== '' && other) say(`it has the ${kind} of build/${other}.`);
			taken.set(`${kind} ${text}`, page.file);
		}
	}
	return problems;
}

/**
 * @param {Page} page
 * @param {string} key
 */
function meta(page, key) {
	const found = page.elements.find(
		({ name, attributes }) =>
			name === 'meta' && (attributes.name === key || attributes.property === key)
	);
	return (found?.attributes.content ?? '').trim();
}

/**
 * Links and files of our own that lead nowhere, and anchors without a target. A fragment with `=` is the
 * state of an exhibit, not an anchor.
 *
 * @param {Site} site
 */
export function linkProblems(site) {
	/** @type {string[]} */
	const problems = [];
	const pages = new Map(site.pages.map((page) => [page.address, page]));
	for (const page of site.pages) {
		const say = (/** @type {string} */ what) => problems.push(`build/${page.file}: ${what}`);
		const references = page.elements.flatMap((element) => {
			const { name, attributes } = element;
			if (name === 'a' && attributes.href !== undefined) return [attributes.href];
			return loads(element);
		});
		const picture = meta(page, 'og:image');
		if (picture) references.push(picture);
		for (const reference of new Set(references)) {
			let url;
			try {
				url = new URL(reference, absolute(site, page));
			} catch {
				say(`"${reference}" is not an address.`);
				continue;
			}
			if (url.origin !== site.origin) continue;
			const path = decodeURIComponent(url.pathname);
			if (!path.startsWith(`${site.base}/`)) {
				say(`"${reference}" leads out of ${site.base}/.`);
				continue;
			}
			const inside = path.slice(site.base.length);
			const target = pages.get(inside);
			if (!target) {
				if (pages.has(`${inside}/`)) say(`"${reference}" lacks its last slash.`);
				else if (!site.files.has(inside.slice(1))) say(`"${reference}" leads nowhere.`);
				continue;
			}
			const anchor = decodeURIComponent(url.hash.slice(1));
			if (anchor !== '' && !anchor.includes('=') && !target.ids.has(anchor)) {
				say(`"${reference}" names an anchor that is not on that page.`);
			}
		}
	}
	return problems;
}

/**
 * What a browser fetches for an element by itself.
 *
 * @param {import('./html.mjs').Element} element
 * @returns {string[]}
 */
function loads({ name, attributes }) {
	/** @type {(string | undefined)[]} */
	const found = [];
	if (name === 'link') {
		if ((attributes.rel ?? '').split(/\s+/).some((rel) => fetching.test(rel))) {
			found.push(attributes.href);
		}
	} else if (name !== 'a') {
		found.push(attributes.src, attributes.poster, attributes.data);
		if (name === 'use' || name === 'image' || name === 'feimage') {
			found.push(attributes.href, attributes['xlink:href']);
		}
		if (name === 'form') found.push(attributes.action);
		if (name === 'meta' && attributes['http-equiv']?.toLowerCase() === 'refresh') {
			found.push(/url=(.*)/i.exec(attributes.content ?? '')?.[1]);
		}
	} else {
		found.push(attributes.ping);
	}
	for (const candidate of (attributes.srcset ?? '').split(',')) {
		found.push(candidate.trim().split(/\s+/)[0]);
	}
	found.push(...cssUrls(attributes.style ?? ''));
	return found.flatMap((value) => (value && !value.startsWith('data:') ? [value] : []));
}

/** @param {string} css */
function cssUrls(css) {
	return [
		...css.matchAll(/url\(\s*["']?([^"')]+)["']?\s*\)/g),
		...css.matchAll(/@import\s+["']([^"']+)["']/g)
	].map(([, url]) => url);
}

/**
 * Anything a page would fetch from another host.
 *
 * @param {Site} site
 */
export function foreignProblems(site) {
	/** @type {string[]} */
	const problems = [];
	/** @type {(file: string, url: string) => void} */
	const check = (file, url) => {
		if (/^(?:[a-z][a-z+.-]*:)?\/\//i.test(url) && !url.startsWith(`${site.origin}/`)) {
			problems.push(`build/${file}: it loads ${url} from another host.`);
		}
	};
	for (const page of site.pages) {
		for (const element of page.elements) for (const url of loads(element)) check(page.file, url);
	}
	for (const file of site.files) {
		if (!file.endsWith('.css')) continue;
		for (const url of cssUrls(readFileSync(join(site.folder, file), 'utf8'))) {
			if (!url.startsWith('data:')) check(file, url);
		}
	}
	return problems;
}

/**
 * Chance in a script of ours: what is shown must be repeatable. web-llm's chunk has its own, for uses
 * that are not shown; it is known by the names that it keeps.
 *
 * @param {Site} site
 */
export function chanceProblems(site) {
	/** @type {string[]} */
	const problems = [];
	for (const file of site.files) {
		if (!file.endsWith('.js')) continue;
		const code = readFileSync(join(site.folder, file), 'utf8');
		if (/\bMath\s*\.\s*random\b/.test(code) && !code.includes('mlc-ai')) {
			problems.push(`build/${file}: it uses Math.random; draw from a seeded generator instead.`);
		}
	}
	return problems;
}

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import adapter from '@sveltejs/adapter-static';
import { mdsvex } from 'mdsvex';
import rehypeSlug from 'rehype-slug';
import { wholesIn } from './src/lib/ui/whole.js';

/** The theme script of app.html runs before the first paint, so the policy names it by its hash. */
const shell = readFileSync(new URL('./src/app.html', import.meta.url), 'utf8');
const shellScripts = [...shell.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
	([, code]) =>
		/** @type {`sha256-${string}`} */ (
			`sha256-${createHash('sha256').update(code).digest('base64')}`
		)
);

/**
 * Names a version by what it is built from: the clock, Kit's default, would make two builds of the same sources
 * differ.
 */
function sourceVersion() {
	const root = import.meta.dirname;
	const folders = ['src', 'content', 'static'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name))
	);
	const files = ['package-lock.json', 'svelte.config.js', 'vite.config.ts'].map((name) =>
		join(root, name)
	);
	const hash = createHash('sha256');
	for (const file of [...folders, ...files].sort()) {
		hash.update(file.slice(root.length)).update(readFileSync(file));
	}
	return hash.digest('hex').slice(0, 12);
}

/** mdsvex still writes the module script of Svelte 4; Svelte 5 would warn once per lesson. */
const moduleScript = {
	name: 'module-script',
	/** @param {{ content: string }} source */
	markup: ({ content }) => ({
		code: content.replace('<script context="module">', '<script module>')
	})
};

/**
 * @typedef {{ type: string, value?: string, tagName?: string, properties?: object, children?: Part[] | undefined }} Part
 * of a lesson's tree
 */

/** Keeps names such as GPT-3 whole in a lesson's own text, as Whole.svelte does elsewhere. */
function wholeNames() {
	/** @type {(part: Part) => Part[]} */
	const split = (part) => {
		if (part.type === 'text' && part.value) {
			return wholesIn(part.value).map((value, i) => {
				/** @type {Part} */
				const text = { type: 'text', value };
				return i % 2
					? {
							type: 'element',
							tagName: 'span',
							properties: { className: ['whole'] },
							children: [text]
						}
					: text;
			});
		}
		if (part.tagName !== 'code') part.children = part.children?.flatMap(split);
		return [part];
	};
	/** @param {Part} tree */
	return (tree) => void split(tree);
}

/** @type {import('@sveltejs/kit').Config} */
export default {
	extensions: ['.svelte', '.md'],
	preprocess: [
		mdsvex({
			extensions: ['.md'],
			smartypants: { dashes: 'oldschool' },
			// rehype-slug only walks the tree, so a current version works under mdsvex's older unified.
			rehypePlugins: [/** @type {any} */ (rehypeSlug), wholeNames]
		}),
		moduleScript
	],
	compilerOptions: {
		runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true)
	},
	kit: {
		adapter: adapter({ fallback: '404.html', precompress: true, strict: true }),
		paths: { base: /** @type {'' | `/${string}`} */ (process.env.BASE_PATH ?? ''), relative: true },
		// svelte-check reads what lies outside src/ as well.
		typescript: {
			config: ({ include, ...config }) => ({
				...config,
				include: [
					...include,
					'../scripts/**/*.mjs',
					'../scripts/**/*.ts',
					'../bench/**/*.ts',
					'../playwright.config.ts',
					'../svelte.config.js'
				]
			})
		},
		router: { resolution: 'server' },
		// Small style sheets stand in the page (allowed by their hash): a request costs more than their bytes.
		inlineStyleThreshold: 10_240,
		version: { name: sourceVersion(), pollInterval: 0 },
		prerender: {
			handleUnseenRoutes: 'fail',
			// A fragment with a value in it is the state of an exhibit, and no place on the page.
			handleMissingId: ({ id, message }) => {
				if (!/^[a-z]+\.[a-z.]+=/.test(id)) throw new Error(message);
			},
			origin: process.env.SITE_ORIGIN ?? 'http://localhost:4173'
		},
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self', 'wasm-unsafe-eval', ...shellScripts],
				'style-src': ['self'],
				'style-src-attr': ['unsafe-inline'],
				'img-src': ['self', 'data:'],
				'font-src': ['self'],
				'worker-src': ['self'],
				'connect-src': ['self'],
				'manifest-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['none']
			}
		}
	}
};

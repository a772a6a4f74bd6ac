/** @file Which lessons show a number: those that cite it in their words, and those whose exhibits do. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { lessons } from '#lib/learn/catalogue.server.ts';
import { nameOf } from '#lib/learn/lesson.ts';
import { citedIn } from '#lib/ledger/server/plugin.ts';

const root = process.cwd();

/** Every file of ours that a source imports, and all that those import. */
function reached(from: string, found = new Set<string>()): Set<string> {
	if (found.has(from) || !existsSync(from)) return found;
	found.add(from);
	const source = readFileSync(from, 'utf8');
	for (const [, to] of source.matchAll(
		/\b(?:from|import)\s*\(?\s*['"](#lib\/[^'"]*|\.{1,2}\/[^'"]*)['"]/g
	)) {
		const path = to.startsWith('#lib/') ? join(root, 'src', to.slice(1)) : join(dirname(from), to);
		// What all pages have says nothing about a lesson.
		if (/src\/lib\/(exhibits|learn)\//.test(relative(root, path)) && /\.(svelte|ts)$/.test(path)) {
			reached(path, found);
		}
	}
	return found;
}

export type Citing = { slug: string; number: number; name: string; how: 'words' | 'exhibit' };

const byEntry = new Map<string, Citing[]>();
for (const { slug, number } of lessons) {
	const file = join(root, 'content/lessons', `${String(number).padStart(2, '0')}-${slug}.md`);
	for (const path of reached(file)) {
		const how = path === file ? 'words' : 'exhibit';
		for (const id of citedIn(path)) {
			const known = byEntry.get(id) ?? [];
			if (known.some((citing) => citing.slug === slug)) continue;
			byEntry.set(id, [...known, { slug, number, name: nameOf(slug), how }]);
		}
	}
}

/** Lessons that show an entry, in their order. */
export const lessonsWith = (id: string): Citing[] => byEntry.get(id) ?? [];

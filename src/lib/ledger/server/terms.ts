/** @file Reads terms.yaml: under which licence each source is. */
import type { Terms } from '../entry.ts';
import type { Report } from './cells.ts';
import { plain } from './plain.ts';
import * as schema from './schema.ts';
import { YamlFile } from './yaml.ts';

export function readTerms(text: string, fault: Report): Terms[] {
	const file = new YamlFile(text, fault);
	const keys = new Map<string, number>();
	const pages = new Map<string, number>();
	const all: Terms[] = [];

	for (const node of file.list(file.root, 'the file')) {
		const item = file.check(node, schema.terms, 'these terms');
		if (!item) continue;
		const terms = plain(item.values) as Terms;
		const at = (field: string) => item.lines.get(field) ?? item.line;
		const first = keys.get(terms.key);
		if (first) fault(at('key'), `"${terms.key}" is already used in line ${first}`);
		keys.set(terms.key, at('key'));
		for (const page of terms.pages) {
			if (!/^[a-z0-9.-]+\.[a-z]+(\/[\w./-]*)?$/.test(page) || page.startsWith('www.')) {
				fault(at('pages'), `"${page}" is no beginning of an address, such as example.org/data`);
			}
			const taken = pages.get(page);
			if (taken) fault(at('pages'), `"${page}" already stands in line ${taken}`);
			pages.set(page, at('pages'));
		}
		all.push(terms);
	}
	return all;
}

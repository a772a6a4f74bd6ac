/**
 * @file Gives each `<Num id="…">` of a source its entry: an import of that one entry is added and
 * handed to the component, so that a page carries the entries it cites and no others.
 */
import { lineOf, withoutCode } from './blank.ts';

export type Citation = { id: string; line: number };
export type Cited = {
	code: string;
	citations: Citation[];
	/** Tags that name no entry the build could look up. */
	faults: { line: number; message: string }[];
};

/** The module that holds one entry. */
export const figureModule = (id: string) => `virtual:ledger/figure/${id}`;

const component = '#lib/ledger/Num.svelte';

/** Rewrites a `.svelte` or `.md` source. Lines keep their numbers. */
export function cite(source: string, markdown: boolean): Cited {
	const visible = withoutCode(source, markdown);
	const citations: Citation[] = [];
	const faults: Cited['faults'] = [];
	const names = new Map<string, string>();
	const insertions: [offset: number, text: string][] = [];

	for (const { index } of visible.matchAll(/<Num(?=[\s/>])/g)) {
		const attributes = attributesAt(visible, index + 4);
		if (attributes.has('figure')) continue;
		const line = lineOf(source, index);
		const id = attributes.get('id');
		if (!id || !/^[\w-]+$/.test(id)) {
			faults.push({ line, message: '<Num> needs an id="…" that is written out' });
			continue;
		}
		citations.push({ id, line });
		const name = names.get(id) ?? `ledger_${names.size}_`;
		names.set(id, name);
		insertions.push([index + 4, ` figure={${name}}`]);
	}
	if (!names.size) return { code: source, citations, faults };

	let imports = [...names]
		.map(([id, name]) => `import ${name} from '${figureModule(id)}';`)
		.join(' ');
	if (markdown && !/\bimport\s+Num\b/.test(source)) imports += ` import Num from '${component}';`;

	const script = instanceScript(source, markdown);
	if (script !== undefined) insertions.push([script, ` ${imports}`]);
	else insertions.push([source.length, `\n\n<script>${imports}</script>\n`]);

	return { code: insert(source, insertions), citations, faults };
}

/** Where the code of the component's instance script begins, if it has one. */
function instanceScript(source: string, markdown: boolean): number | undefined {
	const outside = markdown ? withoutFences(source) : source;
	for (const match of outside.matchAll(
		/<!--[\s\S]*?-->|<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>/g
	)) {
		if (match[1] === undefined || /\bmodule\b/.test(match[1])) continue;
		return match.index + match[0].length;
	}
}

function withoutFences(source: string): string {
	// Scripts stay, fenced examples of scripts go.
	return source.replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1[^\n]*$/gm, (part) =>
		part.replace(/[^\n]/g, ' ')
	);
}

/** The attributes of a tag; those that are not plain text have an undefined value. */
function attributesAt(source: string, from: number): Map<string, string | undefined> {
	const found = new Map<string, string | undefined>();
	const pattern =
		/\s*(?:(\/?>)|([\w:-]+)(?:=(?:"([^"{]*)"|'([^'{]*)'|"[^"]*"|'[^']*'|\{[^}]*\}|([\w-]+)))?|\{([^}]*)\}|.)/gsy;
	pattern.lastIndex = from;
	for (let match = pattern.exec(source); match && !match[1]; match = pattern.exec(source)) {
		if (match[2]) found.set(match[2], match[3] ?? match[4] ?? match[5]);
		else if (match[6]) found.set(match[6].trim(), undefined);
	}
	return found;
}

function insert(source: string, insertions: [number, string][]): string {
	let code = '';
	let from = 0;
	for (const [offset, text] of insertions.sort(([a], [b]) => a - b)) {
		code += source.slice(from, offset) + text;
		from = offset;
	}
	return code + source.slice(from);
}

/**
 * @file Blanks out the parts of a source that are not prose, keeping every offset and line break, so
 * that what is found in the rest can be named by its place.
 */

export function blank(source: string, pattern: RegExp): string {
	return source.replace(pattern, (part) => part.replace(/[^\n]/g, ' '));
}

/** Blanks comments, scripts and styles; in Markdown also front matter and code. */
export function withoutCode(source: string, markdown: boolean): string {
	if (markdown) {
		source = blank(source, /^---\r?\n[\s\S]*?\r?\n---[ \t]*(?=\r?\n|$)/);
		source = blank(
			source,
			/^([ \t]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^[ \t]*\2[^\n]*$|$(?![\s\S]))/gm
		);
		source = blank(source, /(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g);
	}
	source = blank(source, /<!--[\s\S]*?(?:-->|$(?![\s\S]))/g);
	return blank(source, /<(script|style)\b[\s\S]*?<\/\1\s*>/gi);
}

/** The line of an offset, from 1. */
export function lineOf(source: string, offset: number): number {
	let line = 1;
	for (let i = source.indexOf('\n'); i >= 0 && i < offset; i = source.indexOf('\n', i + 1)) line++;
	return line;
}

/** @file The program's own files, as text: the very ones that this page's model is built from. */
import type { SourceFile } from './steps.ts';

export const paths: Record<SourceFile, string> = {
	tokenizer: 'src/lib/tiny/tokenizer.ts',
	gpt: 'src/lib/tiny/gpt.ts',
	attention: 'src/lib/tiny/attention.ts',
	sample: 'src/lib/tiny/sample.ts',
	generate: 'src/lib/tiny/generate.ts'
};

const files: Record<SourceFile, () => Promise<{ default: string }>> = {
	tokenizer: () => import('#lib/tiny/tokenizer.ts?raw'),
	gpt: () => import('#lib/tiny/gpt.ts?raw'),
	attention: () => import('#lib/tiny/attention.ts?raw'),
	sample: () => import('#lib/tiny/sample.ts?raw'),
	generate: () => import('#lib/tiny/generate.ts?raw')
};

export async function textOf(file: SourceFile): Promise<string> {
	return (await files[file]()).default;
}

/**
 * The lines of a function, method or interface, from 0, with the comment before it.
 *
 * @returns undefined when the text has none of that name
 */
export function linesOf(text: string, name: string): { first: number; last: number } | undefined {
	const lines = text.split('\n');
	const begins = new RegExp(
		`^(\\t*)(?:export )?(?:async )?(?:function\\*? |interface |class )?${name}(?:<[^>]*>)?[( {]`
	);
	const at = lines.findIndex(
		(line, i) =>
			begins.test(line) && (/\b(function|interface|class)\b/.test(line) || opens(lines, i))
	);
	if (at < 0) return undefined;
	const indent = begins.exec(lines[at])![1];
	const last = lines.findIndex((line, i) => i > at && line === `${indent}}`);
	if (last < 0) return undefined;

	let first = at;
	if (lines[at - 1]?.trim().endsWith('*/')) {
		do first--;
		while (!lines[first].trim().startsWith('/**'));
	}
	return { first, last };
}

/** Whether a body begins on this line or ends the list of parameters that does. */
function opens(lines: string[], at: number): boolean {
	const end = lines.slice(at).findIndex((line) => /[{;]$/.test(line));
	return (
		end >= 0 && lines[at + end].endsWith('{') && !/^\t*(if|for|while|return)\b/.test(lines[at])
	);
}

/** How many words of prose a lesson's file has: without front matter, code, tags and braces. */
export function wordsIn(source: string): number {
	const prose = source
		.replace(/^---\n[\s\S]*?\n---\n/, '')
		.replace(/<script[\s\S]*?<\/script>/g, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\{[^}]*\}/g, ' ');
	return prose.match(/[\p{L}\p{N}][\p{L}\p{N}’'&#;-]*/gu)?.length ?? 0;
}

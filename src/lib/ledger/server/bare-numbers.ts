/**
 * @file Finds numbers in a lesson's prose that nobody vouches for. A number there comes from the
 * ledger (`<Num>`), or is mere counting and says so by standing in braces: `{3} steps`.
 */
import { blank, lineOf, withoutCode } from './blank.ts';

const months =
	'(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const year = '(?:19|20)\\d\\d';

/** Words before a year that make it a year and not an amount. */
const before =
	'(?:in|of|by|since|until|till|from|to|and|or|between|late|early|mid|before|after|during|year|spring|summer|autumn|winter|the)';

/** Words after a number that make it an amount, however much it looks like a year. */
const counted =
	'(?:[a-z]* )?(?:tokens?|words?|dollars?|cents?|percent|times|parameters?|weights?|operations|questions?|answers?|prompts?|people|pupils|hours?|minutes?|seconds?|days?|years|watts?|GPUs?)\\b';

const dates = [
	new RegExp(`\\b${year}-\\d\\d(?:-\\d\\d)?\\b`, 'g'),
	new RegExp(`\\b(?:\\d{1,2} )?${months}(?: \\d{1,2},)?(?: ${year})?(?!\\d)`, 'g'),
	new RegExp(`\\b${before}[\\s-]${year}(?:[–-]${year})?(?![\\d,.]\\d|\\d| ${counted})`, 'gi')
];

/** A number in letters' company is part of a name: GPT-4, H100, q4f16. */
const names = /\b(?:[A-Za-z]+\d[\w.]*\w|[A-Za-z]+\d|[A-Z][A-Za-z]*-\d(?:[\w.]*\w)?)/g;

/**
 * The bare numbers of a lesson.
 * @param families first words of model names that a number follows: Llama 3.1 405B, Claude 3 Opus
 */
export function bareNumbers(
	source: string,
	families: readonly string[] = []
): { line: number; text: string }[] {
	let prose = withoutCode(source, true);
	prose = blankBraces(prose);
	// What a <Num> shows in other words is vouched for by its entry.
	prose = blank(prose, /<Num\b(?:[^>"']|"[^"]*"|'[^']*')*(?<!\/)>[\s\S]*?<\/Num\s*>/g);
	prose = blank(prose, /<\/?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>/g);
	prose = blank(prose, /\]\([^)\n]*\)/g);
	prose = blank(prose, /^[ \t]*\[[^\]\n]+\]:[^\n]*$/gm);
	prose = blank(prose, /\bhttps?:\/\/\S+/g);
	prose = blank(prose, /\[\^[^\]\n]+\]/g);
	prose = blank(prose, /^[ \t>]*#{1,6}[ \t][^\n]*$/gm);
	prose = blank(prose, /^[ \t>]*\d{1,9}[.)](?=\s)/gm);
	prose = blank(prose, /&#?\w+;/g);
	prose = blank(prose, /\blessons? \d+(?:(?:, \d+)* and \d+)?/gi);
	if (families.length) {
		const family = families.map((word) => word.replace(/[^\w]/g, '\\$&')).join('|');
		prose = blank(prose, new RegExp(`\\b(?:${family})(?: \\d+(?:\\.\\d+)?[BM]?)+\\b`, 'g'));
	}
	for (const date of dates) prose = blank(prose, date);
	prose = blank(prose, names);

	return [...prose.matchAll(/(?<![\p{L}\p{N}])[$€£]?\p{N}[\p{N}.,]*(?<=\p{N})/gu)].map((match) => ({
		line: lineOf(source, match.index),
		text: match[0]
	}));
}

/** Blanks `{…}` with what is nested in it. */
function blankBraces(source: string): string {
	let depth = 0;
	return Array.from({ length: source.length }, (_, i) => source[i])
		.map((c) => {
			if (c === '{') depth++;
			const inside = depth > 0;
			if (c === '}') depth = Math.max(0, depth - 1);
			return inside && c !== '\n' ? ' ' : c;
		})
		.join('');
}

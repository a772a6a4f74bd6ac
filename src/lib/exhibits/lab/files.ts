/** @file A run as files that other programs read: its tokens as a table, its text. */
import type { RunRecord, Token } from '#lib/events.ts';
import { day } from '../words.ts';

/** So many candidates have columns of their own. */
const CANDIDATES = 5;

/**
 * One line a token, as RFC 4180 has it: commas, CRLF, quotes doubled. Numbers have a point; times are
 * milliseconds since the run started, probabilities those of the full softmax at temperature 1.
 *
 * It begins with a byte-order mark: without one, spreadsheets read UTF-8 as the letters of their own
 * country. A text that a spreadsheet would take for a formula, and one that begins with an apostrophe,
 * gets an apostrophe in front: take one off and you have what the model wrote.
 */
export function csvOf({ tokens }: Pick<RunRecord, 'tokens'>): string {
	const numbers = Array.from({ length: CANDIDATES }, (_, i) => i + 1);
	const head = [
		'index',
		'at_ms',
		'id',
		'text',
		'special',
		'logprob',
		'probability',
		...numbers.flatMap((n) => [`candidate_${n}`, `candidate_${n}_id`, `candidate_${n}_probability`])
	];
	const rows = tokens.map(({ index, at, id, text, special, logprob, alternatives }) => [
		String(index),
		String(at),
		id === undefined ? '' : String(id),
		cell(text),
		special ? 'true' : 'false',
		logprob === undefined ? '' : String(logprob),
		probability(logprob),
		...numbers.flatMap((n) => candidate(alternatives?.[n - 1]))
	]);
	return '\ufeff' + [head, ...rows].map((row) => row.join(',') + '\r\n').join('');
}

function candidate(one: NonNullable<Token['alternatives']>[number] | undefined): string[] {
	if (!one) return ['', '', ''];
	return [cell(one.text), one.id === undefined ? '' : String(one.id), probability(one.logprob)];
}

/** To six decimals, never as a power of ten. */
function probability(logprob: number | undefined): string {
	return logprob === undefined ? '' : Math.min(1, Math.exp(logprob)).toFixed(6);
}

/** A text as a cell: always quoted, so that spaces and line breaks in it stay. */
function cell(text: string): string {
	// White space before the sign is dropped by some programs, and the full-width signs count as well.
	const guarded = /^'|^[\s\u0000-\u001f]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text; // eslint-disable-line no-control-regex
	return `"${guarded.replace(/"/g, '""')}"`;
}

/** Question, answer, and what wrote it. */
export function textOf({ request, tokens, model, date }: RunRecord): string {
	const { messages, seed, temperature, topK } = request;
	const draw = `seed ${seed}, temperature ${temperature}${topK ? `, top-k ${topK}` : ''}`;
	return [
		...messages.map(({ content }) => content.trim()).filter(Boolean),
		tokens
			.map(({ text }) => text)
			.join('')
			.trim(),
		`(${model.name}, ${day(date)}; ${draw})`
	]
		.join('\n\n')
		.concat('\n');
}

/** @file Handing a run on: as a file the reader keeps. */
import type { RunRecord } from '#lib/events.ts';
import { download, fileWords } from '#lib/ui/download.ts';
import { LARGEST_FILE } from './open.ts';

export { download };

/** The text of the file. Too long to be opened again, it is written without the candidates. */
export function fileOf(record: RunRecord): string {
	const whole = JSON.stringify(record);
	if (whole.length < LARGEST_FILE / 3) return whole + '\n'; // a character takes up to three bytes
	const tokens = record.tokens.map(({ alternatives: _, ...token }) => token);
	return JSON.stringify({ ...record, tokens }) + '\n';
}

/** "running-tab-2026-11-26-the-boat-seed-6": says when, what was asked, and with which seed. */
export function nameOf({ date, request }: Pick<RunRecord, 'date' | 'request'>): string {
	const asked = request.messages.findLast(({ role }) => role === 'user')?.content ?? '';
	const words = fileWords(asked).slice(-4).join('-').slice(0, 40);
	return ['running-tab', date.slice(0, 10), words, `seed-${request.seed}`]
		.filter(Boolean)
		.join('-');
}

export function saveRun(record: RunRecord): void {
	const content = new Blob([fileOf(record)], { type: 'application/json' });
	download(`${nameOf(record)}.json`, content);
}

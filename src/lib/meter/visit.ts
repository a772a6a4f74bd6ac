/**
 * @file The counts of a visit, kept over reloads in this browser tab and nowhere else. Whatever does
 * not look like counts is taken for nothing: storage can be written by anyone with a console.
 */

/** Tokens sent and tokens that came back, over so many runs. */
export type Counts = { sent: number; came: number; runs: number };

export const zero: Counts = { sent: 0, came: 0, runs: 0 };

const key = 'running-tab.visit';

/** More than any visit can reach, and far below where whole numbers lose digits. */
const most = 1e12;

/** `value` if it is a plausible count. */
export function whole(value: unknown): number | undefined {
	return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most
		? (value as number)
		: undefined;
}

export function read(): Counts | undefined {
	try {
		const text = sessionStorage.getItem(key);
		if (!text || text.length > 200) return;
		const { sent, came, runs } = JSON.parse(text) as Record<string, unknown>;
		const counts = { sent: whole(sent), came: whole(came), runs: whole(runs) };
		if (Object.values(counts).every((count) => count !== undefined)) return counts as Counts;
	} catch {
		// Forbidden, broken or foreign: an empty tab.
	}
}

export function write(counts: Counts): void {
	try {
		sessionStorage.setItem(key, JSON.stringify(counts));
	} catch {
		// Full or forbidden: the tab then holds for this page alone.
	}
}

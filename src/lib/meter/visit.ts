/**
 * @file What a visit has used, kept over reloads in this browser tab and nowhere else. Whatever does
 * not look like it is taken for nothing: storage can be written by anyone with a console.
 */
import type { Request } from '#lib/events.ts';

/** Tokens sent and tokens that came back, over so many runs. */
export type Counts = {
	sent: number;
	came: number;
	/** How many of the tokens sent this device still had from the run before, and did not compute again. */
	reused: number;
	runs: number;
};

/** One run that is over. */
export type RunLine = {
	/** Milliseconds since 1970, by this device's clock. */
	at: number;
	/** Name of the model. */
	model: string;
	sent: number;
	came: number;
	/** Milliseconds this device computed, where the run settled and said so. */
	ms?: number | undefined;
};

/** What the last run was asked, where one question says it all: enough to ask it again. */
export type Asked = Pick<Request, 'seed' | 'temperature' | 'topK' | 'maxTokens'> & {
	prompt: string;
};

export type Visit = { counts: Counts; lines: readonly RunLine[]; last?: Asked | undefined };

export const zero: Counts = { sent: 0, came: 0, reused: 0, runs: 0 };

/** Older runs are counted, and no longer listed. */
export const MOST_LINES = 50;

const LONGEST_NAME = 60; // characters
const LONGEST_PROMPT = 600; // characters
const LONGEST = 20_000; // characters; longer ones were not written here

const key = 'running-tab.visit';
const VERSION = 2;

/** More than any visit can reach, and far below where whole numbers lose digits. */
const most = 1e12;

/** `value` if it is a plausible count. */
export function whole(value: unknown): number | undefined {
	return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most
		? (value as number)
		: undefined;
}

/** One run as it is listed. */
export function runLine(model: string, sent: number, came: number, ms?: number): RunLine {
	return { at: Date.now(), model: model.slice(0, LONGEST_NAME), sent, came, ms };
}

/** What is kept of a request; nothing of a conversation, and nothing of a long text. */
export function askedOf(request: Request | undefined): Asked | undefined {
	const [only, ...more] = request?.messages ?? [];
	if (!request || only?.role !== 'user' || more.length) return undefined;
	if (only.content.length > LONGEST_PROMPT) return undefined;
	const { seed, temperature, topK, maxTokens } = request;
	return { prompt: only.content, seed, temperature, topK, maxTokens };
}

export function read(): Visit | undefined {
	try {
		const text = sessionStorage.getItem(key);
		if (!text || text.length > LONGEST) return;
		const value = JSON.parse(text) as Record<string, unknown>;
		// Counts alone are what an earlier version of the site wrote; a later one may mean anything.
		if (value.version !== undefined && value.version !== VERSION) return;

		const counts = countsIn(value);
		if (!counts) return;
		return { counts, lines: linesIn(value.lines, counts), last: askedIn(value.last) };
	} catch {
		// Forbidden, broken or foreign: an empty tab.
	}
}

export function write({ counts, lines, last }: Visit): void {
	try {
		sessionStorage.setItem(key, JSON.stringify({ version: VERSION, ...counts, lines, last }));
	} catch {
		// Full or forbidden: the tab then holds for this page alone.
	}
}

function countsIn({ sent, came, reused = 0, runs }: Record<string, unknown>): Counts | undefined {
	const counts = { sent: whole(sent), came: whole(came), reused: whole(reused), runs: whole(runs) };
	if (Object.values(counts).some((count) => count === undefined)) return undefined;
	return counts.reused! <= counts.sent! ? (counts as Counts) : undefined;
}

/** The runs of a visit, or none where they do not fit its counts. */
function linesIn(value: unknown, counts: Counts): RunLine[] {
	if (!Array.isArray(value) || value.length > Math.min(MOST_LINES, counts.runs)) return [];
	const lines: RunLine[] = [];
	let { sent, came } = counts;
	for (const one of value as (Record<string, unknown> | null)[]) {
		const { at, model } = one ?? {};
		if (!Number.isFinite(at) || typeof model !== 'string' || model.length > LONGEST_NAME) return [];
		const line = {
			at: at as number,
			model,
			sent: whole(one!.sent),
			came: whole(one!.came),
			ms: whole(one!.ms)
		};
		// NaN is no less than nothing, and no more: what is no count fails here as well.
		sent -= line.sent ?? NaN;
		came -= line.came ?? NaN;
		if (!(sent >= 0 && came >= 0)) return [];
		lines.push(line as RunLine);
	}
	return lines;
}

function askedIn(value: unknown): Asked | undefined {
	const { prompt, seed, temperature, topK, maxTokens } = (value ?? {}) as Record<string, unknown>;
	const plausible =
		typeof prompt === 'string' &&
		prompt.length <= LONGEST_PROMPT &&
		typeof temperature === 'number' &&
		temperature >= 0 &&
		temperature <= 2 &&
		[seed, topK, maxTokens].every((n) => (whole(n) ?? 2 ** 32) < 2 ** 32);
	return plausible ? ({ prompt, seed, temperature, topK, maxTokens } as Asked) : undefined;
}

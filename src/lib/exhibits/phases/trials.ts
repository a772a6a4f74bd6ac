/** @file What was timed, and what it comes to: the middle of several, because a device does other things as well. */
import type { RunRecord, Usage } from '#lib/events.ts';
import { kinds, type Kind } from './requests.ts';

/** One run, timed. Times are of computing alone, in milliseconds. */
export type Trial<K = Kind> = {
	kind: K;
	/** Tokens read, and tokens written. */
	sent: number;
	came: number;
	prefillMs: number;
	decodeMs: number;
};

export type Summary = Trial & {
	rounds: number;
	totalMs: number;
	/** Of all rounds. */
	fastestMs: number;
	slowestMs: number;
	/** Tokens a second while reading and while writing. */
	readRate: number;
	writeRate: number;
};

export function trialOf<K extends string>(kind: K, usage: Usage): Trial<K> {
	const { promptTokens, cachedTokens, outputTokens, prefillMs, decodeMs } = usage;
	return { kind, sent: promptTokens - cachedTokens, came: outputTokens, prefillMs, decodeMs };
}

/** A run put beside the two that are timed: all of it, and as far as it has come while it is played. */
export type Beside = { record: RunRecord; whole: Trial<'opened'>; now: Trial<'opened'> };

/** A run after `came` of its tokens, each of which is taken to have cost the same. */
export function partOf<K>(whole: Trial<K>, came: number): Trial<K> {
	return { ...whole, came, decodeMs: whole.came ? (whole.decodeMs * came) / whole.came : 0 };
}

/** How many times as long a written token took as one that was read; nothing where it does not say. */
export function tokenRatio({
	sent,
	came,
	prefillMs,
	decodeMs
}: Trial<unknown>): number | undefined {
	const ratio = decodeMs / came / (prefillMs / sent);
	return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}

const total = ({ prefillMs, decodeMs }: Trial) => prefillMs + decodeMs;

/**
 * The middle one of the runs of a kind, by the time they took in all: one run, so that its parts add
 * up. Of an even number the faster one of the two in the middle. Nothing when there is none.
 */
export function summaryOf(trials: readonly Trial[], kind: Kind): Summary | undefined {
	const runs = trials
		.filter((trial) => trial.kind === kind && trial.came > 0)
		.sort((a, b) => total(a) - total(b));
	if (!runs.length) return undefined;
	const middle = runs[Math.floor((runs.length - 1) / 2)];
	return {
		...middle,
		rounds: runs.length,
		totalMs: total(middle),
		fastestMs: total(runs[0]),
		slowestMs: total(runs[runs.length - 1]),
		readRate: (middle.sent * 1000) / middle.prefillMs,
		writeRate: (middle.came * 1000) / middle.decodeMs
	};
}

export type Finding = {
	/** How many times as long a written token takes as one that is read. */
	token: number;
	/** How many times as long the run takes that writes much as the one that reads much. */
	run: number;
};

/** What the two together show; nothing while one of them is missing. */
export function findingOf(trials: readonly Trial[]): Finding | undefined {
	const [reading, writing] = kinds.map((kind) => summaryOf(trials, kind));
	if (!reading || !writing) return undefined;
	return {
		token: reading.readRate / writing.writeRate,
		run: writing.totalMs / reading.totalMs
	};
}

import { expect, test } from 'vitest';
import manifest from '#lib/engine/pocket/manifest.json';
import recorded from './recorded.json';
import type { RunRecord } from '#lib/events.ts';
import { findingOf, partOf, summaryOf, tokenRatio, trialOf, type Trial } from './trials.ts';
import { basis, besideWords, finding, recordedWhere, timesAs } from './words.ts';

const trial = (kind: Trial['kind'], prefillMs: number, decodeMs: number): Trial =>
	kind === 'reading'
		? { kind, sent: 100, came: 10, prefillMs, decodeMs }
		: { kind, sent: 10, came: 100, prefillMs, decodeMs };

const trials = [
	trial('reading', 20, 10),
	trial('writing', 2, 100),
	trial('reading', 10, 10),
	trial('writing', 2, 90),
	trial('reading', 12, 10),
	trial('writing', 2, 500)
];

test('the middle run is not moved by one slow round, and the range tells of it', () => {
	expect(summaryOf(trials, 'writing')).toMatchObject({
		prefillMs: 2,
		decodeMs: 100,
		totalMs: 102,
		fastestMs: 92,
		slowestMs: 502
	});
	expect(summaryOf(trials.slice(0, 4), 'writing')!.totalMs).toBe(92);
});

test('a token written against a token read', () => {
	const reading = summaryOf(trials, 'reading')!;
	expect(reading).toMatchObject({ rounds: 3, sent: 100, came: 10 });
	expect([reading.prefillMs, reading.fastestMs, reading.slowestMs]).toEqual([12, 20, 30]);
	expect(reading.readRate).toBeCloseTo(100_000 / 12);
	// 100 ms for 100 tokens written, 12 ms for 100 tokens read
	expect(findingOf(trials)!.token).toBeCloseTo(100 / 100 / (12 / 100));
	// 102 ms in all against 22 ms
	expect(findingOf(trials)!.run).toBeCloseTo(102 / 22);
});

test('one kind alone is compared with nothing', () => {
	expect(findingOf(trials.filter(({ kind }) => kind === 'reading'))).toBeUndefined();
	expect(summaryOf([], 'reading')).toBeUndefined();
	expect(finding([]).bold).toBe('Nothing has been timed.');
});

test('what this device did not compute again is not counted as read', () => {
	const usage = { promptTokens: 9, cachedTokens: 4, outputTokens: 2, prefillMs: 1, decodeMs: 2 };
	expect(trialOf('reading', usage).sent).toBe(5);
});

test('the words say what was found, also when it is the other way round', () => {
	expect(finding(trials).bold).toBe('Writing a token took 8.3 times as long as reading one.');
	expect(finding(trials).rest).toMatch(
		/^Both are 110 tokens; the one that writes more took 4.6 times as long as the other/
	);
	const odd = [trial('reading', 100, 1), trial('writing', 1, 10)];
	expect(finding(odd).bold).toBe('Here reading a token took longer than writing one.');
	expect(timesAs(1.01)).toBe('about as long as');
	expect(basis(trials, 'Here.')).toMatch(/^Here\. 3 rounds, /);
});

test('what is shown first was recorded with the present model, and both runs are of one length', () => {
	expect(recorded.sha256).toBe(manifest.sha256);
	const runs = recorded.trials as Trial[];
	expect(new Set(runs.map(({ sent, came }) => sent + came)).size).toBe(1);
	expect(runs.length).toBeGreaterThanOrEqual(10);
	expect(findingOf(runs)!.token).toBeGreaterThan(1);
	expect(recordedWhere(recorded)).toMatch(/^Recorded \d+ \w+ 20\d\d on one core of an /);
});

test('a run that is played has written as much as has come, and read all of it', () => {
	const whole = { kind: 'opened', sent: 40, came: 20, prefillMs: 8, decodeMs: 30 };
	expect(partOf(whole, 5)).toEqual({ ...whole, came: 5, decodeMs: 7.5 });
	expect(partOf({ ...whole, came: 0, decodeMs: 0 }, 0).decodeMs).toBe(0);
});

test('a run put beside them says what a token cost it, or that its file does not say', () => {
	const record = {
		model: { name: 'SmolLM2', parameters: 3.6e8 },
		date: '2026-11-03T10:00:00Z',
		device: { gpu: 'Example GPU' }
	} as unknown as RunRecord;
	const whole = { kind: 'opened', sent: 40, came: 20, prefillMs: 8, decodeMs: 30 } as const;
	const words = (change: object) =>
		besideWords({ record, whole: { ...whole, ...change }, now: whole });
	expect(tokenRatio(whole)).toBe(7.5);
	expect(words({})).toBe(
		'Beside them, SmolLM2, recorded 3 Nov 2026 on Example GPU: writing a token took 7.5 times as long as reading one.'
	);
	expect(words({ prefillMs: 80 })).toContain('took less time than reading one');
	for (const silent of [{ prefillMs: 0 }, { sent: 0 }, { came: 0 }, { decodeMs: 0 }]) {
		expect(words(silent)).toContain('the file does not say');
	}
});

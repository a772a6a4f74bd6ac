import { expect, test } from 'vitest';
import type { Progress } from '#lib/engine/webllm/download/download.ts';
import { loaded, loadingLine, outcomeLine, progressLine, storedLine, takes } from './words.ts';

test('how long a download takes follows from its bits', () => {
	expect(takes(250e6, 20)).toBe('1.7 minutes');
	expect(takes(250e6, 100)).toBe('20 seconds');
});

const progress = (change: Partial<Progress>): Progress => ({
	state: 'downloading',
	bytes: 61e6,
	total: 204e6,
	file: 'params_shard_1.bin',
	...change
});

test.each([
	[{ speed: 3.1e6, left: 46 }, '61 MB of 204 MB, 3.1 MB a second, about 46 seconds left'],
	[{}, '61 MB of 204 MB'],
	[{ left: Infinity }, '61 MB of 204 MB'],
	[{ state: 'paused' }, '61 MB of 204 MB, held: nothing arrives until you go on'],
	[{ state: 'stalled' }, '61 MB of 204 MB, nothing has arrived for a while; it is asked for again'],
	[
		{ state: 'retrying', retryIn: 7.6 },
		'61 MB of 204 MB, the network broke off; asked for again in 8 seconds'
	],
	[{ state: 'retrying' }, '61 MB of 204 MB, the network broke off; asked for again now'],
	[{ state: 'checking' }, '61 MB of 204 MB, looking whether every file is what it should be'],
	[
		{ state: 'waiting-for-other-tab' },
		'61 MB of 204 MB, another tab of this site is fetching it; this one waits'
	]
] as [Partial<Progress>, string][])('a download in words: %o', (change, words) => {
	expect(progressLine(progress(change))).toBe(words);
});

test('a download says what its files were held against, and what had to come again', () => {
	const complete = { state: 'complete', kept: 'cache', renewed: [] } as const;
	expect(outcomeLine({ ...complete, verified: 'published' })).toMatch(/byte for byte/);
	expect(outcomeLine({ ...complete, verified: 'lengths' })).toMatch(/^Not verified/);
	expect(outcomeLine({ ...complete, verified: 'first-download', renewed: ['a'] })).toMatch(
		/One file was damaged or gone, and came again\.$/
	);
	expect(
		outcomeLine({
			...complete,
			verified: 'published',
			kept: 'memory',
			sentence: 'The disk is full.'
		})
	).toMatch(/ The disk is full\.$/);
	expect(outcomeLine({ state: 'failed', sentence: 'No host.', file: 'a' })).toBe('No host.');
	expect(outcomeLine({ state: 'cancelled' })).toMatch(/^Stopped\. What has arrived is kept/);
});

test('loading goes through its phases in order, and never back', () => {
	expect(loadingLine('weights', 0.4)).toBe('Step 3 of 5: Bringing the weights to the GPU, 40 %');
	expect(loadingLine('checking', 0)).toBe(
		'Step 1 of 5: Looking whether every file is what it should be'
	);
	const way = (['checking', 'starting', 'weights', 'programs', 'trying'] as const).flatMap(
		(phase) => [loaded(phase, 0), loaded(phase, 1)]
	);
	expect(way).toEqual([...way].sort((a, b) => a - b));
	expect(way[0]).toBe(0);
	expect(way.at(-1)).toBe(1);
	expect(loaded('trying', 7)).toBe(1);
});

test('what is stored is told with its date, where one is known', () => {
	expect(storedLine({ bytes: 211e6, date: '2026-11-26T10:00:00Z' })).toBe(
		'211 MB, since 26 Nov 2026'
	);
	expect(storedLine({ bytes: 211e6, date: '' })).toBe('211 MB');
});

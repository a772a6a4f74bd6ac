import { expect, test } from 'vitest';
import { sentences } from './sentences.ts';

const file = 'params_shard_3.bin';
const host = 'huggingface.co';

const said: Record<keyof typeof sentences, string> = {
	offline: sentences.offline(),
	unreachable: sentences.unreachable(host),
	missing: sentences.missing(file, host, 404),
	refused: sentences.refused(file, host, 403),
	unlawful: sentences.unlawful(host),
	tooMany: sentences.tooMany(host, 90),
	serverTrouble: sentences.serverTrouble(host, 503),
	webPage: sentences.webPage(file),
	broken: sentences.broken(file),
	stalled: sentences.stalled(file),
	notWhole: sentences.notWhole(file, 1_234_567, 16_561_152),
	tooLong: sentences.tooLong(file, 16_561_152),
	altered: sentences.altered(file),
	changed: sentences.changed(file),
	unreadable: sentences.unreadable(file),
	wrongList: sentences.wrongList('tensor-cache.json'),
	notHere: sentences.notHere(),
	takenAway: sentences.takenAway(),
	full: sentences.full(2_000_000),
	notKept: sentences.notKept(),
	busyElsewhere: sentences.busyElsewhere(),
	broke: sentences.broke('x'.repeat(5000))
};

test('each fault has a sentence of its own, which is whole, short enough, and says what helps', () => {
	const all = Object.values(said);
	expect(new Set(all).size).toBe(all.length);
	for (const sentence of all) {
		expect(sentence).toMatch(/^[A-Z].*\.\)?$|^huggingface.*\.$/);
		expect(sentence.length).toBeLessThan(360);
		expect(sentence).not.toMatch(/undefined|NaN|null/);
		expect(sentence).toMatch(
			/try |choose |download it|stop it there|make some room|held in memory|delete this model/i
		);
	}
});

test('lengths and times are said as people say them', () => {
	expect(said.notWhole).toContain('1,234,567 of 16,561,152 bytes');
	expect(said.full).toContain('2 MB are free');
	expect(sentences.full()).not.toContain('estimate');
	expect(sentences.full(3000)).toContain('3 kB');
	expect(sentences.tooMany(host, 1)).toContain('in 1 second;');
	expect(sentences.tooMany(host, 45)).toContain('in 45 seconds;');
	expect(said.tooMany).toContain('in 2 minutes;');
	expect(sentences.tooMany(host, 7200)).toContain('in 2 hours;');
	expect(sentences.tooMany(host)).toContain('in some minutes;');
});

import { expect, test } from 'vitest';
import type { Progress } from './download.ts';
import { Pace } from './pace.ts';
import { Teller } from './teller.ts';
import { secondsOf } from './trouble.ts';

function teller(estimate: number) {
	let now = 0;
	const told: Progress[] = [];
	const made = new Teller(
		estimate,
		(one) => told.push(one),
		() => now
	);
	return { teller: made, told, at: (ms: number) => (now = ms) };
}

test('speed and time left are those of the last five seconds', () => {
	const { teller: t, told, at } = teller(100_000);
	t.begin('a.bin');
	let bytes = 0;
	for (let ms = 0; ms <= 10_000; ms += 250) {
		at(ms);
		const arrived = ms < 5000 ? 100 : 1000;
		bytes += arrived;
		t.tell('downloading', bytes, arrived);
	}
	expect(told[0].speed).toBe(undefined);
	expect(told.at(-1)!.speed).toBeCloseTo(4000, -3);
	expect(told.at(-1)!.left).toBeCloseTo((100_000 - bytes) / told.at(-1)!.speed!, 6);
});

test('a rest makes no slow speed', () => {
	const { teller: t, told, at } = teller(100_000);
	for (let ms = 0; ms <= 2000; ms += 250) {
		at(ms);
		t.tell('downloading', ms, 1000);
	}
	t.tell('paused', 2000);
	at(4000);
	t.tell('downloading', 3000, 1000);
	expect(told.at(-1)!.speed).toBe(undefined);
	at(5000);
	t.tell('downloading', 4000, 1000);
	expect(told.at(-1)!.speed).toBe(2000);
});

test('what comes within a tenth of a second is one sample, and goes out of the count as one', () => {
	const pace = new Pace();
	for (const [bytes, at] of [
		[1000, 0],
		[9000, 99],
		[100, 4000],
		[100, 5050]
	])
		pace.add(bytes, at);
	expect(pace.speed(5050)).toBeCloseTo((200 / 1050) * 1000, 6);
});

test('ten times a second is enough, but for what is new', () => {
	const { teller: t, told, at } = teller(100);
	for (let ms = 0; ms < 1000; ms++) {
		at(ms);
		t.tell('downloading', 0, 1);
	}
	expect(told).toHaveLength(10);
	t.tell('stalled', 0);
	expect(told).toHaveLength(11);
});

test('there are never more bytes here than in all', () => {
	const { teller: t, told } = teller(100);
	t.tell('downloading', 150);
	expect(told[0]).toMatchObject({ bytes: 150, total: 150 });
	t.finish(150);
	t.settle(1000);
	t.begin('b');
	t.tell('downloading', 5);
	expect(told[1]).toMatchObject({ bytes: 155, total: 1150 });
});

test('a rest that a server asks for is read as seconds or as a date', () => {
	const now = new Date('2026-11-26T08:00:00Z');
	expect(secondsOf('17', now)).toBe(17);
	expect(secondsOf('Thu, 26 Nov 2026 08:01:00 GMT', now)).toBe(60);
	expect(secondsOf('Thu, 26 Nov 2026 07:00:00 GMT', now)).toBe(0);
	expect(secondsOf('soon', now)).toBe(undefined);
	expect(secondsOf('', now)).toBe(undefined);
});

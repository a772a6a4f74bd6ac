import { expect, test } from 'vitest';
import { rung, toldInTime, toldInWork } from './class-scene.ts';

test('the axis steps back by 1, 2 and 5, and has room for all of use', () => {
	expect([0.3, 1, 1.001, 2, 2.1, 5, 7, 10, 11, 49, 999].map(rung)).toEqual([
		1, 1, 2, 2, 5, 5, 10, 10, 20, 50, 1000
	]);
});

const before = { crossing: 2_304_000, crossedAfter: undefined, waited: undefined, answers: 1 };

test('at the line stands where it is; passed, when that was', () => {
	const told = toldInWork(before);
	expect(told.crossed).toBe(false);
	expect(told.crossing.after).toBe('at 2,304,000 tokens, 3 times those it learnt from');
	expect(told.who).toBe('1 answer');
	const { crossed, crossing } = toldInWork({ ...before, crossedAfter: 90_000, waited: 192_000 });
	expect(crossed).toBe(true);
	expect(crossing.short).toBe('Crossed at 2,304,000 tokens, 3 min 12 s after you pressed Run');
});

test('in time the line is passed when use has kept the machine as long', () => {
	expect(toldInTime(before, 0.99).crossed).toBe(false);
	expect(toldInTime(before, 1).crossed).toBe(true);
});

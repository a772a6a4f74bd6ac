import { expect, test } from 'vitest';
import { dayOf } from './day.ts';

const now = Date.UTC(2026, 10, 26, 12);

test('a day is said in words', () => {
	expect(dayOf(Date.UTC(2026, 10, 25, 12), now)).toBe('25 November 2026');
});

test.each([
	['of no time', undefined],
	['of no known time', 0],
	['before the site was', Date.UTC(1976, 10, 25)],
	['to come', Date.UTC(2076, 10, 25)],
	['that no calendar has', 1e300],
	['that is no number', NaN]
])('no day %s', (_, time) => {
	expect(dayOf(time, now)).toBeUndefined();
});

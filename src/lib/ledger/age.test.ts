import { expect, test } from 'vitest';
import { dayOfReading, isOld, monthsBefore } from './age.ts';

const today = '2026-11-26';

test.each([
	['2026-11', 0],
	['2026-05-30', 6],
	['2025', 11],
	['2024-10', 25]
])('%s is %d months ago', (asOf, months) => expect(monthsBefore(asOf, today)).toBe(months));

test.each([
	['list-price', '2026-05', false],
	['list-price', '2026-04', true],
	['estimate', '2024-11', false],
	['estimate', '2024-10', true],
	['reported', '2023', true],
	['rule-of-thumb', '2020', false],
	['geometry', '1990', false],
	['list-price', 'undated', false]
] as const)('%s of %s: old is %s', (kind, asOf, old) =>
	expect(isOld({ kind, asOf }, today)).toBe(old)
);

test('the clock of the machine counts where it can be right', () => {
	expect(dayOfReading(Date.UTC(2026, 10, 26), ['2026-11-15', '2025', 'undated'])).toBe(today);
});

test.each([
	['fifty years behind', Date.UTC(1976, 10, 26)],
	['fifty years ahead', Date.UTC(2076, 10, 26)],
	['at the beginning of time', 0],
	['none', NaN]
])('a clock %s is not believed', (_, clock) => {
	expect(dayOfReading(clock, ['2026-11-15', '2025-12', '2023'])).toBe('2026-11-15');
});

import { describe, expect, test } from 'vitest';
import table from 'virtual:ledger/runs';
import type { TrainingRun } from '#lib/ledger/card.ts';
import { axes, power } from './axes.ts';
import { frameOf, inOrder, marksOf, nearest, pathsOf, spot, yearOf } from './frame.ts';

const [dollars] = axes;
const parameters = axes.find(({ key }) => key === 'parameters')!;
const made = (change: Partial<TrainingRun>): TrainingRun => ({
	model: 'Some',
	org: 'Somebody',
	date: '2020-07-01',
	source: 'https://example.org/',
	confidence: 'high',
	...change
});

test.each([
	['2020-01-01', 2020],
	['2020-12-31', 2020 + 365 / 366],
	['2021-12-31', 2021 + 364 / 365],
	['2020-03-01', 2020 + 60 / 366]
])('%s is %d years, in leap years too', (date, year) => {
	expect(yearOf(date)).toBeCloseTo(year, 10);
});

describe('the frame', () => {
	const some = [
		made({ model: 'A', costLow: 438, costHigh: 930 }),
		made({ model: 'B', date: '2026-09-03', costLow: 100, costHigh: 8.5e8 }),
		made({ model: 'C', date: '2018-01-01' })
	];
	const frame = frameOf(some, dollars);

	test('reaches from the power of ten under the least to that over the most, and over whole years', () => {
		expect(frame.decades.map(({ value }) => value)).toEqual([
			1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9
		]);
		expect([frame.years[0], frame.years.at(-1)]).toEqual([
			{ year: 2018, at: 0 },
			{ year: 2027, at: 1 }
		]);
	});

	test('ten times as much is one step up, whatever it is of', () => {
		const steps = [100, 1000, 5e3, 5e4, 5e7, 5e8].map(frame.y);
		expect(steps[0]).toBe(0);
		for (const [a, b] of [
			[0, 1],
			[2, 3],
			[4, 5]
		])
			expect(steps[b] - steps[a]).toBeCloseTo(1 / 7, 10);
	});

	test.each([
		['no number anywhere', [made({})]],
		['one number', [made({ costLow: 100, costHigh: 100 })]],
		['the last day of a year', [made({ date: '2020-12-31', costLow: 5 })]]
	])('%s: still a frame, and everything in it', (_, runs) => {
		const { decades, years, x, y } = frameOf(runs, dollars);
		expect(decades.length).toBeGreaterThanOrEqual(2);
		expect(years.length).toBeGreaterThanOrEqual(2);
		for (const run of runs) {
			expect(x(run.date)).toBeGreaterThanOrEqual(0);
			expect(x(run.date)).toBeLessThanOrEqual(1);
			for (const value of Object.values(dollars.ends(run) ?? {})) {
				expect(y(value)).toBeGreaterThanOrEqual(0);
				expect(y(value)).toBeLessThanOrEqual(1);
			}
		}
	});

	test.each(axes.map((axis) => [axis.key, axis] as const))(
		'every run of the ledger lies in it: %s',
		(_, axis) => {
			const whole = frameOf(table, axis);
			for (const mark of marksOf(table, axis, whole)) {
				for (const at of [mark.x, mark.low ?? 0, mark.high ?? 1]) {
					expect(at).toBeGreaterThanOrEqual(0);
					expect(at).toBeLessThanOrEqual(1);
				}
			}
			expect(whole.decades.map(({ value }) => axis.tick(value)).join()).not.toMatch(/NaN|\?/);
		}
	);
});

test.each([
	[1, '1'],
	[10, '10'],
	[1e5, '100,000'],
	[1e6, '1 M'],
	[1e8, '100 M'],
	[1e9, '1 bn'],
	[1e13, '10 tn'],
	[1e18, '10¹⁸'],
	[1e27, '10²⁷']
])('%d is written as %s in the margin', (value, words) => {
	expect(power(value)).toBe(words);
});

test('by date, and on one day as in the table', () => {
	const order = inOrder([
		made({ model: 'C', date: '2021-01-01' }),
		made({ model: 'B' }),
		made({ model: 'A' })
	]);
	expect(order.map(({ model }) => model)).toEqual(['B', 'A', 'C']);
});

describe('what is drawn', () => {
	const count = (path: string) => path.split('M').length - 1;
	const paths = (change: Partial<TrainingRun>, axis = dollars) => {
		const runs = [made(change)];
		return pathsOf(marksOf(runs, axis, frameOf(runs, axis)), !!axis.parts);
	};

	test.each([
		['one figure', { costLow: 5, costHigh: 5 }, { dots: 1, span: 0, open: 0, none: 0 }],
		['a range', { costLow: 5, costHigh: 50 }, { dots: 2, span: 1, open: 0, none: 0 }],
		['a floor', { costLow: 5 }, { dots: 1, span: 0, open: 1, none: 0 }],
		['a ceiling', { costHigh: 5 }, { dots: 1, span: 0, open: 1, none: 0 }],
		['nothing', {}, { dots: 0, span: 0, open: 0, none: 1 }]
	])('of %s', (_, change, { dots, span, open, none }) => {
		for (const confidence of ['high', 'medium', 'low'] as const) {
			const drawn = paths({ ...change, confidence });
			expect(count(drawn[confidence])).toBe(dots);
			expect([count(drawn.span), count(drawn.open), count(drawn.none)]).toEqual([span, open, none]);
			expect(count(drawn.high + drawn.medium + drawn.low)).toBe(dots);
		}
	});

	test('a floor is open upwards, a ceiling downwards', () => {
		expect(paths({ costLow: 5 }).open).toMatch(/v-6$/);
		expect(paths({ costHigh: 5 }).open).toMatch(/v6$/);
	});

	test('of a mixture: a square for the whole, a dot for what is at work', () => {
		const mixture = paths({ params: 6.71e11, activeParams: 3.7e10 }, parameters);
		expect([count(mixture.whole), count(mixture.high), count(mixture.span)]).toEqual([1, 1, 1]);
		const dense = paths({ params: 7e10, activeParams: 7e10 }, parameters);
		expect([count(dense.whole), count(dense.high), count(dense.span)]).toEqual([0, 1, 0]);
		const silent = paths({ params: 3e12 }, parameters);
		expect([count(silent.whole), count(silent.high), count(silent.open)]).toEqual([1, 0, 0]);
	});
});

describe('the nearest to a point', () => {
	const room = { width: 600, height: 400 };
	const marks = marksOf(table, dollars, frameOf(table, dollars));

	test('of either end, and of those under the picture', () => {
		for (const mark of marks) {
			const { y } = spot(mark);
			const point = { x: mark.x * room.width, y: y === undefined ? -14 : y * room.height };
			const found = nearest(marks, point, room, 40, 14)!;
			const there = spot(found);
			expect(Math.abs(found.x - mark.x) * room.width).toBeLessThan(1);
			expect(there.y).toBe(y);
		}
	});

	test('none where there is none', () => {
		expect(nearest(marks, { x: 0, y: 400 }, room, 40, 14)).toBeUndefined();
	});
});

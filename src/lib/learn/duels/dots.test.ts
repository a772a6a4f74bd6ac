import { describe, expect, test } from 'vitest';
import type { Figure } from '#lib/ledger/figure.ts';
import { place, span, type Axis } from './dots.ts';
import { row } from './numbers.ts';

const linear: Axis = { from: 0, to: 200, ticks: [] };
const log: Axis = { from: 0.01, to: 100, log: true, ticks: [] };

describe('a place on an axis', () => {
	test.each([
		[linear, 0, 0],
		[linear, 50, 25],
		[linear, 200, 100],
		[linear, 999, 100],
		[log, 0.01, 0],
		[log, 1, 50],
		[log, 0.001, 0]
	])('%#', (axis, value, at) => expect(place(axis, value)).toBe(at));

	test('is open where nothing is said', () => {
		expect(span(linear, { low: 100 })).toEqual({
			start: 50,
			end: 100,
			openStart: false,
			openEnd: true
		});
		expect(span(log, { high: 1 })).toMatchObject({ start: 0, end: 50, openStart: true });
	});
});

describe('an entry of the ledger as a row', () => {
	const figure = (part: Partial<Figure>): Figure => ({
		id: 'x',
		statement: 's',
		unit: 'USD',
		asOf: '2024',
		source: { title: 't', publisher: 'p', url: 'https://example.org/' },
		kind: 'reported',
		confidence: 'high',
		check: 'primary',
		...part
	});

	test('has a range where there is one, and no end where there is a floor', () => {
		expect(row(figure({ low: 2e6, high: 5e6 }), 'n')).toMatchObject({
			low: 2e6,
			high: 5e6,
			words: '2 to 5 million dollars'
		});
		const floor = row(figure({ low: 1e8 }), 'n', { of: 'all', unit: '' });
		expect(floor).toMatchObject({ low: 1e8, of: 'all', words: 'more than 100 million' });
		expect(floor.high).toBeUndefined();
		expect(row(figure({ value: 40, unit: 'percent' }), 'n', { unit: '%' }).words).toBe('40 %');
	});
});

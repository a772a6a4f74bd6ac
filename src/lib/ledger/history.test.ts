import { afterEach, describe, expect, test } from 'vitest';
import { comingAt, dayOf, historyOf, priceAt } from './history.ts';
import type { Price } from './price.ts';
import { readLedger } from './server/read.ts';

const row = (from: string, more: Partial<Price> = {}): Price => ({
	vendor: 'acme',
	model: 'large',
	from,
	effective: from,
	input: '1',
	output: '2',
	source: 'https://example.org/price',
	basis: 'effective',
	...more
});

const promotion = row('2024-01-01', { input: '0.5', until: '2024-06-30' });
const night: NonNullable<Price['conditions']>[number] = {
	when: 'hours',
	windows: [{ from: 0, to: 60 }],
	since: '2023-06-01',
	until: '2023-08-31',
	input: '0.5',
	output: '1',
	source: 'https://example.org/price'
};
const history = [
	row('2025-01-01', { announced: '2024-05-01', input: '3' }),
	row('2023-03-14', { conditions: [night] }),
	promotion,
	row('2020-01-01', { model: 'small' }),
	row('2020-01-01', { vendor: 'other' })
];
const at = (day: string) => priceAt(history, 'acme', 'large', day);

test('a history is of one model at one vendor, oldest first', () => {
	expect(historyOf(history, 'acme', 'large').map(({ from }) => from)).toEqual([
		'2023-03-14',
		'2024-01-01',
		'2025-01-01'
	]);
	expect(historyOf(history, 'acme', '__proto__')).toEqual([]);
	// The list itself stays as it was.
	expect(history[0].from).toBe('2025-01-01');
});

describe('the price of a day', () => {
	test.each([
		['2023-03-13', undefined, undefined],
		['2023-03-14', '2023-03-14', false],
		['2023-12-31', '2023-03-14', false],
		['2024-01-01', '2024-01-01', false],
		['2024-02-29', '2024-01-01', false],
		['2024-06-30', '2024-01-01', false],
		// The promotion is over, and what came after is not on record until the new price begins.
		['2024-07-01', '2024-01-01', true],
		['2024-12-31', '2024-01-01', true],
		['2025-01-01', '2025-01-01', false],
		// A clock fifty years off, either way.
		['1974-11-26', undefined, undefined],
		['2076-11-26', '2025-01-01', false]
	])('%s', (day, from, lapsed) => {
		expect(at(day)?.price.from).toBe(from);
		expect(at(day)?.lapsed).toBe(lapsed);
	});

	test.each([
		'',
		'2024',
		'2024-1-1',
		'2024-02-30',
		'2023-02-29',
		'2024-13-01',
		'today',
		'٢٠٢٤-٠١-٠١'
	])('%j is no day', (day) => {
		expect(() => at(day)).toThrow(RangeError);
		expect(() => comingAt(history, 'acme', 'large', day)).toThrow(RangeError);
	});

	test.each([NaN, null, undefined, {}, 20240101])('%s is no day either', (day) => {
		expect(() => at(day as string)).toThrow(RangeError);
	});

	test('has those conditions that held on it', () => {
		expect(at('2023-05-31')!.conditions).toEqual([]);
		expect(at('2023-06-01')!.conditions).toEqual([night]);
		expect(at('2023-08-31')!.conditions).toEqual([night]);
		expect(at('2023-09-01')!.conditions).toEqual([]);
	});
});

test('what was announced and has not begun is known to come', () => {
	const coming = (day: string) => comingAt(history, 'acme', 'large', day).map(({ from }) => from);
	expect(coming('2024-04-30')).toEqual([]);
	expect(coming('2024-05-01')).toEqual(['2025-01-01']);
	expect(coming('2024-12-31')).toEqual(['2025-01-01']);
	expect(coming('2025-01-01')).toEqual([]);
});

describe('a moment lies on one day, wherever the reader is', () => {
	const zone = process.env.TZ;
	afterEach(() => {
		if (zone === undefined) delete process.env.TZ;
		else process.env.TZ = zone;
	});

	test.each(['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kolkata', 'Europe/Berlin'])(
		'%s',
		(name) => {
			process.env.TZ = name;
			expect(dayOf(Date.UTC(2026, 10, 26, 0, 0, 0, 0))).toBe('2026-11-26');
			expect(dayOf(Date.UTC(2026, 10, 26, 23, 59, 59, 999))).toBe('2026-11-26');
			expect(dayOf(Date.UTC(2024, 1, 29, 12))).toBe('2024-02-29');
			expect(at('2024-01-01')!.price).toBe(promotion);
			expect(at('2023-12-31')!.price.from).toBe('2023-03-14');
		}
	);

	test.each([NaN, Infinity, 8.64e15, -8.64e15])('%d is no moment of the calendar', (moment) => {
		expect(() => dayOf(moment)).toThrow(RangeError);
	});
});

describe('the prices on record', () => {
	const { prices } = readLedger('.');

	test('on every day from the first to long after, each model has one price or none yet', () => {
		const names = new Set(prices.map(({ vendor, model }) => JSON.stringify([vendor, model])));
		for (const name of names) {
			const [vendor, model] = JSON.parse(name) as [string, string];
			const own = historyOf(prices, vendor, model);
			for (const { from } of own) {
				expect(priceAt(prices, vendor, model, from)?.price.from).toBe(from);
			}
			const before = dayOf(Date.parse(`${own[0].from}T00:00:00Z`) - 1);
			expect(priceAt(prices, vendor, model, before)).toBeUndefined();
		}
	});

	test('GPT-3.5 and GPT-4 at the edges of their days', () => {
		const input = (model: string, day: string) =>
			priceAt(prices, 'openai', model, day)?.price.input;
		expect(input('davinci (GPT-3 175B)', '2022-08-31')).toBe('60');
		expect(input('davinci (GPT-3 175B)', '2022-09-01')).toBe('20');
		expect(input('gpt-4 (8K)', '2023-03-13')).toBeUndefined();
		expect(input('o3', '2025-06-09')).toBe('10');
		expect(input('o3', '2025-06-10')).toBe('2');
	});

	test('a promotion ends and the price announced for after it begins', () => {
		const flash = (day: string) => priceAt(prices, 'google', 'gemini-3.6-flash', day);
		expect(flash('2026-12-31')).toMatchObject({ lapsed: false, price: { input: '0.75' } });
		expect(flash('2027-01-01')).toMatchObject({ lapsed: false, price: { input: '1.5' } });
		expect(comingAt(prices, 'google', 'gemini-3.6-flash', '2026-11-26')).toHaveLength(1);
		expect(priceAt(prices, 'google', 'gemini-3.8-flash', '2027-01-01')).toMatchObject({
			lapsed: true
		});
	});
});

import { describe, expect, test } from 'vitest';
import { comingAt } from '#lib/ledger/history.ts';
import { dollars, money } from '#lib/meter/money.ts';
import { axisOf, heightOf, linesOf, powerWords } from './axis.ts';
import { ageWords, dayBetween, dayTyped, dayWithin, dayWords, share, yearsBetween } from './day.ts';
import {
	allOf,
	cheapestOn,
	daysOf,
	lastDay,
	offerOf,
	soldOn,
	stepsOf,
	topOn,
	type Row
} from './line.ts';
import { FIRST, LAST, levels, makers, prices, RUN, scores, SCORED, stops, tops } from './record.ts';

const at = (offer: { bill: { sum: Parameters<typeof dollars>[0] } } | undefined) =>
	offer && dollars(offer.bill.sum);
const top = (day: string, vendor = 'openai') => topOn(prices, tops, vendor, RUN, day);
const cheap = (day: string, least = levels[0].least) => cheapestOn(prices, scores, least, RUN, day);

test('the recorded run has 68 tokens in and 59 out, and the record goes from 2021 to its newest reading', () => {
	expect(RUN).toEqual({ sent: 68, cached: 0, came: 59 });
	expect(FIRST).toBe('2021-11-18');
	expect(LAST).toBe('2026-11-15');
	// A price announced for a day that lies ahead is no reading of that day.
	expect(prices.some(({ from }) => from > LAST)).toBe(true);
});

describe('reckoned by hand', () => {
	test('the top model: 68 in and 59 out', () => {
		// 127 × 60 millionths; 68 × 30 + 59 × 60; 68 × 75 + 59 × 150; 68 × 1.25 + 59 × 10; 68 × 10 + 59 × 50
		expect(at(top('2021-11-18'))).toBe('$0.00762');
		expect(at(top('2023-03-14'))).toBe('$0.00558');
		expect(at(top('2025-02-27'))).toBe('$0.01395');
		expect(at(top('2025-08-07'))).toBe('$0.000675');
		expect(at(top(LAST))).toBe('$0.00363');
		expect(top(LAST)?.name).toBe('GPT-6 Astra');
	});

	test('the cheapest that is good enough', () => {
		expect(cheap('2022-11-27')).toBeUndefined();
		// 127 × 20; 127 × 2; 68 × 0.0375 + 59 × 0.15; 68 × 0.05 + 59 × 0.08
		expect(at(cheap('2022-11-28'))).toBe('$0.00254');
		expect(at(cheap('2023-03-14'))).toBe('$0.000254');
		expect(at(cheap('2024-10-03'))).toBe('$0.0000114');
		expect(at(cheap('2024-10-16'))).toBe('$0.00000812');
	});

	test('as good as GPT-4 there was only GPT-4 for half a year', () => {
		expect(cheap('2023-03-13', levels[1].least)).toBeUndefined();
		expect(cheap('2023-11-05', levels[1].least)?.name).toBe('GPT-4');
		// 68 × 0.1 + 59 × 0.4
		expect(at(cheap('2025-02-05', levels[1].least))).toBe('$0.0000304');
	});

	test('what is read from a cache has its own price, where there is one', () => {
		const tokens = { sent: 1000, cached: 900, came: 100 };
		const on = (day: string) => topOn(prices, tops, 'openai', tokens, day);
		// 100 × 10 + 900 × 1 + 100 × 50; and without a price for a cache 1000 × 30 + 100 × 60
		expect(at(on(LAST))).toBe('$0.0069');
		expect(at(on('2023-03-14'))).toBe('$0.036');
	});

	test('a long prompt is charged as the list says', () => {
		const tokens = { sent: 300_000, cached: 0, came: 0 };
		// over 272,000 tokens: 20 dollars a million instead of 10
		expect(at(topOn(prices, tops, 'openai', tokens, LAST))).toBe('$6.00');
	});
});

test('a line is made of steps: between two of them nothing changes', () => {
	const own = tops.filter(({ vendor }) => vendor === 'openai');
	const days = [...own.map(({ since }) => since), ...daysOf(prices, own)];
	const steps = stepsOf(days, LAST, (day) => top(day));
	expect(steps[0].from).toBe(FIRST);
	expect(steps.length).toBeGreaterThan(12);
	for (const [i, step] of steps.entries()) {
		const before = dayBetween(
			i + 1 < steps.length ? share(steps[i + 1].from, FIRST, LAST) - 1 / 1e7 : 1,
			FIRST,
			LAST
		);
		const until = i + 1 < steps.length && before === steps[i + 1].from ? step.from : before;
		expect(at(top(until)), step.from).toBe(at(step.offer));
	}
});

test('every day of the record has the same offers as the step it lies in', () => {
	const steps = stepsOf(daysOf(prices, scores), LAST, (day) => cheap(day));
	for (let place = 0; place <= 1; place += 1 / 120) {
		const day = dayBetween(place, FIRST, LAST);
		const step = steps.findLast(({ from }) => from <= day);
		expect(at(cheap(day)), day).toBe(at(step?.offer));
	}
});

test('the orange line never rises: what was cheap is not forgotten', () => {
	const steps = stepsOf(daysOf(prices, scores), LAST, (day) => cheap(day));
	const sums = steps.map(({ offer }) => Number(dollars(offer.bill.sum).slice(1)));
	expect([...sums].sort((a, b) => b - a)).toEqual(sums);
});

test('a score is needed to be good enough, whatever the price', () => {
	const scored = new Set(scores.map(({ vendor, model }) => `${vendor} ${model}`));
	const cheaper = soldOn(prices, RUN, '2024-12-10').find(({ model }) => model === 'nova-micro')!;
	expect(scored.has('amazon nova-micro')).toBe(false);
	expect(cheaper.bill.sum).toBeDefined();
	expect(cheap('2024-12-10')?.vendor).not.toBe('amazon');
});

test('who sold what: new within a year, the cheapest first, nothing whose promise is over', () => {
	const sold = soldOn(prices, RUN, '2025-02-20');
	const sums = sold.map(({ bill }) => Number(dollars(bill.sum).slice(1)));
	expect([...sums].sort((a, b) => a - b)).toEqual(sums);
	expect(sold.every(({ price }) => price.from > '2024-02-21' && price.from <= '2025-02-20')).toBe(
		true
	);
	expect(sold.map(({ model }) => model)).not.toContain('deepseek-chat (V2.5/V3 promo)');
});

test('a price that is announced is not charged before its day', () => {
	expect(comingAt(prices, 'google', 'gemini-3.6-flash', LAST)).toHaveLength(1);
	const flash = { vendor: 'google', model: 'gemini-3.6-flash', name: 'Flash' };
	expect(offerOf(prices, flash, RUN, LAST)?.price.input).toBe('0.75');
	expect(allOf(prices, RUN, LAST).every(({ day }) => day <= LAST)).toBe(true);
});

test('the last day is the newest reading, not a day that somebody announced', () => {
	const row = { vendor: 'a', model: 'b', input: '1', output: '1', source: '', basis: '' };
	const rows = [
		{ ...row, from: '2024-01-01', effective: '2024-01-01', checked: '2024-03-01' },
		{ ...row, from: '2030-01-01', effective: '2030-01-01', announced: '2024-02-01' }
	] as Row[];
	expect(lastDay(rows)).toBe('2024-03-01');
});

test('makers, levels and stops are there', () => {
	for (const { key } of makers) expect(top(LAST, key)).toBeDefined();
	expect(levels.map(({ least }) => least)).toEqual([64.8, 86]);
	for (const { day } of stops) expect(dayWithin(day, FIRST, LAST)).toBe(day);
	expect(SCORED < LAST).toBe(true);
});

test('the axis: each line ten times the one below', () => {
	const axis = axisOf([money('0.000011'), money('0.0456')]);
	expect(axis).toEqual({ low: -5, high: -1 });
	expect(linesOf(axis).map(({ label }) => label)).toEqual([
		'0.001 cents',
		'0.01 cents',
		'0.1 cents',
		'1 cent',
		'10 cents'
	]);
	expect(heightOf(money('0.001'), axis)).toBeCloseTo(0.5);
	expect(axisOf([money('0.01')])).toEqual({ low: -2, high: -1 });
	expect(axisOf([])).toEqual({ low: -6, high: 0 });
	expect([0, 1, 3, 6].map(powerWords)).toEqual(['$1', '$10', '$1,000', '$1,000,000']);
});

test('days: between two others, within them, in words', () => {
	expect(dayBetween(0.5, '2024-01-01', '2024-01-03')).toBe('2024-01-02');
	expect(dayBetween(-1, FIRST, LAST)).toBe(FIRST);
	expect(dayBetween(9, FIRST, LAST)).toBe(LAST);
	expect(dayBetween(NaN, FIRST, LAST)).toBe(FIRST);
	expect(dayWithin('2024-02-30', FIRST, LAST)).toBeUndefined();
	expect(dayWithin('2076-01-01', FIRST, LAST)).toBeUndefined();
	expect(dayWithin('1971-01-01', FIRST, LAST)).toBeUndefined();
	expect(dayWithin('2024-02-29', FIRST, LAST)).toBe('2024-02-29');
	for (const text of ['2023-03-14', ' 14 March 2023', '14. mar 2023', 'March 14, 2023']) {
		expect(dayTyped(text)).toBe('2023-03-14');
	}
	for (const text of ['03/04/2023', '14 Foo 2023', 'March 2023', '', '9'.repeat(99)]) {
		expect(dayTyped(text)).toBeUndefined();
	}
	expect(dayWithin(dayTyped('31 February 2024')!, FIRST, LAST)).toBeUndefined();
	expect(yearsBetween('2021-11-18', '2024-02-01')).toEqual([
		'2022-01-01',
		'2023-01-01',
		'2024-01-01'
	]);
	expect(dayWords('2023-03-14')).toBe('14 March 2023');
	expect(ageWords('2023-03-14', '2026-11-15')).toBe('three and a half years');
	expect(ageWords('2025-11-15', '2026-11-15')).toBe('one year');
	expect(ageWords('2026-11-01', '2026-11-15')).toBe('a few weeks');
	expect(ageWords('2026-08-30', '2026-11-15')).toBe('some months');
});

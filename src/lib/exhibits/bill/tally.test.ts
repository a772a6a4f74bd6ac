import { describe, expect, test } from 'vitest';
import type { PriceCard } from '#lib/ledger/card.ts';
import {
	bill,
	compare,
	dollars,
	nothing,
	times as multiplied,
	toNumber
} from '#lib/meter/money.ts';
import { casesAt } from './cases.ts';
import { axisTop, dearest, MOST_TIMES, partsOf, rowsOf, timesSteps, usageOf } from './tally.ts';

/** Whole numbers that are the same in every run: a linear congruential generator. */
function* numbers(seed = 7): Generator<number> {
	for (let state = seed >>> 0; ;) {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		yield state;
	}
}
const draw = numbers();
const below = (n: number) => draw.next().value! % n;

/** A price in dollars a million, and the same in millionths of a cent of a cent: units of 1e-12 dollars a token. */
function price(): { text: string; units: bigint } {
	const whole = below(200);
	const fraction = String(below(1_000_000)).padStart(6, '0');
	return { text: `${whole}.${fraction}`, units: BigInt(`${whole}${fraction}`) };
}

const card = (input: string, output: string, cachedInput?: string): PriceCard => ({
	key: 'a',
	vendor: 'A',
	model: 'A',
	label: 'A, May 2026',
	from: '2026-05-01',
	input,
	output,
	...(cachedInput && { cachedInput }),
	source: ''
});

describe('a bill on any card', () => {
	test('is whole-number arithmetic, whatever is cached and however often it is asked', () => {
		for (let i = 0; i < 500; i++) {
			const [input, cached, output] = [price(), price(), price()];
			const counted = { sent: below(1e6), came: below(1e6), again: 0 };
			counted.again = below(counted.sent + 1);
			const [share, times] = [below(101), timesSteps[below(timesSteps.length)]];
			const usage = usageOf(counted, share, times);
			const [row] = rowsOf(usage, [card(input.text, output.text, cached.text)]);

			const held = (BigInt(counted.again) * BigInt(share)) / 100n;
			const expected =
				BigInt(times) *
				((BigInt(counted.sent) - held) * input.units +
					held * cached.units +
					BigInt(counted.came) * output.units);
			const { units, scale } = row.sum;
			expect(units * 10n ** BigInt(12 - scale)).toBe(expected);
		}
	});

	test('never falls when a token is added, sent or come back', () => {
		for (let i = 0; i < 300; i++) {
			const on = card(price().text, price().text, '0');
			const counted = { sent: below(1e5), came: below(1e5), again: 0 };
			const before = rowsOf(usageOf(counted, 0, 1), [on])[0].sum;
			for (const more of [
				{ ...counted, sent: counted.sent + 1 },
				{ ...counted, came: counted.came + 1 }
			]) {
				expect(compare(rowsOf(usageOf(more, 0, 1), [on])[0].sum, before)).not.toBe(-1);
			}
		}
	});

	test('of nothing is nothing, and has no bar', () => {
		const rows = rowsOf(usageOf({ sent: 0, came: 0, again: 0 }, 50, 1000), [card('30', '60')]);
		expect(rows[0].sum).toEqual(nothing);
		expect(axisTop(dearest(rows))).toBe(0);
		expect(partsOf(rows[0], 0)).toEqual([]);
	});

	test('asked so many times is so many times the bill', () => {
		const counted = { sent: 68, came: 59, again: 68 };
		for (const times of timesSteps) {
			const on = card('3', '15', '0.3');
			const one = rowsOf(usageOf(counted, 33, 1), [on])[0].sum;
			expect(rowsOf(usageOf(counted, 33, times), [on])[0].sum).toEqual(
				multiplied(one, BigInt(times))
			);
		}
	});

	test('says what it would be without a cache only where that is more', () => {
		const usage = usageOf({ sent: 100, came: 1, again: 100 }, 50, 1);
		const rows = rowsOf(usage, [card('4', '20', '0.2'), card('4', '20'), card('4', '20', '4')]);
		expect(rows.map(({ fresh }) => fresh && dollars(fresh))).toEqual([
			'$0.00042',
			undefined,
			undefined
		]);
	});
});

describe('the axis', () => {
	test('begins at zero and holds the dearest bill, using at least half of its length', () => {
		for (let i = 0; i < 1000; i++) {
			const amount = bill(
				{ promptTokens: 1 + below(2 ** 31), cachedTokens: 0, outputTokens: below(1000) },
				{ input: price().text, output: '0.000001' }
			);
			const top = axisTop(amount);
			const share = toNumber(amount) / top;
			expect(share).toBeLessThanOrEqual(1 + 1e-9);
			expect(share).toBeGreaterThan(0.5);
		}
	});

	test('ends on a number that can be said', () => {
		expect(axisTop({ units: 762n, scale: 5 })).toBe(0.008);
		expect(axisTop({ units: 1n, scale: 3 })).toBe(0.001);
		expect(axisTop({ units: 1001n, scale: 6 })).toBe(0.0015);
	});

	test('is filled by the parts of a bill, one after the other, each as long as its amount', () => {
		const usage = usageOf({ sent: 100, came: 40, again: 50 }, 100, 1);
		const [row] = rowsOf(usage, [card('4', '20', '1')]);
		const parts = partsOf(row, toNumber(row.sum));
		expect(parts.map(({ what }) => what)).toEqual(['sent', 'cached', 'came back']);
		expect(parts[0].from).toBe(0);
		expect(parts[1].from).toBeCloseTo(parts[0].share, 12);
		expect(parts[2].from + parts[2].share).toBeCloseTo(1, 12);
		expect(parts[0].share / parts[1].share).toBeCloseTo(4, 9);
	});
});

describe('what is billed', () => {
	const cases = casesAt(0.75, 500);
	const run = { sent: 68, came: 59 };
	const at = (key: string, values?: number[]) => {
		const one = cases.find((item) => item.key === key)!;
		return one.count(values ?? one.fields.map(({ first }) => first), run);
	};

	test('is counted in whole tokens, also at the ends of what may be typed', () => {
		for (const one of cases) {
			for (const end of ['first', 'min', 'max'] as const) {
				const counted = one.count(
					one.fields.map((field) => field[end]),
					run
				);
				const usage = usageOf(counted, 100, MOST_TIMES);
				expect(() => rowsOf(usage, [card('1', '2', '0.1')]), one.key).not.toThrow();
				expect(counted.again, one.key).toBeLessThanOrEqual(counted.sent);
				expect(counted.working.join(' ')).not.toMatch(/NaN|undefined|no number/);
			}
		}
	});

	test('a page: words by words a token', () => {
		expect(at('page')).toMatchObject({ sent: 667, came: 134 });
		expect(at('page').working[0]).toBe('Sent: 500 words ÷ 0.75 = 667 tokens.');
	});

	test('a chat sends its history again with every turn', () => {
		let [sent, again, before] = [0, 0, 0];
		for (let turn = 1; turn <= 10; turn++) {
			again += before;
			before = turn * 54 + (turn - 1) * 200;
			sent += before;
		}
		expect(at('chat')).toMatchObject({ sent, again, came: 2000 });
	});

	test('a chat of one turn sends nothing again', () => {
		expect(at('chat', [1, 30, 30])).toMatchObject({ sent: 40, came: 40, again: 0 });
	});

	test('what it writes to itself is billed as what comes back', () => {
		expect(at('think', [3, 3, 1000])).toMatchObject({ sent: 4, came: 1004 });
	});
});

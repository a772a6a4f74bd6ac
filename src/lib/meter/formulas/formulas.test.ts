import { describe, expect, test } from 'vitest';
import { numbers } from '../numbers.fixture.ts';
import * as cost from './cost.ts';
import * as crossing from './crossing-tokens.ts';
import * as hours from './hours.ts';
import * as energy from '../energy.ts';
import * as operations from './operations.ts';
import { wattHours } from './power.ts';
import { divisor, product, quantity, quotient, share, span } from './quantity.ts';
import * as speed from './speed.ts';
import { convert, inCents, inDollars, pricePer, type PerTokens, type Unit } from './units.ts';

/** What reaches a formula from a file, an address or a console. */
const hostile: unknown[] = [
	...[NaN, Infinity, -Infinity, -1, -1e-9, Number('1e309')],
	...['1', '1e3', '', ' ', '١٢', '1,5', '__proto__'],
	...[null, undefined, true, [], [1], {}, 1n, { low: 1 }, Object.create(null), () => 1]
];

const one = { low: 1, high: 2 };

/** Every formula with one number left open: what fills it must be a number. */
const formulas: [name: string, of: (n: never) => unknown][] = [
	['trainingOperations, parameters', (n) => operations.trainingOperations(n, 1)],
	['trainingOperations, tokens', (n) => operations.trainingOperations(1, n)],
	['useOperations, parameters', (n) => operations.useOperations(n, 1)],
	['useOperations, tokens', (n) => operations.useOperations(1, n)],
	['crossingTokens', (n) => crossing.crossingTokens({ low: n, high: n })],
	['crossingByCost, training', (n) => crossing.crossingByCost({ low: n, high: n }, one)],
	['crossingByCost, token', (n) => crossing.crossingByCost(one, { low: n, high: n })],
	[
		'crossingByUtilisation',
		(n) => crossing.crossingByUtilisation(one, { low: n, high: n }, { low: 1, high: 1 })
	],
	['withTrials', (n) => crossing.withTrials(one, { low: n, high: n })],
	['daysToCross', (n) => crossing.daysToCross(one, n)],
	['shareOfCrossing', (n) => crossing.shareOfCrossing(n, one)],
	['bytesPerToken, parameters', (n) => speed.bytesPerToken(n, 4)],
	['bytesPerToken, bits', (n) => speed.bytesPerToken(1, n)],
	['bytesPerToken, cache', (n) => speed.bytesPerToken(1, 4, n ?? null)],
	['decodeLimit, bandwidth', (n) => speed.decodeLimit(n, 1)],
	['decodeLimit, bytes', (n) => speed.decodeLimit(1, n)],
	['peakShare', (n) => speed.peakShare(1, 1, n)],
	['chipHours', (n) => hours.chipHours(one, { low: n, high: n }, { low: 0.5, high: 1 })],
	['utilisationOf', (n) => hours.utilisationOf(1, n, 1)],
	['chipHoursOf', (n) => hours.chipHoursOf(n, 1)],
	['rented', (n) => cost.rented(one, { low: n, high: n })],
	[
		'amortised',
		(n) =>
			cost.amortised(one, { price: one, years: { low: n, high: n }, busy: { low: 1, high: 1 } })
	],
	['bought', (n) => cost.bought(n, one)],
	['electricity', (n) => cost.electricity({ low: n, high: n }, one)],
	['withStaff', (n) => cost.withStaff(one, { low: n, high: n })],
	['wattHours, seconds', (n) => wattHours(n, one)],
	['wattHours, watts', (n) => wattHours(1, { low: n, high: n })],
	['byPower, chips', (n) => energy.byPower({ low: n, high: n }, one)],
	['byPower, watts', (n) => energy.byPower(one, { low: n, high: n })],
	['byPower, building', (n) => energy.byPower(one, one, { low: n, high: n })],
	['byOperations', (n) => energy.byOperations({ low: n, high: n }, one)],
	['perJoule, peak', (n) => energy.perJoule(n, { low: 0.5, high: 1 }, one)],
	['perJoule, watts', (n) => energy.perJoule(1, { low: 0.5, high: 1 }, { low: n, high: n })],
	['byTokens, tokens', (n) => energy.byTokens(n, one)],
	['byTokens, joules', (n) => energy.byTokens(1, { low: n, high: n })],
	['onThisDevice', (n) => energy.onThisDevice(n, one)],
	['servedToken', (n) => cost.servedToken(1, one, n)],
	['convert', (n) => convert(n, 'J', 'Wh')]
];

describe.each(formulas)('%s', (_, of) => {
	test.each(hostile.map((value) => [typeof value, value]))('refuses a %s: %s', (_, value) => {
		expect(() => of(value as never)).toThrow(RangeError);
	});
});

test('an hour of 60 watts is 60 watt-hours, a minute of them one', () => {
	expect(wattHours(3600, { low: 60, high: 60 })).toEqual({ low: 60, high: 60 });
	expect(wattHours(60, { low: 60, high: 120 })).toEqual({ low: 1, high: 2 });
});

test('what is refused is named', () => {
	expect(() => operations.useOperations(1, NaN)).toThrow(
		'tokens must be a finite number and not below 0, not NaN'
	);
	expect(() => speed.decodeLimit(1, 0)).toThrow('bytes per token must be above 0');
	expect(() => cost.rented({ low: 3, high: 2 }, one)).toThrow('hours: 3 is above 2');
	expect(() => quantity('1' as never, 'watts')).toThrow('not "1"');
	expect(() => share(1.5, 'utilisation')).toThrow('utilisation must be at most 1, not 1.5');
	expect(() => crossing.crossingByCost(one, { low: 0, high: 1 })).toThrow('a token of use');
});

test('a product that is no number any more is refused and not infinite', () => {
	expect(() => operations.trainingOperations(1e200, 1e200)).toThrow(RangeError);
	expect(() => product({ low: 1e200, high: 1e200 }, { low: 1e200, high: 1e200 })).toThrow(
		RangeError
	);
	expect(() => quotient({ low: 1e300, high: 1e300 }, { low: 1e-300, high: 1 })).toThrow(RangeError);
});

test('a range stays one, whatever it is worked with: 2,000 drawn at random', () => {
	const draw = numbers(6);
	const range = () => {
		const [a, b] = [draw(), draw()].map((n) => (n % 1_000_000) / 997 + 0.001);
		return { low: Math.min(a, b), high: Math.max(a, b) };
	};
	const part = () => {
		const { low, high } = range();
		return { low: low / (high + 1), high: high / (high + 1) };
	};
	for (let i = 0; i < 2000; i++) {
		const results = [
			product(range(), range()),
			quotient(range(), range()),
			hours.chipHours(range(), range(), part()),
			cost.amortised(range(), { price: range(), years: range(), busy: part() }),
			cost.withStaff(range(), part()),
			crossing.crossingByUtilisation(range(), part(), part()),
			crossing.withTrials(range(), part())
		];
		for (const { low, high } of results) {
			expect(low >= 0 && low <= high && Number.isFinite(high)).toBe(true);
		}
	}
});

test('the ends of a range are looked at as they are', () => {
	expect(span({ low: 0, high: 0 }, 'x')).toEqual({ low: 0, high: 0 });
	expect(() => span({ low: 0, high: 1 }, 'x', divisor)).toThrow('the low end of x');
});

describe('units', () => {
	test.each<[number, Unit, number, Unit]>([
		[1, 'kWh', 1000, 'Wh'],
		[1, 'Wh', 3600, 'J'],
		[310, 'GWh', 310_000, 'MWh'],
		[1287, 'MWh', 1_287_000, 'kWh'],
		[1, 'petaflop-days', 8.64e19, 'FLOP'],
		// GPT-3 by its paper: 3,640 petaflop-days, 3.14 × 10²³ operations.
		[3.14e23, 'FLOP', 3634.26, 'petaflop-days'],
		[2.71, 'billion billion operations', 2.71e18, 'FLOP'],
		[1, 'years', 365.25, 'days'],
		[552, 't', 552_000_000, 'g'],
		[0, 'GWh', 0, 'J']
	])('%d %s are %d %s, and back', (n, from, m, to) => {
		expect(convert(n, from, to) / (m || 1)).toBeCloseTo(m ? 1 : 0, 5);
		expect(convert(convert(n, from, to), to, from)).toBeCloseTo(n, 9);
	});

	test('there and back is the same number, 5,000 drawn at random', () => {
		const draw = numbers(7);
		const energy: Unit[] = ['J', 'kJ', 'Wh', 'kWh', 'MWh', 'GWh', 'TWh'];
		for (let i = 0; i < 5000; i++) {
			const n = draw() % 1_000_000;
			const [from, to] = [energy[draw() % 7], energy[draw() % 7]];
			const back = convert(convert(n, from, to), to, from);
			expect(Math.abs(back - n)).toBeLessThanOrEqual(n * 4e-16);
		}
	});

	test.each([
		['Wh', 'FLOP'],
		['Wh', 'toString'],
		['__proto__', '__proto__'],
		['constructor', 'J'],
		['', '']
	])('%s cannot be said in %s', (from, to) => {
		expect(() => convert(1, from as Unit, to as Unit)).toThrow(RangeError);
	});
});

describe('a price', () => {
	test('of 6 cents for a thousand tokens is 60 dollars for a million', () => {
		expect(pricePer('0.06', 1000, 1_000_000)).toBe('60');
		expect(pricePer('60', 1_000_000, 1000)).toBe('0.06');
		expect(pricePer('0.003625', 1_000_000, 1)).toBe('0.000000003625');
		expect(pricePer('0', 1, 1_000_000)).toBe('0');
	});

	test('in cents', () => {
		expect(inCents('0.045')).toBe('4.5');
		expect(inDollars('4.5')).toBe('0.045');
		expect(inDollars('0')).toBe('0');
	});

	test('there and back is the same price to the last digit, 2,000 drawn at random', () => {
		const draw = numbers(8);
		const counts: PerTokens[] = [1, 1000, 1_000_000];
		for (let i = 0; i < 2000; i++) {
			const price = `${draw() % 100_000}.${draw() % 1_000_000}1`;
			const [from, to] = [counts[draw() % 3], counts[draw() % 3]];
			expect(pricePer(pricePer(price, from, to), to, from)).toBe(price);
			expect(inDollars(inCents(price))).toBe(price);
		}
	});

	test.each(['-1', '1e3', 'NaN', '1,5', '٣', '', '0x1', '1.2.3'])('of %j is refused', (price) => {
		expect(() => pricePer(price, 1, 1000)).toThrow(RangeError);
		expect(() => inCents(price)).toThrow(RangeError);
		expect(() => inDollars(price)).toThrow(RangeError);
	});
});

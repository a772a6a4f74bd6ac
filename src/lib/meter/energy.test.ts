import { describe, expect, test } from 'vitest';
import {
	beside,
	byOperations,
	byPower,
	byTokens,
	methods,
	onThisDevice,
	perJoule,
	pictured,
	picturedTwice,
	spanned,
	stated,
	times
} from './energy.ts';
import { exactly } from './formulas/quantity.ts';
import { numbers } from './numbers.fixture.ts';

describe('each method has a name and says what it counted', () => {
	test('what a maker measured is no estimate; what it reckoned is one', () => {
		const prompt = { value: 0.24, unit: 'Wh per prompt', kind: 'measured' } as const;
		expect(stated(prompt)).toEqual({
			method: 'stated',
			wattHours: exactly(0.24),
			estimate: false
		});
		expect(stated({ ...prompt, kind: 'estimate' }).estimate).toBe(true);
		expect(stated({ value: 310, unit: 'GWh', kind: 'estimate' }).wattHours).toEqual(exactly(310e9));
		expect(
			stated({ value: 0.31, low: 0.16, high: 0.6, unit: 'Wh per query', kind: 'estimate' })
				.wattHours
		).toEqual({ low: 0.16, high: 0.6 });
	});

	test.each(['GPU-hours', 'USD', 'percent', 'toString', ''])('%j is no energy', (unit) => {
		expect(() => stated({ value: 1, unit, kind: 'measured' })).toThrow(RangeError);
	});

	test('a chip of 700 watts for ten hours in a building that takes a fifth more', () => {
		expect(byPower(exactly(10), exactly(700), exactly(1.2))).toEqual({
			method: 'power',
			wattHours: exactly(8400),
			estimate: true
		});
	});

	test('operations over operations a joule', () => {
		// Half of 1,000 operations a second at 5 watts: 100 for a joule; 360,000 take 3,600 joules.
		const joule = perJoule(1000, exactly(0.5), exactly(5));
		expect(joule).toEqual(exactly(100));
		expect(byOperations(exactly(360_000), joule).wattHours).toEqual(exactly(1));
	});

	test('tokens at joules a token', () => {
		expect(byTokens(1800, { low: 2, high: 14 }).wattHours).toEqual({ low: 1, high: 7 });
	});

	test('this device is always an estimate, and is called one', () => {
		const energy = onThisDevice(18, { low: 4, high: 20 });
		expect(energy).toEqual({
			method: 'device',
			wattHours: { low: 0.02, high: 0.1 },
			estimate: true
		});
		expect(methods[energy.method]).toContain('estimated');
	});

	test('an overhead below 1 would make a building give energy', () => {
		expect(() => byPower(exactly(1), exactly(1), exactly(0.9))).toThrow('overhead');
	});
});

test('several methods span the widest of their ranges', () => {
	const energies = [
		stated({ value: 0.24, unit: 'Wh per prompt', kind: 'measured' }),
		byTokens(500, { low: 2, high: 14 })
	];
	const { low, high } = spanned(energies);
	expect(low).toBe(0.24);
	expect(high).toBeCloseTo(1.944, 3);
	expect(() => spanned([])).toThrow(RangeError);
});

test('one asking is one asking until a reader asks for more', () => {
	const one = stated({ value: 0.3, unit: 'Wh per query', kind: 'estimate' });
	expect(times(one, 1)).toEqual(one);
	expect(times(one, 0).wattHours).toEqual(exactly(0));
	expect(times(one, 1000).wattHours).toEqual(exactly(300));
	expect(() => times(one, -1)).toThrow(RangeError);
});

describe('beside what people know', () => {
	const lamp = { id: 'lamp', name: 'minutes of a 10-watt lamp', each: 'a minute', one: 10 / 60 };
	const kettle = { id: 'kettle', name: 'litres of water boiled', each: 'a litre', one: 100 };
	const home = { id: 'home', name: 'homes for a year', each: 'a year of a home', one: 10_500_000 };
	const things = [home, lamp, kettle];

	test('0.24 watt-hours are a minute and a half of a lamp', () => {
		expect(beside(exactly(0.24), lamp).count.low).toBeCloseTo(1.44, 9);
	});

	test.each([
		[0.24, 'lamp'],
		[0.001, 'lamp'],
		[99, 'lamp'],
		[100, 'kettle'],
		[1e6, 'kettle'],
		[1.287e9, 'home']
	])('%d watt-hours are counted in what they are at least one of', (wattHours, id) => {
		expect(pictured(exactly(wattHours), things).known.id).toBe(id);
	});

	test('GPT-3: 123 homes for a year', () => {
		expect(pictured(exactly(1.287e9), things).count.low).toBeCloseTo(122.6, 1);
	});

	test.each([
		// a part of the next larger thing, where that is a hundredth at least
		[30, ['lamp', 'kettle']],
		[0.24, ['lamp']],
		// else the next smaller, where that is not too many
		[1000, ['kettle', 'lamp']],
		[900_000, ['kettle', 'home']],
		[1.287e9, ['home']]
	])('%d watt-hours by two things at most', (wattHours, ids) => {
		expect(picturedTwice(exactly(wattHours), things).map(({ known }) => known.id)).toEqual(ids);
	});

	test('with nothing to compare there is no comparison', () => {
		expect(() => pictured(exactly(1), [])).toThrow(RangeError);
		expect(() => beside(exactly(1), { ...lamp, one: 0 })).toThrow(RangeError);
	});
});

test('energy is a range above nothing, and more of anything never takes less: 1,000 drawn at random', () => {
	const draw = numbers(9);
	const some = () => (draw() % 1_000_000) / 1000;
	for (let i = 0; i < 1000; i++) {
		const watts = { low: some(), high: 2000 };
		const [less, more, joule] = [some(), 1500, some() + 0.5];
		for (const of of [
			(n: number) => byPower(exactly(n), watts, { low: 1, high: 1.6 }),
			(n: number) => byTokens(n, watts),
			(n: number) => onThisDevice(n, watts),
			(n: number) => byOperations(exactly(n), { low: 0.5, high: joule })
		]) {
			const [a, b] = [of(less).wattHours, of(more).wattHours];
			expect(a.low >= 0 && a.low <= a.high && Number.isFinite(a.high)).toBe(true);
			expect(b.low >= a.low && b.high >= a.high).toBe(true);
			expect(of(0).wattHours).toEqual({ low: 0, high: 0 });
		}
	}
});

import { expect, test } from 'vitest';
import { dimensionInWords, isTokenPrice, sameDimension, unitOf } from './units.ts';

test.each([
	['USD', 1, 'money'],
	['US cents per query', 0.01, 'money per use'],
	['USD per million tokens', 1e-6, 'money per token'],
	['GPU-hours', 3600, 'chip × time'],
	['kWh per home-year', 1e3 / (365.25 * 86_400), 'energy per home × time'],
	['FLOP per parameter per token', 1, 'operation per parameter × token'],
	['USD per billion billion operations', 1e-18, 'money per operation'],
	['percent', 0.01, 'a bare number'],
	['bits', 1 / 8, 'byte']
])('%s is %d of %s', (name, size, dimension) => {
	const unit = unitOf(name)!;
	expect(unit.size).toBeCloseTo(size, 12);
	expect(dimensionInWords(unit.dimension)).toBe(dimension);
});

test.each([
	'',
	'parsecs',
	'USD per',
	'per token',
	'USD per parsec',
	'__proto__',
	'constructor',
	'million'
])('"%s" is no unit', (name) => expect(unitOf(name)).toBeUndefined());

test('megawatt-hours and kilowatt-hours are of one dimension, watts are not', () => {
	const [mwh, kwh, watts] = ['MWh', 'kWh', 'watts'].map((name) => unitOf(name)!.dimension);
	expect(sameDimension(mwh, kwh)).toBe(true);
	expect(sameDimension(mwh, watts)).toBe(false);
});

test('what cancels out leaves no trace', () => {
	expect(unitOf('tokens per token')!.dimension).toEqual({});
});

test('a price of tokens is known from other prices', () => {
	expect(['USD per million tokens', 'USD per million training tokens'].map(isTokenPrice)).toEqual([
		true,
		true
	]);
	expect(['USD per GPU-hour', 'USD', 'US cents per query', 'x'].map(isTokenPrice)).toEqual([
		false,
		false,
		false,
		false
	]);
});

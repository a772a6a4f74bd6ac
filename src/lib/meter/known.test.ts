import { expect, test } from 'vitest';
import { readLedger } from '#lib/ledger/server/read.ts';
import { beside, byPower, onThisDevice, pictured, stated } from './energy.ts';
import { exactly } from './formulas/quantity.ts';
import { knownThings } from './known.ts';
import { rangeOf } from './trained.ts';

const { figures, runs } = readLedger('.');
const entry = (id: string) => figures.get(id)!;
const entries = {
	lamp: entry('lamp-power'),
	phone: entry('phone-charge'),
	kettle: entry('kettle-litre'),
	car: entry('electric-car-kilometre'),
	home: entry('us-home-electricity')
};
const things = knownThings(entries);
const of = (id: string) => things.find((thing) => thing.id === id)!;

test('the things are in watt-hours, smallest first', () => {
	expect(things.map(({ id, one }) => [id, Math.round(one * 1000) / 1000])).toEqual([
		['lamp-power', 0.167],
		['phone-charge', 15],
		['kettle-litre', 100],
		['electric-car-kilometre', 170],
		['us-home-electricity', 10_500_000]
	]);
});

test('an answer as Google measured it: a minute and a half of a lamp', () => {
	const { wattHours } = stated(entry('energy-gemini-median'));
	const { known, count } = pictured(wattHours, things);
	expect(known.name).toBe('minutes of a 10-watt lamp');
	expect(count.low).toBeCloseTo(1.44, 9);
});

test('GPT-3’s training: 123 homes for a year, as the ledger says', () => {
	const energy = runs.find(({ model }) => model === 'GPT-3 175B')!.energy!;
	expect(beside(exactly(energy * 1e6), of('us-home-electricity')).count.low).toBeCloseTo(122.6, 1);
});

test('Llama 3.1 405B by its chips and the buildings of others lies about what its maker’s hours give', () => {
	const hours = exactly(entry('llama31-405b-gpu-hours').value!);
	const { wattHours } = byPower(
		hours,
		rangeOf(entry('h100-power')),
		rangeOf(entry('building-overhead'))
	);
	expect(wattHours.low / 1e9).toBeCloseTo(23.7, 1);
	expect(wattHours.high / 1e9).toBeCloseTo(34.5, 1);
});

test('a minute of one core of this device, estimated: less than a lamp for two minutes', () => {
	const { wattHours, estimate } = onThisDevice(60, rangeOf(entry('core-watts')));
	expect(estimate).toBe(true);
	expect(beside(wattHours, of('lamp-power')).count.high).toBeCloseTo(2, 9);
});

test.each([
	['another unit', { lamp: { ...entries.lamp, unit: 'kW' } }, 'lamp-power is in kW, not in watts'],
	['no value', { kettle: { id: 'kettle-litre', unit: 'Wh' } }, 'kettle-litre has no value']
])('an entry with %s is refused', (_, wrong, message) => {
	expect(() => knownThings({ ...entries, ...wrong })).toThrow(message);
});

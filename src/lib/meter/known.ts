/** @file Entries of the ledger that energy is pictured by: a lamp, a phone, a kettle, a car, the electricity of a home. */
import type { Figure } from '#lib/ledger/figure.ts';
import type { Known } from './energy.ts';
import { convert } from './formulas/units.ts';

type Entry = Pick<Figure, 'id' | 'value' | 'unit'>;

export type Entries = {
	/** `lamp-power`, in watts. */
	lamp: Entry;
	/** `phone-charge`, in Wh. */
	phone: Entry;
	/** `kettle-litre`, in Wh. */
	kettle: Entry;
	/** `electric-car-kilometre`, in Wh per kilometre. */
	car: Entry;
	/** `us-home-electricity`, in kWh per home-year. */
	home: Entry;
};

/**
 * What one of each takes, in watt-hours, smallest first.
 * @throws RangeError where an entry has no number or another unit
 */
export function knownThings({ lamp, phone, kettle, car, home }: Entries): Known[] {
	const watts = valueOf(lamp, 'watts');
	const year = convert(valueOf(home, 'kWh per home-year'), 'kWh', 'Wh');
	return [
		{
			id: lamp.id,
			name: `minutes of a ${watts}-watt lamp`,
			each: `a minute of a ${watts}-watt lamp`,
			one: watts / 60
		},
		{
			id: phone.id,
			name: 'full phone batteries',
			each: 'a full phone battery',
			one: valueOf(phone, 'Wh')
		},
		{
			id: kettle.id,
			name: 'litres of water brought to the boil',
			each: 'a litre of water brought to the boil',
			one: valueOf(kettle, 'Wh')
		},
		{
			id: car.id,
			name: 'kilometres in an electric car',
			each: 'a kilometre in an electric car',
			one: valueOf(car, 'Wh per kilometre')
		},
		{
			id: home.id,
			name: 'years of a US home’s electricity',
			each: 'a year of a US home’s electricity',
			one: year
		}
	].sort((a, b) => a.one - b.one);
}

function valueOf({ id, value, unit }: Entry, wanted: string): number {
	if (value === undefined) throw new RangeError(`${id} has no value`);
	if (unit !== wanted) throw new RangeError(`${id} is in ${unit}, not in ${wanted}`);
	return value;
}

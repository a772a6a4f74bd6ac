/** @file Entries of the ledger that energy is pictured by: a lamp, a kettle, the electricity of a home. */
import type { Figure } from '#lib/ledger/figure.ts';
import type { Known } from './energy.ts';
import { convert } from './formulas/units.ts';

type Entry = Pick<Figure, 'id' | 'value' | 'unit'>;

export type Entries = {
	/** `lamp-power`, in watts. */
	lamp: Entry;
	/** `kettle-litre`, in Wh. */
	kettle: Entry;
	/** `us-home-electricity`, in kWh per home-year. */
	home: Entry;
};

/**
 * What one of each takes, in watt-hours, smallest first.
 * @throws RangeError where an entry has no number or another unit
 */
export function knownThings({ lamp, kettle, home }: Entries): Known[] {
	const watts = valueOf(lamp, 'watts');
	const litre = valueOf(kettle, 'Wh');
	const year = convert(valueOf(home, 'kWh per home-year'), 'kWh', 'Wh');
	return [
		{ id: lamp.id, name: `minutes of a ${watts}-watt lamp`, one: watts / 60 },
		{ id: kettle.id, name: 'litres of water brought to the boil', one: litre },
		{ id: home.id, name: 'years of a US home’s electricity', one: year }
	];
}

function valueOf({ id, value, unit }: Entry, wanted: string): number {
	if (value === undefined) throw new RangeError(`${id} has no value`);
	if (unit !== wanted) throw new RangeError(`${id} is in ${unit}, not in ${wanted}`);
	return value;
}

/** @file What people know, and what one of it takes. */
import car from 'virtual:ledger/figure/electric-car-kilometre';
import home from 'virtual:ledger/figure/us-home-electricity';
import kettle from 'virtual:ledger/figure/kettle-litre';
import lamp from 'virtual:ledger/figure/lamp-power';
import phone from 'virtual:ledger/figure/phone-charge';
import type { Figure } from '#lib/ledger/figure.ts';
import { knownThings } from '#lib/meter/known.ts';

const entries = { lamp, phone, kettle, car, home };

export const things = knownThings(entries);

/** The entry a thing is from. @throws where it is none of these */
export function entryOf({ id }: { id: string }): Figure {
	const entry = Object.values(entries).find((one) => one.id === id);
	if (!entry) throw new Error(`${id} is none of the things that energy is pictured by`);
	return entry;
}

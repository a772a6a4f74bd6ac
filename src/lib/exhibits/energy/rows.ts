/** @file One line of the picture: an amount of electricity, how it came about and what was counted in it. */
import type { Figure } from '#lib/ledger/figure.ts';
import { convert, type Unit } from '#lib/meter/formulas/units.ts';
import { stated, type Energy, type Method } from '#lib/meter/energy.ts';

export type Row = {
	key: string;
	/** Whose answer or training it is. */
	name: string;
	/** The year it speaks of. */
	when: string;
	energy: Energy;
	/** Watt-hours between the two ends, where the source says one number as well. */
	middle?: number;
	said: 'measured' | 'stated' | 'estimated' | 'worked out';
	counted: string;
	/** The entry it rests on. */
	figure: Figure;
};

/** A number that others have published, by the method they used. */
export function published(
	figure: Figure,
	row: Pick<Row, 'name' | 'counted'>,
	method: Method = 'stated'
): Row {
	const { id, asOf, kind, value, unit } = figure;
	return {
		...row,
		key: id,
		when: asOf.slice(0, 4),
		energy: { ...stated(figure), method },
		...(value !== undefined && { middle: convert(value, unit.split(' ')[0] as Unit, 'Wh') }),
		said: kind === 'measured' ? 'measured' : kind === 'reported' ? 'stated' : 'estimated',
		figure
	};
}

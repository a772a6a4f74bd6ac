import type { Entry } from '#lib/ledger/entry.ts';
import { highest, lowest } from '#lib/ledger/figure.ts';
import { inWords } from '#lib/ledger/words.ts';
import { isRange } from '../row.ts';

/** One line of the picture: who says it, what, and where its ends stand, in percent of the widest. */
export type Voice = {
	id: string;
	name: string;
	words: string;
	low: number;
	high: number;
	own: boolean;
};

/** The number and those that disagree with it on one scale from zero, where they are in one unit. */
export function compared(entry: Entry, others: readonly Entry[]): Voice[] | undefined {
	const { unit } = entry.figure;
	const same = [entry, ...others].filter(
		({ figure }) => figure.unit === unit && figure.kind !== 'list-price'
	);
	if (same.length < 2 || same[0] !== entry) return undefined;
	const top = unit.startsWith('percent')
		? 100
		: Math.max(...same.map(({ figure }) => highest(figure)));
	const at = (number: number) => Number(((number / top) * 100).toFixed(2));

	return same.map(({ figure }) => ({
		id: figure.id,
		name:
			figure.asOf === 'undated'
				? figure.source.publisher
				: `${figure.source.publisher}, ${figure.asOf.slice(0, 4)}`,
		words: inWords(figure, isRange(figure) ? { as: 'range' } : {}),
		low: at(lowest(figure)),
		high: at(highest(figure)),
		own: figure.id === entry.figure.id
	}));
}

import { highest, lowest, type Figure, type Kind } from '#lib/ledger/figure.ts';
import type { Entry, Topic } from '#lib/ledger/entry.ts';
import { inWords, plainDate } from '#lib/ledger/words.ts';

/** One number in the list of all: what is shown of it, and what it is found by. */
export type Row = {
	id: string;
	topic: Topic;
	statement: string;
	/** The number in words; nothing where it only stands for them. */
	amount: string;
	/** Its ends in words, where there is a middle as well. */
	range?: string;
	/** Places of its ends and of its middle in the drawing, in percent. */
	drawn?: { low: number; high: number; value?: number };
	publisher: string;
	/** Title of the source: only searched. */
	title: string;
	asOf: string;
	date: string;
	kind: Kind;
	confidence: 'high' | 'medium' | 'low';
	old?: true;
};

export function rowOf({ figure, topic }: Entry): Row {
	const { id, statement, source, asOf, kind, confidence, old } = figure;
	const words = topic === 'data';
	const drawing = words ? undefined : drawn(figure);
	const floor = figure.value === undefined && figure.high === undefined;
	const ceiling = figure.value === undefined && figure.low === undefined;
	const before = floor ? 'over ' : ceiling ? 'up to ' : '';
	return {
		id,
		topic,
		statement,
		amount: words ? '' : before + inWords(figure),
		...(isRange(figure) &&
			figure.value !== undefined && {
				range: inWords(figure, { as: 'range', unit: false })
			}),
		...(drawing && { drawn: drawing }),
		publisher: source.publisher,
		title: source.title,
		asOf,
		date: plainDate(asOf),
		kind,
		confidence,
		...(old && { old })
	};
}

/** Whether low and high are two ends of one doubt. Of a price they are two prices. */
export function isRange(figure: Figure): boolean {
	return lowest(figure) < highest(figure) && figure.kind !== 'list-price';
}

/** A bar from zero: of percentages to a hundred, of ranges to their high end. Nothing else has anything to compare. */
export function drawn(figure: Figure): Row['drawn'] {
	const low = lowest(figure);
	const high = highest(figure);
	const ranged = isRange(figure);
	const top = figure.unit.startsWith('percent') && high <= 100 ? 100 : ranged ? high : undefined;
	if (!top) return undefined;
	const at = (number: number) => Number(((number / top) * 100).toFixed(2));
	return {
		low: at(ranged ? low : high),
		high: at(high),
		...(ranged && figure.value !== undefined && { value: at(figure.value) })
	};
}

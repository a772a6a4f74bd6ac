/** @file How many readers it takes for a model's use to come to what its training took. */
import type { Range } from '#lib/meter/crossing.ts';
import { readersToCross } from '#lib/meter/readers.ts';
import { many, range } from '../words.ts';

const spans = [
	['in a year', 365 * 86_400],
	['in a day', 86_400],
	['in a minute', 60]
] as const;

/** "19,000 readers in a year, 7 million in a day or 10 billion in a minute". */
export function readersInWords(crossing: Range, speed: number): string {
	const [year, day, minute] = spans.map(([span, seconds], i) => {
		const { low, high } = readersToCross(crossing, speed, seconds);
		const readers = low === high ? many(up(high)) : range({ low: up(low), high: up(high) });
		const name = i ? '' : readers === '1' ? ' reader' : ' readers';
		return `${readers}${name} ${span}`;
	});
	return `${year}, ${day} or ${minute}`;
}

/** To two digits, and never a part of a reader. */
function up(readers: number): number {
	return Math.ceil(Number(readers.toPrecision(2)));
}

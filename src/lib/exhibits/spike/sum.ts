/** @file The figures beside the slip: counts of all askings, and what they come to on the basis. */
import { bill, dollars, type Prices } from '#lib/meter/money.ts';
import type { Scene } from './scene.ts';
import { count, dollarsAbout, duration, many } from '../words.ts';

export type Sum = {
	came: string;
	sent: string;
	total: string;
	/** What the total is. */
	what: string;
	single: boolean;
	/** The crossing is known only to lie between two ends, and this is the far one. */
	most: boolean;
	/** What the lens is over, if there is one. */
	lens?: 'column' | 'bar' | undefined;
};

/** @param hour dollars an hour for the machine that trained the model */
export function sumOf(
	scene: Scene,
	{ card, label }: { card: Prices; label: string },
	hour: number
): Sum {
	const { basis, counts, stop, use, lens } = scene;
	const single = stop.key === 'you';
	const all = (tokens: number) => tokenCount(tokens * stop.askings);
	const tokens = counts.sent + counts.came;
	const most = stop.key === 'crossing' && basis.bar.low < basis.bar.high;
	const these = single ? `these ${count(tokens)} tokens` : `${all(tokens)} tokens`;

	const totals = {
		work: { total: all(tokens), what: single ? 'on the tab' : 'tokens of use' },
		dollars: {
			// One answer's bill is exact, to the last digit; a multiple of it is drawn, and rounded.
			total: single
				? dollars(
						bill({ promptTokens: counts.sent, cachedTokens: 0, outputTokens: counts.came }, card)
					)
				: dollarsAbout(use.total),
			what: `${most ? 'at most, for ' : ''}${these}${most ? '' : ','} billed as ${label}`
		},
		time: {
			total: shortTime(use.total),
			what: `of that machine: ${dollarsAbout((use.total / 3600) * hour, 2)} at ${dollarsAbout(hour)} an hour`
		}
	};
	return {
		came: all(counts.came),
		sent: all(counts.sent),
		...totals[basis.key],
		single,
		most,
		lens: lens?.over
	};
}

function tokenCount(n: number): string {
	return n < 1e8 ? count(n) : many(n, 2);
}

function shortTime(seconds: number): string {
	return duration(seconds).replace(' seconds', ' s').replace(' second', ' s');
}

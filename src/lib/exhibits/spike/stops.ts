/** @file The five scales: how many ask, from one reader to everyone. */
import type { Range } from '#lib/meter/crossing.ts';
import { count, many, range } from '../words.ts';

export type StopKey = 'you' | 'class' | 'company' | 'crossing' | 'everyone';

export type Stop = {
	key: StopKey;
	name: string;
	/** Who asks, in the fewest words. */
	who: string;
	/** How many times the run on screen is asked for; for the crossing, at most. */
	askings: number;
};

export const stopKeys: readonly StopKey[] = ['you', 'class', 'company', 'crossing', 'everyone'];

/** The stops in the order of how many ask: in dollars the crossing may lie beyond everyone. */
export function stops(crossing: Range, everyone: number): Stop[] {
	const all: Stop[] = [
		{ key: 'you', name: 'Just you', who: 'this answer', askings: 1 },
		{ key: 'class', name: 'A class', who: '30 ask once', askings: 30 },
		{ key: 'company', name: 'A company', who: '10,000 ask', askings: 10_000 },
		{
			key: 'crossing',
			name: 'The crossing',
			who: `${range(crossing)} ask`,
			askings: crossing.high
		},
		{ key: 'everyone', name: 'Everyone', who: `${many(everyone)}, a day`, askings: everyone }
	];
	return all.sort((a, b) => a.askings - b.askings);
}

/** "30 answers", as the column is labelled. */
export function answers(stop: Stop, crossing: Range): string {
	if (stop.key === 'you') return 'your answer';
	if (stop.key === 'crossing') return `${range(crossing)} answers`;
	return `${stop.askings < 1e6 ? count(stop.askings) : many(stop.askings)} answers`;
}

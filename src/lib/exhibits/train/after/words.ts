import { count, duration, rounded } from '../../words.ts';
import { things } from '../../freeze/words.ts';
import { type Crowd, PUPILS } from './crowd.svelte.ts';
import type { Still } from './still.svelte.ts';

type Told = Pick<
	Crowd,
	'phase' | 'total' | 'crossing' | 'crossedAfter' | 'secondsLeft' | 'alone' | 'together' | 'answers'
>;

/** The finding in bold, and a sentence. */
export function finding(crowd: Told): { bold: string; rest: string } {
	const { crossing, crossedAfter, secondsLeft, total } = crowd;
	if (crossedAfter !== undefined) {
		return {
			bold: 'Here it is.',
			rest: `After ${count(crossing)} tokens, ${duration(crossedAfter / 1000)} of this class, using this model had taken as much work as making it. Nothing is paid off: the tab simply goes on.`
		};
	}
	if (!total) {
		return {
			bold: `The crossing is at ${count(crossing)} tokens.`,
			rest: 'Learning from a token takes three passes through the model, using one takes one: so three times the tokens it learnt from.'
		};
	}
	const left =
		secondsLeft === undefined
			? ''
			: ` At this pace the crossing comes in ${duration(secondsLeft)}.`;
	return {
		bold: `${rounded((100 * total) / crossing, 2)} % of the way.`,
		rest: `${count(crowd.answers)} answers so far.${left}`
	};
}

/** How much the batch does for it: both measured here. */
export function paces({ alone, together, crossing }: Told): string {
	if (alone === undefined) {
		return `${PUPILS} ask at once, and the weights are read from memory once for all of them. How fast that is, and how fast one reader alone, is measured when it begins.`;
	}
	const one = `One reader alone gets ${rounded(alone, 2)} tokens a second here and would need ${duration(crossing / alone)} for it`;
	return together === undefined
		? `${one}.`
		: `${one}; the class gets ${rounded(together, 2)} together, ${duration(crossing / together)}. Both were measured here.`;
}

/** What the fingerprint says that was taken again, of the weights that have answered. */
export function stillWords({
	after,
	same,
	error
}: Pick<Still, 'after' | 'same' | 'error'>): Record<'when' | 'bold' | 'rest', string> {
	const when = after ? `after ${things(after, 'answer')}` : 'after its first answer';
	if (error) return { when, bold: 'Its fingerprint could not be taken.', rest: error };
	if (!after) {
		return {
			when,
			bold: 'Frozen.',
			rest: 'Let it write below: then the fingerprint is taken again, from the very numbers that answered.'
		};
	}
	return same
		? {
				when,
				bold: 'The same, to the last bit.',
				rest: 'Taken again just now, from the very numbers that answered. Writing reads them and moves none.'
			}
		: {
				when,
				bold: 'Its weights have changed.',
				rest: 'A model that is frozen must not change. Please tell us how it came about.'
			};
}

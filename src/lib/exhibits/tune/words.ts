import { count, day, duration } from '../words.ts';
import type { Phase } from './tuned.svelte.ts';
import type { Shown } from './shown.ts';

/** The line beside the model's name. */
export function status(phase: Phase, { recorded, steps, said }: Shown): string {
	switch (phase) {
		case 'preparing':
			return 'fetching a copy to train';
		case 'learning':
			return `step ${count(Math.max(0, said.length - 1))} of ${count(steps)}`;
		case 'asking':
			return 'both are being asked';
		default:
			return recorded
				? `recorded ${day(recorded.date)}, ${recorded.device}`
				: 'trained here, in this tab';
	}
}

/** What it comes to, a bold finding and a sentence. */
export function finding({ old, sha256 }: Shown, busy = false): { bold: string; rest: string } {
	if (!busy && sha256.before === sha256.now) {
		return {
			bold: 'Nothing has been learnt.',
			rest: 'It is the model it was: not one number differs.'
		};
	}
	if (busy) {
		return {
			bold: 'It is learning.',
			rest: 'With every step all of its numbers move a little, and its answer with them.'
		};
	}
	const [before, after] = [old[0], old.at(-1)!];
	return after > before * 1.01
		? {
				bold: 'It has learnt your lines, and lost some of the rest.',
				rest: `Its surprise at its old text went from ${before.toFixed(2)} to ${after.toFixed(2)}: nobody told it what to keep.`
			}
		: {
				bold: 'It has learnt your lines.',
				rest: 'Its surprise at its old text has hardly moved. More steps would change that.'
			};
}

/** The second bill. */
export function bill(
	{ spent }: Shown,
	first: { tokens: number; seconds: number }
): { what: string; now: string; then: string }[] {
	return [
		{
			what: 'tokens learnt from',
			now: count(spent.tokens),
			then: count(first.tokens)
		},
		{
			what: 'time on one core',
			now: duration(spent.ms / 1000),
			then: duration(first.seconds)
		}
	];
}

/** How the second spike stands beside the first. */
export function spike({ spent }: Shown, first: { tokens: number }): string {
	if (!spent.tokens) return '';
	const times = first.tokens / spent.tokens;
	return `A second spike, beside the first: 1 part in ${count(Number(times.toPrecision(2)))} of it.`;
}

export const heard = (shown: Shown) => {
	const { bold, rest } = finding(shown);
	return `${bold} ${rest} To “${shown.lines[0].ask}” it now says: ${shown.said.at(-1) ?? ''}`;
};

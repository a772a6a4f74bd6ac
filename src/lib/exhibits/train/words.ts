/** @file The words on buttons and in the line of status. */
import type { Phase } from './phase.ts';
import type { RecordedTraining, View } from './view.ts';
import { count, day, rounded } from '../words.ts';
import type { Unfinished } from './store.ts';

/** A time as a button says it: "19 seconds", "1 minute 30", "4 minutes". */
export function aboutTime(seconds: number): string {
	if (seconds < 1) return 'a second';
	if (seconds < 55) {
		const whole = seconds < 20 ? Math.round(seconds) : Math.round(seconds / 5) * 5;
		return `${whole} second${whole === 1 ? '' : 's'}`;
	}
	if (seconds < 90) return 'a minute';
	const minutes = Math.round(seconds / 60);
	if (minutes < 90) return `${minutes} minutes`;
	return `${Math.round(minutes / 60)} hours`;
}

/** The main button, by what a press of it does. */
export function mainButton({
	phase,
	seconds,
	kept,
	done
}: {
	phase: Phase;
	/** How long it takes here, where that is known. */
	seconds: number | undefined;
	/** The step of a state to go on from. */
	kept: number | undefined;
	/** Steps that are done. */
	done: number;
}): string {
	switch (phase) {
		case 'learning':
			return 'Pause';
		case 'paused':
			return `Go on from step ${count(done)}`;
		case 'diverged':
			return 'Start over with half the learning rate';
		case 'done':
			return 'Start over';
		case 'lost':
			return kept === undefined ? 'Start over' : `Go on from step ${count(kept)}`;
		default:
			if (kept !== undefined) return `Go on from step ${count(kept)}`;
			return seconds === undefined ? 'Train it' : `Train it, about ${aboutTime(seconds)} here`;
	}
}

export function status(
	{ phase, view }: { phase: Phase; view: View },
	recorded: Pick<RecordedTraining, 'date'>,
	left: number | undefined
): string {
	const { spent, recipe } = view;
	const at = `step ${count(spent.steps)} of ${count(recipe.steps)}`;
	switch (phase) {
		case 'preparing':
			return 'reading the text, measuring a step';
		case 'learning':
			return left === undefined ? at : `${at}, about ${aboutTime(left)} left`;
		case 'paused':
			return `paused at ${at}`;
		case 'done':
			return `done: ${count(spent.steps)} steps, trained here`;
		case 'diverged':
			return `stopped at ${at}`;
		case 'lost':
			return `ended at ${at}`;
		default:
			return view.source === 'recorded' ? `recorded ${day(recorded.date)}` : 'nothing learnt yet';
	}
}

/** What an earlier visit left. */
export function unfinishedWords({ at, kept, recipe }: Unfinished, where = ''): string {
	const when = new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
	return `A training of ${when} was kept in this browser at step ${count(kept.spent.steps)} of ${count(recipe.steps)}${where}.`;
}

/** Where the recorded training was made, in the middle of a sentence. */
export function recordedWhere({ date, device }: Pick<RecordedTraining, 'date' | 'device'>): string {
	return `recorded on ${day(date)} on one core of ${/^[AEIOU]/.test(device.cpu) ? 'an' : 'a'} ${device.cpu} processor (${device.runtime})`;
}

/** What is said aloud when it stands. */
export function heard(
	{ phase, view, sentence }: { phase: Phase; view: View; sentence: string | undefined },
	finding: string
): string {
	const at = `step ${count(view.spent.steps)} of ${count(view.recipe.steps)}`;
	if (phase === 'done') return `Training is done, and the weights stand still. ${finding}`;
	if (sentence) return sentence;
	return `The training stands at ${at}.`;
}

/** What is to be known at the moment, where nothing went wrong. */
export function aboutNow({
	phase,
	view,
	msPerStep
}: {
	phase: Phase;
	view: View;
	msPerStep: number | undefined;
}): string | undefined {
	const { facts, recipe } = view;
	switch (phase) {
		case 'preparing':
			return 'The text is read, and a few steps are tried on numbers that are thrown away.';
		case 'ready':
			return `Measured just now: a step takes ${rounded(msPerStep ?? 0, 2)} ms here. Nothing has been learnt yet.`;
		case 'learning':
			return `Each step reads ${count(facts.perStep)} tokens and moves all of its ${count(facts.parameters)} numbers a little.`;
		case 'paused':
			return `Between two steps nothing changes. ${count(recipe.steps - view.spent.steps)} are left.`;
		case 'done':
			return 'Its weights will not change again, whatever is asked of it. The same seed comes to the same ones everywhere.';
		default:
			return undefined;
	}
}

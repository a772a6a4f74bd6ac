/** @file What the two rows of fingerprints show, in words. */
import { count } from '../words.ts';
import type { Fingerprints } from './fingerprints.svelte.ts';
import type { FreezeRecord } from './record.ts';

type Counted = Pick<Fingerprints, 'count' | 'distinct'>;

export function finding(asked: Counted, learnt: Counted): { bold: string; rest: string } {
	const used = `${things(asked.count, 'prompt')}, ${different(asked.distinct)}.`;
	const trained = `${things(learnt.count, 'step')} of training, ${different(learnt.distinct)}.`;
	if (asked.distinct > 1) {
		return {
			bold: used,
			rest: 'The weights of a model in use have changed: that must not be. Please tell us how it came about.'
		};
	}
	return {
		bold: `${capital(used)} ${capital(trained)}`,
		rest: 'Each thin line is drawn from all the weights of a model. Answering leaves them as they were, to the last bit; learning moves them at every step.'
	};
}

/** What one may do with a proof that was opened, and why. */
export function openedWords({ prompts }: Pick<FreezeRecord, 'prompts'>): string {
	return `Opened from a file: nothing of it was asked here. Run ${prompts.length === 1 ? 'it' : `the ${count(prompts.length)}`} again, and see: the same weights and the same seeds write the same words on every machine.`;
}

/** Whether what a file says came out here as well. */
export function comparedWords({ of, same }: { of: number; same: number }): string {
	if (same === of) {
		return of === 1
			? 'The answer came out here as it stands in the file, to the last letter, and the fingerprint after it as well.'
			: `All ${count(of)} answers came out here as they stand in the file, to the last letter, and so did the fingerprint after each.`;
	}
	return `${same ? count(same) : 'None'} of ${count(of)} answers came out here as in the file, with the same fingerprint. Then the file is of other weights than those that answer here, or somebody has changed it.`;
}

function different(distinct: number): string {
	if (distinct === 0) return 'no fingerprint yet';
	return distinct === 1 ? 'one fingerprint' : `${count(distinct)} fingerprints`;
}

export function things(n: number, name: string): string {
	return `${n === 1 ? 'one' : count(n)} ${name}${n === 1 ? '' : 's'}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The first digits of a SHA-256, in groups that one can compare: "d652 6cf5 5dcd". */
export function digits(sha256: string, count = 4): string {
	return groups(sha256, count).join(' ');
}

export function groups(sha256: string, count = 4): string[] {
	return (sha256.match(/.{4}/g) ?? []).slice(0, count);
}

/** A fingerprint as one line of a picture 64 wide: the stretches of digits of 8 and above. */
export function linePath(sha256: string, row: number): string {
	return [...sha256.matchAll(/[89a-f]+/g)]
		.map(({ index, 0: run }) => `M${index} ${row}h${run.length}v1h-${run.length}z`)
		.join('');
}

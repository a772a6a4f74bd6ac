/** @file The picture of a class at the model, while it goes on: its axis, and what is said in it. */
import { PASSES_TO_LEARN } from '#lib/meter/formulas/operations.ts';
import type { Told } from '../spike/scene.ts';
import { clock } from '../train/amounts.ts';
import type { Crowd } from '../train/after/crowd.svelte.ts';
import { count } from '../words.ts';

export type Counted = Pick<Crowd, 'crossing' | 'crossedAfter' | 'waited' | 'answers'>;

/** Steps of the axis, as multiples of the bar: no digits but 1, 2 and 5. */
export function rung(times: number): number {
	const power = 10 ** Math.floor(Math.log10(Math.max(times, 1)));
	return power * [1, 2, 5, 10].find((digit) => digit * power >= times)!;
}

/** "3 min 12 s after you pressed Run". */
export function waitedWords(ms: number): string {
	return `${clock(ms / 1000)} after you pressed Run`;
}

/** What stands in the picture in work. */
export function toldInWork({ crossing, waited, answers }: Counted): Told {
	const crossed = waited !== undefined;
	const name = crossed
		? `Crossed at ${count(crossing)} tokens,`
		: 'The crossing: using it has cost as much as making it';
	const after = crossed
		? waitedWords(waited)
		: `at ${count(crossing)} tokens, ${PASSES_TO_LEARN} times those it learnt from`;
	return {
		crossing: {
			name,
			after,
			short: crossed ? `${name} ${after}` : `The crossing, at ${count(crossing)} tokens`
		},
		crossed,
		...byAnswers(answers)
	};
}

/** The same in time of this machine. @param share of the bar that use has come to */
export function toldInTime({ answers }: Counted, share: number): Told {
	const crossed = share >= 1;
	return {
		crossing: {
			name: crossed
				? 'Crossed:'
				: 'The crossing: using it has kept the machine as long as making it',
			after: crossed ? 'using it has kept the machine as long as making it' : '',
			short: crossed ? 'Crossed: use has taken as long' : 'The crossing: use has taken as long'
		},
		crossed,
		...byAnswers(answers)
	};
}

function byAnswers(answers: number): Pick<Told, 'column' | 'who'> {
	return { column: 'a class of 30', who: `${count(answers)} answer${answers === 1 ? '' : 's'}` };
}

/** @file What the runs say, in words. Every number in it is worked out from the table. */
import type { TrainingRun } from '#lib/ledger/card.ts';
import { keyOf, makersOf } from '#lib/ledger/run.ts';
import { amount, plainDate, range } from '#lib/ledger/words.ts';
import { rounded } from '../words.ts';
import { dollarsOf, type Axis, type Ends } from './axes.ts';
import { factor, factorWords } from './compare.ts';

/** One result, reached again: GPT-2's of 2019, and two who met its score years later. */
export const again = ['gpt-2-1-5b', 'gpt-2-1-6b-in-llm-c', 'nanochat-gpt-2-grade-record'] as const;

export type Caption = { finding: string; rest: string };

export const makerWords = (run: TrainingRun) => makersOf(run).join(', ');

/** What a dot says when it is read aloud. */
export function spoken(run: TrainingRun, axis: Axis): string {
	const ends = axis.ends(run);
	const number = ends ? `${axis.name}: ${axis.words(run)}` : axis.unknown;
	return `${run.model}, ${makerWords(run)}, ${plainDate(run.date)}, ${number}, ${run.confidence} confidence`;
}

/** "66 runs", "1 run". */
export const runsWords = (n: number) => (n === 1 ? '1 run' : `${n} runs`);

/** The bold finding, and what follows. */
export function caption(shown: readonly TrainingRun[], all: boolean, axis: Axis): Caption {
	const known = shown.filter((run) => axis.ends(run));
	if (!shown.length) return { finding: 'No run is like that.', rest: 'Ask for less.' };
	if (!known.length) {
		return {
			finding: `${runsWords(shown.length)}: ${axis.unknown}.`,
			rest: 'A gap is a gap: nothing is guessed here.'
		};
	}
	return (all && story(known, axis)) || span(known, shown.length, axis);
}

const least = (ends: Ends | undefined) => ends?.low ?? ends?.high ?? Infinity;
const most = (ends: Ends | undefined) => ends?.high ?? ends?.low ?? -Infinity;

/** The smallest and the largest of some, and the factor between them. */
function span(known: readonly TrainingRun[], shown: number, axis: Axis): Caption {
	// of a model of which a part is at work it is the whole that is large or small
	const ends = (run: TrainingRun) => {
		const { low, high } = axis.ends(run) ?? {};
		return axis.parts ? ({ low: high ?? low, high: high ?? low } as Ends) : axis.ends(run);
	};
	const [first] = known;
	const low = known.reduce((a, b) => (least(ends(b)) < least(ends(a)) ? b : a), first);
	const high = known.reduce((a, b) => (most(ends(b)) > most(ends(a)) ? b : a), first);
	const said = ({ model, date }: TrainingRun) => `${model} of ${date.slice(0, 4)}`;
	const of = known.length === shown ? runsWords(shown) : `${known.length} of ${runsWords(shown)}`;
	if (low === high) {
		return {
			finding: `${of}: ${axis.words(low)}.`,
			rest: known.length === 1 ? `It is ${said(low)}.` : 'They are all the same in this.'
		};
	}
	const times = factor(ends(low), ends(high));
	return {
		finding: `${of}: from ${axis.number(least(ends(low)))} to ${axis.number(most(ends(high)))}.`,
		rest: `The least is ${said(low)}, the most ${said(high)}${times ? `, ${factorWords(times)} as much` : ''}.`
	};
}

/** What the whole picture is there to show. None where the table has lost the runs it speaks of. */
function story(known: readonly TrainingRun[], axis: Axis): Caption | undefined {
	const run = (key: string) => known.find(({ model }) => keyOf(model) === key);
	const inOrder = [...known].sort((a, b) => (a.date < b.date ? -1 : 1));
	const [first] = inOrder;
	const top = known.reduce((a, b) => (most(axis.ends(b)) > most(axis.ends(a)) ? b : a), first);
	const times = factor(axis.ends(first), axis.ends(top));
	const year = ({ date }: TrainingRun) => date.slice(0, 4);

	if (axis.key === 'dollars') {
		const [old, , now] = again.map(run);
		const fell = old && now && factor(dollarsOf(now), dollarsOf(old));
		// what the first words say must hold
		const rose = most(axis.ends(first)) < 1000 && least(axis.ends(top)) >= 1e8;
		if (!fell || !rose) return;
		return {
			finding:
				'The dearest runs rise from hundreds of dollars to hundreds of millions. One result falls.',
			rest: `Along the dashed line stands one and the same score: that of GPT-2, for ${axis.words(old)} in ${year(old)}, and again for ${axis.words(now)} in ${year(now)}. The first took ${factorWords(fell)} as much.`
		};
	}
	if (axis.key === 'operations' && times?.low === times?.high && times?.high) {
		return {
			finding: `${amount(times.high, 2)} times the operations in ${Number(year(top)) - Number(year(first))} years.`,
			rest: `Each line is ten times the one below. On a ruler, with ${first.model} one millimetre tall, ${top.model} would stand ${amount(times.high / 1e6, 2)} kilometres high.`
		};
	}
	if (axis.key === 'tokens') {
		const [large, small] = [run('gpt-3-175b'), run('qwen3-0-6b')];
		if (!large?.tokens || !small?.tokens || !large.params || !small.params) return;
		return {
			finding: 'Even small models now read more than the largest once did.',
			rest: `${small.model} has ${rounded((small.params / large.params) * 100, 2)}\u00a0% of the parameters of ${large.model} and has read ${amount(small.tokens / large.tokens, 2)} times as many tokens.`
		};
	}
	if (axis.key === 'parameters') {
		const one = run('deepseek-v3');
		if (!one?.params || !one.activeParams) return;
		return {
			finding: 'Many of the largest are no longer used whole.',
			rest: `A square is a whole model, the dot under it what one token meets of it: of ${one.model} ${range(one.activeParams, one.activeParams, 3)} of ${amount(one.params, 3)}, ${rounded((one.activeParams / one.params) * 100, 2)}\u00a0%. A square alone: how much a token meets is not published.`
		};
	}
	if (axis.key === 'hours' && top.gpuHours && first.gpuHours) {
		return {
			finding: `From ${amount(first.gpuHours, 3)} hours of a chip to ${amount(top.gpuHours, 3)}.`,
			rest: `On one chip ${top.model} would have taken ${amount(top.gpuHours / 24 / 365.25, 2)} years. An hour of 2017 is not one of ${year(top)}: each kind of chip does more in it than the last.`
		};
	}
	if (axis.key === 'energy') {
		return {
			finding: `The energy of only ${known.length} runs is known.`,
			rest: 'A few were measured at the machine; most are hours times the watts a chip may draw. The note of each run says which.'
		};
	}
}

/** "Not drawn above, but below: …" of those without the number. */
export function unknownWords(shown: readonly TrainingRun[], axis: Axis): string {
	const without = shown.filter((run) => !axis.ends(run)).length;
	if (!without) return `All of them have it.`;
	return `${runsWords(without)} with ${axis.unknown}: a stroke at the foot, at the day.`;
}

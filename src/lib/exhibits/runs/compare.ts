/** @file Two runs side by side: how many times as much. Where the numbers are ranges, so is the answer. */
import type { TrainingRun } from '#lib/ledger/card.ts';
import { amount } from '#lib/ledger/words.ts';
import { rounded } from '../words.ts';
import { dollarsOf, dollarWords, type Ends } from './axes.ts';

export type Measure = {
	key: string;
	name: string;
	ends: (run: TrainingRun) => Ends | undefined;
	words: (run: TrainingRun) => string;
};

const one = (
	of: 'params' | 'activeParams' | 'tokens' | 'flop' | 'gpuHours' | 'energy' | 'co2'
) => ({
	ends: (run: TrainingRun): Ends | undefined => {
		const value = run[of];
		return value === undefined ? undefined : { low: value, high: value };
	},
	words: (run: TrainingRun) => {
		const value = run[of];
		return value === undefined ? 'not published' : amount(value, 3);
	}
});

export const measures: readonly Measure[] = [
	{ key: 'dollars', name: 'Dollars', ends: dollarsOf, words: dollarWords },
	{ key: 'tokens', name: 'Tokens read', ...one('tokens') },
	{ key: 'params', name: 'Parameters', ...one('params') },
	{ key: 'active', name: 'Parameters at work per token', ...one('activeParams') },
	{ key: 'operations', name: 'Operations', ...one('flop') },
	{ key: 'hours', name: 'Chip-hours', ...one('gpuHours') },
	{ key: 'energy', name: 'Megawatt-hours', ...one('energy') },
	{ key: 'co2', name: 'Tonnes of CO₂', ...one('co2') }
];

/**
 * How many times `a` is in `b`. An end is missing where an end of the two is: the lower one needs the
 * least of `b` and the most of `a`, the upper one the reverse.
 */
export function factor(a: Ends | undefined, b: Ends | undefined): Ends | undefined {
	if (!a || !b) return;
	const low = b.low !== undefined && a.high !== undefined ? b.low / a.high : undefined;
	const high = b.high !== undefined && a.low !== undefined ? b.high / a.low : undefined;
	if (low === undefined && high === undefined) return;
	return { ...(low !== undefined && { low }), ...(high !== undefined && { high }) };
}

/** "49 times", "1.2 to 2.6 times", "21 % of it", "at least 3 times"; `of` goes on after a percentage. */
export function factorWords({ low, high }: Ends, of = ' of it', times = ' times'): string {
	// two digits either way: what is above one as a multiple, what is wholly below as a part
	const most = high ?? low ?? NaN;
	const part = most < 0.995;
	const word = (n: number) => (part ? rounded(n * 100, 2) : rounded(n, 2));
	const unit = part ? `\u00a0%${of}` : times;
	if (low === undefined) return `at most ${word(most)}${unit}`;
	if (high === undefined) return `at least ${word(most)}${unit}`;
	const [from, to] = [word(low), word(high)];
	if (from === '1' && to === '1') return times === ' times' ? 'as much' : `as many${of}`;
	return from === to ? `${to}${unit}` : `${from} to ${to}${unit}`;
}

/** "Beside GPT-3 175B, DeepSeek-V3 took 49 times the tokens, 11 times the operations and 1.2 to 2.6 times the dollars." */
export function sentence(a: TrainingRun, b: TrainingRun): string {
	const parts = [
		['tokens', 'tokens'],
		['operations', 'operations'],
		['dollars', 'dollars']
	].flatMap(([key, noun]) => {
		const { ends } = measures.find((measure) => measure.key === key)!;
		const times = factor(ends(a), ends(b));
		if (!times) return [];
		return [
			factorWords(times, ` of the ${noun}`, ` times the ${noun}`).replace(
				/^as many.*/,
				`as many ${noun}`
			)
		];
	});
	if (!parts.length) return `Of ${a.model} and ${b.model} no such number is known of both.`;
	const last = parts.pop()!;
	const list = parts.length ? `${parts.join(', ')} and ${last}` : last;
	return `Beside ${a.model}, ${b.model} took ${list}.`;
}

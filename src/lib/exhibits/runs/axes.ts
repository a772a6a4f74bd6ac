/** @file What the runs can be held against: each number of a run that reaches over powers of ten. */
import type { TrainingRun } from '#lib/ledger/card.ts';
import { amount } from '#lib/ledger/words.ts';
import { dollarRange } from '../words.ts';

/** The ends of what is known of one number. One of them may be missing: then it lies there or beyond. */
export type Ends = { low?: number; high?: number };

export type Axis = {
	key: 'dollars' | 'operations' | 'tokens' | 'parameters' | 'hours' | 'energy';
	/** As one word to choose by. */
	name: string;
	/** What stands over the picture. */
	unit: string;
	ends: (run: TrainingRun) => Ends | undefined;
	/** The number of a run in words, or why there is none. */
	words: (run: TrainingRun) => string;
	/** One number in words. */
	number: (value: number) => string;
	/** A power of ten in the margin of the picture. */
	tick: (value: number) => string;
	/** What is said of runs that have no such number. */
	unknown: string;
	/** The upper end is another thing than the lower one: all parameters, not those at work. */
	parts?: true;
	/** Runs that are named in the picture before others, by key; `as` where the name is too long for it. */
	named: readonly { key: string; as?: string }[];
};

const single =
	(of: 'flop' | 'tokens' | 'gpuHours' | 'energy') =>
	(run: TrainingRun): Ends | undefined => {
		const value = run[of];
		return value === undefined ? undefined : { low: value, high: value };
	};

const some = (ends: Ends): Ends | undefined =>
	ends.low === undefined && ends.high === undefined ? undefined : ends;

/** Dollars of the final run. */
export function dollarsOf({ costLow, costHigh }: TrainingRun): Ends | undefined {
	return some({
		...(costLow !== undefined && { low: costLow }),
		...(costHigh !== undefined && { high: costHigh })
	});
}

export function dollarWords(run: TrainingRun): string {
	const { low, high } = dollarsOf(run) ?? {};
	if (low !== undefined && high !== undefined) return dollarRange({ low, high }, 3);
	if (low !== undefined) return `${dollarRange({ low, high: low }, 3)} or more`;
	if (high !== undefined) return `up to ${dollarRange({ low: high, high }, 3)}`;
	return 'not published';
}

export function parameterWords({ params, activeParams }: TrainingRun): string {
	if (params === undefined) return 'not published';
	if (activeParams === undefined) return `${amount(params, 3)} in all`;
	if (activeParams === params) return amount(params, 3);
	return `${amount(params, 3)}, ${amount(activeParams, 3)} per token`;
}

const plain =
	(of: 'flop' | 'tokens' | 'gpuHours' | 'energy', unit = '') =>
	(run: TrainingRun): string => {
		const value = run[of];
		return value === undefined ? 'not published' : amount(value, 3) + unit;
	};

/** A power of ten for the margin: "1,000", "10 M", "1 bn", "10²⁴". */
export function power(value: number): string {
	const exponent = Math.round(Math.log10(value));
	if (exponent >= 15) {
		return `10${[...String(exponent)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')}`;
	}
	const words = ['', '', ' M', ' bn', ' tn'][Math.floor(exponent / 3)] ?? '';
	return words ? 10 ** (exponent % 3) + words : amount(10 ** exponent);
}

export const axes: readonly Axis[] = [
	{
		key: 'dollars',
		name: 'dollars',
		unit: 'dollars for the final run',
		ends: dollarsOf,
		words: dollarWords,
		number: (value) => dollarRange({ low: value, high: value }, 3),
		tick: (value) => `$${power(value)}`,
		unknown: 'no cost published',
		named: [
			{ key: 'gpt-2-1-5b', as: 'GPT-2' },
			{ key: 'nanochat-gpt-2-grade-record', as: 'GPT-2 again' },
			{ key: 'transformer-big', as: 'Transformer' },
			{ key: 'gpt-4' },
			{ key: 'gemini-1-0-ultra', as: 'Gemini Ultra' },
			{ key: 'deepseek-v3' },
			{ key: 'grok-4' },
			{ key: 'gpt-3-175b', as: 'GPT-3' },
			{ key: 'llama-3-1-405b' },
			{ key: 'alpaca-7b-fine-tune', as: 'Alpaca, a fine-tune' },
			{ key: 'gpt-2-1-6b-in-llm-c' }
		]
	},
	{
		key: 'operations',
		name: 'operations',
		unit: 'operations of the final run',
		ends: single('flop'),
		words: plain('flop'),
		number: (value) => amount(value, 3),
		tick: power,
		unknown: 'operations not published',
		named: [
			{ key: 'transformer-big', as: 'Transformer' },
			{ key: 'gpt-6-astra' },
			{ key: 'gpt-3-175b', as: 'GPT-3' },
			{ key: 'gpt-4' },
			{ key: 'deepseek-v3' },
			{ key: 'nanochat-speedrun-launch', as: 'nanochat' },
			{ key: 'gpt-2-1-5b', as: 'GPT-2' },
			{ key: 'grok-4' },
			{ key: 'llama-3-1-405b' },
			{ key: 'smollm2-135m' }
		]
	},
	{
		key: 'tokens',
		name: 'tokens',
		unit: 'tokens read in training',
		ends: single('tokens'),
		words: plain('tokens'),
		number: (value) => amount(value, 3),
		tick: power,
		unknown: 'tokens not published',
		named: [
			{ key: 'gpt-3-175b', as: 'GPT-3' },
			{ key: 'qwen3-235b-a22b' },
			{ key: 'bert-large' },
			{ key: 'deepseek-v3' },
			{ key: 'nanochat-speedrun-launch', as: 'nanochat' },
			{ key: 'chinchilla' },
			{ key: 'llama-3-1-405b' },
			{ key: 'gpt-4' },
			{ key: 'gpt-2-124m-in-llm-c' }
		]
	},
	{
		key: 'parameters',
		name: 'parameters',
		unit: 'parameters',
		ends: ({ params, activeParams }) =>
			params === undefined
				? undefined
				: activeParams === undefined
					? { high: params }
					: { low: activeParams, high: params },
		words: parameterWords,
		number: (value) => amount(value, 3),
		tick: power,
		unknown: 'size not published',
		parts: true,
		named: [
			{ key: 'transformer-big', as: 'Transformer' },
			{ key: 'gpt-3-175b', as: 'GPT-3' },
			{ key: 'deepseek-v3' },
			{ key: 'switch-transformer-1-5t-moe', as: 'Switch Transformer' },
			{ key: 'pythia-70m' },
			{ key: 'gpt-oss-120b' },
			{ key: 'grok-4' },
			{ key: 'bert-large' },
			{ key: 'llama-3-1-405b' }
		]
	},
	{
		key: 'hours',
		name: 'chip-hours',
		unit: 'hours of one chip, of whichever kind',
		ends: single('gpuHours'),
		words: plain('gpuHours'),
		number: (value) => amount(value, 3),
		tick: power,
		unknown: 'hours not published',
		named: [
			{ key: 'transformer-big', as: 'Transformer' },
			{ key: 'grok-4' },
			{ key: 'nanochat-gpt-2-grade-record', as: 'GPT-2 again' },
			{ key: 'gpt-2-1-5b', as: 'GPT-2' },
			{ key: 'deepseek-v3' },
			{ key: 'gpt-4' },
			{ key: 'gpt-3-175b', as: 'GPT-3' },
			{ key: 'llama-3-1-405b' }
		]
	},
	{
		key: 'energy',
		name: 'energy',
		unit: 'megawatt-hours of electricity',
		ends: single('energy'),
		words: plain('energy', ' MWh'),
		number: (value) => `${amount(value, 3)} MWh`,
		tick: power,
		unknown: 'no energy published',
		named: [
			{ key: 't5-11b' },
			{ key: 'gpt-3-175b', as: 'GPT-3' },
			{ key: 'bloom-176b' },
			{ key: 'grok-4' },
			{ key: 'gpt-4' },
			{ key: 'llama-3-1-405b' },
			{ key: 'olmo-2-7b' }
		]
	}
];

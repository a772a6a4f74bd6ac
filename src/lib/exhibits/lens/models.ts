/** @file One training, counted in several honest ways: what each counts, what it leaves out, and where nothing was published. */
import geminiOwned from 'virtual:ledger/figure/gemini-ultra-cost-amortised';
import geminiCloud from 'virtual:ledger/figure/gemini-ultra-cost-cloud';
import gptSaid from 'virtual:ledger/figure/gpt4-cost-altman';
import gptOwned from 'virtual:ledger/figure/gpt4-cost-amortised';
import gptCloud from 'virtual:ledger/figure/gpt4-cost-cloud';
import llamaOwned from 'virtual:ledger/figure/llama31-405b-cost-amortised';
import llamaBought from 'virtual:ledger/figure/llama31-405b-cost-bought';
import llamaCloud from 'virtual:ledger/figure/llama31-405b-cost-cloud';
import llamaHours from 'virtual:ledger/figure/llama31-405b-cost-hours';
import deepseekBought from 'virtual:ledger/figure/deepseek-v3-cost-bought';
import deepseekSaid from 'virtual:ledger/figure/deepseek-v3-cost';
import { highest, lowest, type Figure } from '#lib/ledger/figure.ts';

export type Count = {
	key: 'owned' | 'cloud' | 'hours' | 'said' | 'bought';
	/** The way of counting, in the fewest words. */
	name: string;
	/** What is counted, as a sentence. */
	what: string;
	figure: Figure;
	/** Only a floor was said: "more than". */
	open?: true;
	/** All of the first bar is in it: drawn within it. */
	holds?: true;
	/** What it holds besides, or why it stands apart; nothing for the first bar. */
	how?: string;
};

/** A number that some article gives and nobody bears out. */
export type Unborne = { low: number; high: number; says: string; claim: string };

export type Lens = {
	key: string;
	name: string;
	year: string;
	counts: readonly Count[];
	unborne?: Unborne;
	/** Price of a million tokens that come back, on the card it is billed at elsewhere on this site; key of that card. */
	billedAs?: string;
};

const owned = 'Machines, for the days it ran';
const ownedWhat =
	'Chips lose their price over some years. Counted is what they lost while this one run was on them.';
const cloud = 'Machines, rented from a cloud';
const cloudWhat =
	'The same hours at what a cloud asked for them, its profit and its empty machines included.';

const cloudHow = 'holds the first bar, and the landlord’s profit';
const boughtName = 'Its chips, bought';
const boughtWhat =
	'Every chip at its full price, as if it served for this one run and then never again. The price is a guess, and the machines around the chips come on top.';

/** The plainest case first: one run, two ways, and a number in the air. */
export const lenses: readonly Lens[] = [
	{
		key: 'gemini',
		name: 'Gemini 1.0 Ultra',
		year: '2023',
		counts: [
			{ key: 'owned', name: owned, what: ownedWhat, figure: geminiOwned },
			{
				key: 'cloud',
				name: cloud,
				what: cloudWhat,
				figure: geminiCloud,
				holds: true,
				how: cloudHow
			}
		],
		unborne: { low: 300e6, high: 300e6, says: 'more than 300 million', claim: 'S4-11' }
	},
	{
		key: 'gpt4',
		name: 'GPT-4',
		year: '2023',
		counts: [
			{ key: 'owned', name: owned, what: ownedWhat, figure: gptOwned },
			{ key: 'cloud', name: cloud, what: cloudWhat, figure: gptCloud, holds: true, how: cloudHow },
			{
				key: 'said',
				name: 'What its maker said',
				what: '“More than that”, asked about 100 million dollars. Of what, was not said.',
				figure: gptSaid,
				open: true,
				how: 'stands apart: nobody knows what is in it'
			}
		],
		unborne: { low: 100e6, high: 200e6, says: '100 to 200 million', claim: 'S4-10' },
		billedAs: 'gpt-4'
	},
	{
		key: 'llama',
		name: 'Llama 3.1 405B',
		year: '2024',
		counts: [
			{ key: 'owned', name: owned, what: ownedWhat, figure: llamaOwned },
			{
				key: 'hours',
				name: 'Its stated hours, at today’s rent',
				what: 'The hours of chips that its maker states, at what such a chip rented for in 2026.',
				figure: llamaHours,
				how: 'stands apart: prices of another year'
			},
			{
				key: 'cloud',
				name: cloud,
				what: cloudWhat,
				figure: llamaCloud,
				holds: true,
				how: cloudHow
			},
			{
				key: 'bought',
				name: boughtName,
				what: boughtWhat,
				figure: llamaBought,
				holds: true,
				how: 'holds the first bar, and all other work of the chips'
			}
		],
		billedAs: 'llama-3-1-405b'
	},
	{
		key: 'deepseek',
		name: 'DeepSeek-V3',
		year: '2024',
		counts: [
			{
				key: 'said',
				name: 'What its maker said',
				what: 'The hours of the final run at two dollars each. Its makers write that research and trial runs are left out.',
				figure: deepseekSaid
			},
			{
				key: 'bought',
				name: boughtName,
				what: boughtWhat,
				figure: deepseekBought,
				how: 'stands apart: a price and not a rent'
			}
		],
		billedAs: 'deepseek-v3'
	}
];

export const gaps = [
	{ key: 'trials', name: 'Trial runs and research' },
	{ key: 'people', name: 'The people who made it' },
	{ key: 'data', name: 'The text, and cleaning it' },
	{ key: 'bought', name: 'All the machines, bought' }
] as const;

/** The bar that others hold. */
export function firstOf({ counts }: Lens): Count {
	return counts[0];
}

/** Whether it counts what the run itself took: the chips' whole price does not, and of "more than" one cannot tell. */
export function ofTheRun({ key, open }: Count): boolean {
	return key !== 'bought' && !open;
}

/** Least and most of all ways that give a number. */
export function ends({ counts }: Pick<Lens, 'counts'>): { low: number; high: number } {
	return {
		low: Math.min(...counts.map(({ figure }) => lowest(figure))),
		high: Math.max(...counts.map(({ figure }) => highest(figure)))
	};
}

/** Dollars at the right end of the axis: the largest number in sight, the unborne one too, and a little room. */
export function axisTop({ counts, unborne }: Lens): number {
	const most = Math.max(ends({ counts }).high, unborne?.high ?? 0);
	const power = 10 ** Math.floor(Math.log10(most));
	const step =
		[1, 1.25, 1.5, 2, 2.5, 3.5, 4, 5, 6, 8, 10].find((n) => n * power >= most * 1.02) ?? 10;
	return step * power;
}

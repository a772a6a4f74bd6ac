/** @file Real runs to hold a dot against: what the ledger has of each, and the site's own pocket model by its own record. */
import deepseek from 'virtual:ledger/run/deepseek-v3';
import gpt2Small from 'virtual:ledger/run/gpt-2-124m-in-llm-c';
import gpt2 from 'virtual:ledger/run/gpt-2-1-6b-in-llm-c';
import gpt3 from 'virtual:ledger/run/gpt-3-175b';
import llama2 from 'virtual:ledger/run/llama-2-70b';
import llama31 from 'virtual:ledger/run/llama-3-1-405b';
import mpt from 'virtual:ledger/run/mpt-7b';
import olmo from 'virtual:ledger/run/olmo-2-7b';
import smol2 from 'virtual:ledger/run/smollm2-360m';
import smol3 from 'virtual:ledger/run/smollm3-3b';
import { pocket } from '#lib/engine/pocket/summary.ts';
import type { TrainingRun } from '#lib/ledger/card.ts';
import type { Range } from '#lib/meter/crossing.ts';
import { countedParameters } from '#lib/meter/formulas/operations.ts';
import type { Chip } from './chips.ts';
import type { Run } from './sums.ts';

/** What was published of a run; what was not is not there. */
export type Published = {
	operations?: number;
	hours?: number;
	dollars?: Range;
	wattHours?: number;
};

export type Landmark = Run & {
	key: string;
	name: string;
	/** Its name on the plane, where that is shorter. */
	label?: string;
	year: string;
	/** Of a mixture of experts all of its parameters: to be said, never to be reckoned with. */
	inAll?: number;
	/** What it was trained on, where that is one of the chips here. */
	chip?: Chip['key'];
	published: Published;
	/** The operations on record were themselves worked out by 6 · N · D, and prove nothing. */
	byTheRule: boolean;
	/** Address of the page that the numbers were read in; our own record has none. */
	source?: string;
	/** Why the two differ, or what one should know of the numbers. */
	why: string;
	/** Sides on which its name is tried, first one first. */
	sides: readonly Side[];
};

export type Side = 'right' | 'left' | 'above' | 'below';

type Row = Omit<TrainingRun, 'note' | 'co2'>;
type Told = Pick<Landmark, 'key' | 'name' | 'why'> &
	Partial<Pick<Landmark, 'chip' | 'byTheRule' | 'sides'>>;

function landmark(
	row: Row,
	{ byTheRule = false, sides = ['right', 'left', 'below', 'above'], ...told }: Told
): Landmark {
	const parameters = countedParameters(row);
	if (!parameters || !row.tokens) throw new Error(`${row.model} lacks one of the two numbers`);
	const { flop, gpuHours, costLow, costHigh, energy } = row;
	return {
		...told,
		byTheRule,
		sides,
		year: row.date.slice(0, 4),
		parameters,
		tokens: row.tokens,
		source: row.source,
		...(row.params && row.params > parameters && { inAll: row.params }),
		published: {
			...(flop && !byTheRule && { operations: flop }),
			...(gpuHours && { hours: gpuHours }),
			...(costLow && { dollars: { low: costLow, high: costHigh ?? costLow } }),
			...(energy && { wattHours: energy * 1e6 })
		}
	};
}

/** From the smallest bill to the largest. */
export const landmarks: readonly Landmark[] = [
	{
		key: 'pocket',
		name: 'our pocket model',
		label: 'pocket model',
		year: pocket.training.date.slice(0, 4),
		parameters: pocket.parameters,
		tokens: pocket.training.tokens,
		published: { operations: pocket.training.operations },
		byTheRule: false,
		why: 'Its own record counts every multiplication of the run. It counts more than the rule does, because in a model this small attention, which the rule leaves out, is a good part of the work.',
		sides: ['right', 'above']
	},
	landmark(gpt2Small, {
		key: 'gpt2-small',
		name: 'GPT-2 small, rebuilt',
		chip: 'a100',
		byTheRule: true,
		why: 'Rebuilt by one person in 90 minutes on eight rented chips. How many tokens the first GPT-2 was shown was never published, so it has no dot of its own. More was got out of each chip than in large runs.',
		sides: ['left', 'above']
	}),
	landmark(gpt2, {
		key: 'gpt2',
		name: 'GPT-2, rebuilt',
		chip: 'h100',
		byTheRule: true,
		why: 'Rebuilt in 24 hours on eight rented chips, five years after the first one. How many tokens that one was shown was never published.'
	}),
	landmark(smol2, {
		key: 'smollm2',
		name: 'SmolLM2 360M',
		byTheRule: true,
		why: 'Its makers published the two numbers and no bill. It runs in this browser, on the page of models.',
		sides: ['left', 'below', 'right', 'above']
	}),
	landmark(mpt, {
		key: 'mpt',
		name: 'MPT-7B',
		chip: 'a100',
		byTheRule: true,
		why: 'The bill that its makers printed: 440 chips for nine and a half days at two dollars an hour, the rent of 2023.',
		sides: ['left', 'above', 'below', 'right']
	}),
	landmark(olmo, {
		key: 'olmo2',
		name: 'OLMo 2 7B',
		chip: 'h100',
		why: 'Its makers measured the electricity on one of their machines and took it times their number. Measured chips drew less than they may at most, which is what is reckoned with here.',
		sides: ['above', 'right', 'below', 'left']
	}),
	landmark(smol3, {
		key: 'smollm3',
		name: 'SmolLM3 3B',
		chip: 'h100',
		byTheRule: true,
		why: 'Its makers say which chips ran for how many days: 384 for 24 days. That comes to about a quarter of the most that they could have done.',
		sides: ['below', 'left', 'right', 'above']
	}),
	landmark(gpt3, {
		key: 'gpt3',
		name: 'GPT-3',
		chip: 'v100',
		why: 'The operations are its makers’ own. The hours are an outside estimate: they come to a fifth of what the chips could do at most, a little less than the range that is reckoned with here.',
		sides: ['left', 'above', 'below', 'right']
	}),
	landmark(llama2, {
		key: 'llama2',
		name: 'Llama 2 70B',
		chip: 'a100',
		why: 'Hours from its makers. The dollars on record are an outside estimate of what the chips lost in worth while the run was on them, which is less than rent.',
		sides: ['left', 'above', 'below', 'right']
	}),
	landmark(deepseek, {
		key: 'deepseek',
		name: 'DeepSeek-V3',
		chip: 'h100',
		why: 'Trained on the H800, an H100 with slower links. The dollars are its makers’ own: their hours at two dollars each.',
		sides: ['above', 'left', 'below', 'right']
	}),
	landmark(llama31, {
		key: 'llama31',
		name: 'Llama 3.1 405B',
		chip: 'h100',
		why: 'Operations and hours are its makers’ own. The dollars on record run from what the chips lost in worth to what a cloud would have asked. The electricity is the hours times 700 watts, without the building.',
		sides: ['left', 'above', 'below', 'right']
	})
];

/** The landmark that a run is, number for number. */
export function landmarkOf({ parameters, tokens }: Run): Landmark | undefined {
	return landmarks.find((one) => one.parameters === parameters && one.tokens === tokens);
}

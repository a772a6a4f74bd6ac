/** @file What one answer takes: numbers that others have published, and methods that give one for a text of any length. */
import altman from 'virtual:ledger/figure/energy-altman';
import overhead from 'virtual:ledger/figure/building-overhead';
import chip from 'virtual:ledger/figure/h100-power';
import deepseekDay from 'virtual:ledger/figure/deepseek-chip-hours';
import deepseekTokens from 'virtual:ledger/figure/energy-token-deepseek';
import epoch from 'virtual:ledger/figure/energy-epoch-query';
import epochBook from 'virtual:ledger/figure/energy-epoch-100k';
import epochPaper from 'virtual:ledger/figure/energy-epoch-10k';
import gemini from 'virtual:ledger/figure/energy-gemini-median';
import geminiChips from 'virtual:ledger/figure/energy-gemini-chips';
import llamaTokens from 'virtual:ledger/figure/energy-token-llama';
import machine from 'virtual:ledger/figure/h100-machine-power';
import old from 'virtual:ledger/figure/energy-old-3wh';
import oviedo from 'virtual:ledger/figure/energy-oviedo';
import oviedoLong from 'virtual:ledger/figure/energy-oviedo-long';
import peak from 'virtual:ledger/figure/h100-peak';
import utilisation from 'virtual:ledger/figure/serving-utilisation';
import { highest, lowest } from '#lib/ledger/figure.ts';
import type { Range } from '#lib/meter/crossing.ts';
import { byOperations, byPower, byTokens, perJoule } from '#lib/meter/energy.ts';
import { useOperations } from '#lib/meter/formulas/operations.ts';
import { exactly } from '#lib/meter/formulas/quantity.ts';
import { rangeOf } from '#lib/meter/trained.ts';
import { published, type Row } from './rows.ts';

/** From the least to the most. */
export const publishedAnswers: readonly Row[] = [
	published(geminiChips, {
		name: 'Google, Gemini',
		counted: 'only the chips, while they are at work'
	}),
	published(gemini, {
		name: 'Google, Gemini',
		counted:
			'chips, machines, waiting and cooling; the middle one of all text prompts, however long'
	}),
	published(
		epoch,
		{ name: 'Epoch AI, of GPT-4o', counted: 'an answer of 500 tokens, machines and building' },
		'operations'
	),
	published(
		oviedo,
		{
			name: 'Microsoft, of large models',
			counted: 'machines and building; half of all cases lie on the line'
		},
		'power'
	),
	published(altman, {
		name: 'OpenAI, ChatGPT',
		counted: 'an “average query”; how it was found was not said'
	}),
	published(
		epochPaper,
		{
			name: 'Epoch AI, a paper to read',
			counted: '10,000 tokens in the prompt, 500 in the answer'
		},
		'operations'
	),
	published(
		old,
		{ name: 'The number often repeated', counted: 'older chips, longer answers, a guess' },
		'power'
	),
	published(
		oviedoLong,
		{
			name: 'Microsoft, of long answers',
			counted: 'fifteen times as many tokens, as models write them that draft at length first'
		},
		'power'
	),
	published(
		epochBook,
		{
			name: 'Epoch AI, a book to read',
			counted: '100,000 tokens in the prompt, 500 in the answer'
		},
		'operations'
	)
];

/** Those that speak of an ordinary short answer, with the machines and the building. */
export const ordinary: readonly Row[] = publishedAnswers.filter(({ figure }) =>
	[gemini, epoch, oviedo, altman].includes(figure)
);

/** Tokens of a prompt and of its answer. */
export type Length = { sent: number; came: number };

/** Watts of a chip at work: the chip alone, and with its share of the machine around it. */
export const chipWatts: Range = { low: lowest(chip), high: highest(machine) };

export const building: Range = rangeOf(overhead);

/** Parameters that each token passes through. */
export const LLAMA = 405e9;

/** By methods that depend on how long the text is. */
export function workedAnswers({ sent, came }: Length): Row[] {
	const hours = exactly((came / 1e6) * deepseekDay.value!);
	const busy = { low: lowest(utilisation) / 100, high: highest(utilisation) / 100 };
	const operations = exactly(useOperations(LLAMA, sent + came));
	return [
		{
			key: 'tokens-deepseek',
			name: 'DeepSeek-V3.1, tested',
			when: '2025',
			energy: byTokens(came, rangeOf(deepseekTokens)),
			said: 'worked out',
			counted: 'on a test machine with newer chips, the chips alone; many users at once or few',
			figure: deepseekTokens
		},
		{
			key: 'power-deepseek',
			name: 'DeepSeek, one day',
			when: '2025',
			energy: byPower(hours, chipWatts, building),
			said: 'worked out',
			counted:
				'all chips of its service, those that waited too; watts of chip or machine; the building',
			figure: deepseekDay
		},
		{
			key: 'tokens-llama',
			name: 'Llama 3.1 405B, tested',
			when: '2025',
			energy: byTokens(came, rangeOf(llamaTokens)),
			said: 'worked out',
			counted: 'on a test machine, the chips alone; 256 users at once, or 8',
			figure: llamaTokens
		},
		{
			key: 'operations-llama',
			name: 'Llama 3.1 405B, operations',
			when: '2025',
			energy: byOperations(operations, perJoule(peak.value!, busy, chipWatts), building),
			said: 'worked out',
			counted: 'prompt and answer; a tenth to a fifth of the peak; machines and building',
			figure: utilisation
		}
	];
}

/** @file What one training takes: final runs whose electricity is published, and one of them by two methods. */
import bloom from 'virtual:ledger/figure/bloom-training-energy';
import gpt3 from 'virtual:ledger/figure/gpt3-training-energy';
import gpt4 from 'virtual:ledger/figure/gpt4-training-energy';
import grok4 from 'virtual:ledger/figure/grok4-training-energy';
import llamaHours from 'virtual:ledger/figure/llama31-405b-gpu-hours';
import llamaOperations from 'virtual:ledger/figure/llama31-405b-flop';
import olmo2 from 'virtual:ledger/figure/olmo2-training-energy';
import peak from 'virtual:ledger/figure/h100-peak';
import t5 from 'virtual:ledger/figure/t5-training-energy';
import utilisation from 'virtual:ledger/figure/training-utilisation';
import { seconds as pocketSeconds } from '#lib/engine/pocket/record.json';
import { highest, lowest } from '#lib/ledger/figure.ts';
import type { Range } from '#lib/meter/crossing.ts';
import { byOperations, byPower, perJoule } from '#lib/meter/energy.ts';
import { rangeOf } from '#lib/meter/trained.ts';
import { spent } from '../train/recorded.json';
import { building, chipWatts } from './answers.ts';
import { deviceTraining } from './device.ts';
import { published, type Row } from './rows.ts';

/** From the least to the most. */
export const publishedTrainings: readonly Row[] = [
	published(t5, {
		name: 'Google, T5 11B',
		counted: 'machines and building, measured while it ran'
	}),
	published(olmo2, {
		name: 'Ai2, OLMo 2 13B',
		counted: 'one machine measured and scaled up, with the building; two papers differ'
	}),
	published(
		bloom,
		{ name: 'BigScience, BLOOM 176B', counted: 'the chips alone, at the watts printed on them' },
		'power'
	),
	published(
		gpt3,
		{
			name: 'Google, of GPT-3',
			counted: 'measured watts, a supposed number of chips, the building'
		},
		'power'
	),
	published(
		gpt4,
		{ name: 'Epoch AI, of GPT-4', counted: 'chips and building, guessed from outside' },
		'power'
	),
	published(
		grok4,
		{ name: 'Epoch AI, of Grok 4', counted: 'chips, cooling and building, guessed from outside' },
		'power'
	)
];

const used = { low: lowest(utilisation) / 100, high: highest(utilisation) / 100 };

/** One training by two methods. */
export const workedTrainings: readonly Row[] = [
	{
		key: 'llama-hours',
		name: 'Llama 3.1 405B, hours',
		when: '2024',
		energy: byPower(rangeOf(llamaHours), chipWatts, building),
		said: 'worked out',
		counted: 'hours as its maker states them; watts of chip or machine; the building',
		figure: llamaHours
	},
	{
		key: 'llama-operations',
		name: 'Llama 3.1 405B, operations',
		when: '2024',
		energy: byOperations(
			rangeOf(llamaOperations),
			perJoule(peak.value!, used, chipWatts),
			building
		),
		said: 'worked out',
		counted: 'a fifth to half of the peak, as such runs reach; machines and building',
		figure: llamaOperations
	}
];

/** The trainings of this site. */
export function ownTrainings(power: Range): Row[] {
	return [
		{
			key: 'baby',
			name: 'Train it here, recorded',
			seconds: (spent.learningMs + spent.lookingMs) / 1000
		},
		{ key: 'pocket', name: 'Pocket model', seconds: pocketSeconds }
	].map((one) => deviceTraining(one, power));
}

/** @file Where the articles contradict one another or the sources: one number, several people. */
import type { Figure } from '#lib/ledger/figure.ts';
import type { Axis, Said } from '#lib/learn/duels/dots.ts';
import { row } from '#lib/learn/duels/numbers.ts';

export type Contradiction = {
	id: string;
	title: string;
	axis: Axis;
	hue: 'out' | 'learned';
	rows: Said[];
	/** Head of the column of numbers. */
	counted: string;
	/** What one sees, first in bold. */
	finding: [bold: string, rest: string];
	/** The claims it is about. */
	claims: string[];
};

export type Bar = { name: string; part: Figure; rest: Figure; restName: string };

type Lookup = (id: string) => Figure;

const percent: Axis = {
	from: 0,
	to: 100,
	ticks: [0, 25, 50, 75, 100].map((at) => ({ at, words: `${at} %` }))
};

export function contradictions(figure: Lookup) {
	const of = (id: string, name: string, counts?: string, unit?: string) =>
		row(figure(id), name, {
			...(counts !== undefined && { of: counts }),
			...(unit !== undefined && { unit })
		});

	const dots: Contradiction[] = [
		{
			id: 'share',
			title: 'How much of it is inference?',
			axis: percent,
			hue: 'out',
			counted: 'Inference',
			claims: ['S1-02', 'S4-05', 'S4-39'],
			rows: [
				{
					letter: 'B',
					name: 'Article B',
					of: 'of cost over a life',
					low: 80,
					high: 90,
					words: '80 to 90 %'
				},
				{
					letter: 'E',
					name: 'Article E',
					of: 'of spending',
					low: 80,
					high: 90,
					words: '80 to 90 %'
				},
				of('aws-2019-90', 'Amazon, 2019', 'of machine-learning cost, selling a chip', '%'),
				of('nvidia-2019-80-90', 'Nvidia, 2019', 'of machine-learning work', '%'),
				of('meta-10-20-70', 'Meta, 2021', 'of power', '%'),
				of('deloitte-two-thirds', 'Deloitte, 2026', 'of AI computing, a forecast', '%'),
				of('google-60-40', 'Google, 2019 to 2021', 'of machine-learning energy', '%'),
				of('gartner-2026-55', 'Gartner, 2026', 'of rented AI machines, a forecast', '%'),
				of('openai-2025-inference-share', 'OpenAI, 2025', 'of computing', '%'),
				of('nvidia-fy2024-40', 'Nvidia, 2024', 'of chips sold to data centres', '%'),
				of('anthropic-2025-inference-share', 'Anthropic, 2025', 'of computing', '%'),
				of('openai-2024-inference-share', 'OpenAI, 2024', 'of computing', '%'),
				of('epoch-power-third', 'Epoch, 2025', 'of power', '%')
			],
			finding: [
				'Both articles give the figure of 2019.',
				'It was said of machine learning before chatbots. The shares published since lie between a quarter and seven tenths, and hardly two of them are shares of the same thing.'
			]
		},
		{
			id: 'gpt-4',
			title: 'What did it cost to train GPT‑4?',
			axis: {
				from: 0,
				to: 220e6,
				ticks: [0, 100, 200].map((at) => ({
					at: at * 1e6,
					words: at ? `${at} million` : '$0'
				}))
			},
			hue: 'learned',
			counted: 'Dollars',
			claims: ['S0-07', 'S4-10', 'S4-31'],
			rows: [
				{ letter: 'A', name: 'Article A', low: 100e6, words: 'over 100 million' },
				{
					letter: 'E',
					name: 'Article E',
					of: 'of the final run alone',
					low: 100e6,
					high: 200e6,
					words: '100 to 200 million'
				},
				of('gpt4-cost-altman', 'The head of OpenAI, 2023', 'of what, he did not say', ''),
				of('gpt4-cost-estimates', 'Outside estimates', 'of the final run alone', '')
			],
			finding: [
				'One name, two things counted.',
				'The maker’s figure may hold research and people; the estimates hold the last run and nothing else. For the two hundred million of Article E we found no source.'
			]
		},
		{
			id: 'growth',
			title: 'How much dearer has training become since GPT‑3?',
			axis: {
				from: 10,
				to: 20_000,
				log: true,
				ticks: [10, 100, 1000, 10_000].map((at) => ({
					at,
					words: `${at.toLocaleString('en')} ×`
				}))
			},
			hue: 'learned',
			counted: 'Times as much',
			claims: ['S4-02'],
			rows: [
				{
					letter: 'E',
					name: 'Article E',
					of: 'in cost',
					low: 10_000,
					high: 10_000,
					words: '10,000 times'
				},
				of('compute-growth-since-gpt3', 'In operations, to 2026', 'of the largest run', 'times'),
				of('cost-growth-since-gpt3', 'In dollars, to 2025', 'of the dearest run', 'times')
			],
			finding: [
				'Operations grew a good deal faster than the bill for them.',
				'A run is over a thousand times as large as GPT‑3 was, and one to two hundred times as dear, because each operation became cheaper.'
			]
		}
	];

	const bars: Bar[] = [
		{
			name: 'Beside all research computing',
			part: figure('openai-2024-inference-spend'),
			rest: figure('openai-2024-research-spend'),
			restName: 'research'
		},
		{
			name: 'Beside the final runs alone',
			part: figure('openai-2024-inference-spend'),
			rest: figure('openai-2024-final-runs-spend'),
			restName: 'final runs'
		}
	];
	return { dots, bars };
}

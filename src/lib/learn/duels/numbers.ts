/** @file The numbers of the duels, on their axes. What an article says is in its claim, S0-08 and so on. */
import { highest, lowest, type Figure } from '#lib/ledger/figure.ts';
import { inWords } from '#lib/ledger/words.ts';
import type { Axis, Said } from './dots.ts';

/** What an entry of the ledger says, as a row. `unit` replaces its own. */
export function row(figure: Figure, name: string, more: { of?: string; unit?: string } = {}): Said {
	const { of, unit } = more;
	const as = figure.kind === 'list-price' && figure.value !== undefined ? 'value' : undefined;
	const number = inWords(figure, { as: as ?? spread(figure), unit: unit === undefined });
	const low = lowest(figure);
	const floor = figure.value === undefined && figure.high === undefined;
	return {
		name,
		...(of && { of }),
		low,
		high: floor ? undefined : highest(figure),
		words: `${floor ? 'more than ' : ''}${number}${unit ? ` ${unit}` : ''}`,
		id: figure.id
	};
}

const spread = (figure: Figure) =>
	lowest(figure) < highest(figure) ? ('range' as const) : undefined;

/** Cents for one question and its answer. */
export const queryAxis: Axis = {
	from: 0.01,
	to: 20,
	log: true,
	ticks: [
		{ at: 0.01, words: '0.01' },
		{ at: 0.1, words: '0.1' },
		{ at: 1, words: '1 cent' },
		{ at: 10, words: '10' }
	]
};

export const queryRows = (figures: { served: Figure; then: Figure; now: Figure }): Said[] => [
	{ letter: 'A', name: 'Article A', high: 1, words: 'under 1 cent' },
	{ letter: 'E', name: 'Article E', low: 3, high: 12, words: '3 to 12 cents' },
	row(figures.served, 'ChatGPT early in 2023', { of: 'cost, by an analyst', unit: 'cents' }),
	row(figures.then, 'GPT‑4 in March 2023', { of: 'list price', unit: 'cents' }),
	row(figures.now, 'Models late in 2026', { of: 'list prices, small to large', unit: 'cents' })
];

/** Dollars for a final run. */
export const runAxis: Axis = {
	from: 10e6,
	to: 1e9,
	log: true,
	ticks: [
		{ at: 10e6, words: '10 million' },
		{ at: 100e6, words: '100 million' },
		{ at: 1e9, words: '1 billion' }
	]
};

export const runRows = (
	figures: Record<'gpt4' | 'gemini' | 'llama' | 'gpt45' | 'grok4', Figure>
): Said[] => [
	{ letter: 'D', name: 'Article D', low: 10e6, words: 'tens of millions and more' },
	{ letter: 'E', name: 'Article E', low: 100e6, high: 900e6, words: 'hundreds of millions' },
	row(figures.gpt4, 'GPT‑4, 2023', { unit: '' }),
	row(figures.gemini, 'Gemini Ultra, 2023', { unit: '' }),
	row(figures.llama, 'Llama 3.1 405B, 2024', { unit: '' }),
	row(figures.gpt45, 'GPT‑4.5, 2025', { unit: '' }),
	row(figures.grok4, 'Grok 4, 2025', { unit: '' })
];

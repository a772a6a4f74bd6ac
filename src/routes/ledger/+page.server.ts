import ledger from 'virtual:ledger/all';
import { topics } from '#lib/ledger/entry.ts';

export function load() {
	const { entries, prices, runs, areas, cards, standard, billedAs } = ledger;

	return {
		topics: Object.entries(topics).map(([key, title]) => ({
			key,
			title,
			figures: entries.filter(({ topic }) => topic === key).map(({ figure }) => figure)
		})),
		cards,
		standard,
		billedAs: billedAs.map(({ key, label, card, training, trainingTokens }) => ({
			key,
			label,
			input: card.input,
			output: card.output,
			training: training.id,
			...(trainingTokens && { trainingTokens })
		})),
		runs,
		areas,
		prices: prices.length
	};
}

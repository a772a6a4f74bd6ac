import ledger from 'virtual:ledger/all';
import { checks, kinds } from '#lib/ledger/figure.ts';
import { contentsOf } from './contents.server.ts';
import { rowOf } from './row.ts';

export function load() {
	const { entries, prices, runs, areas, cards, standard, billedAs, today } = ledger;

	return {
		rows: entries.map(rowOf),
		contents: contentsOf(entries, today),
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
		runs: runs.length,
		areas,
		prices: prices.length,
		words: {
			kinds: Object.values(kinds).join('; '),
			checks: Object.values(checks).join('; '),
			looked: checks['general-knowledge']
		}
	};
}

import ledger from 'virtual:ledger/all';
import { termsOf, type Terms } from '#lib/ledger/entry.ts';

/** How many addresses fall under some terms. */
const under = (terms: Terms, addresses: readonly string[]) =>
	addresses.filter((address) => termsOf(address, ledger.terms) === terms).length;

/** The publishers of our sources with what was taken from them, whom we owe most first. */
export function load() {
	const prices = ledger.prices.map(({ source }) => source);
	const runs = ledger.runs.map(({ source }) => source);
	const publishers = ledger.terms
		.map((terms) => ({
			...terms,
			numbers: ledger.entries
				.filter((entry) => entry.terms === terms.key)
				.map(({ figure }) => ({ id: figure.id, statement: figure.statement })),
			prices: under(terms, prices),
			runs: under(terms, runs)
		}))
		.filter(({ numbers, prices, runs }) => numbers.length + prices + runs)
		.sort((a, b) => owed(b) - owed(a));

	return {
		publishers,
		total: { numbers: ledger.entries.length, prices: prices.length, runs: runs.length }
	};
}

const owed = (of: { numbers: unknown[]; prices: number; runs: number }) =>
	of.numbers.length + of.prices + of.runs;

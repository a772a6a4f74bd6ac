import ledger from 'virtual:ledger/all';
import claims from 'virtual:ledger/claims';
import { render } from 'svelte/server';
import type { Figure } from '#lib/ledger/figure.ts';
import { verdicts, type Verdict } from '#lib/ledger/claim.ts';
import { articles } from '#lib/learn/articles.ts';
import { lessons } from '#lib/learn/catalogue.server.ts';
import { contradictions } from './contradictions.ts';
import List from './List.svelte';

export function load() {
	const figure = (id: string): Figure => {
		const found = ledger.entries.find(({ figure }) => figure.id === id);
		if (!found) throw new Error(`the ledger has no entry "${id}"`);
		return found.figure;
	};
	const counts = Object.fromEntries(
		Object.keys(verdicts).map((key) => [
			key,
			claims.claims.filter(({ verdict }) => verdict === key).length
		])
	) as Record<Verdict, number>;

	return {
		// Written once and hydrated never: a hundred rows need no code but what hides some of them.
		list: render(List, { props: { ...claims, written: lessons.map(({ slug }) => slug), articles } })
			.body,
		total: claims.claims.length,
		counts,
		topics: claims.topics,
		contradictions: contradictions(figure)
	};
}

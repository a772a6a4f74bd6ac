import ledger from 'virtual:ledger/all';

/** What the site takes for granted: the ledger's own assumptions, and the rules of thumb it uses. */
export function load() {
	const of = (kind: string) =>
		ledger.entries
			.filter(({ figure }) => figure.kind === kind)
			.map(({ figure: { id, statement } }) => ({ id, statement }));

	return { assumptions: of('assumption'), rules: of('rule-of-thumb') };
}

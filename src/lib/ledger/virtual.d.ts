/** Each entry is a module of its own, so that a page carries only those it cites. */
declare module 'virtual:ledger/figure/*' {
	const figure: import('./figure.ts').Figure;
	export default figure;
}

/** The price cards a visitor may choose from. */
declare module 'virtual:ledger/cards' {
	const cards: import('./card.ts').PriceCard[];
	export default cards;
	/** The key of the card used until another is chosen. */
	export const standard: string;
}

/** What the cards ask beside their ordinary rates, by key: batches, hours, long prompts. Cards that ask nothing are not in it. */
declare module 'virtual:ledger/card-conditions' {
	const conditions: Readonly<Record<string, import('./price.ts').Special>>;
	export default conditions;
}

/** Every price on record, with its conditions: for `historyOf` and `priceAt`. Large; load it where it is asked for. */
declare module 'virtual:ledger/price-history' {
	const history: Omit<import('./price.ts').Price, 'note'>[];
	export default history;
}

/** Which of these models head a maker's list, and which reach a score of MMLU. */
declare module 'virtual:ledger/price-lines' {
	const lines: import('./price-line.ts').PriceLines;
	export default lines;
}

/** Models with a training cost and a dated price, the first one first. */
declare module 'virtual:ledger/billed-as' {
	const models: import('./card.ts').BilledAs[];
	export default models;
}

/** What is known of single training runs, with notes. Large; only the exhibit of them needs it. */
declare module 'virtual:ledger/runs' {
	const runs: import('./card.ts').TrainingRun[];
	export default runs;
}

/** Places by their size, smallest first. */
declare module 'virtual:ledger/areas' {
	const areas: Pick<import('./area.ts').Area, 'name' | 'squareMetres'>[];
	export default areas;
}

/** The whole ledger. Server code only: the build fails if a page's JavaScript asks for it. */
declare module 'virtual:ledger/all' {
	const ledger: Omit<import('./server/read.ts').Ledger, 'figures' | 'claims'>;
	export default ledger;
}

/** Every claim of the five articles. Server code only, as above. */
declare module 'virtual:ledger/claims' {
	const claims: import('./server/claims.ts').Claims;
	export default claims;
}

/** One claim, without its evidence: a module of its own, as an entry is. */
declare module 'virtual:ledger/claim/*' {
	const claim: Pick<import('./claim.ts').Claim, 'id' | 'claim' | 'verdict'>;
	export default claim;
}

/** One row of training-runs.csv, by its model in lower case with hyphens: a module of its own, as an entry is. */
declare module 'virtual:ledger/run/*' {
	const run: Omit<import('./card.ts').TrainingRun, 'note' | 'co2'>;
	export default run;
}

/** How many claims of the five articles have which verdict. */
declare module 'virtual:ledger/verdicts' {
	const counts: Record<import('./claim.ts').Verdict, number>;
	export default counts;
}

import type { Kind } from '#lib/ledger/figure.ts';

/** Kinds of numbers in a word or two, where the page says elsewhere what they mean. */
export const kindNames: Record<Kind, string> = {
	measured: 'measured',
	reported: 'reported',
	estimate: 'estimated',
	'list-price': 'list price',
	'rule-of-thumb': 'rule of thumb',
	definition: 'definition',
	assumption: 'our assumption',
	geometry: 'geometry'
};

export const kindList = Object.keys(kindNames) as Kind[];
export const levels = ['high', 'medium', 'low'] as const;

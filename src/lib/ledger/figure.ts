/** One entry of the ledger: what it says, the number, and how far it can be trusted. */
export type Figure = {
	id: string;
	statement: string;
	/** The headline number, in `unit`. At least one of `value`, `low` and `high` is there. */
	value?: number;
	/** The range, in `unit`. A floor has only `low`, a ceiling only `high`. */
	low?: number;
	high?: number;
	unit: string;
	/** The day, month or year the number speaks of: `2024`, `2024-05`, `2024-05-13` or `undated`. */
	asOf: string;
	source: { title: string; publisher: string; url: string; published?: string };
	kind: Kind;
	confidence: 'high' | 'medium' | 'low';
	check: Check;
	note?: string;
	/** Older than its kind allows, on the day the site was built. */
	old?: true;
};

/** How the number came about. */
export type Kind = keyof typeof kinds;

/** How we know that the source says so. */
export type Check = keyof typeof checks;

export const kinds = {
	measured: 'measured by the source',
	reported: 'stated by those who did it, or by the press',
	estimate: 'estimated from outside',
	'list-price': 'a published price',
	'rule-of-thumb': 'a rule of thumb',
	definition: 'a definition or a term of contract',
	assumption: 'our own assumption',
	geometry: 'plain geometry or geography'
} as const;

export const checks = {
	primary: 'read in the source itself or in a full copy of it',
	secondary: 'read in a text that reports the source',
	derived: 'our own arithmetic',
	'general-knowledge': 'general knowledge: no source was opened, the link says where to look it up'
} as const;

/** Whether the card of a number shows the note: where the number is our own doing, it says how. */
export function noted({ check, kind }: Pick<Figure, 'check' | 'kind'>): boolean {
	return check === 'derived' || kind === 'assumption';
}

/** The lower end of what an entry says; its value where there is no range. */
export function lowest(figure: Pick<Figure, 'value' | 'low' | 'high'>): number {
	return figure.low ?? figure.value ?? figure.high ?? NaN;
}

/** The upper end of what an entry says; its value where there is no range. */
export function highest(figure: Pick<Figure, 'value' | 'low' | 'high'>): number {
	return figure.high ?? figure.value ?? figure.low ?? NaN;
}

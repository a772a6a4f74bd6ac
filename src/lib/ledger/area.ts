import type { Check } from './figure.ts';

/** A place and its size, to picture large counts by. */
export type Area = {
	id: string;
	/** With its article, as in a sentence: `a tennis court`. */
	name: string;
	squareMetres: number;
	/** The sides, or what is counted in. */
	how?: string;
	source: string;
	check: Check;
};

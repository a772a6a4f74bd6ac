/** @file Prices as history: what a vendor asked for a model, from which day, until which, and under which conditions another price holds. */

/** Dollars per million tokens, as decimals: never rounded. */
export type Rates = {
	input: string;
	/** What is read from the vendor's cache; as `input` where there is none. */
	cachedInput?: string;
	/** What is written to the vendor's cache; as `input` where there is none. */
	cacheWrite?: string;
	output: string;
};

/** Minutes after midnight UTC, the end not included; past midnight where `to` is not after `from`. */
export type Window = {
	/** Days on which it begins, 0 for Sunday, in UTC; every day where there are none. */
	days?: readonly number[];
	from: number;
	to: number;
};

/** When other rates hold than the ordinary ones. */
export type When =
	/** The prompt has more tokens than `over`: `whole`, then all tokens of the request have these rates; else those above. */
	| { when: 'long'; over: number; whole: boolean }
	/** The request is made within one of these hours. */
	| { when: 'hours'; windows: readonly Window[] };

/** Rates that hold under a condition. */
export type Condition = Rates &
	When & {
		/** First day, where the condition came after the price. */
		since?: string;
		/** Last day, where it went before the price. */
		until?: string;
		source: string;
		note?: string;
	};

/** One row of prices.csv, with its rows of price-conditions.csv. A price that changes is another row. */
export type Price = Rates & {
	vendor: string;
	model: string;
	/** First day on which it is known to have held: that on which it took effect, or on which it was first read. */
	from: string;
	/** The day on which the vendor said so, where that is known. */
	announced?: string;
	/** The first day on which it was charged, where that is known. */
	effective?: string;
	/** The last day on which somebody read it in the source. */
	checked?: string;
	/** The last day for which it was promised: of a promotion. */
	until?: string;
	/** What a job that may wait pays of each price: `0.5`. */
	batchShare?: string;
	conditions?: readonly Condition[];
	source: string;
	/** How the day is known: `release`, `effective`, `first-seen`, … */
	basis: string;
	note?: string;
};

/** What a price asks beside its ordinary rates. */
export type Special = Pick<Price, 'batchShare' | 'conditions'>;

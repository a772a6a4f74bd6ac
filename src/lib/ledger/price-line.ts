/** @file Which of the priced models stand for what: the head of a maker's list, and those that reach a score. */

/** One row of top-models.csv: what a maker had at the head of its list from a day on, until its next row. */
export type TopModel = {
	vendor: string;
	model: string;
	/** First day, `2023-03-14`. */
	since: string;
	/** As one says it: `GPT-4`. */
	name: string;
	/** Why it counts as the head of the list. */
	why: string;
	source: string;
};

/** One row of model-scores.csv. */
export type ModelScore = {
	vendor: string;
	model: string;
	name: string;
	/** Percent of the questions of MMLU it got right. */
	mmlu: number;
	source: string;
};

export type PriceLines = { tops: TopModel[]; scores: ModelScore[] };

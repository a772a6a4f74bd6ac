import type { Figure } from './figure.ts';

/** One vendor's dated price list for one model, in dollars per million tokens. */
export type PriceCard = {
	/** Stable: kept in the visitor's browser and in addresses. */
	key: string;
	vendor: string;
	model: string;
	/** Short, with the month: what stands in the tab line. */
	label: string;
	/** First day on which this price is known to have held. */
	from: string;
	/** First day on which another price of the same model is known to have held. */
	to?: string;
	/** Decimal strings, so that no price is ever rounded: `'0.1'` is ten cents per million tokens. */
	input: string;
	cachedInput?: string;
	output: string;
	/** Address of the page the price was read in. */
	source: string;
	note?: string;
};

/** A model whose training cost and whose price are both on record: bar and bill of one model. */
export type BilledAs = {
	key: string;
	label: string;
	card: PriceCard;
	/** What the final training run cost, in dollars; `low` and `high` where the sources differ. */
	training: Figure;
	/** Tokens the model was trained on, where its makers said so. */
	trainingTokens?: number;
};

/** One row of training-runs.csv. Money in nominal dollars, energy in MWh, CO2 in tonnes. */
export type TrainingRun = {
	model: string;
	org: string;
	date: string;
	params?: number;
	activeParams?: number;
	tokens?: number;
	flop?: number;
	hardware?: string;
	gpuHours?: number;
	costLow?: number;
	costHigh?: number;
	energy?: number;
	co2?: number;
	source: string;
	confidence: 'high' | 'medium' | 'low';
	note?: string;
};

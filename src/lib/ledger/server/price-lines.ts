/** @file Reads top-models.csv and model-scores.csv. Every row names a model of prices.csv, and is on sale by the day it names. */
import type { ModelScore, PriceLines, TopModel } from '../price-line.ts';
import type { Price } from '../price.ts';
import { cellsOf, type Report } from './cells.ts';
import { readTable } from './csv.ts';
import { address, day, type Rule } from './schema.ts';

export const topColumns = ['vendor', 'model', 'since', 'name', 'why', 'source_url'] as const;

export const scoreColumns = ['vendor', 'model', 'name', 'mmlu', 'listed_as', 'source_url'] as const;

const percent: Rule = (value) =>
	/^\d{1,2}(\.\d)?$/.test(String(value)) && Number(value) > 0
		? undefined
		: 'must be a percentage such as 64.8: above 0 and below 100';

export function readPriceLines(
	tops: [string, Report],
	scores: [string, Report],
	prices: readonly Price[]
): PriceLines {
	return { tops: readTops(...tops, prices), scores: readScores(...scores, prices) };
}

function readTops(text: string, fault: Report, prices: readonly Price[]): TopModel[] {
	const last = new Map<string, string>();
	const rows: TopModel[] = [];
	for (const row of readTable(text, topColumns, fault)) {
		const { need } = cellsOf(row, fault);
		const top: TopModel = {
			vendor: need('vendor'),
			model: need('model'),
			since: need('since', day),
			name: need('name'),
			why: need('why'),
			source: need('source_url', address)
		};
		const first = firstDay(prices, top);
		if (!first) fault(row.line, `prices.csv has no model "${top.vendor}, ${top.model}"`);
		else if (top.since < first) {
			fault(row.line, `since (${top.since}) lies before its first price (${first})`);
		}
		const before = last.get(top.vendor);
		if (before && top.since <= before) {
			fault(row.line, `since (${top.since}) does not lie after the row before it (${before})`);
		}
		last.set(top.vendor, top.since);
		rows.push(top);
	}
	return rows;
}

function readScores(text: string, fault: Report, prices: readonly Price[]): ModelScore[] {
	const seen = new Map<string, number>();
	const rows: ModelScore[] = [];
	for (const row of readTable(text, scoreColumns, fault)) {
		const { need } = cellsOf(row, fault);
		// Under which name the source lists it: for whoever checks the row, and for nobody else.
		need('listed_as');
		const score: ModelScore = {
			vendor: need('vendor'),
			model: need('model'),
			name: need('name'),
			mmlu: Number(need('mmlu', percent)),
			source: need('source_url', address)
		};
		const key = `${score.vendor}, ${score.model}`;
		if (!firstDay(prices, score)) fault(row.line, `prices.csv has no model "${key}"`);
		const first = seen.get(key);
		if (first) fault(row.line, `${key} already stands in line ${first}`);
		seen.set(key, row.line);
		rows.push(score);
	}
	return rows;
}

/** The first day on which a model has a price on record. */
function firstDay(prices: readonly Price[], { vendor, model }: { vendor: string; model: string }) {
	return prices
		.filter((price) => price.vendor === vendor && price.model === model)
		.map(({ from }) => from)
		.sort()[0];
}

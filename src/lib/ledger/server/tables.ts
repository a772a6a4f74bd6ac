/** @file Reads the tables of the ledger: training runs, places by their size. */
import type { Area } from '../area.ts';
import type { TrainingRun } from '../card.ts';
import { keyOf } from '../run.ts';
import { cellsOf, type Report } from './cells.ts';
import { readTable } from './csv.ts';
import { plain } from './plain.ts';
import * as schema from './schema.ts';

/** Of these a run has one at least, or there is nothing to say of it. */
const numbers = [
	'params',
	'activeParams',
	'tokens',
	'flop',
	'gpuHours',
	'costLow',
	'costHigh',
	'energy',
	'co2'
] as const;

export function readRuns(text: string, fault: Report): TrainingRun[] {
	const seen = new Map<string, number>();
	const runs: TrainingRun[] = [];

	for (const row of readTable(text, schema.runColumns, fault)) {
		const { need, may } = cellsOf(row, fault);
		const amount = (column: (typeof schema.runColumns)[number]) => {
			const cell = may(column, schema.positive);
			return cell ? Number(cell) : undefined;
		};
		const run = plain({
			model: need('model', schema.text(80)),
			org: need('org', schema.makers),
			date: need('date', schema.day),
			params: amount('params'),
			activeParams: amount('active_params'),
			tokens: amount('tokens'),
			flop: amount('training_flop'),
			hardware: may('hardware', schema.text(120)),
			gpuHours: amount('gpu_hours'),
			costLow: amount('cost_usd_low'),
			costHigh: amount('cost_usd_high'),
			energy: amount('energy_mwh'),
			co2: amount('co2_t'),
			source: need('source_url', schema.address),
			confidence: need('confidence', schema.confidence),
			note: may('note', schema.text(600))
		}) as TrainingRun;

		if ((run.costLow ?? 0) > (run.costHigh ?? Infinity)) {
			fault(row.line, `cost_usd_low (${run.costLow}) is above cost_usd_high (${run.costHigh})`);
		}
		if ((run.activeParams ?? 0) > (run.params ?? Infinity)) {
			fault(row.line, 'active_params is above params');
		}
		if (run.activeParams !== undefined && run.params === undefined) {
			fault(row.line, 'active_params is a part of params, which is empty');
		}
		const { params = 0, activeParams = params, tokens = 0, flop = 0 } = run;
		const byAll = 6 * params * tokens;
		if (activeParams < params && flop > byAll * 0.8 && flop < byAll * 1.25) {
			fault(
				row.line,
				`training_flop (${flop}) counts all params of a mixture of experts: take active_params`
			);
		}
		// What a run is called in an address: two that differ only in signs would be one there.
		const key = keyOf(run.model);
		if (run.model && !key) fault(row.line, 'model has no letter or digit of the Latin alphabet');
		const first = seen.get(key);
		if (key && first) fault(row.line, `${run.model} already stands in line ${first}`);
		seen.set(key, row.line);
		if (!numbers.some((name) => run[name] !== undefined)) {
			fault(row.line, `of ${run.model} no number is known: leave it out`);
		}
		runs.push(run);
	}
	return runs;
}

export function readAreas(text: string, fault: Report): Area[] {
	const seen = new Map<string, number>();
	const areas: Area[] = [];

	for (const row of readTable(text, schema.areaColumns, fault)) {
		const { has, need } = cellsOf(row, fault);
		const how = has('how');
		const area: Area = {
			id: need('id', schema.slug),
			name: need('name'),
			squareMetres: Number(need('square_metres', schema.positive)),
			...(how && { how }),
			source: need('source_url', schema.address),
			check: need('check', schema.check) as Area['check']
		};
		const first = seen.get(area.id);
		if (first) fault(row.line, `"${area.id}" is already used in line ${first}`);
		seen.set(area.id, row.line);
		areas.push(area);
	}
	return areas.sort((a, b) => a.squareMetres - b.squareMetres);
}

/** @file The columns of the table, and its rows in the order of one of them. */
import type { TrainingRun } from '#lib/ledger/card.ts';
import { levels } from './filter.ts';

const most = ['least first', 'most first'] as const;

/** Their names, what their two orders are called, and whether a first press sorts from the top down. */
export const columns = {
	date: { name: 'date', down: false, ways: ['oldest first', 'newest first'] },
	name: { name: 'name', down: false, ways: ['A to Z', 'Z to A'] },
	parameters: { name: 'parameters', down: true, ways: most },
	tokens: { name: 'tokens', down: true, ways: most },
	operations: { name: 'operations', down: true, ways: most },
	hours: { name: 'chip-hours', down: true, ways: most },
	dollars: { name: 'dollars', down: true, ways: most },
	energy: { name: 'energy', down: true, ways: most },
	co2: { name: 'CO₂', down: true, ways: most },
	sure: { name: 'confidence', down: false, ways: ['surest first', 'least sure first'] }
} as const satisfies Record<
	string,
	{ name: string; down: boolean; ways: readonly [string, string] }
>;

export type Column = keyof typeof columns;

/** What a run is sorted by. From below a range counts by its low end, from above by its high one. */
function valueOf(run: TrainingRun, by: Column, down: boolean): number | string | undefined {
	if (by === 'date') return run.date;
	if (by === 'name') return run.model.toLowerCase();
	if (by === 'sure') return levels.indexOf(run.confidence);
	if (by === 'parameters') return run.params;
	if (by === 'tokens') return run.tokens;
	if (by === 'operations') return run.flop;
	if (by === 'hours') return run.gpuHours;
	if (by === 'energy') return run.energy;
	if (by === 'co2') return run.co2;
	return down ? (run.costHigh ?? run.costLow) : (run.costLow ?? run.costHigh);
}

/** What is not known comes last, whichever way; what is equal stays in the order of the table. */
export function sorted(runs: readonly TrainingRun[], by: Column, down: boolean): TrainingRun[] {
	const keyed = runs.map((run) => ({ run, value: valueOf(run, by, down) }));
	keyed.sort(({ value: a }, { value: b }) => {
		if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
		const order = a < b ? -1 : a > b ? 1 : 0;
		return down ? -order : order;
	});
	return keyed.map(({ run }) => run);
}

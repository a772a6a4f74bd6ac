import type { PocketRecord, Range } from '#lib/engine/pocket/manifest.ts';
import { readLedger } from '#lib/ledger/server/read.ts';
import { coreTime } from '#lib/meter/core-time.ts';

/** What one busy core is taken to draw and to cost: ranges of the ledger, each with its reasons there. */
const ids = { watts: 'core-watts', kilowattHour: 'kwh-price', coreHour: 'core-hour-rent' };

/** Watt-hours and dollars of so many seconds on one core, by the ledger's assumptions. */
export function assumptions(
	seconds: number
): Pick<PocketRecord, 'wattHours' | 'dollars' | 'assumptions'> {
	const { figures } = readLedger('.');
	const range = (id: string): Range => {
		const figure = figures.get(id);
		if (figure?.low === undefined || figure.high === undefined) {
			throw new Error(`content/ledger/figures.yaml has no range for ${id}`);
		}
		return { low: figure.low, high: figure.high };
	};
	return {
		...coreTime(seconds, {
			watts: range(ids.watts),
			kilowattHour: range(ids.kilowattHour),
			coreHour: range(ids.coreHour)
		}),
		assumptions: Object.values(ids)
	};
}

import type { PocketRecord, Range } from '#lib/engine/pocket/manifest.ts';
import { readLedger } from '#lib/ledger/server/read.ts';

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
	const hours = seconds / 3600;
	const scale = ({ low, high }: Range, by: Range): Range => ({
		low: low * by.low,
		high: high * by.high
	});
	const once = { low: hours, high: hours };
	const wattHours = scale(range(ids.watts), once);
	const kilowattHours = { low: wattHours.low / 1000, high: wattHours.high / 1000 };
	return {
		wattHours,
		dollars: {
			electricity: scale(range(ids.kilowattHour), kilowattHours),
			rent: scale(range(ids.coreHour), once)
		},
		assumptions: Object.values(ids)
	};
}

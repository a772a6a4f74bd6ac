/** @file What so many seconds of one processor core take: watt-hours, and dollars by two methods. All of it rests on three assumptions of the ledger. */
import type { Range } from './crossing.ts';

/** Ranges of the ledger: watts of a busy core, dollars a kilowatt-hour, dollars an hour to rent a core. */
export type CoreRates = { watts: Range; kilowattHour: Range; coreHour: Range };

export type CoreTime = {
	wattHours: Range;
	/** Dollars: either for the electricity alone, or for a rented core with everything in it. */
	dollars: { electricity: Range; rent: Range };
};

/** @param seconds for which one core was kept busy */
export function coreTime(seconds: number, { watts, kilowattHour, coreHour }: CoreRates): CoreTime {
	const hours = seconds / 3600;
	const wattHours = { low: watts.low * hours, high: watts.high * hours };
	return {
		wattHours,
		dollars: {
			electricity: {
				low: (wattHours.low / 1000) * kilowattHour.low,
				high: (wattHours.high / 1000) * kilowattHour.high
			},
			rent: { low: coreHour.low * hours, high: coreHour.high * hours }
		}
	};
}

/** @file What so many seconds of one processor core take: watt-hours, and dollars by two methods. All of it rests on three assumptions of the ledger. */
import type { Range } from './crossing.ts';
import { electricity, rented } from './formulas/cost.ts';
import { wattHours } from './formulas/power.ts';
import { exactly } from './formulas/quantity.ts';

/** Ranges of the ledger: watts of a busy core, dollars a kilowatt-hour, dollars an hour to rent a core. */
export type CoreRates = { watts: Range; kilowattHour: Range; coreHour: Range };

export type CoreTime = {
	wattHours: Range;
	/** Dollars: either for the electricity alone, or for a rented core with everything in it. */
	dollars: { electricity: Range; rent: Range };
};

/**
 * @param seconds for which one core was kept busy
 * @throws RangeError for anything but a finite number not below 0
 */
export function coreTime(seconds: number, { watts, kilowattHour, coreHour }: CoreRates): CoreTime {
	const took = wattHours(seconds, watts);
	const kilo = { low: took.low / 1000, high: took.high / 1000 };
	return {
		wattHours: took,
		dollars: {
			electricity: electricity(kilo, kilowattHour),
			rent: rented(exactly(seconds / 3600), coreHour)
		}
	};
}

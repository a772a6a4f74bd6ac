/** @file What a final run takes, from two numbers and a chip: nothing but the formulas, one after the other. */
import type { Range } from '#lib/meter/crossing.ts';
import { byPower } from '#lib/meter/energy.ts';
import { rented } from '#lib/meter/formulas/cost.ts';
import { trainingOperations } from '#lib/meter/formulas/operations.ts';
import { exactly } from '#lib/meter/formulas/quantity.ts';
import { hoursFor, rangeOf } from '#lib/meter/trained.ts';
import { overhead, utilisation, type Chip } from './chips.ts';

/** N and D: parameters that work on a token, and tokens that are shown. */
export type Run = { parameters: number; tokens: number };

export type Sum = {
	/** 6 · N · D. */
	operations: number;
	/** Of one chip. */
	hours: Range;
	/** What so many hours rent for today; not what was paid. */
	dollars: Range;
	/** Of the chips and the building around them. */
	wattHours: Range;
};

export function sumOf({ parameters, tokens }: Run, chip: Chip): Sum {
	const operations = trainingOperations(parameters, tokens);
	const hours = hoursFor(exactly(operations), { peak: chip.peak, utilisation });
	return {
		operations,
		hours,
		dollars: rented(hours, rangeOf(chip.rent)),
		wattHours: byPower(hours, rangeOf(chip.power), rangeOf(overhead)).wattHours
	};
}

/** Operations that so many dollars may buy: fewest where rent is dear and chips wait, most where neither. */
export function operationsFor(dollars: number, chip: Chip): Range {
	const some = 1e18;
	const hours = hoursFor(exactly(some), { peak: chip.peak, utilisation });
	const cost = rented(hours, rangeOf(chip.rent));
	return { low: (some * dollars) / cost.high, high: (some * dollars) / cost.low };
}

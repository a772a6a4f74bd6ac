/** @file The bill of a training run: what grows while the model learns, and never after. */
import rent from 'virtual:ledger/figure/core-hour-rent';
import watts from 'virtual:ledger/figure/core-watts';
import price from 'virtual:ledger/figure/kwh-price';
import type { Spent } from '#lib/engine/training/protocol.ts';
import { coreTime } from '#lib/meter/core-time.ts';
import type { Range } from '#lib/meter/crossing.ts';
import { rangeOf } from '#lib/meter/trained.ts';
import { count, many, rounded } from '../words.ts';

/** What the estimate rests on. */
export const assumed = { watts, price, rent };

export const rates = {
	watts: rangeOf(watts),
	kilowattHour: rangeOf(price),
	coreHour: rangeOf(rent)
};

/** Of computing, wherever. */
export const secondsOf = ({ learningMs, lookingMs }: Spent): number =>
	(learningMs + lookingMs) / 1000;

/** Of one core. While a GPU computes, it waits. */
export const coreSecondsOf = (spent: Spent): number =>
	secondsOf(spent) - (spent.onGpu?.ms ?? 0) / 1000;

/** What one core took. */
export const amountsOf = (spent: Spent) => coreTime(coreSecondsOf(spent), rates);

/** "0.02 to 0.1", to so many digits as a range deserves; "0" where there is nothing yet. */
export function between({ low, high }: Range, digits = 2): string {
	return high === 0 ? '0' : `${rounded(low, digits)} to ${rounded(high, digits)}`;
}

export const cents = ({ low, high }: Range): Range => ({ low: low * 100, high: high * 100 });

/** Seconds as they pass: "4.2 s", "48 s", "3 min 12 s". */
export function clock(seconds: number): string {
	if (seconds < 10) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** The lines of the bill, always the same ones, so that nothing moves while they grow. */
export function linesOf(
	spent: Spent,
	{ wattHours, dollars } = amountsOf(spent)
): { name: string; value: string; unit?: string }[] {
	return [
		{ name: 'steps', value: count(spent.steps) },
		{ name: 'tokens read', value: count(spent.tokens) },
		{ name: 'operations', value: many(spent.learning, 3) },
		{ name: 'for looking on', value: many(spent.looking, 3) },
		{ name: 'time of one core', value: clock(coreSecondsOf(spent)) },
		{ name: 'electricity', value: between(wattHours, 1), unit: 'Wh' },
		{ name: 'its price', value: between(cents(dollars.electricity), 1), unit: 'cents' },
		{ name: 'or rented', value: between(cents(dollars.rent), 1), unit: 'cents' }
	];
}

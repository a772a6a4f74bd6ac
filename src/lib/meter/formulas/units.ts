/** @file Units of the ledger into one another. What is money stays a decimal and is exact; the rest is floating point. */
import { decimal, money, type Money } from '../money.ts';
import { quantity } from './quantity.ts';

/** Each unit of a kind by how many of the smallest it is. */
const kinds = {
	energy: { J: 1, kJ: 1e3, Wh: 3600, kWh: 3.6e6, MWh: 3.6e9, GWh: 3.6e12, TWh: 3.6e15 },
	operations: { FLOP: 1, 'petaflop-days': 8.64e19, 'billion billion operations': 1e18 },
	time: { seconds: 1, minutes: 60, hours: 3600, days: 86_400, years: 31_557_600 },
	mass: { g: 1, kg: 1e3, t: 1e6 }
} as const;

type Kinds = typeof kinds;
export type Unit = { [kind in keyof Kinds]: keyof Kinds[kind] }[keyof Kinds];

/**
 * `n` of one unit in another of the same kind.
 * @throws RangeError for a unit that is not known, two that do not fit, and anything but a finite number not below 0
 */
export function convert(n: number, from: Unit, to: Unit): number {
	quantity(n, from);
	for (const units of Object.values(kinds)) {
		if (!Object.hasOwn(units, from) || !Object.hasOwn(units, to)) continue;
		const { [from]: one, [to]: other } = units as Record<string, number>;
		// A factor of at least 1: what was multiplied by it and is divided by it is the number it was.
		return quantity(one >= other ? n * (one / other) : n / (other / one), to);
	}
	throw new RangeError(`${String(from)} cannot be said in ${String(to)}`);
}

/** For how many tokens a price is. */
export type PerTokens = 1 | 1000 | 1_000_000;

/**
 * A price for so many tokens as one for so many others, exact: `0.06` for a thousand is `60` for a million.
 * @throws RangeError for what is no plain decimal
 */
export function pricePer(price: string, from: PerTokens, to: PerTokens): string {
	return decimal(shifted(money(price), zeros(to) - zeros(from)));
}

/** Dollars as cents, exact. @throws RangeError for what is no plain decimal */
export function inCents(dollars: string): string {
	return decimal(shifted(money(dollars), 2));
}

/** Cents as dollars, exact. @throws RangeError for what is no plain decimal */
export function inDollars(cents: string): string {
	return decimal(shifted(money(cents), -2));
}

/** Times ten so often. */
function shifted({ units, scale }: Money, places: number): Money {
	let [more, less] = [units, scale - places];
	if (less < 0) [more, less] = [more * 10n ** BigInt(-less), 0];
	while (less > 0 && more % 10n === 0n) {
		more /= 10n;
		less--;
	}
	return { units: more, scale: less };
}

function zeros(count: PerTokens): number {
	return String(count).length - 1;
}

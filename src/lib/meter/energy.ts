/**
 * @file Electricity, of an answer and of a training, each by a method that has a name. Methods count different things, so two of
 * them need not agree, and none is turned into one number: all come as ranges. What is said is of one answer or one training;
 * only `times`, which a reader asks for, makes it more.
 *
 * Sources: Patterson et al., arXiv 2104.10350 (chips × power × hours × overhead of the building); Google, arXiv 2508.15734
 * (measured at the maker's); ML.ENERGY (joules a token on a test machine); the rest is the definition of power.
 */
import type { Figure } from '#lib/ledger/figure.ts';
import { highest, lowest } from '#lib/ledger/figure.ts';
import type { Range } from './crossing.ts';
import { wattHours } from './formulas/power.ts';
import { divisor, exactly, product, quantity, quotient, share, span } from './formulas/quantity.ts';
import { convert, type Unit } from './formulas/units.ts';

/** How a number came about, in the words it is shown with. */
export const methods = {
	stated: 'measured or stated by those who run it',
	power: 'chips × power × hours × the overhead of the building',
	operations: 'operations ÷ operations a joule × the overhead of the building',
	tokens: 'tokens × energy a token, measured on a test machine',
	device: 'estimated: seconds measured here × watts assumed'
} as const;

export type Method = keyof typeof methods;

export type Energy = {
	method: Method;
	wattHours: Range;
	/** Not measured at the machine itself. Shown with the word "estimated". */
	estimate: boolean;
};

/**
 * An entry of the ledger that says the energy itself: `Wh per prompt`, `MWh`, `GWh`.
 * @throws RangeError where its unit is no energy
 */
export function stated({
	value,
	low,
	high,
	unit,
	kind
}: Pick<Figure, 'value' | 'low' | 'high' | 'unit' | 'kind'>): Energy {
	const [name] = unit.split(' ');
	const inHours = (n: number) => convert(n, name as Unit, 'Wh');
	const ends = {
		low: lowest({ value, low, high } as Figure),
		high: highest({ value, low, high } as Figure)
	};
	return {
		method: 'stated',
		wattHours: span({ low: inHours(ends.low), high: inHours(ends.high) }, 'energy'),
		estimate: kind !== 'measured'
	};
}

/** What the building takes for each watt-hour that reaches the machines; 1 where that is not counted. */
export const NO_OVERHEAD: Range = { low: 1, high: 1 };

/**
 * Chips × power × hours × overhead.
 * @param chipHours hours of one chip; @param watts of one chip, with its share of the machine where the source counts that
 * @throws RangeError for what is no range of finite numbers, and for an overhead below 1
 */
export function byPower(chipHours: Range, watts: Range, overhead: Range = NO_OVERHEAD): Energy {
	return estimated(
		'power',
		product(span(chipHours, 'hours of chips'), span(watts, 'watts'), building(overhead))
	);
}

/**
 * Operations a joule of a chip at work: peak × utilisation / watts. A chip draws much of its power also while it waits for
 * memory, so that one reader alone gets few operations for a joule.
 * @param peak operations a second at most; @param utilisation share of it, above 0 and at most 1
 */
export function perJoule(peak: number, utilisation: Range, watts: Range): Range {
	const done = product(exactly(quantity(peak, 'peak')), span(utilisation, 'utilisation', share));
	return quotient(done, span(watts, 'watts', divisor));
}

/** Operations ÷ operations a joule × overhead. */
export function byOperations(
	operations: Range,
	perJoule: Range,
	overhead: Range = NO_OVERHEAD
): Energy {
	const joules = quotient(
		span(operations, 'operations'),
		span(perJoule, 'operations a joule', divisor)
	);
	return estimated('operations', inWattHours(product(joules, building(overhead))));
}

/** Tokens × joules a token, as measured on a test machine. */
export function byTokens(tokens: number, joules: Range, overhead: Range = NO_OVERHEAD): Energy {
	const all = product(
		exactly(quantity(tokens, 'tokens')),
		span(joules, 'joules a token'),
		building(overhead)
	);
	return estimated('tokens', inWattHours(all));
}

/** So many seconds of this device, at watts that nobody measured here. */
export function onThisDevice(seconds: number, watts: Range): Energy {
	return estimated('device', wattHours(seconds, watts));
}

/** The same for `askings` of it: only where a reader asked for more than one. */
export function times({ wattHours, ...rest }: Energy, askings: number): Energy {
	return { ...rest, wattHours: product(wattHours, exactly(quantity(askings, 'askings'))) };
}

/** The widest range that several methods span; what none of them says lies outside. */
export function spanned(energies: readonly Energy[]): Range {
	if (!energies.length) throw new RangeError('no method, no range');
	return {
		low: Math.min(...energies.map(({ wattHours }) => wattHours.low)),
		high: Math.max(...energies.map(({ wattHours }) => wattHours.high))
	};
}

/** Something people know, and what one of it takes: watt-hours beside watt-hours, tonnes beside tonnes. */
export type Known = {
	id: string;
	/** In the plural: `minutes of a 10-watt lamp`. */
	name: string;
	/** One of it: `a minute of a 10-watt lamp`. */
	each: string;
	/** What one of it takes. */
	one: number;
};

export type Beside = { known: Known; count: Range };

/** How many of it `amount` is. */
export function beside(amount: Range, known: Known): Beside {
	return {
		known,
		count: quotient(span(amount, 'amount'), exactly(divisor(known.one, known.name)))
	};
}

/**
 * The thing that lets `amount` be counted best: of those of which it is at least one, the one it is fewest of; where it is
 * less than one of each, the smallest.
 */
export function pictured(amount: Range, things: readonly Known[]): Beside {
	const [smallest, ...larger] = [...things].sort((a, b) => a.one - b.one);
	if (!smallest) throw new RangeError('nothing to compare with');
	const best = larger.reduce((best, thing) => (amount.low >= thing.one ? thing : best), smallest);
	return beside(amount, best);
}

/** A share of something larger that is still said: less is no help to anyone. */
const LEAST_SHARE = 0.01;
const MOST = 10_000;

/**
 * `amount` by two things at most: the one that lets it be counted best, and beside it a part of the next larger one, or
 * where that would be too small a part, so many of the next smaller one.
 */
export function picturedTwice(amount: Range, things: readonly Known[]): Beside[] {
	const best = pictured(amount, things);
	const sorted = [...things].sort((a, b) => a.one - b.one);
	const at = sorted.indexOf(best.known);
	const [larger, smaller] = [sorted[at + 1], sorted[at - 1]].map(
		(known: Known | undefined) => known && beside(amount, known)
	);
	if (larger && larger.count.low >= LEAST_SHARE && larger.count.high < 1) return [best, larger];
	if (smaller && smaller.count.high <= MOST) return [best, smaller];
	return [best];
}

function estimated(method: Method, wattHours: Range): Energy {
	return { method, wattHours, estimate: true };
}

function inWattHours({ low, high }: Range): Range {
	return { low: convert(low, 'J', 'Wh'), high: convert(high, 'J', 'Wh') };
}

function building(overhead: Range): Range {
	if (span(overhead, 'overhead').low < 1) throw new RangeError('overhead must be at least 1');
	return overhead;
}

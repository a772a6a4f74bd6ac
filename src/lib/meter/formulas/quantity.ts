/** @file What may go into a formula. A number that is none is refused by its name, so that no result is ever NaN, infinite or negative. */
import type { Range } from '../crossing.ts';

/**
 * `n`, if it is a finite number and not below 0.
 * @throws RangeError that names it otherwise
 */
export function quantity(n: number, name: string): number {
	if (typeof n !== 'number' || !Number.isFinite(n) || n < 0) {
		throw new RangeError(`${name} must be a finite number and not below 0, not ${shown(n)}`);
	}
	return n;
}

/**
 * `n`, if it is a finite number above 0: what is divided by.
 * @throws RangeError that names it otherwise
 */
export function divisor(n: number, name: string): number {
	if (quantity(n, name) === 0) throw new RangeError(`${name} must be above 0`);
	return n;
}

/**
 * A share of a whole, above 0 and at most 1.
 * @throws RangeError that names it otherwise
 */
export function share(n: number, name: string): number {
	if (divisor(n, name) > 1) throw new RangeError(`${name} must be at most 1, not ${n}`);
	return n;
}

/**
 * Both ends of a range, the lower one not above the upper one.
 * @throws RangeError that names it otherwise
 */
export function span({ low, high }: Range, name: string, end = quantity): Range {
	if (end(low, `the low end of ${name}`) > end(high, `the high end of ${name}`)) {
		throw new RangeError(`${name}: ${low} is above ${high}`);
	}
	return { low, high };
}

/** A number that is known, as a range of no width. */
export function exactly(n: number): Range {
	return { low: n, high: n };
}

/**
 * The product of a number's ends with those of others.
 * @throws RangeError where it does not fit into a number
 */
export function product(...ranges: readonly Range[]): Range {
	return result({
		low: ranges.reduce((all, { low }) => all * low, 1),
		high: ranges.reduce((all, { high }) => all * high, 1)
	});
}

/**
 * The least and the most that `over / under` may be.
 * @throws RangeError where it does not fit into a number
 */
export function quotient(over: Range, under: Range): Range {
	return result({ low: over.low / under.high, high: over.high / under.low });
}

/** A result that is still a number: two large ones may have a product that is none. */
function result(range: Range): Range {
	return span(range, 'the result');
}

function shown(n: unknown): string {
	if (typeof n === 'string') return `"${n.slice(0, 40)}"`;
	return typeof n === 'number' || n === null || n === undefined ? String(n) : `a ${typeof n}`;
}

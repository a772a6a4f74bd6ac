/** @file The axis of amounts: each line ten times the one below. For dots and steps; no bar stands on it. */
import { toNumber, type Money } from '#lib/meter/money.ts';

export type Axis = {
	/** The powers of ten at its foot and at its top, in dollars. */
	low: number;
	high: number;
};

/** The axis that holds all these amounts, none of them nothing. */
export function axisOf(amounts: readonly Money[]): Axis {
	const logs = amounts
		.map(toNumber)
		.filter((n) => n > 0)
		.map(Math.log10);
	if (!logs.length) return { low: -6, high: 0 };
	const low = Math.floor(Math.min(...logs) + 1e-9);
	return { low, high: Math.max(Math.ceil(Math.max(...logs) - 1e-9), low + 1) };
}

/** Where an amount stands, 0 at the foot and 1 at the top. */
export function heightOf(amount: Money, { low, high }: Axis): number {
	return (Math.log10(toNumber(amount)) - low) / (high - low);
}

/** The lines of the axis, with what they stand for. */
export function linesOf({ low, high }: Axis): { label: string; at: number }[] {
	return Array.from({ length: high - low + 1 }, (_, i) => ({
		label: powerWords(low + i),
		at: i / (high - low)
	}));
}

/** "$1,000", "$1", "1 cent", "0.001 cents": a power of ten of dollars. */
export function powerWords(power: number): string {
	if (power >= 0) return `$${'1'.padEnd(power + 1, '0').replace(/\B(?=(\d{3})+$)/g, ',')}`;
	if (power === -1) return '10 cents';
	if (power === -2) return '1 cent';
	return `0.${'1'.padStart(-power - 2, '0')} cents`;
}

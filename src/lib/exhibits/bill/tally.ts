/** @file The same tokens at several cards: bills, and how long their bars are. Money is exact; floats only draw. */
import type { PriceCard } from '#lib/ledger/card.ts';
import {
	bill,
	billLines,
	compare,
	nothing,
	toNumber,
	type BilledUsage,
	type BillLine,
	type Money
} from '#lib/meter/money.ts';
import type { Counted } from './cases.ts';

/** The most askings the control allows: counts stay far below where whole numbers lose digits. */
export const MOST_TIMES = 1_000_000;

/** How often it is asked: 1, 2, 5, 10 … */
export const timesSteps: readonly number[] = [1, 10, 100, 1000, 10_000, 100_000]
	.flatMap((ten) => [ten, 2 * ten, 5 * ten])
	.concat(MOST_TIMES);

/** What a vendor counts of `times` askings, `share` percent of what it could keep being read from its cache. */
export function usageOf(
	{ sent, came, again }: Pick<Counted, 'sent' | 'came' | 'again'>,
	share: number,
	times: number
): BilledUsage {
	return {
		promptTokens: sent * times,
		cachedTokens: Math.floor((again * share) / 100) * times,
		outputTokens: came * times
	};
}

export type Row = {
	card: PriceCard;
	usage: BilledUsage;
	lines: BillLine[];
	sum: Money;
	/** Not what the tokens would cost at the card's ordinary prices: a batch, quiet hours, a long prompt. */
	special?: true;
	/** What it would be with nothing read from a cache, where that is more. */
	fresh?: Money;
};

/** A bill a card. Where a card has no price for it, nothing is read from a cache. */
export function rowsOf(usage: BilledUsage, cards: readonly PriceCard[]): Row[] {
	return cards.map((card) => {
		const without = { ...usage, cachedTokens: 0 };
		const billed = card.cachedInput === undefined ? without : usage;
		const sum = bill(billed, card);
		const fresh = bill(without, card);
		return {
			card,
			usage: billed,
			lines: billLines(billed, card),
			sum,
			...(compare(fresh, sum) > 0 && { fresh })
		};
	});
}

/** The dearest of the bills, caches aside. */
export function dearest(rows: readonly Row[]): Money {
	return rows.reduce(
		(most, { sum, fresh = sum }) => (compare(fresh, most) > 0 ? fresh : most),
		nothing
	);
}

const ladder = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** The end of an axis that begins at zero and holds `amount` dollars; a number that can be halved and said. */
export function axisTop(amount: Money): number {
	const value = toNumber(amount);
	if (!(value > 0)) return 0;
	// The logarithm of an exact power may fall a hair below its integer.
	const exponent = Math.floor(Math.log10(value) + 1e-9);
	const step = ladder.find((one) => Number(`${one}e${exponent}`) >= value * (1 - 1e-12)) ?? 10;
	return Number(`${step}e${exponent}`);
}

export type Part = Pick<BillLine, 'what' | 'price'> & { from: number; share: number };

/** The parts of a bar, as shares of the axis, one after the other. */
export function partsOf({ lines }: Row, top: number): Part[] {
	if (!top) return [];
	let from = 0;
	return lines.map(({ what, price, amount }) => {
		const part = { what, price, from, share: toNumber(amount) / top };
		from += part.share;
		return part;
	});
}

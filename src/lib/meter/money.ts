/**
 * @file Exact money. A price list says `0.1` dollars for a million tokens; a binary fraction cannot
 * hold that, so amounts are whole numbers of some power of ten and nothing is rounded before it is
 * printed, and not then either unless asked.
 */
import type { PriceCard } from '#lib/ledger/card.ts';

/** Dollars: `units / 10^scale`. Always with the smallest scale that is exact, so equal sums look equal. */
export type Money = { readonly units: bigint; readonly scale: number };

/** What a vendor counts. Not a run's own `Usage`: the vendor's cache is not this device's. */
export type BilledUsage = {
	promptTokens: number;
	/** How many of the prompt tokens the vendor bills at its price for cached input: a setting of the bill. */
	cachedTokens: number;
	outputTokens: number;
	/** A run's `Usage` is refused: its cached tokens are this device's, and no vendor would discount them. */
	prefillMs?: never;
	decodeMs?: never;
};

export type Prices = Pick<PriceCard, 'input' | 'cachedInput' | 'output'>;

export const nothing: Money = { units: 0n, scale: 0 };

/**
 * Reads a plain decimal number of dollars.
 * @throws RangeError for anything else: signs, exponents, spaces, more than 40 digits
 */
export function money(decimal: string): Money {
	const match = /^(\d{1,20})(?:\.(\d{1,20}))?$/.exec(decimal);
	if (!match) throw new RangeError(`not a decimal amount: ${String(decimal).slice(0, 40)}`);
	const [, whole, fraction = ''] = match;
	return normal(BigInt(whole + fraction), fraction.length);
}

export function plus(a: Money, b: Money): Money {
	const scale = Math.max(a.scale, b.scale);
	return normal(at(a, scale) + at(b, scale), scale);
}

export function times(a: Money, count: bigint): Money {
	return normal(a.units * count, a.scale);
}

/** -1, 0 or 1, as for sorting. */
export function compare(a: Money, b: Money): -1 | 0 | 1 {
	const scale = Math.max(a.scale, b.scale);
	const difference = at(a, scale) - at(b, scale);
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** One line of a bill: so many tokens at so many dollars per million. */
export type BillLine = {
	what: 'sent' | 'cached' | 'came back';
	tokens: number;
	/** Dollars per million tokens, as on the card. */
	price: string;
	amount: Money;
};

/**
 * The lines of a bill. Cached tokens on a card without a cached price cost what fresh ones do.
 * @throws RangeError for counts that are not whole, negative, beyond 2^53, or more cached than sent
 */
export function billLines(usage: BilledUsage, card: Prices): BillLine[] {
	const sent = count(usage.promptTokens);
	const cached = count(usage.cachedTokens);
	const output = count(usage.outputTokens);
	if (cached > sent) throw new RangeError('more tokens cached than sent');

	const line = (what: BillLine['what'], tokens: bigint, price: string): BillLine => ({
		what,
		tokens: Number(tokens),
		price,
		amount: perMillion(times(money(price), tokens))
	});
	const lines = [line('sent', sent - cached, card.input)];
	if (cached) lines.push(line('cached', cached, card.cachedInput ?? card.input));
	lines.push(line('came back', output, card.output));
	return lines;
}

/** What these tokens would cost at that card. Always computed from counts, never accumulated. */
export function bill(usage: BilledUsage, card: Prices): Money {
	return billLines(usage, card).reduce((sum, { amount }) => plus(sum, amount), nothing);
}

/** The nearest floating-point number, for drawing. Not for sums. */
export function toNumber({ units, scale }: Money): number {
	return Number(`${units}e-${scale}`);
}

/**
 * `$0.0000723`: as many digits as it takes to be exact, at least two.
 * With `digits`, that many after the point, the last one rounded half up.
 */
export function dollars(amount: Money, { digits }: { digits?: number } = {}): string {
	let { units, scale } = amount;
	if (digits !== undefined && digits < scale) {
		const step = 10n ** BigInt(scale - digits);
		units = (units + step / 2n) / step;
		scale = digits;
	}
	const places = Math.max(scale, digits ?? 2);
	const text = (units * 10n ** BigInt(places - scale)).toString().padStart(places + 1, '0');
	const whole = text.slice(0, text.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
	return places ? `$${whole}.${text.slice(-places)}` : `$${whole}`;
}

/** `0.0000723`: exact, and readable by anything that reads decimals. */
export function decimal({ units, scale }: Money): string {
	const digits = units.toString().padStart(scale + 1, '0');
	return scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
}

export function perMillion({ units, scale }: Money): Money {
	return normal(units, scale + 6);
}

function at({ units, scale }: Money, wanted: number): bigint {
	return units * 10n ** BigInt(wanted - scale);
}

/** The same amount with the smallest scale that is exact. */
export function normal(units: bigint, scale: number): Money {
	if (units === 0n) return nothing;
	while (scale > 0 && units % 10n === 0n) {
		units /= 10n;
		scale--;
	}
	return { units, scale };
}

/** @throws RangeError for what is not whole, negative, or beyond 2^53 */
export function count(tokens: number): bigint {
	if (!Number.isSafeInteger(tokens) || tokens < 0) {
		throw new RangeError(`not a number of tokens: ${String(tokens).slice(0, 40)}`);
	}
	return BigInt(tokens);
}

/**
 * @file A bill with all that a price list asks: long prompts, hours of the day, batches, tokens read from a vendor's cache and
 * written to it. Exact, like every bill; a card that asks nothing of this is billed as `billLines` does.
 *
 * What holds on every card of the ledger: nothing costs nothing; the lines add up to the sum; of two requests made at the same
 * moment in the same way, the one with more tokens never costs less. What does not hold: where a long prompt has another price
 * for the whole request, one token more may double the bill, and two requests may cost less than one of both together. So each
 * request is charged by itself, and a sum of charges is a sum of money and not of tokens.
 */
import { dayOf } from '#lib/ledger/history.ts';
import type { Condition, Rates, Special, Window } from '#lib/ledger/price.ts';
import {
	count,
	decimal,
	money,
	normal,
	nothing,
	perMillion,
	plus,
	times,
	type BilledUsage,
	type Money
} from './money.ts';

/** A card with what it asks beside its ordinary rates. */
export type ChargeCard = Rates & Special;

/** One request, as a vendor counts it. */
export type ChargedUsage = BilledUsage & {
	/** How many of the prompt tokens are written to the vendor's cache. */
	writtenTokens?: number;
};

/** How it is asked. */
export type Asking = {
	/** It may wait, up to a day. */
	batch?: boolean;
	/** Milliseconds since 1970. Without, the ordinary hours, and every condition of length that is on record. */
	at?: number;
};

export type ChargeLine = {
	what: 'sent' | 'cached' | 'written' | 'came back';
	/** Only in this line and not in all: the tokens above so many. */
	above?: number;
	tokens: number;
	/** Dollars per million tokens, what a batch leaves of it taken in. */
	price: string;
	amount: Money;
};

/** What held beside the ordinary: the condition, and whether it was a batch for less. */
export type Held = { condition?: Condition; batchShare?: string };

export type Charge = { lines: ChargeLine[]; sum: Money; held: Held };

/**
 * The bill of one request.
 * @throws RangeError for counts that are not whole, negative or beyond 2^53, for more tokens cached and written than sent, for a
 * moment that is none, and for prices that are no plain decimals
 */
export function charge(usage: ChargedUsage, card: ChargeCard, { batch, at }: Asking = {}): Charge {
	const sent = count(usage.promptTokens);
	const cached = count(usage.cachedTokens);
	const written = count(usage.writtenTokens ?? 0);
	const came = count(usage.outputTokens);
	if (cached + written > sent) throw new RangeError('more tokens cached and written than sent');

	const condition = conditionOf(card.conditions ?? [], Number(sent), at);
	const whole = condition && (condition.when === 'hours' || condition.whole);
	const rates: Rates = whole ? condition : card;
	const share = batch ? card.batchShare : undefined;

	const lines: ChargeLine[] = [];
	const add = (what: ChargeLine['what'], tokens: bigint, rate: string, above?: number) => {
		const price = share === undefined ? money(rate) : product(money(rate), money(share));
		lines.push({
			what,
			...(above !== undefined && { above }),
			tokens: Number(tokens),
			price: decimal(price),
			amount: perMillion(times(price, tokens))
		});
	};

	// What is read from a cache is the beginning of a prompt, what is written to it comes next.
	const parts = [
		['cached', cached],
		['written', written],
		['sent', sent - cached - written]
	] as const;
	let room = condition?.when === 'long' && !whole ? BigInt(condition.over) : sent;
	const order = { sent: 0, cached: 1, written: 2, 'came back': 3 };
	for (const [what, tokens] of parts) {
		const below = tokens < room ? tokens : room;
		room -= below;
		if (below || what === 'sent') add(what, below, rateOf(rates, what));
		if (tokens > below && condition?.when === 'long') {
			add(what, tokens - below, rateOf(condition, what), condition.over);
		}
	}
	lines.sort((a, b) => order[a.what] - order[b.what] || (a.above ?? 0) - (b.above ?? 0));
	add('came back', came, rates.output);

	return {
		lines,
		sum: lines.reduce((sum, { amount }) => plus(sum, amount), nothing),
		held: { ...(condition && { condition }), ...(share !== undefined && { batchShare: share }) }
	};
}

/** The condition that holds for a request: of hours the one it falls into, of lengths the longest that its prompt exceeds. */
function conditionOf(
	conditions: readonly Condition[],
	sent: number,
	at: number | undefined
): Condition | undefined {
	const day = at === undefined ? undefined : dayOf(at);
	const inForce = conditions.filter(
		({ since = '', until = '9999' }) => day === undefined || (since <= day && day <= until)
	);
	const hour = inForce.find(
		(one) => one.when === 'hours' && at !== undefined && one.windows.some((w) => within(w, at))
	);
	if (hour) return hour;
	return inForce
		.filter((one) => one.when === 'long' && sent > one.over)
		.sort((a, b) => (a.when === 'long' && b.when === 'long' ? b.over - a.over : 0))[0];
}

/** Whether a moment lies in a window, by the clock in UTC, whatever the reader's own says. */
export function within({ days, from, to }: Window, at: number): boolean {
	const date = new Date(at);
	const minute = date.getUTCHours() * 60 + date.getUTCMinutes();
	const today = date.getUTCDay();
	const on = (day: number) => days === undefined || days.includes(day);
	if (from < to) return on(today) && minute >= from && minute < to;
	// Past midnight: what began yesterday goes on.
	return (on(today) && minute >= from) || (on((today + 6) % 7) && minute < to);
}

function rateOf(rates: Rates, what: 'sent' | 'cached' | 'written'): string {
	const special = { sent: undefined, cached: rates.cachedInput, written: rates.cacheWrite }[what];
	return special ?? rates.input;
}

function product(a: Money, b: Money): Money {
	return normal(a.units * b.units, a.scale + b.scale);
}

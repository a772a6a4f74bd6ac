/**
 * @file One bill on every day: what the same tokens cost at the prices in force. A price holds until it changes, so a line is
 * made of steps; nothing lies between two prices. All money is the meter's.
 */
import { historyOf, priceAt } from '#lib/ledger/history.ts';
import type { ModelScore, TopModel } from '#lib/ledger/price-line.ts';
import type { Price } from '#lib/ledger/price.ts';
import { charge, type Charge } from '#lib/meter/charge.ts';
import { compare, type Money } from '#lib/meter/money.ts';
import { dayAt, numberOf } from './day.ts';

/** The tokens of one request. */
export type Tokens = { sent: number; cached: number; came: number };

export type Row = Omit<Price, 'note'>;

/** What a model asks on a day, and what the tokens cost there. */
export type Offer = {
	vendor: string;
	model: string;
	name: string;
	price: Row;
	bill: Charge;
	/** It was promised for a time that is over. */
	lapsed: boolean;
};

/** An offer, from a day until the next step. */
export type Step = { from: string; offer: Offer };

/** The offer of one model on a day, or nothing before its first price. */
export function offerOf(
	prices: readonly Row[],
	{ vendor, model, name }: Pick<Offer, 'vendor' | 'model' | 'name'>,
	tokens: Tokens,
	day: string
): Offer | undefined {
	const at = priceAt(prices, vendor, model, day);
	if (!at) return undefined;
	const { price, conditions, lapsed } = at;
	const usage = {
		promptTokens: tokens.sent,
		cachedTokens: tokens.cached,
		outputTokens: tokens.came
	};
	return { vendor, model, name, price, bill: charge(usage, { ...price, conditions }), lapsed };
}

/** What a maker had at the head of its list on a day. */
export function topOn(
	prices: readonly Row[],
	tops: readonly TopModel[],
	vendor: string,
	tokens: Tokens,
	day: string
): Offer | undefined {
	const top = tops.findLast((one) => one.vendor === vendor && one.since <= day);
	return top && offerOf(prices, top, tokens, day);
}

/** Of the models that reach a score, the one where these tokens cost least on a day. */
export function cheapestOn(
	prices: readonly Row[],
	scores: readonly ModelScore[],
	least: number,
	tokens: Tokens,
	day: string
): Offer | undefined {
	let best: Offer | undefined;
	for (const score of scores) {
		if (score.mmlu < least) continue;
		const offer = offerOf(prices, score, tokens, day);
		if (offer && (!best || compare(offer.bill.sum, best.bill.sum) < 0)) best = offer;
	}
	return best;
}

/**
 * The steps of a line up to a day: the days on which another model or another amount takes over.
 * @param days on which anything may change
 * @param on the offer of the line on a day
 */
export function stepsOf(
	days: readonly string[],
	last: string,
	on: (day: string) => Offer | undefined
): Step[] {
	const steps: Step[] = [];
	for (const from of [...new Set(days)].sort()) {
		if (from > last) break;
		const offer = on(from);
		const before = steps.at(-1)?.offer;
		if (!offer) continue;
		if (before && same(before, offer)) continue;
		steps.push({ from, offer });
	}
	return steps;
}

function same(a: Offer, b: Offer): boolean {
	return (
		a.vendor === b.vendor &&
		a.model === b.model &&
		!compare(a.bill.sum, b.bill.sum) &&
		a.name === b.name
	);
}

/** Days on which a price of these models, or a condition of one, begins or ends. */
export function daysOf(
	prices: readonly Row[],
	models: readonly Pick<Offer, 'vendor' | 'model'>[]
): string[] {
	const after = (day: string) => dayAt(numberOf(day) + 1);
	return models.flatMap(({ vendor, model }) =>
		historyOf(prices, vendor, model).flatMap(({ from, conditions = [] }) => [
			from,
			...conditions.flatMap(({ since, until }) => [
				...(since ? [since] : []),
				...(until ? [after(until)] : [])
			])
		])
	);
}

/** Every price on record up to a day, with what the tokens cost at it on its first day. */
export function allOf(
	prices: readonly Row[],
	tokens: Tokens,
	last: string
): { day: string; sum: Money }[] {
	return prices
		.filter(({ from }) => from <= last)
		.flatMap(({ vendor, model, from }) => {
			const offer = offerOf(prices, { vendor, model, name: model }, tokens, from);
			return offer ? [{ day: from, sum: offer.bill.sum }] : [];
		});
}

/** What was new in the year before a day and still in force on it, the cheapest first. */
export function soldOn(prices: readonly Row[], tokens: Tokens, day: string): Offer[] {
	const since = dayAt(numberOf(day) - 365);
	const models = new Map<string, Row>();
	for (const price of prices) models.set(`${price.vendor}\n${price.model}`, price);
	return [...models.values()]
		.flatMap(({ vendor, model }) => {
			const offer = offerOf(prices, { vendor, model, name: model }, tokens, day);
			return offer && !offer.lapsed && offer.price.from > since ? [offer] : [];
		})
		.sort((a, b) => compare(a.bill.sum, b.bill.sum) || (a.model < b.model ? -1 : 1));
}

/** The last day on which somebody read a price: what comes after is not on record. */
export function lastDay(prices: readonly Row[]): string {
	// An announcement names a day that lies ahead; the day it was read does not.
	return prices
		.flatMap(({ checked, announced, effective }) =>
			checked ? [checked] : announced ? [announced] : effective ? [effective] : []
		)
		.reduce((last, day) => (day > last ? day : last));
}

/** The first day of the record. */
export function firstDay(prices: readonly Row[]): string {
	return prices.reduce((first, { from }) => (from < first ? from : first), '9999-12-31');
}

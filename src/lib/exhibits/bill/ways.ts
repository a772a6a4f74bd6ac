/**
 * @file The same job where a card asks another price: as a batch, in quiet hours, for a long prompt. Every request is charged by
 * itself, as vendors do. Fetched when one of these is asked for.
 */
import special from 'virtual:ledger/card-conditions';
import type { PriceCard } from '#lib/ledger/card.ts';
import type { Condition } from '#lib/ledger/price.ts';
import { charge, type ChargeCard } from '#lib/meter/charge.ts';
import { compare, nothing, plus, times as multiplied, type BillLine } from '#lib/meter/money.ts';
import { count } from '../words.ts';
import type { Counted, One } from './cases.ts';
import type { Way } from './settings.svelte.ts';
import { rowsOf, usageOf, type Row } from './tally.ts';

/** A bill a card, asked for in that way. Cards that know no such price ask their ordinary one. */
export function rowsBy(
	way: Way,
	counted: Counted,
	share: number,
	times: number,
	cards: readonly PriceCard[]
): Row[] {
	return cards.map((card) => {
		const [ordinary] = rowsOf(usageOf(counted, share, times), [card]);
		const asked = askedAt(card, way);
		const long = lengthsOf(card).filter(({ over }) => over < longestOf(counted));
		if (!long.length && !asked) return ordinary;

		// A length that no single prompt exceeds is none of all of them together.
		const at: ChargeCard = { ...(asked ?? ratesOf(card)), conditions: long };
		const requests: readonly One[] =
			long.length && counted.requests ? counted.requests() : [{ ...counted, count: 1 }];
		const sumOf = (share: number) => charged(requests, at, share, times, way === 'batch');
		const { lines, sum } = sumOf(at.cachedInput === undefined ? 0 : share);
		const fresh = sumOf(0).sum;
		return {
			card,
			usage: ordinary.usage,
			lines,
			sum,
			special: true,
			...(compare(fresh, sum) > 0 && { fresh })
		};
	});
}

/** What a card asks in that way, where it knows it. */
function askedAt(card: PriceCard, way: Way): ChargeCard | undefined {
	if (!Object.hasOwn(special, card.key)) return undefined;
	const { batchShare } = special[card.key];
	if (way === 'batch' && batchShare) return { ...ratesOf(card), batchShare };
	const quiet = way === 'quiet' ? quietOf(card) : undefined;
	return quiet ? ratesOf(quiet) : undefined;
}

function charged(
	requests: readonly One[],
	card: ChargeCard,
	share: number,
	times: number,
	batch: boolean
): { lines: BillLine[]; sum: Row['sum'] } {
	const lines = new Map<string, BillLine>();
	let sum = nothing;
	for (const one of requests) {
		const often = one.count * times;
		const { lines: own, sum: each } = charge(usageOf(one, share, 1), card, { batch });
		sum = plus(sum, multiplied(each, BigInt(often)));
		for (const { what, price, tokens, amount } of own) {
			if (what === 'written') continue; // nothing is written to a cache here
			const before = lines.get(what + price);
			lines.set(what + price, {
				what,
				price,
				tokens: (before?.tokens ?? 0) + tokens * often,
				amount: plus(before?.amount ?? nothing, multiplied(amount, BigInt(often)))
			});
		}
	}
	const order = ['sent', 'cached', 'came back'];
	return {
		lines: [...lines.values()].sort((a, b) => order.indexOf(a.what) - order.indexOf(b.what)),
		sum
	};
}

/** What is to be known of the way and of long prompts, in sentences. */
export function told(way: Way, counted: Counted, cards: readonly PriceCard[]): string {
	const different = [...new Map(cards.map((card) => [card.key, card])).values()];
	const knows = different.filter((card) => askedAt(card, way));
	const rest = knows.length < different.length ? ' The others list no such price.' : '';
	const names = list(knows.map(({ label }) => label));
	const said: string[] = [];

	if (way === 'batch') {
		said.push(
			knows.length
				? `As a batch ${names} ${knows.length > 1 ? 'cost' : 'costs'} half.${rest}`
				: 'None of these cards lists a price for batches.'
		);
	}
	if (way === 'quiet') {
		const hours = knows.map((card) => `${card.label}, ${hoursOf(quietOf(card)!)}`);
		said.push(
			knows.length
				? `Cheaper in quiet hours: ${list(hours)}.${rest}`
				: 'None of these cards lists a price for quiet hours.'
		);
	}
	for (const card of different) {
		const over = Math.max(
			...lengthsOf(card)
				.map(({ over }) => over)
				.filter((n) => n < longestOf(counted))
		);
		if (over > 0) {
			said.push(
				`${card.label} asks more for all of a prompt of more than ${count(over)} tokens; the longest here has ${count(longestOf(counted))}.`
			);
		}
	}
	return said.join(' ');
}

type Long = Extract<Condition, { when: 'long' }>;
type Hours = Extract<Condition, { when: 'hours' }>;

function lengthsOf({ key }: PriceCard): Long[] {
	const conditions = Object.hasOwn(special, key) ? (special[key].conditions ?? []) : [];
	return conditions.filter((one): one is Long => one.when === 'long');
}

/** The hours in which a card asks less. */
function quietOf({ key, input }: PriceCard): Hours | undefined {
	const conditions = Object.hasOwn(special, key) ? (special[key].conditions ?? []) : [];
	return conditions.find(
		(one): one is Hours => one.when === 'hours' && Number(one.input) < Number(input)
	);
}

function ratesOf({
	input,
	cachedInput,
	output
}: Pick<PriceCard, 'input' | 'cachedInput' | 'output'>) {
	return { input, ...(cachedInput && { cachedInput }), output };
}

/** The longest prompt of a job, in tokens. */
function longestOf({ sent, longest = sent }: Counted): number {
	return longest;
}

function hoursOf({ windows }: Hours): string {
	const time = (minute: number) =>
		`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
	return `${list(windows.map(({ from, to }) => `${time(from)} to ${time(to)}`))} UTC`;
}

function list(names: readonly string[]): string {
	return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

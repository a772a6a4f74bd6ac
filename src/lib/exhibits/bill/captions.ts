/** @file What the picture of the bills shows, in words. */
import type { PriceCard } from '#lib/ledger/card.ts';
import { compare, dollars, money, toNumber, type Money } from '#lib/meter/money.ts';
import { count, percent, rounded } from '../words.ts';
import type { Case, Counted } from './cases.ts';
import { OWN } from './settings.svelte.ts';
import type { Row } from './tally.ts';

/** An amount to be read: exact below ten dollars, to the cent above. */
export function amount(sum: Money): string {
	return dollars(sum, toNumber(sum) >= 10 ? { digits: 2 } : {});
}

/** Amounts that stand under one another: all with as many digits as the longest needs. */
export function amounts(sums: readonly Money[]): string[] {
	const large = sums.some((sum) => toNumber(sum) >= 10);
	const digits = large ? 2 : Math.max(2, ...sums.map(({ scale }) => scale));
	// Below a cent, an amount beside large ones keeps its own digits: it is not nothing.
	return sums.map((sum) => dollars(sum, large && toNumber(sum) < 0.01 ? {} : { digits }));
}

/** "GPT-4, March 2023": in the middle of a sentence. */
function at({ key, label }: PriceCard): string {
	return key === OWN ? 'your own card' : label;
}

/** Over the bars: what is billed, and how often. */
export function headline(what: Case, { sent, came }: Counted, times: number): string {
	const one = what.what.charAt(0).toUpperCase() + what.what.slice(1);
	const often = times > 1 ? `, ${count(times)} times` : '';
	return `${one}${often}: ${count(sent * times)} in, ${count(came * times)} out`;
}

export type Caption = { finding: string; rest: string };

export function caption(rows: readonly Row[], counted: Counted, share: number): Caption {
	const sorted = rows.toSorted((a, b) => compare(a.sum, b.sum));
	const [low, high] = [sorted[0], sorted[sorted.length - 1]];
	if (!toNumber(high.sum)) {
		return {
			finding: 'Nothing is on the bill.',
			rest: 'No token was counted, so no price matters.'
		};
	}
	const same = compare(low.sum, high.sum) === 0;
	const finding = same
		? 'The same tokens, and the same bill on all four.'
		: 'The same tokens, another bill on every card.';
	const ratio = toNumber(high.sum) / toNumber(low.sum);
	const apart = same
		? ''
		: toNumber(low.sum)
			? `${amount(high.sum)} at ${at(high.card)}, ${amount(low.sum)} at ${at(low.card)}: ${rounded(ratio, ratio < 100 ? 2 : 3)} times as much. `
			: `${amount(high.sum)} at ${at(high.card)}, nothing at ${at(low.card)}. `;
	return { finding, rest: apart + outputs(rows[rows.length - 1], counted) + cachedOf(rows, share) };
}

/** How much of the tokens came back, and how much of the bill that is on one card. */
function outputs({ card, lines, sum }: Row, { sent, came }: Counted): string {
	if (!came || !sent || !toNumber(sum)) return '';
	const share = (part: number) =>
		part > 0.995 && part < 1 ? 'over 99\u00a0%' : percent({ low: part, high: part });
	const back = lines
		.filter(({ what }) => what === 'came back')
		.reduce((all, { amount }) => all + toNumber(amount), 0);
	const ofBill = back / toNumber(sum);
	return `What came back is ${share(came / (sent + came))} of the tokens and ${share(ofBill)} of the bill at ${at(card)}. `;
}

function cachedOf(rows: readonly Row[], share: number): string {
	if (!share) return '';
	const saved = rows.filter(({ fresh }) => fresh);
	if (!saved.length) return 'None of these cards has a lower price for what is read from a cache.';
	return 'The dashed outline is the bill with no cache.';
}

/** All of the picture in a sentence a card, for those who do not see it. */
export function finding(rows: readonly Row[]): string {
	return rows
		.map(({ card, lines, sum }) => {
			const parts = lines.map(({ what, amount: of }) => `${dollars(of)} for what ${saidOf[what]}`);
			return `${card.label}: ${dollars(sum)}, of it ${parts.join(', ')}.`;
		})
		.join(' ');
}

const saidOf = {
	sent: 'was sent',
	cached: 'was sent and read from a cache',
	'came back': 'came back'
} as const;

/** "$30", "$0.10": a price of a card, in dollars per million tokens. */
export function priceOf(price: string): string {
	return dollars(money(price)).replace(/\.00$/, '');
}

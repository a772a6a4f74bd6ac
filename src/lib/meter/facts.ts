/** @file What can be said of a visit by arithmetic alone, each with its sum. */
import type { Figure } from '#lib/ledger/figure.ts';
import type { PriceCard } from '#lib/ledger/card.ts';
import { amount, grouped } from '#lib/ledger/words.ts';
import { secondsIntoDay } from './crossing.ts';
import { bill, dollars, money, toNumber, type BilledUsage } from './money.ts';
import { inFull } from './receipt-lines.ts';
import type { Receipt } from './receipt.ts';

export type Fact = { says: string; sum: string };

export type Facts = {
	receipt: Receipt;
	/** A text of the site, and how long it is. */
	text: { name: string; words: number };
	/** Words per token. */
	ratio: number;
	/** Prompts a day at one service. */
	prompts: Figure;
	/** The dearest of the cards, for the same tokens. */
	dear: PriceCard;
};

/** None for a visit on which nothing stands. */
export function factsOf({ receipt, text, ratio, prompts, dear }: Facts): Fact[] {
	const { counts, card, work } = receipt;
	const tokens = counts.sent + counts.came;
	if (!tokens) return [];

	const facts: Fact[] = [];
	const long = Math.ceil(text.words / ratio);
	const times = tokens / long;
	facts.push({
		says:
			times >= 1.5
				? `You have now used as many tokens as it takes to write ${text.name} ${amount(times, 2)} times.`
				: times >= 0.95
					? `You have now used as many tokens as it takes to write ${text.name}.`
					: `You have now used ${amount(times * 100, 2)} percent of the tokens it takes to write ${text.name}.`,
		sum: `It has ${grouped(text.words)} words ÷ ${ratio} words a token = ${grouped(long)} tokens. ${grouped(tokens)} ÷ ${grouped(long)} = ${amount(times, 2)}.`
	});

	facts.push({
		says: work.crossed
			? 'In this visit the model has done more work than in its whole training.'
			: `Training took the work of ${inFull(work.training / work.used)} visits like this one.`,
		sum: `${grouped(work.training / 3)} tokens of training × 3 = ${grouped(work.training)}, because learning from a token takes three passes and using it takes one. ${grouped(work.training)} ÷ ${grouped(work.used)} tokens computed here = ${amount(work.training / work.used, 3)}.`
	});

	const day = prompts.value ?? prompts.low;
	if (day) {
		const seconds = secondsIntoDay({ low: work.training, high: work.training }, day * work.used);
		facts.push({
			says:
				seconds < 86_400
					? `If there were as many such visits a day as one service gets prompts, use would pass the training of this small model ${spell(seconds)} after midnight.`
					: `If there were as many such visits a day as one service gets prompts, use would need ${spell(seconds)} to reach the training of this small model.`,
			sum: `${grouped(work.training)} ÷ (${amount(day, 3)} a day × ${grouped(work.used)} tokens) × 86,400 seconds = ${amount(seconds, 2)} seconds. ${prompts.statement} (${prompts.source.publisher}, ${prompts.asOf}.)`
		});
	}

	const sum = money(receipt.bill.sum);
	if (toNumber(sum) > 0) {
		const visits = 1 / toNumber(sum);
		facts.push({
			says:
				visits >= 2
					? `One dollar would buy ${amount(Math.floor(visits), 3)} visits like this at ${card.label}.`
					: `This visit would cost ${dollars(sum, { digits: 2 })} at ${card.label}.`,
			sum: `$1 ÷ ${dollars(sum)} = ${amount(visits, 4)}.`
		});
	}

	const usage: BilledUsage = {
		promptTokens: counts.sent,
		cachedTokens: 0,
		outputTokens: counts.came
	};
	const then = bill(usage, dear);
	const ratioOf = toNumber(then) / toNumber(sum);
	if (ratioOf > 1.05) {
		facts.push({
			says: `At ${dear.label}, the same tokens would have cost ${amount(ratioOf, 2)} times as much.`,
			sum: `${grouped(counts.sent)} × ${dollars(money(dear.input))} + ${grouped(counts.came)} × ${dollars(money(dear.output))}, per million = ${dollars(then)}. ${dollars(then)} ÷ ${dollars(sum)} = ${amount(ratioOf, 3)}.`
		});
	}
	return facts;
}

/** "0.13 seconds", "13 seconds", "4.2 minutes", "3 hours", "12 days". */
function spell(seconds: number): string {
	const [n, unit] =
		seconds < 100
			? [seconds, 'seconds']
			: seconds < 6000
				? [seconds / 60, 'minutes']
				: seconds < 172_800
					? [seconds / 3600, 'hours']
					: [seconds / 86_400, 'days'];
	return `${amount(n, 2)} ${unit}`;
}

/** @file What the time machine says, in words. */
import { dollars, toNumber, type Money } from '#lib/meter/money.ts';
import { count, many, rounded } from '../words.ts';
import { ageWords, dayWords } from './day.ts';
import type { Offer, Row, Tokens } from './line.ts';
import type { Level, Maker } from './record.ts';
import type { What } from './settings.svelte.ts';

const vendors: Readonly<Record<string, string>> = {
	openai: 'OpenAI',
	anthropic: 'Anthropic',
	google: 'Google',
	amazon: 'Amazon',
	meta: 'Meta',
	mistral: 'Mistral',
	deepseek: 'DeepSeek',
	minimax: 'MiniMax',
	moonshot: 'Moonshot',
	qwen: 'Qwen',
	xai: 'xAI',
	groq: 'Groq',
	together: 'Together',
	anyscale: 'Anyscale',
	fireworks: 'Fireworks',
	cerebras: 'Cerebras'
};

/** "OpenAI"; of a host, who sells models that others made, "Groq". */
export function vendorName(vendor: string): string {
	const plain = vendor.replace(/ \(host\)$/, '');
	return Object.hasOwn(vendors, plain) ? vendors[plain] : plain;
}

/** "68 tokens in, 59 out", with what came from a cache where there is any. */
export function tokensWords({ sent, cached, came }: Tokens): string {
	const from = cached ? `, ${count(cached)} of them from a cache` : '';
	return `${count(sent)} token${sent === 1 ? '' : 's'} in${from}, ${count(came)} out`;
}

/** What the tokens are of. */
export function whatWords(what: What, empty: boolean): string {
	if (what === 'own') return 'these tokens';
	return what === 'tab' && !empty ? 'your tab' : 'this run';
}

/** How many times one amount is another: "22 times", "1.5 times"; nothing where they are the same. */
export function timesWords(a: Money, b: Money): string {
	const ratio = toNumber(a) / toNumber(b);
	return ratio >= 1e6 ? `${many(ratio)} times` : `${rounded(ratio, 2)} times`;
}

/** "half", "a third", "1 part in 22": what is left of an amount. */
export function leftWords(now: Money, before: Money): string {
	const ratio = toNumber(before) / toNumber(now);
	const near = (n: number) => Math.abs(ratio - n) < 0.13;
	if (near(2)) return 'about half';
	if (near(3)) return 'about a third';
	if (ratio < 10) return `${rounded(100 / ratio, 2)} percent`;
	return `1 part in ${count(Math.round(ratio))}`;
}

type Said = {
	day: string;
	last: string;
	what: string;
	maker: Maker;
	level: Level;
	top: Offer | undefined;
	cheap: Offer | undefined;
	topNow: Offer;
	cheapNow: Offer;
};

/** The finding in bold, and what became of it. */
export function caption({ day, last, what, maker, level, ...lines }: Said): {
	finding: string;
	rest: string;
} {
	const { top, cheap, topNow, cheapNow } = lines;
	const on = `On ${dayWords(day)}`;
	if (!top && !cheap) {
		return {
			finding: `${on} neither of the two was on sale.`,
			rest: `${maker.name}’s first price on record comes later, and so does the first model as good as ${level.name}.`
		};
	}
	const finding = top
		? `${on} ${what} cost ${dollars(top.bill.sum)} with ${top.name}.`
		: `${on} ${what} cost ${dollars(cheap!.bill.sum)} with ${cheap!.name}.`;
	const first = cheap
		? top
			? sameOffer(top, cheap)
				? 'It was also the cheapest that was good enough.'
				: `Good enough could be had for ${dollars(cheap.bill.sum)}, with ${cheap.name}.`
			: `${maker.name} had nothing on record yet.`
		: `Nothing else was as good as ${level.name} yet.`;
	if (day === last) return { finding, rest: `${first} It is the last day on record.` };
	const parts = [
		top && `${maker.name}’s top model asks ${changeWords(topNow.bill.sum, top.bill.sum)}`,
		cheap &&
			`the cheapest that is good enough asks ${changeWords(cheapNow.bill.sum, cheap.bill.sum)}`
	].filter((part) => part !== undefined);
	return {
		finding,
		rest: `${first} ${laterWords(day, last)} ${parts.join(', and ')}.`
	};
}

/** "1 part in 223 of that", "3 times that", "as much". */
export function changeWords(now: Money, before: Money): string {
	const ratio = toNumber(now) / toNumber(before);
	if (ratio > 0.95 && ratio < 1.05) return 'as much';
	return ratio < 1 ? `${leftWords(now, before)} of that` : `${timesWords(now, before)} that`;
}

const sameOffer = (a: Offer, b: Offer) => a.vendor === b.vendor && a.model === b.model;

/** "About three and a half years later", "A few weeks later". */
function laterWords(from: string, to: string): string {
	const age = ageWords(from, to);
	return /^(a few|some) /.test(age)
		? `${age[0].toUpperCase()}${age.slice(1)} later`
		: `About ${age} later`;
}

/** How the day of a price is known. */
export function knownWords({ basis, effective, checked, from }: Row): string {
	if (basis.startsWith('first-seen') && checked) {
		return effective && effective < checked
			? `model out on ${dayWords(effective)}, price first seen on ${dayWords(checked)}`
			: `first seen on ${dayWords(checked)}`;
	}
	if (basis === 'release') return `announced and charged from ${dayWords(from)}`;
	if (basis === 'reported') return `reported later, for ${dayWords(from)}`;
	if (effective) return `in force from ${dayWords(effective)}`;
	return `read on ${dayWords(from)}`;
}

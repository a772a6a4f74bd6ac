/** @file Our prices of a day beside those of someone else: where they differ, in a sentence a person can decide by. */
import { priceAt } from '#lib/ledger/history.ts';
import type { Condition, Price, Rates } from '#lib/ledger/price.ts';

/** Dollars per million tokens, or several of them by the length of the prompt. */
export type Foreign = number | { base: number; tiers: readonly { start: number; price: number }[] };

/** What the other list says of a model: its name there, and its prices by theirs. */
export type Found = { id: string; prices: Readonly<Record<string, unknown>> };

/** The other list; nothing for a model it does not have. */
export type Other = (vendor: string, model: string, at: Date) => Found | undefined;

export type Difference = {
	vendor: string;
	model: string;
	kind: 'price' | 'absent' | 'length' | 'unreadable' | 'unknown' | 'lapsed';
	says: string;
};

const rates = [
	['input', 'input_mtok', 'input'],
	['cachedInput', 'cache_read_mtok', 'cached input'],
	['cacheWrite', 'cache_write_mtok', 'writing to the cache'],
	['output', 'output_mtok', 'output']
] as const;

/**
 * Every model of `history`, at the price that holds in the middle of `day`.
 * @throws RangeError for what is no day of the calendar
 */
export function compare(history: readonly Price[], other: Other, day: string): Difference[] {
	const models = new Map(history.map((price) => [`${price.vendor}\n${price.model}`, price]));
	return [...models.values()].flatMap(({ vendor, model }) => {
		const now = priceAt(history, vendor, model, day);
		if (!now) return [];
		const differs = (kind: Difference['kind'], says: string): Difference => ({
			vendor,
			model,
			kind,
			says
		});
		const found: Difference[] = [];
		if (now.lapsed) {
			found.push(
				differs('lapsed', `promised to ${now.price.until}, and nothing is on record for after`)
			);
		}
		const theirs = other(vendor, plainName(model), new Date(`${day}T12:00:00Z`));
		if (!theirs) return [...found, differs('unknown', 'is not in the other list')];

		const named = theirs.id === plainName(model) ? '' : ` (there: ${theirs.id})`;
		const told = differences(now.price, now.conditions, theirs.prices);
		for (const kind of new Set(told.map(({ kind }) => kind))) {
			const all = told.filter((one) => one.kind === kind).map(({ says }) => says);
			found.push(differs(kind, `${all.join('; ')}${named}, ours from ${now.price.from}`));
		}
		return found;
	});
}

/** A model's name without what we say of it in brackets: `gpt-4` for `gpt-4 (8K)`. */
function plainName(model: string): string {
	return model.replace(/ \(.*\)$/, '');
}

function differences(
	ours: Rates,
	conditions: readonly Condition[],
	theirs: Found['prices']
): Pick<Difference, 'kind' | 'says'>[] {
	const found: Pick<Difference, 'kind' | 'says'>[] = [];
	for (const [rate, name, words] of rates) {
		const price = Object.hasOwn(theirs, name) ? theirs[name] : undefined;
		if (price === undefined) {
			if (ours[rate] !== undefined) {
				found.push({ kind: 'absent', says: `${words}: ${ours[rate]} here, no price there` });
			}
			continue;
		}
		if (!readable(price)) {
			found.push({ kind: 'unreadable', says: `${words}: what stands there is no price` });
			continue;
		}
		const base = typeof price === 'number' ? price : price.base;
		const said = ours[rate];
		if (said === undefined) {
			found.push({ kind: 'absent', says: `${words}: no price here, ${decimal(base)} there` });
		} else if (Number(said) !== base) {
			found.push({ kind: 'price', says: `${words}: ${said} here, ${decimal(base)} there` });
		}
		found.push(...lengths(rate, words, conditions, typeof price === 'number' ? [] : price.tiers));
	}
	return found;
}

/** Tokens by which two lists may draw the same line: "up to" and "above" are told apart by one. */
const SAME_LINE = 1;

function lengths(
	rate: keyof Rates,
	words: string,
	conditions: readonly Condition[],
	tiers: readonly { start: number; price: number }[]
): Pick<Difference, 'kind' | 'says'>[] {
	const ours = conditions.flatMap((one) =>
		one.when === 'long' && one[rate] !== undefined
			? [{ start: one.over, price: Number(one[rate]) }]
			: []
	);
	const say = ({ start, price }: { start: number; price: number }) =>
		`${decimal(price)} above ${start} tokens`;
	const missing = (from: typeof ours, among: readonly { start: number; price: number }[]) =>
		from.filter(
			(one) =>
				!among.some(
					({ start, price }) => Math.abs(start - one.start) <= SAME_LINE && price === one.price
				)
		);
	return [
		...missing(ours, tiers).map((one) => `${words}: ${say(one)} here and not there`),
		...missing([...tiers], ours).map((one) => `${words}: ${say(one)} there and not here`)
	].map((says) => ({ kind: 'length', says }));
}

function readable(price: unknown): price is Foreign {
	if (typeof price === 'number') return Number.isFinite(price) && price >= 0;
	if (typeof price !== 'object' || price === null) return false;
	const { base, tiers } = price as { base?: unknown; tiers?: unknown };
	return (
		typeof base === 'number' &&
		readable(base) &&
		Array.isArray(tiers) &&
		tiers.every(
			(tier: { start?: unknown; price?: unknown } | null) =>
				Number.isSafeInteger(tier?.start) && typeof tier?.price === 'number' && readable(tier.price)
		)
	);
}

/** Without an exponent, as price lists are written. */
function decimal(n: number): string {
	return n.toFixed(9).replace(/\.?0+$/, '');
}

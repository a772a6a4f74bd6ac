/** Prints figures as the site writes them, for a run under another locale or time zone: see `everywhere.test.ts`. */
import { dayOf, priceAt } from '#lib/ledger/history.ts';
import { readLedger } from '#lib/ledger/server/read.ts';
import { amount, grouped, inWords, plainDate } from '#lib/ledger/words.ts';
import { charge } from '#lib/meter/charge.ts';
import { bill, dollars } from '#lib/meter/money.ts';

const { prices, cards, figures } = readLedger('.');
const usage = { promptTokens: 1_234_567, cachedTokens: 0, outputTokens: 89_012 };
const midnight = Date.UTC(2026, 10, 23, 1, 0);

console.log(
	JSON.stringify({
		zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
		own: new Intl.NumberFormat().format(1234567.5),
		figures: [
			...cards.map((card) => dollars(bill(usage, card))),
			...prices.map((price) => dollars(charge(usage, price, { at: midnight, batch: true }).sum)),
			...prices.map(({ vendor, model, from }) => priceAt(prices, vendor, model, from)?.price.from),
			...[...figures.values()].map((figure) => inWords(figure)),
			...[0.0036, 1234.5, 1e6, 2.1e25].map((n) => amount(n)),
			grouped(1234567.25),
			...prices.map(({ from }) => plainDate(from)),
			dayOf(midnight - 1),
			dayOf(Date.UTC(2076, 11, 31, 23, 59))
		]
	})
);

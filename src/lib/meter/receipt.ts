/** @file The receipt of a visit, as data: what the page shows, and what its file holds (`/schema/receipt.json`). */
import type { PriceCard } from '#lib/ledger/card.ts';
import { PASSES_TO_LEARN } from './formulas/operations.ts';
import { bill, billLines, decimal, type BilledUsage } from './money.ts';
import type { Asked, RunLine } from './visit.ts';

/** The model that wrote, as far as a receipt speaks of it. */
export type Writer = {
	name: string;
	/** Of its weights, in hexadecimal. */
	sha256: string;
	/** Tokens it was trained on. */
	trainingTokens: number;
};

export type Receipt = {
	schema: 1;
	/** When it was made, ISO 8601, in UTC; absent where the device's clock cannot be right. */
	date?: string;
	model: Writer;
	counts: {
		sent: number;
		/** Of those sent, how many a vendor is taken to read from its cache: none, as it is not known. */
		cached: 0;
		came: number;
		/** Of those sent, how many this device did not compute again. */
		reused: number;
		runs: number;
	};
	/** The last runs, oldest first. */
	runs: { date?: string; model: string; sent: number; came: number }[];
	card: Pick<
		PriceCard,
		'key' | 'vendor' | 'model' | 'label' | 'from' | 'input' | 'output' | 'source'
	>;
	/** Dollars as decimals, exact. */
	bill: { sent: string; came: string; sum: string };
	/** The work of the visit beside that of the training, in tokens of the model. */
	work: {
		/** What was computed: sent, without what was still known, and come back. */
		used: number;
		/** Three times the tokens of training. */
		training: number;
		crossed: boolean;
	};
	/** What the last run was asked, where that is one question. */
	last?: Asked;
};

/** What a receipt is made of; a `Tab` is one. */
export type Visited = {
	usage: BilledUsage;
	reused: number;
	runs: number;
	lines: readonly RunLine[];
	last?: Asked | undefined;
	card: PriceCard;
};

/** Years in which this site can be read. A clock that says another is not set. */
const [EARLIEST, LATEST] = [2024, 2100];

/** `ms` since 1970 as a date, unless no clock that is set could say so. */
export function plausible(ms: number | undefined): Date | undefined {
	const date = new Date(ms ?? NaN);
	const year = date.getUTCFullYear();
	return year >= EARLIEST && year <= LATEST ? date : undefined;
}

/** @param now milliseconds since 1970 by this device's clock, which may say anything */
export function receiptOf(visit: Visited, model: Writer, now?: number): Receipt {
	const { usage, card, reused, runs, lines, last } = visit;
	const { promptTokens: sent, outputTokens: came } = usage;
	const date = plausible(now)?.toISOString();
	const [first, ...others] = billLines({ ...usage, cachedTokens: 0 }, card);
	const used = sent - reused + came;
	const training = PASSES_TO_LEARN * model.trainingTokens;

	return {
		schema: 1,
		...(date && { date }),
		model: { ...model },
		counts: { sent, cached: 0, came, reused, runs },
		runs: lines.map(({ at, ...line }) => {
			const when = plausible(at)?.toISOString();
			return { ...(when && { date: when }), ...line };
		}),
		card: cardOf(card),
		bill: {
			sent: decimal(first.amount),
			came: decimal(others[others.length - 1].amount),
			sum: decimal(bill({ ...usage, cachedTokens: 0 }, card))
		},
		work: { used, training, crossed: used >= training },
		...(last && { last: { ...last } })
	};
}

function cardOf({ key, vendor, model, label, from, input, output, source }: PriceCard) {
	return { key, vendor, model, label, from, input, output, source };
}

/** The file. */
export function fileOf(receipt: Receipt): string {
	return JSON.stringify(receipt, undefined, '\t') + '\n';
}

/** "running-tab-receipt-2026-11-26". */
export function nameOf({ date }: Receipt): string {
	return ['running-tab-receipt', date?.slice(0, 10)].filter(Boolean).join('-');
}

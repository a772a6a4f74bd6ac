/** @file Reads prices.csv and price-conditions.csv. A price that changes is a new row; what is wrong is said with its line. */
import type { Condition, Price, Rates, When, Window } from '../price.ts';
import { cellsOf, type Report } from './cells.ts';
import { readTable, type Row } from './csv.ts';
import { address, day, price as decimal, type Rule } from './schema.ts';

const rateColumns = [
	'input_usd_per_mtok',
	'cached_input_usd_per_mtok',
	'cache_write_usd_per_mtok',
	'output_usd_per_mtok'
] as const;

export const priceColumns = [
	...['vendor', 'model', 'announced', 'effective', 'checked', 'until'],
	...rateColumns,
	...['batch_share', 'source_url', 'date_basis', 'note']
] as const;

export const conditionColumns = [
	...['vendor', 'model', 'price_from', 'condition', 'since', 'until'],
	...rateColumns,
	...['source_url', 'note']
] as const;

/** A row of the table, with the line it stands in. */
type Read = { price: Price; line: number };

/** What a job that may wait pays of each price. */
const share: Rule = (value) =>
	typeof value === 'string' && /^(1|0\.\d{1,4})$/.test(value) && Number(value) > 0
		? undefined
		: 'must be a share such as 0.5: above 0 and at most 1';

/** Prices with their conditions, in the order of the file. */
export function readPrices(prices: [string, Report], conditions: [string, Report]): Price[] {
	const read = readRows(...prices);
	readConditions(...conditions, read);
	return read.map(({ price }) => price);
}

function readRows(text: string, fault: Report): Read[] {
	const seen = new Map<string, number>();
	const rows: Read[] = [];

	for (const row of readTable(text, priceColumns, fault)) {
		const { has, need, may } = cellsOf(row, fault);
		const wrong = (message: string) => fault(row.line, message);
		const dates = {
			announced: may('announced', day),
			effective: may('effective', day),
			checked: may('checked', day),
			until: may('until', day)
		};
		const from = dates.effective ?? dates.checked ?? '';
		if (!from) wrong('a price needs the day it took effect or the day it was read: both are empty');
		datesInOrder(dates, from, wrong);

		const price = present({
			vendor: need('vendor'),
			model: need('model'),
			from,
			...dates,
			...ratesOf(row, fault),
			batchShare: may('batch_share', share),
			source: need('source_url', address),
			basis: need('date_basis'),
			note: has('note') || undefined
		}) as Price;
		const key = `${price.vendor}, ${price.model}, ${price.from}`;
		const first = seen.get(key);
		if (first) wrong(`${key} already stands in line ${first}`);
		seen.set(key, row.line);
		rows.push({ price, line: row.line });
	}
	return rows;
}

type Dates = Record<'announced' | 'effective' | 'checked' | 'until', string | undefined>;

function datesInOrder(
	{ announced, effective, checked, until }: Dates,
	from: string,
	wrong: (message: string) => void
): void {
	if (announced && effective && announced > effective) {
		wrong(`announced (${announced}) lies after effective (${effective})`);
	}
	if (checked && effective && checked < effective && !(announced && announced <= checked)) {
		wrong(
			`checked (${checked}) lies before effective (${effective}), and nothing was announced by then`
		);
	}
	if (until && until < from) wrong(`until (${until}) lies before the price began (${from})`);
}

function ratesOf(row: Row, fault: Report): Rates {
	const { need, may } = cellsOf(row, fault);
	const input = need('input_usd_per_mtok', decimal);
	const cachedInput = may('cached_input_usd_per_mtok', decimal);
	if (Number(cachedInput ?? 0) > Number(input)) {
		fault(row.line, `a cached token (${cachedInput}) costs more than a fresh one (${input})`);
	}
	return present({
		input,
		cachedInput,
		cacheWrite: may('cache_write_usd_per_mtok', decimal),
		output: need('output_usd_per_mtok', decimal)
	}) as Rates;
}

/** Gives each condition to its price. */
function readConditions(text: string, fault: Report, rows: readonly Read[]): void {
	for (const row of readTable(text, conditionColumns, fault)) {
		const { has, need, may } = cellsOf(row, fault);
		const wrong = (message: string) => fault(row.line, message);
		const [vendor, model, from] = [need('vendor'), need('model'), need('price_from', day)];
		const found = rows.find(
			({ price }) => price.vendor === vendor && price.model === model && price.from === from
		);
		if (!found) wrong(`prices.csv has no row "${vendor}, ${model}, ${from}"`);
		const when = whenOf(need('condition'), wrong);
		const condition = present({
			...when,
			...ratesOf(row, fault),
			since: may('since', day),
			until: may('until', day),
			source: need('source_url', address),
			note: has('note') || undefined
		}) as Condition;
		if ((condition.since ?? from) < from)
			wrong(`since (${condition.since}) lies before the price (${from})`);
		if ((condition.until ?? '9999') < (condition.since ?? from)) {
			wrong(`until (${condition.until}) lies before it began`);
		}
		if (!found || !when) continue;
		fits(condition, found.price, wrong);
		found.price.conditions = [...(found.price.conditions ?? []), condition];
	}
}

/** `prompt > 272000`, `prompt part > 128000`, `Mon-Fri 01:00-04:00 06:00-10:00 UTC`, `16:30-00:30 UTC`. */
function whenOf(text: string, wrong: (message: string) => void): When | undefined {
	const long = /^prompt( part)? > ([1-9]\d{0,8})$/.exec(text);
	if (long) return { when: 'long', over: Number(long[2]), whole: !long[1] };

	const hours =
		/^(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? )?((?:\d\d:\d\d-\d\d:\d\d )+)UTC$/.exec(
			text
		);
	const windows = hours?.[3].trim().split(' ').map(windowOf);
	if (!hours || windows?.some((window) => !window)) {
		wrong(
			'condition must read "prompt > 272000", "prompt part > 128000" or "Mon-Fri 01:00-04:00 UTC"'
		);
		return undefined;
	}
	const days = hours[1] ? daysOf(hours[1], hours[2] ?? hours[1]) : undefined;
	return {
		when: 'hours',
		windows: (windows as Window[]).map((window) => (days ? { days, ...window } : window))
	};
}

function windowOf(text: string): Window | undefined {
	const [from, to] = text.split('-').map((time) => {
		const [hour, minute] = time.split(':').map(Number);
		return hour < 24 && minute < 60 ? hour * 60 + minute : NaN;
	});
	return from >= 0 && to >= 0 && from !== to ? { from, to } : undefined;
}

const week = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function daysOf(first: string, last: string): number[] {
	const days = [week.indexOf(first)];
	while (week[days[days.length - 1]] !== last) days.push((days[days.length - 1] + 1) % 7);
	return days;
}

/** What a condition must not do to its price. */
function fits(condition: Condition, price: Price, wrong: (message: string) => void): void {
	const others = price.conditions ?? [];
	if (others.some(({ when }) => when !== condition.when)) {
		wrong('a price has conditions of length or of hours, not both');
	}
	if (condition.when === 'hours') {
		if (others.some((other) => overlap(other, condition))) {
			wrong('these hours overlap with others of the price');
		}
		return;
	}
	const { over, whole } = condition;
	for (const other of others) {
		if (other.when !== 'long') continue;
		if (other.over === over) wrong('another condition of the price has the same length');
		if (!other.whole || !whole) wrong('a price whose part above costs more has one such length');
	}
	if (!whole && condition.output !== price.output) {
		wrong('the part above is of the prompt: the output price must stay');
	}
	// Else a longer prompt could cost less than a shorter one.
	for (const other of others) {
		if (other.when !== 'long') continue;
		if (other.over < over) dearer(condition, other, `those above ${other.over}`, wrong);
		else dearer(other, condition, `those above ${over}`, wrong);
	}
	dearer(condition, price, 'the ordinary price', wrong);
}

function dearer(long: Rates, short: Rates, name: string, wrong: (message: string) => void): void {
	for (const rate of ['input', 'cachedInput', 'cacheWrite', 'output'] as const) {
		const above = long[rate] ?? long.input;
		const below = short[rate] ?? short.input;
		if (Number(above) < Number(below)) {
			wrong(`a longer prompt would cost less: ${rate} (${above}) is below ${name} (${below})`);
		}
	}
}

/** Whether two conditions of hours share a minute of the week, on a day on which both hold. */
function overlap(a: Condition, b: Condition): boolean {
	if (a.when !== 'hours' || b.when !== 'hours') return false;
	if ((a.until ?? '9999') < (b.since ?? '') || (b.until ?? '9999') < (a.since ?? '')) return false;
	const minutes = (of: typeof a) => new Set(of.windows.flatMap(minutesOf));
	const taken = minutes(a);
	return [...minutes(b)].some((minute) => taken.has(minute));
}

function minutesOf({ days = [0, 1, 2, 3, 4, 5, 6], from, to }: Window): number[] {
	const length = to > from ? to - from : to + 1440 - from;
	return days.flatMap((day) =>
		Array.from({ length }, (_, i) => (day * 1440 + from + i) % (7 * 1440))
	);
}

/** The fields that are there. */
function present(values: object): object {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

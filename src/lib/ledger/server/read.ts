/**
 * @file Reads `content/ledger` and checks everything in it. What is wrong is reported all at once,
 * each with file and line, and nothing is handed on.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Area } from '../area.ts';
import type { BilledAs, PriceCard, TrainingRun } from '../card.ts';
import type { Figure } from '../figure.ts';
import type { Price } from '../price.ts';
import { cellsOf, type Report } from './cells.ts';
import { readClaims, type Claims } from './claims.ts';
import { readTable } from './csv.ts';
import { LedgerError, type Fault } from './fault.ts';
import { readPrices } from './prices.ts';
import * as schema from './schema.ts';
import { YamlFile, type Values } from './yaml.ts';

export type Entry = { figure: Figure; topic: schema.Topic; line: number };

export type Ledger = {
	entries: Entry[];
	figures: Map<string, Figure>;
	prices: Price[];
	runs: TrainingRun[];
	/** Places by their size, smallest first. */
	areas: Area[];
	/** The cards a visitor may choose from. */
	cards: PriceCard[];
	/** The key of the card used until another is chosen. */
	standard: string;
	billedAs: BilledAs[];
	/** What the five articles claim. */
	claims: Claims;
};

/** Where the ledger lies, from the root of the repository. */
export const folder = 'content/ledger';

/** What it consists of. */
export const files = [
	'figures.yaml',
	'prices.csv',
	'price-conditions.csv',
	'training-runs.csv',
	'areas.csv',
	'cards.yaml',
	'claims.yaml'
];

/**
 * Reads the ledger of the repository at `root`.
 * @throws LedgerError with every fault found
 */
export function readLedger(root: string): Ledger {
	const faults: Fault[] = [];
	const open = (name: string): [text: string, fault: Report] => {
		const file = `${folder}/${name}`;
		const fault: Report = (line, message) => faults.push({ file, line, message });
		try {
			return [readFileSync(join(root, file), 'utf8').replace(/^\uFEFF/, ''), fault];
		} catch {
			fault(1, 'the file is missing');
			return ['', () => {}];
		}
	};

	const entries = readFigures(...open('figures.yaml'));
	const figures = new Map(entries.map(({ figure }) => [figure.id, figure]));
	const prices = readPrices(open('prices.csv'), open('price-conditions.csv'));
	const runs = readRuns(...open('training-runs.csv'));
	const areas = readAreas(...open('areas.csv'));
	// Cards and claims rest on these: what is wrong with them would only be said twice.
	if (faults.length) throw inOrder(faults);
	const chosen = readCards(...open('cards.yaml'), { figures, prices, runs });
	const claims = readClaims(...open('claims.yaml'), figures);
	if (faults.length) throw inOrder(faults);

	return { entries, figures, prices, runs, areas, ...chosen, claims };
}

function inOrder(faults: Fault[]): LedgerError {
	faults.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
	return new LedgerError(faults);
}

function readFigures(text: string, fault: Report): Entry[] {
	const file = new YamlFile(text, fault);
	const seen = new Map<string, number>();
	const entries: Entry[] = [];

	for (const node of file.list(file.root, 'the file')) {
		const entry = file.check(node, schema.figure, 'this entry');
		if (!entry) continue;
		const { topic, ...rest } = entry.values;
		const figure = plain(rest) as Figure;
		const { id, value, low, high, kind } = figure;
		const at = (field: string) => entry.lines.get(field) ?? entry.line;

		const first = seen.get(id);
		if (first) fault(at('id'), `"${id}" is already used in line ${first}`);
		seen.set(id, at('id'));
		if (value === undefined && low === undefined && high === undefined) {
			fault(entry.line, `"${id}" has no number: give value, low or high`);
		}
		if (low !== undefined && high !== undefined && low > high) {
			fault(at('low'), `low (${low}) is above high (${high})`);
		}
		if (value !== undefined && (value < (low ?? value) || value > (high ?? value))) {
			fault(at('value'), `value (${value}) lies outside low and high`);
		}
		if ((kind === 'estimate' || kind === 'assumption') && !figure.note) {
			fault(entry.line, `"${id}" is an ${kind}, so it must say in a note how it was made`);
		}
		if (figure.check === 'derived' && !figure.note) {
			fault(entry.line, `"${id}" is derived, so its note must show the arithmetic`);
		}
		if (kind === 'list-price' && figure.asOf === 'undated') {
			fault(at('asOf'), `"${id}" is a price, so it must have a date`);
		}
		entries.push({ figure, topic: topic as schema.Topic, line: at('id') });
	}
	return entries;
}

function readRuns(text: string, fault: Report): TrainingRun[] {
	const seen = new Map<string, number>();
	const runs: TrainingRun[] = [];

	for (const row of readTable(text, schema.runColumns, fault)) {
		const { has, need, may } = cellsOf(row, fault);
		const amount = (column: (typeof schema.runColumns)[number]) => {
			const cell = may(column, schema.positive);
			return cell ? Number(cell) : undefined;
		};
		const run = plain({
			model: need('model'),
			org: need('org'),
			date: need('date', schema.day),
			params: amount('params'),
			activeParams: amount('active_params'),
			tokens: amount('tokens'),
			flop: amount('training_flop'),
			hardware: has('hardware') || undefined,
			gpuHours: amount('gpu_hours'),
			costLow: amount('cost_usd_low'),
			costHigh: amount('cost_usd_high'),
			energy: amount('energy_mwh'),
			co2: amount('co2_t'),
			source: need('source_url', schema.address),
			confidence: need('confidence', schema.confidence),
			note: has('note') || undefined
		}) as TrainingRun;

		if ((run.costLow ?? 0) > (run.costHigh ?? Infinity)) {
			fault(row.line, `cost_usd_low (${run.costLow}) is above cost_usd_high (${run.costHigh})`);
		}
		if ((run.activeParams ?? 0) > (run.params ?? Infinity)) {
			fault(row.line, 'active_params is above params');
		}
		const first = seen.get(run.model);
		if (first) fault(row.line, `${run.model} already stands in line ${first}`);
		seen.set(run.model, row.line);
		runs.push(run);
	}
	return runs;
}

function readAreas(text: string, fault: Report): Area[] {
	const seen = new Map<string, number>();
	const areas: Area[] = [];

	for (const row of readTable(text, schema.areaColumns, fault)) {
		const { has, need } = cellsOf(row, fault);
		const how = has('how');
		const area: Area = {
			id: need('id', schema.slug),
			name: need('name'),
			squareMetres: Number(need('square_metres', schema.positive)),
			...(how && { how }),
			source: need('source_url', schema.address),
			check: need('check', schema.check) as Area['check']
		};
		const first = seen.get(area.id);
		if (first) fault(row.line, `"${area.id}" is already used in line ${first}`);
		seen.set(area.id, row.line);
		areas.push(area);
	}
	return areas.sort((a, b) => a.squareMetres - b.squareMetres);
}

function readCards(
	text: string,
	fault: Report,
	ledger: Pick<Ledger, 'figures' | 'prices' | 'runs'>
): Pick<Ledger, 'cards' | 'standard' | 'billedAs'> {
	const file = new YamlFile(text, fault);
	file.only(file.root, ['standard', 'cards', 'billedAs']);

	/** The card a map describes, its prices taken from the row of prices.csv it names. */
	const dealt = (values: Values, line: number): PriceCard | undefined => {
		const wanted = values.row as { vendor: string; model: string; from: string };
		const same = ledger.prices.filter(
			({ vendor, model }) => vendor === wanted.vendor && model === wanted.model
		);
		const price = same.find(({ from }) => from === wanted.from);
		if (!price) {
			const { vendor, model, from } = wanted;
			fault(line, `prices.csv has no row "${vendor}, ${model}, ${from}"`);
			return;
		}
		const later = same.map(({ from }) => from).filter((from) => from > price.from);
		return plain({
			key: values.key,
			vendor: values.vendor,
			model: values.model,
			label: values.label,
			from: price.from,
			to: later.sort()[0],
			input: price.input,
			cachedInput: price.cachedInput,
			output: price.output,
			source: price.source,
			note: values.note
		}) as PriceCard;
	};

	/** Each map of a list once, by its key. */
	function* each(name: 'cards' | 'billedAs', shape: schema.Shape) {
		const seen = new Map<unknown, number>();
		for (const node of file.list(file.get(file.root, name), name)) {
			const item = file.check(node, shape, 'this card');
			if (!item) continue;
			const at = (field: string) => item.lines.get(field) ?? item.line;
			const { key } = item.values;
			const first = seen.get(key);
			if (first) fault(at('key'), `"${key}" is already used in line ${first}`);
			seen.set(key, at('key'));
			yield { values: item.values, at };
		}
		if (!seen.size) fault(1, `${name} is empty`);
	}

	const cards: PriceCard[] = [];
	for (const { values, at } of each('cards', schema.card)) {
		const card = dealt(values, at('row'));
		if (card) cards.push(card);
	}

	const billedAs: BilledAs[] = [];
	for (const { values, at } of each('billedAs', schema.billedAs)) {
		const card = dealt(values, at('row'));
		const training = ledger.figures.get(values.training as string);
		if (!training) {
			fault(at('training'), `figures.yaml has no entry "${values.training}"`);
		} else if (training.unit !== 'USD') {
			fault(at('training'), `"${training.id}" is in ${training.unit}, not in USD`);
		}
		const run = ledger.runs.find(({ model }) => model === values.run);
		if (values.run !== undefined && !run?.tokens) {
			fault(at('run'), `training-runs.csv has no row "${values.run}" with its tokens`);
		}
		if (!card || !training) continue;
		const { key, label } = values as { key: string; label: string };
		billedAs.push({
			key,
			label,
			card,
			training,
			...(run?.tokens && { trainingTokens: run.tokens })
		});
	}

	const node = file.get(file.root, 'standard');
	const standard = String((node as { value?: unknown } | undefined)?.value ?? '');
	if (!cards.some(({ key }) => key === standard)) {
		fault(file.line(node), 'standard must be the key of one of the cards');
	}
	return { cards, standard, billedAs };
}

/** A plain object with the fields that are there, nested ones too. */
function plain(values: Values): object {
	return Object.fromEntries(
		Object.entries(values)
			.filter(([, value]) => value !== undefined)
			.map(([key, value]) => [
				key,
				typeof value === 'object' && value !== null ? plain(value as Values) : value
			])
	);
}

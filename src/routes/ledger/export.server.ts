/** @file The ledger as files to take away. Each says by itself whose it is and what may be done with it. */
import ledger from 'virtual:ledger/all';
import book from 'virtual:ledger/claims';
import type { TrainingRun } from '#lib/ledger/card.ts';
import type { Entry } from '#lib/ledger/entry.ts';

export const licence = 'CC BY 4.0';
export const licenceUrl = 'https://creativecommons.org/licenses/by/4.0/';
const credit =
	'Running Tab, the ledger. Sources keep their own terms; many numbers rest on Epoch AI, Data on AI Models, epoch.ai, CC BY 4.0, retrieved 2 May 2026, rounded and combined.';

/** Ids of the claims of the five articles that rest on an entry. */
export function claimsOf(id: string): string[] {
	return book.claims.filter(({ figures }) => figures.includes(id)).map((claim) => claim.id);
}

export function exported(entry: Entry) {
	const { figure, topic, covers, leavesOut, disagrees, others, derived } = entry;
	const { id, statement, value, low, high, unit, asOf, source, kind, confidence, check } = figure;
	const terms = ledger.terms.find(({ key }) => key === entry.terms);
	return {
		id,
		topic,
		statement,
		...(value !== undefined && { value }),
		...(low !== undefined && { low }),
		...(high !== undefined && { high }),
		unit,
		asOf,
		source: { ...source, licence: terms?.licence ?? 'not known' },
		kind,
		confidence,
		check,
		...(covers && { covers }),
		...(leavesOut && { leavesOut }),
		...(disagrees.length && { disagrees }),
		...(others.length && { others }),
		...(derived && {
			derived: {
				formulas: Object.fromEntries(derived.formulas.map(({ of, formula }) => [of, formula])),
				inputs: derived.inputs.map(({ name, words, entry, row }) => ({
					name,
					is: words,
					...(entry && { entry }),
					...(row && { table: row.table, row: row.words, url: row.source })
				}))
			}
		}),
		...(claimsOf(id).length && { claims: claimsOf(id) }),
		...(figure.note && { note: figure.note })
	};
}

export type Exported = ReturnType<typeof exported>;

export function asJson(entries: readonly Entry[]) {
	return {
		schema: 1,
		title: 'The ledger of Running Tab',
		licence,
		licenceUrl,
		credit,
		readOn: ledger.today,
		entries: entries.map(exported)
	};
}

const columns = [
	'id',
	'topic',
	'statement',
	'value',
	'low',
	'high',
	'unit',
	'as_of',
	'kind',
	'confidence',
	'check',
	'source_title',
	'source_publisher',
	'source_url',
	'source_published',
	'source_licence',
	'covers',
	'leaves_out',
	'disagrees',
	'claims',
	'formula',
	'note',
	'licence',
	'credit'
] as const;

export function asCsv(entries: readonly Entry[]): string {
	const rows = entries.map(exported).map((entry) => {
		const { source, derived } = entry;
		const row: Record<(typeof columns)[number], string | number | undefined> = {
			id: entry.id,
			topic: entry.topic,
			statement: entry.statement,
			value: entry.value,
			low: entry.low,
			high: entry.high,
			unit: entry.unit,
			as_of: entry.asOf,
			kind: entry.kind,
			confidence: entry.confidence,
			check: entry.check,
			source_title: source.title,
			source_publisher: source.publisher,
			source_url: source.url,
			source_published: source.published,
			source_licence: source.licence,
			covers: entry.covers,
			leaves_out: entry.leavesOut,
			disagrees: entry.disagrees?.join(' '),
			claims: entry.claims?.join(' '),
			formula: derived && Object.values(derived.formulas).join('; '),
			note: entry.note,
			licence: `${licence} (${licenceUrl})`,
			credit
		};
		return columns.map((column) => cell(row[column])).join(',');
	});
	return `${[columns.join(','), ...rows].join('\r\n')}\r\n`;
}

const runColumns = {
	model: 'model',
	org: 'org',
	date: 'date',
	params: 'params',
	active_params: 'activeParams',
	tokens: 'tokens',
	training_flop: 'flop',
	hardware: 'hardware',
	gpu_hours: 'gpuHours',
	cost_usd_low: 'costLow',
	cost_usd_high: 'costHigh',
	energy_mwh: 'energy',
	co2_t: 'co2',
	source_url: 'source',
	confidence: 'confidence',
	note: 'note'
} as const satisfies Record<string, keyof TrainingRun>;

/** The table of training runs: its own columns, and whose it is. */
export function runsAsCsv(runs: readonly TrainingRun[]): string {
	const rows = runs.map((run) =>
		[
			...Object.values(runColumns).map((key) => run[key]),
			`${licence} (${licenceUrl})`,
			credit.replace('the ledger', 'training runs')
		]
			.map(cell)
			.join(',')
	);
	return `${[[...Object.keys(runColumns), 'licence', 'credit'].join(','), ...rows].join('\r\n')}\r\n`;
}

/** A cell of a table that a spreadsheet takes for what it is: text never begins a formula. */
export function cell(value: string | number | undefined): string {
	if (value === undefined) return '';
	if (typeof value === 'number') return String(value);
	const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * @file Reads `content/ledger` and checks everything in it. What is wrong is reported all at once,
 * each with file and line, and nothing is handed on.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Area } from '../area.ts';
import type { TrainingRun } from '../card.ts';
import { dayOfReading, isOld } from '../age.ts';
import type { Entry, Terms } from '../entry.ts';
import type { Figure } from '../figure.ts';
import type { PriceLines } from '../price-line.ts';
import type { Price } from '../price.ts';
import { readCards, type Cards } from './cards.ts';
import type { Report } from './cells.ts';
import { readClaims, type Claims } from './claims.ts';
import { LedgerError, type Fault } from './fault.ts';
import { readFigures } from './figures.ts';
import { readPriceLines } from './price-lines.ts';
import { readPrices } from './prices.ts';
import { readAreas, readRuns } from './tables.ts';
import { readTerms } from './terms.ts';

export type Ledger = Cards & {
	entries: Entry[];
	figures: Map<string, Figure>;
	prices: Price[];
	/** Which of the priced models head a maker's list, and which reach a score. */
	priceLines: PriceLines;
	runs: TrainingRun[];
	/** Places by their size, smallest first. */
	areas: Area[];
	/** What the publishers of the sources let others do with them. */
	terms: Terms[];
	/** What the five articles claim. */
	claims: Claims;
	/** The day on which all this was read: what is old is old on that day. */
	today: string;
};

/** Where the ledger lies, from the root of the repository. */
export const folder = 'content/ledger';

/** What it consists of. */
export const files = [
	'figures.yaml',
	'terms.yaml',
	'prices.csv',
	'price-conditions.csv',
	'top-models.csv',
	'model-scores.csv',
	'training-runs.csv',
	'areas.csv',
	'cards.yaml',
	'claims.yaml'
];

/** A file of the ledger may be so large: what is larger was not written by hand. */
const LARGEST = 4_000_000; // bytes

/** The clock of this build, in milliseconds. SOURCE_DATE_EPOCH fixes it, for builds to compare. */
const clock = () => Number(process.env.SOURCE_DATE_EPOCH ?? NaN) * 1000 || Date.now();

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
			const { size } = statSync(join(root, file));
			if (size > LARGEST) {
				fault(1, `the file is larger than ${LARGEST / 1e6} MB (${size} bytes)`);
				return ['', () => {}];
			}
			return [readFileSync(join(root, file), 'utf8').replace(/^\uFEFF/, ''), fault];
		} catch {
			fault(1, 'the file is missing');
			return ['', () => {}];
		}
	};

	const prices = readPrices(open('prices.csv'), open('price-conditions.csv'));
	const runs = readRuns(...open('training-runs.csv'));
	const areas = readAreas(...open('areas.csv'));
	const terms = readTerms(...open('terms.yaml'));
	const tables = { prices, runs, terms };
	// Formulas and cards rest on the tables: what is wrong with these would only be said twice.
	const entries = readFigures(...open('figures.yaml'), faults.length ? undefined : tables);
	const figures = new Map(entries.map(({ figure }) => [figure.id, figure]));
	if (faults.length) throw inOrder(faults);
	const chosen = readCards(...open('cards.yaml'), { figures, prices, runs });
	const priceLines = readPriceLines(open('top-models.csv'), open('model-scores.csv'), prices);
	const claims = readClaims(...open('claims.yaml'), figures);
	if (faults.length) throw inOrder(faults);

	// Prices may be announced for days to come.
	const dates = entries.flatMap(({ figure }) => [figure.asOf, figure.source.published ?? '']);
	const today = dayOfReading(clock(), dates);
	for (const figure of figures.values()) if (isOld(figure, today)) figure.old = true;

	return { entries, figures, prices, priceLines, runs, areas, terms, ...chosen, claims, today };
}

function inOrder(faults: Fault[]): LedgerError {
	faults.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
	return new LedgerError(faults);
}

/** @file Reads figures.yaml: one entry a number, those among them that are worked out from others. */
import type { TrainingRun } from '../card.ts';
import { termsOf, type Entry, type Terms, type Topic } from '../entry.ts';
import type { Figure } from '../figure.ts';
import type { Price } from '../price.ts';
import { deriveAll, type Draft, type Written } from './derive.ts';
import type { Report } from './cells.ts';
import { plain } from './plain.ts';
import * as schema from './schema.ts';
import { isTokenPrice, unitOf } from './units.ts';
import { YamlFile } from './yaml.ts';

type Tables = { prices: Price[]; runs: TrainingRun[]; terms: Terms[] };

type Read = Omit<Entry, 'derived'> & { at: (field: string) => number };

/**
 * @param tables what formulas and licences are looked up in; without, only what can be said without them
 */
export function readFigures(text: string, fault: Report, tables?: Tables): Entry[] {
	const file = new YamlFile(text, fault);
	const seen = new Map<string, number>();
	const read: Read[] = [];
	const drafts = new Map<string, Draft>();

	for (const node of file.list(file.root, 'the file')) {
		const checked = file.check(node, schema.figure, 'this entry');
		if (!checked) continue;
		const {
			topic,
			covers,
			leavesOut,
			disagrees = [],
			others = [],
			derived,
			...rest
		} = plain(checked.values) as Figure & Omit<Entry, 'derived'> & { derived?: Written };
		const figure: Figure = rest;
		const { id } = figure;
		const at = (field: string) => checked.lines.get(field) ?? checked.line;

		const first = seen.get(id);
		if (first) fault(at('id'), `"${id}" is already used in line ${first}`);
		seen.set(id, at('id'));

		if (derived) {
			wrongDerived(figure, derived, (field, message) => fault(at(field), message));
			drafts.set(id, {
				figure,
				written: derived,
				fault: (field, message) => fault(at(field), `${field} ${message}`)
			});
		} else if (/\{(value|low|high)\}/.test(figure.statement)) {
			fault(at('statement'), 'statement has a place for a number, and the entry is not derived');
		}
		const terms = tables && termsOf(figure.source.url, tables.terms);
		if (tables && !terms) {
			fault(at('source.url'), 'source.url falls under no terms: add its beginning to terms.yaml');
		}
		read.push({
			figure,
			topic: topic as Topic,
			line: at('id'),
			...(covers && { covers }),
			...(leavesOut && { leavesOut }),
			disagrees,
			others,
			terms: terms?.key ?? '',
			at
		});
	}

	const figures = new Map(read.map(({ figure }) => [figure.id, figure]));
	if (tables) deriveAll(drafts, figures, tables);
	for (const entry of read) {
		const draft = drafts.get(entry.figure.id);
		// What could not be worked out has been said already.
		if (draft && !draft.derivation) continue;
		wrongNumbers(entry, !!draft, fault);
	}
	crossReference(read, fault);

	return read.map(({ at: _, ...entry }) => {
		const derivation = drafts.get(entry.figure.id)?.derivation;
		return derivation ? { ...entry, derived: derivation } : entry;
	});
}

function wrongDerived(
	{ id, value, low, high }: Figure,
	written: Written,
	fault: (field: string, message: string) => void
): void {
	if (value !== undefined || low !== undefined || high !== undefined) {
		fault('derived', `"${id}" is worked out, so its numbers must not be written as well`);
	}
	const ends = written.value ?? written.low ?? written.high;
	if (written.formula === undefined && ends === undefined) {
		fault('derived', `"${id}" has no formula: give formula, or value, low and high`);
	}
	if (written.formula !== undefined && ends !== undefined) {
		fault('derived', `"${id}" has a formula for all, and others for its ends: one or the other`);
	}
	if (!Object.keys(written.from ?? {}).length) {
		fault('derived', `"${id}" does not say what its formula is worked out from`);
	}
}

function wrongNumbers({ figure, topic, line, at }: Read, derived: boolean, fault: Report): void {
	const { id, value, low, high, kind, unit, check } = figure;
	const numbers = [value, low, high].filter((number) => number !== undefined);

	if (!numbers.length) fault(line, `"${id}" has no number: give value, low or high`);
	if (low !== undefined && high !== undefined && low > high) {
		fault(at('low'), `low (${low}) is above high (${high})`);
	}
	if (value !== undefined && (value < (low ?? value) || value > (high ?? value))) {
		fault(at('value'), `value (${value}) lies outside low and high`);
	}
	if (numbers.some((number) => number < 0)) fault(line, `"${id}" is below zero`);
	if (/^percent(?! more)/.test(unit) && numbers.some((number) => number > 100)) {
		fault(at('unit'), `"${id}" is above 100 percent: of a growth say x or percent more`);
	}
	if (unit === 'no (0) or yes (1)' && numbers.some((number) => number !== 0 && number !== 1)) {
		fault(at('unit'), `"${id}" is neither no (0) nor yes (1)`);
	}
	if (isTokenPrice(unit) && topic !== 'prices' && topic !== 'tuning') {
		fault(at('unit'), `"${id}" is a price of tokens, so its topic must be prices or tuning`);
	}
	const { money, ...rest } = unitOf(unit)?.dimension ?? {};
	if (kind === 'list-price' && money !== 1 && (money ?? Object.keys(rest).length)) {
		fault(at('unit'), `"${id}" is a list price, and ${unit} is neither money nor a ratio`);
	}
	if ((kind === 'estimate' || kind === 'assumption') && !figure.note) {
		fault(line, `"${id}" is an ${kind}, so it must say in a note how it was made`);
	}
	if (check === 'derived' && !derived) {
		fault(line, `"${id}" is derived, so its formula must say from what`);
	}
	if (kind === 'list-price' && figure.asOf === 'undated') {
		fault(at('asOf'), `"${id}" is a price, so it must have a date`);
	}
}

/** Whoever disagrees with an entry has that entry disagree with it. */
function crossReference(read: readonly Read[], fault: Report): void {
	const entries = new Map(read.map((entry) => [entry.figure.id, entry]));
	for (const { figure, disagrees, at } of read) {
		for (const other of [...disagrees]) {
			const found = entries.get(other);
			if (!found) fault(at('disagrees'), `figures.yaml has no entry "${other}"`);
			else if (other === figure.id)
				fault(at('disagrees'), `"${other}" cannot disagree with itself`);
			else if (!found.disagrees.includes(figure.id)) found.disagrees.push(figure.id);
		}
	}
}

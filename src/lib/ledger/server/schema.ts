/** @file What the files of the ledger must look like, rule by rule. A rule returns what is wrong. */
import { topics } from '../entry.ts';
import { checks, kinds } from '../figure.ts';
import { unitOf } from './units.ts';

export type Rule = (value: unknown) => string | undefined;
/**
 * One value. Of a list with `many`, the rule holds for each item; items are single values, none twice. With
 * `named` it holds for each value of a map whose names the writer chose.
 */
export type Field = { rule: Rule; optional?: true; many?: true; named?: true };
/** A list of maps of one shape. */
export type Items = { items: Shape; optional?: true };
/** A map inside a map may be left out when all of its fields may. */
export type Shape = { [key: string]: Field | Items | Shape };

export const need = (rule: Rule): Field => ({ rule });
export const may = (rule: Rule): Field => ({ rule, optional: true });

export const text =
	(longest: number): Rule =>
	(value) => {
		if (typeof value !== 'string') return 'must be text (quote it if it looks like a number)';
		if (!value.trim()) return 'is empty';
		if (value.length > longest) return `is longer than ${longest} characters`;
		// eslint-disable-next-line no-control-regex
		if (/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(value)) {
			return 'holds a control character';
		}
	};

/** Lower-case words joined by hyphens: safe as an id, an anchor and part of a module name. */
export const slug: Rule = (value) =>
	typeof value === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= 60
		? undefined
		: 'must be lower-case words joined by hyphens';

export const finite: Rule = (value) =>
	typeof value === 'number' && Number.isFinite(value) ? undefined : 'must be a finite number';

/** A cell of a table: `3.3e+22` and `438` are numbers, an empty cell is not asked. */
export const positive: Rule = (value) =>
	/^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(String(value)) &&
	Number.isFinite(Number(value)) &&
	Number(value) > 0
		? undefined
		: 'must be a number above 0';

export const oneOf =
	(words: readonly string[]): Rule =>
	(value) =>
		typeof value === 'string' && words.includes(value)
			? undefined
			: `must be one of ${words.join(', ')}`;

/** `2024`, `2024-05` or `2024-05-13`, and a day that exists. */
export const date: Rule = (value) => {
	const wrong = "must be a quoted date such as '2024', '2024-05' or '2024-05-13'";
	if (typeof value !== 'string') return wrong;
	const match = /^((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?$/.exec(value);
	if (!match) return wrong;
	const [, year, month = '01', day = '01'] = match;
	const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
	const exists =
		!Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${year}-${month}-${day}`);
	return exists ? undefined : 'is not a day of the calendar';
};

/** A full day, as price lists need it. */
export const day: Rule = (value) =>
	date(value) ??
	(String(value).length === 10 ? undefined : 'must be a full day, such as 2024-05-13');

export const address: Rule = (value) => {
	if (typeof value !== 'string' || !URL.canParse(value)) return 'must be an address';
	const url = new URL(value);
	if (url.protocol !== 'https:') return 'must begin with https://';
	if (url.username || url.password) return 'must not hold a name or password';
};

/** Dollars as written on a price list: `0.1`, `30`, `0.003625`. Never a sign, never an exponent. */
export const price: Rule = (value) =>
	typeof value === 'string' && /^(0|[1-9]\d{0,5})(\.\d{1,9})?$/.test(value)
		? undefined
		: 'must be a plain decimal number of dollars per million tokens';

/** Makers of a model: `Meta`, or several with commas between them, each a name. */
export const makers: Rule = (value) =>
	text(120)(value) ??
	(String(value)
		.split(',')
		.every((name) => name.trim())
		? undefined
		: 'names nobody between two commas');

export const confidence = oneOf(['high', 'medium', 'low']);
export const check = oneOf(Object.keys(checks));

/** Pages under /ledger/ that are not of one number: none may be called like them. */
const pages = ['training'];

export const figure: Shape = {
	id: need(
		(value) => slug(value) ?? (pages.includes(String(value)) ? 'is the name of a page' : undefined)
	),
	topic: need(oneOf(Object.keys(topics))),
	statement: need(text(300)),
	value: may(finite),
	low: may(finite),
	high: may(finite),
	unit: need((value) =>
		typeof value === 'string' && unitOf(value)
			? undefined
			: 'is not in the vocabulary of units (src/lib/ledger/server/units.ts)'
	),
	asOf: need((value) => (value === 'undated' ? undefined : date(value))),
	source: {
		title: need(text(200)),
		publisher: need(text(120)),
		url: need(address),
		published: may(date)
	},
	kind: need(oneOf(Object.keys(kinds))),
	confidence: need(confidence),
	check: need(check),
	covers: may(text(300)),
	leavesOut: may(text(300)),
	disagrees: { ...may(slug), many: true },
	others: {
		items: {
			says: need(text(300)),
			title: need(text(200)),
			publisher: need(text(120)),
			url: need(address)
		},
		optional: true
	},
	derived: {
		formula: may(text(200)),
		value: may(text(200)),
		low: may(text(200)),
		high: may(text(200)),
		digits: may((value) =>
			Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 9
				? undefined
				: 'must be a whole number from 1 to 9'
		),
		from: { ...may(text(200)), named: true }
	},
	note: may(text(1500))
};

export const terms: Shape = {
	key: need(slug),
	who: need(text(80)),
	licence: need(text(80)),
	url: may(address),
	read: need((value) => (typeof value === 'boolean' ? undefined : 'must be true or false')),
	note: need(text(300)),
	pages: { ...need(text(120)), many: true }
};

const row: Shape = { vendor: need(text(40)), model: need(text(80)), from: need(day) };

export const card: Shape = {
	key: need(slug),
	vendor: need(text(40)),
	model: need(text(60)),
	label: need(text(40)),
	row,
	note: may(text(300))
};

export const billedAs: Shape = {
	key: need(slug),
	label: need(text(40)),
	vendor: need(text(40)),
	model: need(text(60)),
	row,
	training: need(slug),
	run: may(text(60)),
	note: may(text(300))
};

export const areaColumns = ['id', 'name', 'square_metres', 'how', 'source_url', 'check'] as const;

export const runColumns = [
	'model',
	'org',
	'date',
	'params',
	'active_params',
	'tokens',
	'training_flop',
	'hardware',
	'gpu_hours',
	'cost_usd_low',
	'cost_usd_high',
	'energy_mwh',
	'co2_t',
	'source_url',
	'confidence',
	'note'
] as const;

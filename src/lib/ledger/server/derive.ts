/**
 * @file Works out the entries that are arithmetic on other numbers. Nothing of them is typed but the
 * formula and where its numbers are from, so that they move when those do.
 */
import type { TrainingRun } from '../card.ts';
import { keyOf } from '../run.ts';
import type { Derivation, Input } from '../entry.ts';
import type { Figure } from '../figure.ts';
import type { Price } from '../price.ts';
import { amount, inWords, unitInWords } from '../words.ts';
import { evaluate, exact, FormulaError, namesIn, type Quantity } from './formula.ts';
import { dimensionInWords, sameDimension, scales, unitOf } from './units.ts';

/** `derived` of an entry, as it is written. */
export type Written = {
	formula?: string;
	value?: string;
	low?: string;
	high?: string;
	digits?: number;
	from?: { [name: string]: string };
};

/** An entry before and after its numbers are worked out. */
export type Draft = {
	figure: Figure;
	written: Written;
	/** Reports what is wrong with one field: `derived.formula`, `derived.from.tokens`. */
	fault: (field: string, message: string) => void;
	derivation?: Derivation;
};

type Tables = { prices: readonly Price[]; runs: readonly TrainingRun[] };

/** Columns of training-runs.csv that a formula may name, and their units. */
const columns = {
	params: ['params', 'parameters'],
	active_params: ['activeParams', 'parameters'],
	tokens: ['tokens', 'tokens'],
	training_flop: ['flop', 'FLOP'],
	gpu_hours: ['gpuHours', 'GPU-hours'],
	cost_usd_low: ['costLow', 'USD'],
	cost_usd_high: ['costHigh', 'USD'],
	energy_mwh: ['energy', 'MWh'],
	co2_t: ['co2', 'tCO2']
} as const;

const directions = { input: 'input', cached: 'cachedInput', output: 'output' } as const;
const perToken = 'USD per million tokens';

/** Gives every draft its numbers, and says what is wrong with those that cannot have any. */
export function deriveAll(
	drafts: ReadonlyMap<string, Draft>,
	figures: ReadonlyMap<string, Figure>,
	tables: Tables
): void {
	const state = new Map<string, 'working' | 'done'>();

	function derive(id: string, draft: Draft): void {
		state.set(id, 'working');
		for (const [name, from] of Object.entries(draft.written.from ?? {})) {
			const other = from.split('.')[0];
			const needed = drafts.get(other);
			if (!needed || state.get(other) === 'done') continue;
			if (state.get(other) === 'working') {
				draft.fault(`derived.from.${name}`, `${other} is itself worked out from ${id}`);
				continue;
			}
			derive(other, needed);
		}
		workOut(draft, figures, tables);
		state.set(id, 'done');
	}

	for (const [id, draft] of drafts) if (!state.has(id)) derive(id, draft);
}

function workOut(draft: Draft, figures: ReadonlyMap<string, Figure>, tables: Tables): void {
	const { figure, written, fault } = draft;
	const quantities = new Map<string, Quantity>();
	const inputs: Input[] = [];
	const used = new Set<string>();
	const mixtures: { name: string; model: string }[] = [];
	let sound = true;

	for (const [name, from] of Object.entries(written.from ?? {})) {
		try {
			const { quantity, mixture, ...input } = inputOf(from, figures, tables);
			quantities.set(name, quantity);
			inputs.push({ name, ...input });
			if (mixture) mixtures.push({ name, model: mixture });
		} catch (error) {
			if (!(error instanceof FormulaError)) throw error;
			fault(`derived.from.${name}`, error.message);
			sound = false;
		}
	}
	// A rule that counts operations for each parameter counts those a token passes through.
	const byRule = [...quantities.values()].some(
		({ dimension }) => dimension.operation === 1 && (dimension.parameter ?? 0) < 0
	);
	for (const { name, model } of byRule ? mixtures : []) {
		const message = `${model} is, or may be, a mixture of experts: a token passes through its active_params only`;
		fault(`derived.from.${name}`, message);
		sound = false;
	}
	if (!sound) return;

	const unit = unitOf(figure.unit);
	const round = (base: number) =>
		Number((base / (unit?.size ?? 1)).toPrecision(written.digits ?? 3));
	const formulas: Derivation['formulas'] = [];

	for (const field of ['formula', 'value', 'low', 'high'] as const) {
		const formula = written[field];
		if (formula === undefined) continue;
		try {
			for (const name of namesIn(formula)) used.add(name);
			const result = evaluate(formula, quantities);
			if (unit && !sameDimension(result.dimension, unit.dimension)) {
				throw new FormulaError(
					`gives ${dimensionInWords(result.dimension)}, and ${figure.unit} is ${dimensionInWords(unit.dimension)}`
				);
			}
			formulas.push({ of: field === 'formula' ? 'number' : field, formula });
			if (field === 'low') figure.low = round(result.low);
			else if (field === 'high') figure.high = round(result.high);
			else {
				if (result.value !== undefined) figure.value = round(result.value);
				else if (field === 'value')
					throw new FormulaError('has only a range: it is no single number');
				if (field === 'formula' && result.low < result.high) {
					figure.low = round(result.low);
					figure.high = round(result.high);
				}
			}
		} catch (error) {
			if (!(error instanceof FormulaError)) throw error;
			fault(`derived.${field}`, error.message);
			sound = false;
		}
	}
	for (const name of quantities.keys()) {
		if (!used.has(name)) fault(`derived.from.${name}`, 'is used in no formula');
	}
	if (!sound) return;

	draft.derivation = { formulas, inputs };
	figure.statement = filled(figure);
}

/** Statement of a derived entry: `{value}`, `{low}` and `{high}` in it are what came out. */
function filled(figure: Figure): string {
	return figure.statement.replace(/\{(value|low|high)\}/g, (_, as: 'value' | 'low' | 'high') =>
		inWords(figure, { as, unit: false })
	);
}

type Source = Omit<Input, 'name'> & {
	quantity: Quantity;
	/** The model, where all parameters of a mixture of experts are taken. */
	mixture?: string;
};

/**
 * Where a number of a formula is from: `gpt3-flop`, `grok4-cost.high`, `500 tokens`,
 * `prices.csv: openai, gpt-6-luna, 2026-09-22, input`, `training-runs.csv: Grok 3, cost_usd_high`.
 */
function inputOf(from: string, figures: ReadonlyMap<string, Figure>, tables: Tables): Source {
	if (from.startsWith('prices.csv: ')) return priceOf(from.slice(12).split(', '), tables.prices);
	if (from.startsWith('training-runs.csv: ')) return runOf(from.slice(19), tables.runs);
	if (/^[\d.]/.test(from)) return written(from);
	return entryOf(from, figures);
}

function entryOf(from: string, figures: ReadonlyMap<string, Figure>): Source {
	const [id, end, ...more] = from.split('.');
	const figure = figures.get(id);
	if (!figure) throw new FormulaError(`figures.yaml has no entry "${id}"`);
	if (more.length || (end !== undefined && !['value', 'low', 'high'].includes(end))) {
		throw new FormulaError('may name value, low or high of an entry, and nothing else');
	}
	const { value, low, high, kind } = figure;
	const unit = unitOf(figure.unit);
	if (!unit || unit.words)
		throw new FormulaError(`"${id}" is in ${figure.unit}: not to be computed with`);

	if (end) {
		const one = figure[end as 'value' | 'low' | 'high'];
		if (one === undefined) throw new FormulaError(`"${id}" has no ${end}`);
		const words = inWords(figure, { as: end as 'value' | 'low' | 'high' });
		return { quantity: exact(one * unit.size, unit.dimension), entry: id, words };
	}
	const alone = low === undefined && high === undefined;
	if (!alone && (low === undefined || high === undefined)) {
		throw new FormulaError(`"${id}" is open at one end: name the end it has`);
	}
	if (!alone && kind === 'list-price') {
		throw new FormulaError(`"${id}" holds two prices: name low (input) or high (output)`);
	}
	return {
		quantity: {
			low: (low ?? value ?? NaN) * unit.size,
			high: (high ?? value ?? NaN) * unit.size,
			...(value !== undefined && { value: value * unit.size }),
			dimension: unit.dimension
		},
		entry: id,
		words: alone ? inWords(figure) : inWords(figure, { as: 'range' })
	};
}

function priceOf([vendor, model, from, what]: string[], prices: readonly Price[]): Source {
	const price = prices.find(
		(row) => row.vendor === vendor && row.model === model && row.from === from
	);
	if (!price) throw new FormulaError(`prices.csv has no row "${vendor}, ${model}, ${from}"`);
	if (!Object.hasOwn(directions, what ?? '')) {
		throw new FormulaError('must end in input, cached or output');
	}
	const dollars = price[directions[what as keyof typeof directions]];
	if (dollars === undefined) throw new FormulaError(`prices.csv has no ${what} price there`);
	const unit = unitOf(perToken);
	return {
		quantity: exact(Number(dollars) * (unit?.size ?? NaN), unit?.dimension),
		words: `${dollars} ${unitInWords(perToken)}`,
		row: { table: 'prices', words: `${vendor}, ${model}, ${from}, ${what}`, source: price.source }
	};
}

function runOf(from: string, runs: readonly TrainingRun[]): Source {
	const comma = from.lastIndexOf(', ');
	const model = from.slice(0, comma);
	const column = from.slice(comma + 2);
	const run = runs.find((row) => row.model === model);
	if (!run) throw new FormulaError(`training-runs.csv has no row "${model}"`);
	if (!Object.hasOwn(columns, column)) {
		throw new FormulaError(`training-runs.csv has no number in a column "${column}"`);
	}
	const [field, name] = columns[column as keyof typeof columns];
	const number = run[field];
	if (number === undefined)
		throw new FormulaError(`training-runs.csv has no ${column} of ${model}`);
	const unit = unitOf(name);
	// where nobody says how many are at work, all of them may be too many
	const mixture = column === 'params' && (run.activeParams ?? 0) < number;
	return {
		quantity: exact(number * (unit?.size ?? NaN), unit?.dimension),
		words: `${amount(number)} ${unitInWords(name)}`,
		row: {
			table: 'runs',
			words: `${model}, ${column}`,
			source: run.source,
			run: keyOf(model)
		},
		...(mixture && { mixture: model })
	};
}

/** A number that the formula brings with it: `3.8 GB per token`, `608 billion tokens per day`. */
function written(from: string): Source {
	const match = /^(\d+(?:\.\d+)?) (?:(thousand|million|billion|trillion) )?(.+)$/.exec(from);
	const unit = match ? unitOf(match[3]) : undefined;
	if (!match || !unit || unit.words) {
		throw new FormulaError(`"${from}" is no number with a unit of the vocabulary`);
	}
	const size = Number(match[1]) * (scales.get(match[2] ?? '') ?? 1) * unit.size;
	return {
		quantity: exact(size, unit.dimension),
		words: from.replace(match[3], unitInWords(match[3]))
	};
}

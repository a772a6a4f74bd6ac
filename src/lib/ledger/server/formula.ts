/**
 * @file Arithmetic on numbers that are known between two ends and have a dimension. A formula of the
 * ledger is read by this small parser: names, numbers, `+ - * / ^` and brackets, and nothing else.
 */
import { dimensionInWords, reduced, sameDimension, type Dimension } from './units.ts';

/** A number in base units. `low` and `high` are its ends; `value`, where there is one, lies between. */
export type Quantity = { low: number; high: number; value?: number; dimension: Dimension };

/** What is wrong with a formula, in words that follow its place. */
export class FormulaError extends Error {}

export const exact = (value: number, dimension: Dimension = {}): Quantity => ({
	low: value,
	high: value,
	value,
	dimension
});

/**
 * Works a formula out. Ends are carried through as intervals: the sum of two ranges runs from the sum of
 * their low ends to the sum of their high ends.
 * @throws FormulaError for what it cannot read, an unknown name, dimensions that do not fit, or a result
 * that is no finite number
 */
export function evaluate(formula: string, inputs: ReadonlyMap<string, Quantity>): Quantity {
	if (formula.length > 200) throw new FormulaError('is longer than 200 characters');
	const tokens = tokensOf(formula);
	let at = 0;
	let depth = 0;
	const next = () => tokens[at];
	const take = () => tokens[at++];

	function sum(): Quantity {
		let left = product();
		while (next() === '+' || next() === '-') {
			left = take() === '+' ? add(left, product()) : add(left, negative(product()));
		}
		return left;
	}

	function product(): Quantity {
		let left = power();
		while (next() === '*' || next() === '/') {
			left = take() === '*' ? multiply(left, power()) : multiply(left, inverse(power()));
		}
		return left;
	}

	function power(): Quantity {
		const base = single();
		if (next() !== '^') return base;
		take();
		return raise(base, power());
	}

	function single(): Quantity {
		const token = take();
		if (token === undefined) throw new FormulaError('ends too early');
		if (token === '(') {
			if (++depth > 20) throw new FormulaError('has more than 20 brackets inside each other');
			const inside = sum();
			if (take() !== ')') throw new FormulaError('has a bracket that is never closed');
			depth--;
			return inside;
		}
		if (/^[\d.]/.test(token)) return exact(Number(token));
		if (/^[a-z]/i.test(token)) {
			const input = inputs.get(token);
			if (!input) throw new FormulaError(`uses "${token}", which "from" does not name`);
			return input;
		}
		throw new FormulaError(`has "${token}" where a number or a name belongs`);
	}

	const result = sum();
	if (at < tokens.length) throw new FormulaError(`has "${next()}" where it should end`);
	for (const end of [result.low, result.high, result.value ?? 0]) {
		if (!Number.isFinite(end)) throw new FormulaError('has no finite result');
	}
	return result;
}

/** The names a formula uses, each once. */
export function namesIn(formula: string): string[] {
	return [...new Set(tokensOf(formula).filter((token) => /^[a-z]/i.test(token)))];
}

function tokensOf(formula: string): string[] {
	const tokens: string[] = [];
	const pattern = /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([a-zA-Z][a-zA-Z0-9]*)|([-+*/^()]))/y;
	const text = formula.trimEnd();
	while (pattern.lastIndex < text.length) {
		const from = pattern.lastIndex;
		const match = pattern.exec(text);
		if (!match) throw new FormulaError(`cannot be read at "${text.slice(from, from + 12).trim()}"`);
		tokens.push(match[1] ?? match[2] ?? match[3]);
	}
	return tokens;
}

function add(a: Quantity, b: Quantity): Quantity {
	if (!sameDimension(a.dimension, b.dimension)) {
		throw new FormulaError(
			`adds ${dimensionInWords(a.dimension)} and ${dimensionInWords(b.dimension)}`
		);
	}
	return {
		low: a.low + b.low,
		high: a.high + b.high,
		...(a.value !== undefined && b.value !== undefined && { value: a.value + b.value }),
		dimension: a.dimension
	};
}

function negative({ low, high, value, dimension }: Quantity): Quantity {
	return { low: -high, high: -low, ...(value !== undefined && { value: -value }), dimension };
}

function multiply(a: Quantity, b: Quantity): Quantity {
	const ends = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
	return {
		low: Math.min(...ends),
		high: Math.max(...ends),
		...(a.value !== undefined && b.value !== undefined && { value: a.value * b.value }),
		dimension: combined(a.dimension, b.dimension)
	};
}

function inverse({ low, high, value, dimension }: Quantity): Quantity {
	if (low <= 0 && high >= 0) throw new FormulaError('divides by what may be zero');
	return {
		low: 1 / high,
		high: 1 / low,
		...(value !== undefined && { value: 1 / value }),
		dimension: Object.fromEntries(Object.entries(dimension).map(([base, power]) => [base, -power]))
	};
}

function raise(base: Quantity, exponent: Quantity): Quantity {
	const power = exponent.value;
	if (power === undefined || exponent.low !== exponent.high || !Number.isInteger(power)) {
		throw new FormulaError('may only raise to a whole number');
	}
	if (Object.keys(exponent.dimension).length) throw new FormulaError('raises to what has a unit');
	if (power < 0 || power > 20) throw new FormulaError('may only raise to a power of 0 to 20');
	let result = exact(1);
	for (let i = 0; i < power; i++) result = multiply(result, base);
	return result;
}

function combined(a: Dimension, b: Dimension): Dimension {
	const sum: Record<string, number> = { ...a };
	for (const [base, power] of Object.entries(b)) sum[base] = (sum[base] ?? 0) + power;
	return reduced(sum);
}

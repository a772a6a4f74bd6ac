/** @file What the exhibit says, in words. */
import { amount } from '#lib/ledger/words.ts';
import type { Range } from '#lib/meter/crossing.ts';
import { trainingOperations } from '#lib/meter/formulas/operations.ts';
import { exactly } from '#lib/meter/formulas/quantity.ts';
import { dollarRange, many, rounded } from '../words.ts';
import type { Chip } from './chips.ts';
import { landmarks, type Landmark } from './landmarks.ts';
import { sumOf, type Run, type Sum } from './sums.ts';

/** "405 billion", "917,504". */
export const big = (n: number) => many(n, 4);

/** "6 × 10¹⁸", "79 trillion". */
export function operationWords(n: number): string {
	if (n < 1e15) return amount(n, 3);
	const [digits, power] = n.toExponential(2).split('e+');
	const raised = [...power].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
	return `${Number(digits)}\u00a0×\u00a010${raised}`;
}

/** "3.7 to 8 hours", "23 million to 51 million hours", "0.048 to 0.11 seconds". */
export function hourWords({ low, high }: Range): string {
	if (high < 1) return `${ends({ low: low * 3600, high: high * 3600 })} seconds`;
	return `${ends({ low, high })} hours`;
}

/** "$7.30 to $40"; what is less than a cent is said so. */
export function dollarWords(dollars: Range): string {
	return dollars.high < 0.01 ? 'less than a cent' : dollarRange(dollars, 2);
}

const units = [
	[1e9, 'gigawatt-hours'],
	[1e6, 'megawatt-hours'],
	[1e3, 'kilowatt-hours'],
	[1, 'watt-hours']
] as const;

/** "18,000 to 57,000 megawatt-hours" as "18 to 57 gigawatt-hours". */
export function energyWords({ low, high }: Range): string {
	if (high < 1) return 'less than a watt-hour';
	const [size, name] = units.find(([size]) => high >= size) ?? units[3];
	return `${ends({ low: low / size, high: high / size })} ${name}`;
}

function ends({ low, high }: Range): string {
	const of = (n: number) => (n < 1e6 ? rounded(n, n < 1000 ? 2 : 3) : many(n, 2));
	if (low === high) return low < 1e6 ? rounded(low, 4) : many(low, 3);
	const [a, b] = [of(low), of(high)];
	if (a === b) return b;
	const word = / [a-z]+$/.exec(b)?.[0];
	return word && a.endsWith(word) ? `${a.slice(0, -word.length)} to ${b}` : `${a} to ${b}`;
}

/** "10 million parameters, 100 billion tokens". */
export function runWords({ parameters, tokens }: Run): string {
	return `${big(parameters)} parameters, ${big(tokens)} tokens`;
}

/** Where what was published lies, seen from what the formula gives. */
export function apart(formula: Range, published: Range): string {
	const [above, below] = [published.low / formula.high, published.high / formula.low];
	if (formula.low === formula.high) return beyond(above, 'more', 'less');
	if (above > 1) return beyond(above, 'above the range', '');
	if (below < 1) return beyond(below, '', 'below the range');
	const inside = published.low >= formula.low && published.high <= formula.high;
	return inside ? 'within the range' : 'the ranges overlap';
}

function beyond(ratio: number, more: string, less: string): string {
	// Published numbers have two or three digits.
	if (Math.abs(ratio - 1) < 0.005) return 'the same but for rounding';
	const [factor, word] = ratio > 1 ? [ratio, more] : [1 / ratio, less];
	if (factor >= 2) return `${rounded(factor, 2)} times ${word}`;
	return `${rounded(Math.abs(ratio - 1) * 100, 2)}\u00a0% ${word}`;
}

export type Row = { what: string; formula: string; published: string; apart: string };

/** What the formula gives for a run on record beside what was published of it; what was not is left out. */
export function rowsOf({ published, ...run }: Landmark, { operations, ...sum }: Sum): Row[] {
	const row = (what: string, say: (n: Range) => string, formula: Range, known?: Range) =>
		known
			? [{ what, formula: say(formula), published: say(known), apart: apart(formula, known) }]
			: [];
	const whole = (n?: number) => (n === undefined ? undefined : exactly(n));
	// Chips that are not among those here had other hours.
	const hours = run.chip && whole(published.hours);
	return [
		...row('Operations', count, exactly(operations), whole(published.operations)),
		...row('Hours of a chip', hourWords, sum.hours, hours),
		...row('Dollars', dollarWords, sum.dollars, published.dollars),
		...row('Electricity', energyWords, sum.wattHours, whole(published.wattHours))
	];
}

const count = ({ low }: Range) => operationWords(low);

/** The bold finding, and what follows. */
export function caption(run: Run, sum: Sum, chip: Chip, at?: Landmark) {
	if (at) return { finding: found(at, sum), rest: `${sharing(at)}${at.why}` };
	return {
		finding: 'Ten times the parameters or ten times the text: either way ten times the bill.',
		rest: `Your run, ${big(run.parameters)} parameters shown ${big(run.tokens)} tokens, takes ${operationWords(sum.operations)} operations: ${dollarWords(sum.dollars)} for rented ${chip.name}s. ${beside(sum)}`
	};
}

function found({ name, published, byTheRule }: Landmark, { operations, hours }: Sum): string {
	if (published.operations) {
		return `${name}: ${operationWords(operations)} operations by the formula, ${operationWords(published.operations)} on record.`;
	}
	if (published.hours) {
		return `${name}: ${hourWords(hours)} by the formula, ${hourWords(exactly(published.hours))} on record.`;
	}
	return `${name}: ${operationWords(operations)} operations${byTheRule ? ', and only the formula to say so' : ''}.`;
}

function sharing({ inAll, parameters }: Landmark): string {
	return inAll
		? `Of its ${big(inAll)} parameters ${big(parameters)} work on a token, and only those count. `
		: '';
}

/** Where the reader's run lies among those on record. */
function beside({ operations }: Sum): string {
	const all = landmarks.map((one) => ({ name: one.name, ratio: ratioOf(one, operations) }));
	const nearest = all.reduce((a, b) => (off(b.ratio) < off(a.ratio) ? b : a));
	if (off(nearest.ratio) < 0.05) return `That is as much work as ${nearest.name}.`;
	return nearest.ratio > 1
		? `The run on record nearest to that, ${nearest.name}, took ${times(nearest.ratio)} as much work.`
		: `That is ${times(1 / nearest.ratio)} the work of ${nearest.name}, the run on record nearest to it.`;
}

const ratioOf = ({ parameters, tokens }: Run, operations: number) =>
	trainingOperations(parameters, tokens) / operations;
const off = (ratio: number) => Math.abs(Math.log(ratio));
const times = (ratio: number) => `${ratio < 10 ? rounded(ratio, 2) : many(ratio, 2)} times`;

/** The picture in one sentence. */
export function finding(run: Run, sum: Sum, chip: Chip, at?: Landmark): string {
	const names = landmarks.map(({ name }) => name).join(', ');
	return `A plane: tokens to the right, parameters upwards, each line ten times the one before. Your run, ${runWords(run)}, lies where a rented ${chip.name} takes ${dollarWords(sum.dollars)}. Further up and to the right everything costs more. Also on it: ${names}. ${caption(run, sum, chip, at).finding}`;
}

/** Said once when the dot has come to rest. */
export function settled(run: Run, chip: Chip): string {
	const sum = sumOf(run, chip);
	return `${runWords(run)}: ${operationWords(sum.operations)} operations, ${hourWords(sum.hours)} of one ${chip.name}, ${dollarWords(sum.dollars)}.`;
}

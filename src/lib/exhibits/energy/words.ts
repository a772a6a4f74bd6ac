/** @file What the picture of electricity says, in words. */
import type { Range } from '#lib/meter/crossing.ts';
import { spanned, type Beside, type Method } from '#lib/meter/energy.ts';
import { duration, many, rounded } from '../words.ts';
import type { Row } from './rows.ts';

const units: readonly [number, string][] = [
	[1e12, 'TWh'],
	[1e9, 'GWh'],
	[1e6, 'MWh'],
	[1e3, 'kWh'],
	[1, 'Wh']
];

const unitOf = (wattHours: number) => units.find(([size]) => wattHours >= size) ?? units[4];

/** "0.24 Wh", "18 to 100 GWh", "0.4 to 12 kWh"; both ends in one unit unless they lie far apart. */
export function energyWords({ low, high }: Range, digits = 2): string {
	const [size, unit] = unitOf(high);
	const far = low > 0 && high / low > 1000;
	const [from, to] = [low, high].map((n) => rounded(n / size, digits));
	if (from === to) return `${to}\u00a0${unit}`;
	if (far) return `${energyWords({ low, high: low }, digits)} to ${to}\u00a0${unit}`;
	return `${from} to ${to}\u00a0${unit}`;
}

/** A mark of the axis: "0.001", "1 kWh". Below a kilowatt-hour the unit stands once, at the end of the axis. */
export function markWords(wattHours: number, unit: boolean): string {
	if (!unit) return rounded(wattHours);
	return energyWords({ low: wattHours, high: wattHours }, 3);
}

/** What a row shows as its number: the one its source says where there is one, else both ends. */
export function amountWords({ energy, middle }: Pick<Row, 'energy' | 'middle'>): string {
	// Watts that nobody measured deserve no second digit.
	if (middle === undefined)
		return energyWords(energy.wattHours, energy.method === 'device' ? 1 : 2);
	return energyWords({ low: middle, high: middle }, 3);
}

/** The range around it, where both are published. */
export function aroundWords({
	energy: { wattHours },
	middle
}: Pick<Row, 'energy' | 'middle'>): string {
	if (middle === undefined || wattHours.low === wattHours.high) return '';
	return energyWords(wattHours, 3);
}

/** How a number came about, as short as a label. */
export function methodWords(method: Method, said: Row['said']): string {
	if (method === 'stated') {
		return said === 'measured' ? 'measured by its maker' : 'stated by its maker';
	}
	return {
		power: 'chips × watts × hours',
		operations: 'operations ÷ operations a joule',
		tokens: 'tokens × joules a token',
		device: 'seconds × watts'
	}[method];
}

type Caption = { finding: string; rest: string };

/** How far published answers lie apart, and why. */
export function answersCaption(all: readonly Row[], ordinary: readonly Row[]): Caption {
	const { low, high } = middles(all);
	const plain = middles(ordinary);
	return {
		finding: `One answer, from ${rounded(low)} to ${rounded(high)} watt-hours: a factor of ${rounded(high / low, 2)}.`,
		rest: `Nobody has to be wrong for that. The most is for a whole book that is read first, the least for the chips alone. For an ordinary short answer, with machines and building, the ${spelt(ordinary.length)} latest say ${rounded(plain.low)} to ${rounded(plain.high)}.`
	};
}

/** How far trainings lie apart, and how far two methods do for one of them. */
export function trainingsCaption(all: readonly Row[], one: readonly Row[]): Caption {
	const { low, high } = middles(all);
	const both = spanned(one.map(({ energy }) => energy));
	return {
		finding: `One training, from ${energyWords({ low, high: low })} to ${energyWords({ low: high, high })}: a factor of ${many(Number((high / low).toPrecision(2)))}.`,
		rest: `Most of that is the size of the model and how much text it read. But of one and the same training, too, two honest methods together leave everything from ${energyWords(both)} open.`
	};
}

/** "86 seconds of a 10-watt lamp", "1.6 percent of a full phone battery", "123 years of a US home’s electricity". */
export function besideWords({ known, count }: Beside): string {
	if (known.name.startsWith('minutes of ')) {
		return `${span(count, (n) => duration(n * 60))} of ${known.name.slice('minutes of '.length)}`;
	}
	if (count.high < 1) return `${span(count, (n) => rounded(n * 100, 2))} percent of ${known.each}`;
	const words = span(count, (n) =>
		n < 1000 ? rounded(n, n < 100 ? 2 : 3) : many(Number(n.toPrecision(2)))
	);
	return words === '1' ? known.each : `${words} ${known.name}`;
}

/** "0.24 Wh: that is 86 seconds of a 10-watt lamp, or 1.6 percent of a full phone battery." */
export function picturedWords(amount: Range, beside: readonly Beside[]): string {
	return `${energyWords(amount)}: that is ${beside.map(besideWords).join(', or ')}.`;
}

/** Both ends as `words` says them, "1.2 to 3 hours"; a unit they share stands once. */
function span({ low, high }: Range, words: (n: number) => string): string {
	const [from, to] = [words(low), words(high)];
	if (from === to) return to;
	const unit = / [a-z]+$/.exec(to)?.[0] ?? '';
	return `${unit && from.endsWith(unit) ? from.slice(0, -unit.length) : from} to ${to}`;
}

function middles(rows: readonly Row[]): Range {
	const all = rows.flatMap(({ energy: { wattHours }, middle }) =>
		middle === undefined ? [wattHours.low, wattHours.high] : [middle]
	);
	return { low: Math.min(...all), high: Math.max(...all) };
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const spelt = (n: number) => numbers[n] ?? String(n);

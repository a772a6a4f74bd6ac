/**
 * @file The units a number of the ledger may have: `USD per million tokens`, `GPU-hours`, `percent`.
 * Each is a size of some dimension, so that a formula over entries can be checked as one checks
 * physics: kilowatt-hours and gigawatt-hours mix by themselves, dollars and hours do not.
 */

/** Powers of base dimensions: `USD per hour` is `{ money: 1, time: -1 }`. A bare number has none. */
export type Dimension = Readonly<Record<string, number>>;

export type Unit = {
	dimension: Dimension;
	/** What one of it is, in base units: dollars, watt-hours, seconds, bytes, grams, single things. */
	size: number;
	/** A number that only stands for words, and that nothing may be computed from. */
	words?: true;
};

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365.25 * day;

const of = (size: number, ...dimensions: string[]): Unit => ({
	size,
	dimension: Object.fromEntries(dimensions.map((name) => [name, 1]))
});

/** What may stand alone or before `per`. Both numbers of a word, where both are used. */
const units = new Map<string, Unit>([
	['x', of(1)],
	['x training tokens', of(1)],
	['percent', of(0.01)],
	['percent more', of(0.01)],
	['percent off', of(0.01)],
	['percent of input price', of(0.01)],

	['USD', of(1, 'money')],
	['US cents', of(0.01, 'money')],

	['J', of(1 / hour, 'energy')],
	['Wh', of(1, 'energy')],
	['kWh', of(1e3, 'energy')],
	['MWh', of(1e6, 'energy')],
	['GWh', of(1e9, 'energy')],
	['TWh', of(1e12, 'energy')],
	['kilowatt-hour', of(1e3, 'energy')],
	['watts', { size: 1 / hour, dimension: { energy: 1, time: -1 } }],
	['kW', { size: 1e3 / hour, dimension: { energy: 1, time: -1 } }],
	['MW', { size: 1e6 / hour, dimension: { energy: 1, time: -1 } }],
	['gCO2e', of(1, 'carbon')],
	['tCO2e', of(1e6, 'carbon')],
	['tCO2', of(1e6, 'carbon')],

	['FLOP', of(1, 'operation')],
	['billion billion operations', of(1e18, 'operation')],
	['token', of(1, 'token')],
	['tokens', of(1, 'token')],
	['training tokens', of(1, 'token')],
	['input tokens', of(1, 'token')],
	['words', of(1, 'word')],
	['parameter', of(1, 'parameter')],
	['parameters', of(1, 'parameter')],
	['GB', of(1e9, 'byte')],
	['TB', of(1e12, 'byte')],
	['bytes', of(1, 'byte')],
	['bits', of(1 / 8, 'byte')],
	['transfer', of(1, 'transfer')],
	['transfers', of(1, 'transfer')],

	['chip', of(1, 'chip')],
	['chips', of(1, 'chip')],
	['GPU-hour', of(hour, 'chip', 'time')],
	['GPU-hours', of(hour, 'chip', 'time')],
	['chip-hours', of(hour, 'chip', 'time')],
	['core-hour', of(hour, 'core', 'time')],
	['second', of(1, 'time')],
	['minute', of(minute, 'time')],
	['hour', of(hour, 'time')],
	['hours', of(hour, 'time')],
	['day', of(day, 'time')],
	['days', of(day, 'time')],
	['month', of(year / 12, 'time')],
	['months', of(year / 12, 'time')],
	['year', of(year, 'time')],
	['years', of(year, 'time')],

	// Whoever asks calls it a query, a prompt, a use; what comes back is an answer. One each.
	['query', of(1, 'use')],
	['prompt', of(1, 'use')],
	['prompts', of(1, 'use')],
	['answer', of(1, 'use')],
	['uses', of(1, 'use')],
	['home-year', of(year, 'home', 'time')],
	['home-years', of(year, 'home', 'time')],
	['homes', of(1, 'home')],
	['car-year', of(year, 'car', 'time')],
	['car-years', of(year, 'car', 'time')],
	['kilometre', of(1e3, 'distance')],
	['people', of(1, 'person')],
	['page', of(1, 'page')],
	['credit', of(1, 'credit')],

	['years of retention', { ...of(year, 'time'), words: true }],
	['no (0) or yes (1)', { ...of(1), words: true }],
	['calendar year', { ...of(1), words: true }]
]);

/** Words of size before a unit: `608 billion tokens`, `USD per million tokens`. */
export const scales: ReadonlyMap<string, number> = new Map([
	['thousand', 1e3],
	['million', 1e6],
	['billion', 1e9],
	['trillion', 1e12]
]);

/** Reads a unit, or returns undefined where a word of it is not in the vocabulary. */
export function unitOf(name: string): Unit | undefined {
	let size = 1;
	const dimension: Record<string, number> = {};
	let words: true | undefined;

	for (const [place, part] of name.split(' per ').entries()) {
		const [, scale, rest] = /^(?:(thousand|million|billion|trillion) )?(.+)$/.exec(part) ?? [];
		const whole = units.get(part);
		const unit = whole ?? units.get(rest ?? '');
		if (!unit || (unit.words && name !== part)) return undefined;
		words ||= unit.words;
		const sized = unit.size * (whole ? 1 : (scales.get(scale ?? '') ?? 1));
		size *= place ? 1 / sized : sized;
		for (const [base, power] of Object.entries(unit.dimension)) {
			dimension[base] = (dimension[base] ?? 0) + (place ? -power : power);
		}
	}
	return { size, dimension: reduced(dimension), ...(words && { words }) };
}

/** Without what cancels out. */
export function reduced(dimension: Record<string, number>): Dimension {
	return Object.fromEntries(Object.entries(dimension).filter(([, power]) => power));
}

export function sameDimension(a: Dimension, b: Dimension): boolean {
	const bases = new Set([...Object.keys(a), ...Object.keys(b)]);
	return [...bases].every((base) => (a[base] ?? 0) === (b[base] ?? 0));
}

/** `money per time`, for a sentence that says what does not fit. */
export function dimensionInWords(dimension: Dimension): string {
	const part = (sign: 1 | -1) =>
		Object.entries(dimension)
			.filter(([, power]) => power * sign > 0)
			.map(([base, power]) => (power * sign === 1 ? base : `${base}^${power * sign}`));
	const above = part(1).join(' × ') || 'a bare number';
	const below = part(-1);
	return below.length ? `${above} per ${below.join(' × ')}` : above;
}

/** A price of tokens: what `prices.csv` and the topics of prices and tuning speak of. */
export const isTokenPrice = (name: string): boolean => {
	const unit = unitOf(name);
	return !!unit && sameDimension(unit.dimension, { money: 1, token: -1 });
};

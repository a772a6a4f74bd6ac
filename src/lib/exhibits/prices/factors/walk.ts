/**
 * @file A bill as a product: the price of a token, times the tokens in a task, times the tasks. On a ruler on which each line is
 * ten times the one before, to multiply is to take a step, so that a fall and two rises become a walk.
 */

export type Factors = {
	/** The price fell to one part in so many. */
	price: number;
	/** Times as many tokens in a task. */
	tokens: number;
	/** Times as many tasks. */
	tasks: number;
};

/** What the bill is, in times what it was. */
export function billOf({ price, tokens, tasks }: Factors): number {
	return (tokens * tasks) / price;
}

export type Leg = { key: 'price' | 'tokens' | 'tasks'; from: number; to: number };

/** The walk from the bill as it was, 1, to the bill as it is. A factor of one is no step. */
export function walk({ price, tokens, tasks }: Factors): Leg[] {
	const fallen = 1 / price;
	return [
		{ key: 'price', from: 1, to: fallen },
		{ key: 'tokens', from: fallen, to: fallen * tokens },
		{ key: 'tasks', from: fallen * tokens, to: fallen * tokens * tasks }
	];
}

/** How many times the tasks may grow until the bill is what it was; below one where the tokens alone make it more. */
export function evenTasks({ price, tokens }: Factors): number {
	return price / tokens;
}

export type Ruler = { low: number; high: number };

/** The powers of ten between which the walk lies. */
export function rulerOf(factors: Factors): Ruler {
	const logs = walk(factors).flatMap(({ from, to }) => [Math.log10(from), Math.log10(to)]);
	return {
		low: Math.min(Math.floor(Math.min(...logs) + 1e-9), -3),
		high: Math.max(Math.ceil(Math.max(...logs) - 1e-9), 2)
	};
}

/** Where a number of times stands, 0 at the left end and 1 at the right. */
export function placeOf(times: number, { low, high }: Ruler): number {
	return (Math.log10(times) - low) / (high - low);
}

/** "a thousandth", "a tenth", "as before", "100 times". */
export function powerWords(power: number): string {
	const parts: Record<number, string> = {
		[-3]: 'a thousandth',
		[-2]: 'a hundredth',
		[-1]: 'a tenth',
		0: 'as before'
	};
	return parts[power] ?? `${(10 ** power).toLocaleString('en')} times`;
}

/** The most that any of the three may be set to. */
export const MOST = 1000;

const STEPS = 300;

/** Where a factor stands on its slider, 0 to 300. */
export function stepOf(factor: number): number {
	return Math.round((Math.log10(clamp(factor)) / Math.log10(MOST)) * STEPS);
}

/** The factor at a place of its slider, to two digits. */
export function factorAt(step: number): number {
	return clamp(Number((10 ** ((step / STEPS) * Math.log10(MOST))).toPrecision(2)));
}

/** A factor between one and the most; what is no number is one. */
export function clamp(factor: number): number {
	return Number.isFinite(factor) ? Math.min(Math.max(factor, 1), MOST) : 1;
}

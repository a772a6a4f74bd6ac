/** @file The picture in numbers: a crowd is a line whose slope is its tokens a day, a training is a height. */
import { highest, lowest, type Figure } from '#lib/ledger/figure.ts';
import type { Range } from '#lib/meter/crossing.ts';
import { daysToCross } from '#lib/meter/formulas/crossing-tokens.ts';

export type Way = {
	key: 'work' | 'trials' | 'busy' | 'alone';
	/** As one chooses it. */
	name: string;
	/** Use has caught up after so many times the training tokens. */
	times: Range;
	/** What the line stands for. */
	bar: string;
	/** "using it has then taken …" */
	took: string;
	why: string;
	figure: Figure;
};

/** Days of the horizontal axis. */
export const YEAR = 365;

export const LEAST = 1;
export const MOST = 8_000_000_000;

/** How far up the picture the highest end of the training line is drawn. */
const HEIGHT = 0.8;

/** Tokens of use that come to as much as the training; `tokens` are those of the training. */
export function lineOf(
	tokens: Pick<Figure, 'value' | 'low' | 'high'>,
	{ times }: Pick<Way, 'times'>
): Range {
	return { low: times.low * lowest(tokens), high: times.high * highest(tokens) };
}

/** Days until a crowd has used so many tokens; each day the same. */
export function daysTo(line: Range, people: number, tokensADay: number): Range {
	return daysToCross(line, people * tokensADay);
}

/** Tokens at the top of the picture. */
export function topOf(line: Range): number {
	return line.high / HEIGHT;
}

/** A crowd in the picture: where its line leaves it, 0 to 1 from the left and from the foot. */
export type Slope = { x: number; y: number };

/** From the origin to the right edge or to the top, whichever comes first. */
export function slopeOf(people: number, tokensADay: number, top: number): Slope {
	const atYearsEnd = (people * tokensADay * YEAR) / top;
	return atYearsEnd <= 1 ? { x: 1, y: atYearsEnd } : { x: 1 / atYearsEnd, y: 1 };
}

/** The crowd whose line runs through a point of the picture, to two digits. */
export function crowdAt({ x, y }: Slope, tokensADay: number, top: number): number {
	if (!(x > 0)) return MOST;
	return clamp(round((y * top) / (x * YEAR * tokensADay)));
}

const STEPS = 1000;
const decades = Math.log10(MOST / LEAST);

/** Where a crowd stands on a slider of its powers of ten, 0 to 1,000. */
export function stepOf(people: number): number {
	return Math.round((Math.log10(clamp(people) / LEAST) / decades) * STEPS);
}

/** The crowd at a place of that slider, to two digits. */
export function crowdOf(step: number): number {
	return clamp(round(LEAST * 10 ** ((step / STEPS) * decades)));
}

export function clamp(people: number): number {
	return Number.isFinite(people) ? Math.min(Math.max(people, LEAST), MOST) : LEAST;
}

function round(n: number): number {
	return n < 1 ? 1 : Math.round(Number(n.toPrecision(2)));
}

/** Below this share of the picture's height, at the end of the year, a line cannot be told from the axis. */
const FLAT = 0.008;

export type Crowd = { key: 'you' | 'class' | 'company' | 'billion'; name: string; people: number };

/** Crowds to compare with, each with its own slope. */
export const crowds: readonly Crowd[] = [
	{ key: 'you', name: 'just you', people: 1 },
	{ key: 'class', name: 'a class of 30', people: 30 },
	{ key: 'company', name: 'a company of 10,000', people: 10_000 },
	{ key: 'billion', name: 'a billion people', people: 1e9 }
];

/** Which crowds cannot be told from the axis, and which can. */
export function sorted(
	tokensADay: number,
	top: number
): { flat: Crowd[]; seen: (Crowd & { slope: Slope })[] } {
	const all = crowds.map((crowd) => ({
		...crowd,
		slope: slopeOf(crowd.people, tokensADay, top)
	}));
	return {
		flat: all.filter(({ slope }) => slope.y < FLAT),
		seen: all.filter(({ slope }) => slope.y >= FLAT)
	};
}

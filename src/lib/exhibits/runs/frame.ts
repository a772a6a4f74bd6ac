/**
 * @file Where a run lies in the picture: its day from left to right, its number upwards, each line ten
 * times the one below. Both as shares of the room, from 0 to 1, so that the first paint is the final one
 * at any width. The frame is that of all runs: it stays when some of them are filtered out.
 */
import type { TrainingRun } from '#lib/ledger/card.ts';
import { keyOf } from '#lib/ledger/run.ts';
import type { Axis } from './axes.ts';

export type Frame = {
	/** First and last year, both of them lines; the last one is the end of the picture. */
	years: { year: number; at: number }[];
	/** Powers of ten, lowest first. */
	decades: { value: number; at: number }[];
	x: (date: string) => number;
	y: (value: number) => number;
};

/** A run in the picture. */
export type Mark = {
	run: TrainingRun;
	key: string;
	x: number;
	/** Lowest and highest figure; of a run that has one figure both are the same. Missing: not known. */
	low?: number;
	high?: number;
};

/** Years since Christ of a day, `2023.2`. By the calendar alone: no clock and no time zone has a say. */
export function yearOf(date: string): number {
	const [year, month, day] = date.split('-').map(Number);
	const start = Date.UTC(year, 0);
	return year + (Date.UTC(year, month - 1, day) - start) / (Date.UTC(year + 1, 0) - start);
}

export function frameOf(runs: readonly TrainingRun[], axis: Axis): Frame {
	const days = runs.map(({ date }) => yearOf(date));
	const first = Math.floor(Math.min(...days));
	const last = Math.max(Math.floor(Math.max(...days)) + 1, first + 1);
	const values = runs.flatMap((run) => Object.values(axis.ends(run) ?? {}));
	// without a number anywhere there is still a picture: of one power of ten
	const least = values.length ? Math.floor(Math.log10(Math.min(...values))) : 0;
	const most = Math.max(values.length ? Math.ceil(Math.log10(Math.max(...values))) : 0, least + 1);
	const x = (year: number) => (year - first) / (last - first);
	const y = (exponent: number) => (exponent - least) / (most - least);

	return {
		years: Array.from({ length: last - first + 1 }, (_, i) => ({
			year: first + i,
			at: x(first + i)
		})),
		decades: Array.from({ length: most - least + 1 }, (_, i) => ({
			value: Number(`1e${least + i}`),
			at: y(least + i)
		})),
		x: (date) => x(yearOf(date)),
		y: (value) => y(Math.log10(value))
	};
}

/** The runs in the order of their days; on one day in that of the table. */
export function inOrder(runs: readonly TrainingRun[]): TrainingRun[] {
	return [...runs].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

export function marksOf(runs: readonly TrainingRun[], axis: Axis, frame: Frame): Mark[] {
	return runs.map((run) => {
		const { low, high } = axis.ends(run) ?? {};
		return {
			run,
			key: keyOf(run.model),
			x: frame.x(run.date),
			...(low !== undefined && { low: frame.y(low) }),
			...(high !== undefined && { high: frame.y(high) })
		};
	});
}

/** Where a mark is pointed at and named: its upper end; where nothing is known, under the picture. */
export function spot({ x, low, high }: Mark): { x: number; y: number | undefined } {
	return { x, y: high ?? low };
}

const round = (share: number) => Math.round(share * 1e4) / 100;

/**
 * Paths in a square of 100 by 100. A point is a line of no length, whose round or square cap is drawn at
 * its own size however the square is stretched: so a thousand runs are seven elements.
 */
export function pathsOf(marks: readonly Mark[], parts: boolean) {
	const paths = { high: '', medium: '', low: '', whole: '', span: '', open: '', none: '' };
	for (const { run, x, low, high } of marks) {
		const at = (share: number) => `M${round(x)} ${100 - round(share)}h.01`;
		if (low === undefined && high === undefined) {
			paths.none += `M${round(x)} 0v100`;
			continue;
		}
		const ends = [...new Set([low, high].filter((end) => end !== undefined))];
		if (parts && high !== undefined && high !== low) paths.whole += at(high);
		for (const end of ends) {
			if (!(parts && end === high && high !== low)) paths[run.confidence] += at(end);
		}
		if (low !== undefined && high !== undefined && low !== high)
			paths.span += `M${round(x)} ${100 - round(low)}V${100 - round(high)}`;
		if (!parts && (low === undefined || high === undefined)) {
			const from = 100 - round((low ?? high) as number);
			paths.open += `M${round(x)} ${from}v${high === undefined ? -OPEN : OPEN}`;
		}
	}
	return paths;
}

/** Length of the dashes that say "or more", of a hundred. */
export const OPEN = 6;

/** The mark that is nearest to a point, both in the same measure; none beyond `reach`. */
export function nearest(
	marks: readonly Mark[],
	point: { x: number; y: number },
	room: { width: number; height: number },
	reach: number,
	/** How far below the picture those stand of which nothing is known. */
	below: number
): Mark | undefined {
	let found: Mark | undefined;
	let least = reach;
	for (const mark of marks) {
		const dx = mark.x * room.width - point.x;
		const ends = [mark.low, mark.high].filter((end) => end !== undefined);
		for (const y of ends.length ? ends.map((end) => end * room.height) : [-below]) {
			const distance = Math.hypot(dx, y - point.y);
			if (distance < least) {
				least = distance;
				found = mark;
			}
		}
	}
	return found;
}

/** @file Who is named in the picture, at each of the widths it is drawn for. */
import type { Axis } from './axes.ts';
import { OPEN, spot, type Mark } from './frame.ts';
import { place, type Candidate, type Label, type Obstacle } from './labels.ts';
import { again } from './words.ts';

/** Height of the picture, in rem. */
export const HEIGHT = 24;

/**
 * The widths the picture has names for, narrowest first: from which width of its frame on, and the room
 * that leaves beside the axis, in rem. Where it is wider the points only move apart.
 */
export const widths = [
	{ key: 'narrow', from: 15.5, room: 10.8, most: 6, values: false },
	{ key: 'phone', from: 19.5, room: 14.9, most: 8, values: false },
	{ key: 'middle', from: 30, room: 23.6, most: 9, values: true },
	{ key: 'wide', from: 44, room: 37.5, most: 12, values: true }
] as const;

export type Names = { key: (typeof widths)[number]['key']; labels: Label[] }[];

/** @param first keys of those that are named before all others */
export function namesOf(marks: readonly Mark[], axis: Axis, first: readonly string[]): Names {
	const seen = marks.filter((mark) => spot(mark).y !== undefined);
	const byKey = new Map(seen.map((mark) => [mark.key, mark]));
	const height = (mark: Mark) => spot(mark).y ?? 0;
	const byHeight = [...seen].sort((a, b) => height(b) - height(a));
	const wanted = new Set([
		...axis.named.slice(0, 4).map(({ key }) => key),
		...first,
		...axis.named.map(({ key }) => key),
		// where few are left, whoever is left: the ends first
		...[byHeight[0], byHeight.at(-1), seen.at(-1), seen[0]].flatMap((mark) => mark?.key ?? []),
		...byHeight.slice(0, 40).map(({ key }) => key)
	]);
	const chosen = [...wanted].flatMap((key) => byKey.get(key) ?? []);
	const thread = threadOf(seen, axis);
	const obstacles = [
		...obstaclesOf(seen, axis.parts),
		...thread.slice(1).flatMap((to, i) => between(thread[i], to))
	];

	return widths.map(({ key, room, most, values }) => {
		const candidates = chosen.map((mark): Candidate => {
			const as = axis.named.find((one) => one.key === mark.key)?.as ?? mark.run.model;
			const { x, y } = spot(mark);
			const lines = values ? [as, axis.words(mark.run)] : [as];
			const foot = mark.low ?? mark.high;
			return { key: mark.key, x, y: y ?? 0, ...(foot !== undefined && { foot }), lines };
		});
		return {
			key,
			labels: place(candidates, obstacles, { width: room, height: HEIGHT }, most)
		};
	});
}

/** Every point of the picture that a name may not hide: dots, the lines between them, and the dashes of open ends. */
export function obstaclesOf(marks: readonly Mark[], parts = false): Obstacle[] {
	return marks.flatMap(({ x, low, high }) => {
		const [from, to] = [
			low ?? (parts ? high! : high! - OPEN / 100),
			high ?? (parts ? low! : low! + OPEN / 100)
		];
		return between({ x, y: from }, { x, y: to });
	});
}

/** Points along a line, closer together than a name is high, on the widest picture too. */
export function between(from: Obstacle, to: Obstacle): Obstacle[] {
	const steps = Math.max(Math.ceil(Math.hypot(to.y - from.y, to.x - from.x) * HEIGHT * 4), 1);
	return Array.from({ length: steps + 1 }, (_, i) => ({
		...(i > 0 && i < steps && { thin: true }),
		x: from.x + ((to.x - from.x) * i) / steps,
		y: from.y + ((to.y - from.y) * i) / steps
	}));
}

/** The ends of the line along which one result stands, in the order of its days; none where one of them is missing. */
export function threadOf(marks: readonly Mark[], axis: Axis): Obstacle[] {
	if (axis.key !== 'dollars') return [];
	const points = again.flatMap((key) => {
		const mark = marks.find((one) => one.key === key);
		const { x, y } = mark ? spot(mark) : { x: 0, y: undefined };
		return y === undefined ? [] : [{ x, y }];
	});
	return points.length === again.length ? points : [];
}

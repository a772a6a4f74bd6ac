/**
 * @file Which runs are named in the picture, and where their names stand. Worked out from the width of
 * letters, not measured: the names are there before any code is, and at every width. Distances in rem.
 */

/** Somebody who wants to be named. */
export type Candidate = {
	key: string;
	/** The point that is named, from 0 to 1, upwards; of a line its upper end. */
	x: number;
	y: number;
	/** Its lower end. */
	foot?: number;
	/** One line under the other. */
	lines: readonly string[];
};

export type Label = Candidate & {
	/** Left lower corner of the words, from the point; its `y` is the end they stand at. */
	dx: number;
	dy: number;
	align: 'start' | 'middle' | 'end';
};

/** What a name may not lie on. */
export type Obstacle = {
	x: number;
	y: number;
	/** A point of a line: less wide than a dot. */
	thin?: true;
};

type Box = { left: number; right: number; bottom: number; top: number };

/** Width of a letter and height of a line at the smallest size of type, generously. */
const LETTER = 0.475;
const LINE = 1.05;
/** Half a dot, and the air around it. */
const DOT = 0.42;
const THIN = 0.15;
const AIR = 0.3;
/** How far a name may reach under the picture, and how far from its left edge something else stands there. */
const UNDER = 1.25;
const SAID = 5;

export function sizeOf(lines: readonly string[]): { width: number; height: number } {
	return {
		width: Math.max(...lines.map((line) => [...line].length)) * LETTER,
		height: lines.length * LINE
	};
}

const touch = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;

/** Names as many as fit, in the order they are asked for, none on another and none on a dot; the first line alone where the rest finds no room. */
export function place(
	wanted: readonly Candidate[],
	obstacles: readonly Obstacle[],
	room: { width: number; height: number },
	most: number
): Label[] {
	const placed: Label[] = [];
	const boxes: Box[] = [];
	const dots = obstacles.map(({ x, y, thin }): Box => {
		const [left, bottom, reach] = [x * room.width, y * room.height, thin ? THIN : DOT];
		return {
			left: left - reach,
			right: left + reach,
			bottom: bottom - reach,
			top: bottom + reach
		};
	});

	for (const candidate of wanted) {
		if (placed.length === most) break;
		const alone = { ...candidate, lines: candidate.lines.slice(0, 1) };
		const found = [...ways(candidate), ...ways(alone)].find((label) => {
			const box = boxOf(label, room);
			return (
				box.left >= -0.2 &&
				box.right <= room.width + 0.6 &&
				box.bottom >= (box.left < SAID ? -0.3 : -UNDER) &&
				box.top <= room.height + 1.2 &&
				!boxes.some((other) => touch(box, other)) &&
				!dots.some((dot) => touch(box, dot))
			);
		});
		if (!found) continue;
		placed.push(found);
		const box = boxOf(found, room);
		boxes.push({
			left: box.left - AIR,
			right: box.right + AIR,
			bottom: box.bottom - AIR / 3,
			top: box.top + AIR / 3
		});
	}
	return placed;
}

/** The places a name may have, best first: beside the point, over it, under it, the corners; then at its foot. */
function ways(candidate: Candidate): Label[] {
	const { y, foot = y } = candidate;
	return foot === y
		? around(candidate)
		: [y, foot].flatMap((end) => around({ ...candidate, y: end }));
}

function around(candidate: Candidate): Label[] {
	const { width, height } = sizeOf(candidate.lines);
	const side = DOT + AIR;
	const label = (dx: number, dy: number, align: Label['align']) => ({
		...candidate,
		dx,
		dy,
		align
	});
	const over = DOT + AIR / 2;
	return [
		label(-side - width, -height / 2, 'end'),
		label(side, -height / 2, 'start'),
		label(-width / 2, over, 'middle'),
		label(-width + side, over, 'end'),
		label(-side, over, 'start'),
		label(-width / 2, -over - height, 'middle'),
		label(-width + side, -over - height, 'end'),
		label(-side, -over - height, 'start'),
		label(-side - width, over - height / 3, 'end'),
		label(side, over - height / 3, 'start'),
		label(-side - width, -0.1 - height, 'end'),
		label(side, -0.1 - height, 'start')
	];
}

export function boxOf(label: Label, room: { width: number; height: number }): Box {
	const { width, height } = sizeOf(label.lines);
	const left = label.x * room.width + label.dx;
	const bottom = label.y * room.height + label.dy;
	return { left, right: left + width, bottom, top: bottom + height };
}

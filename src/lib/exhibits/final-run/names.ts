/**
 * @file On which side of its dot each name stands, so that none lies on another or on a dot. Worked out for a narrow and for a
 * wide plane, in pixels of small text at its first size, so that the first paint needs no measuring; a plane wider than that
 * only moves dots apart.
 */
import type { Side } from './landmarks.ts';
import type { Place } from './plane.ts';

export type Name = { key: string; text: string; at: Place; sides: readonly Side[]; gap?: number };

/** Of the area, in pixels. */
export type Size = { width: number; height: number };

export const narrow: Size = { width: 205, height: 384 };
export const wide: Size = { width: 555, height: 384 };

type Box = { left: number; right: number; top: number; bottom: number };

/** Of a wide font at 13 pixels: what is narrower leaves room. */
const LETTER = 7.6;
const LINE = 16;
/** From the middle of a dot to the text. */
const GAP = 9;
/** From the middle of the reader's, which is larger. */
export const WIDE_GAP = 14;

/** The box of a text on one side of a place; y downwards. */
export function boxOf(text: string, { x, y }: Place, side: Side, size: Size, gap = GAP): Box {
	const width = text.length * LETTER;
	const [across, down] = [x * size.width, (1 - y) * size.height];
	const left =
		side === 'right' ? across + gap : side === 'left' ? across - gap - width : across - width / 2;
	const top =
		side === 'above' ? down - gap - LINE : side === 'below' ? down + gap : down - LINE / 2;
	return { left, right: left + width, top, bottom: top + LINE };
}

/** Around a dot, or around text with its middle at a place. */
export function around({ x, y }: Place, size: Size, half: { x: number; y: number }): Box {
	const [across, down] = [x * size.width, (1 - y) * size.height];
	return {
		left: across - half.x,
		right: across + half.x,
		top: down - half.y,
		bottom: down + half.y
	};
}

export const amountBox = (text: string, at: Place, size: Size) =>
	around(at, size, { x: (text.length * LETTER) / 2, y: LINE / 2 });

export const overlap = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const inside = ({ left, right, top, bottom }: Box, { width, height }: Size) =>
	left >= 0 && right <= width + 14 && top >= 0 && bottom <= height;

/**
 * A side for each name, first come first served, or none where there is no room.
 * @param taken where no name may lie
 */
export function sidesOf(
	names: readonly Name[],
	taken: readonly Box[],
	size: Size
): Map<string, Side | undefined> {
	const full = [...taken];
	return new Map(
		names.map(({ key, text, at, sides, gap }) => {
			const side = sides.find((side) => {
				const box = boxOf(text, at, side, size, gap);
				return inside(box, size) && !full.some((other) => overlap(box, other));
			});
			if (side) full.push(boxOf(text, at, side, size, gap));
			return [key, side];
		})
	);
}

/**
 * @file The slip of till paper under the lens: 40 x 25 squares that fill from bottom left, row by
 * row. A stretch of squares is at most three rectangles (a started row, whole rows, a begun row), so
 * a slip with something sent and something that came back is at most six, however full it is.
 */

export const COLUMNS = 40;
export const ROWS = 25;
export const SQUARES = COLUMNS * ROWS;

/** In squares; y counts downwards from the top of the slip. */
export type Rect = { x: number; y: number; width: number; height: number };

/** What lies on one slip: squares sent first, then squares that came back; whole squares. */
export type Fill = { sent: number; came: number };

/** The rectangles that cover the squares from number `from` up to, not including, number `to`. */
export function rects(from: number, to: number): Rect[] {
	const end = Math.min(to, SQUARES);
	const found: Rect[] = [];
	let at = Math.max(from, 0);

	while (at < end) {
		const row = Math.floor(at / COLUMNS);
		const x = at % COLUMNS;
		const whole = x === 0 ? Math.floor((end - at) / COLUMNS) : 0;
		const height = Math.max(whole, 1);
		const width = whole ? COLUMNS : Math.min(COLUMNS - x, end - at);

		found.push({ x, y: ROWS - row - height, width, height });
		at += width * height;
	}
	return found;
}

/** How many times the finest square one square must stand for, so that `squares` fit: 1, 10, 100, … */
export function ladder(squares: number): number {
	let unit = 1;
	while (squares / unit > SQUARES) unit *= 10;
	return unit;
}

/** Whole squares for two amounts; rounded so that the two together are the rounded sum. */
export function whole(sent: number, came: number): Fill {
	const first = Math.round(clean(sent));
	return { sent: first, came: Math.round(clean(sent + came)) - first };
}

/**
 * Slips already full and what lies on the present one. A slip is taken away when the next square is
 * due, not when its last one falls: a full slip can be seen.
 */
export function carry({ sent, came }: Fill): { full: number; rest: Fill } {
	const full = Math.max(Math.ceil((sent + came) / SQUARES) - 1, 0);
	const gone = full * SQUARES;
	const sentLeft = Math.max(sent - gone, 0);
	return { full, rest: { sent: sentLeft, came: sent + came - gone - sentLeft } };
}

/**
 * The squares of the token at `index` of what came back, as numbers on the present slip; nothing if
 * they went away with an earlier one. `sent` and `came` are squares a token.
 */
export function squaresOf(
	index: number,
	counts: { sent: number; came: number },
	each: { sent: number; came: number }
): { from: number; to: number } | undefined {
	const before = counts.sent * each.sent;
	const { full } = carry(whole(before, counts.came * each.came));
	const from = Math.round(clean(before + index * each.came)) - full * SQUARES;
	const to = Math.round(clean(before + (index + 1) * each.came)) - full * SQUARES;
	return to > 0 ? { from: Math.max(from, 0), to } : undefined;
}

/** Takes the noise of binary fractions away: 0.00006 / 0.00001 is meant to be 6. */
function clean(value: number): number {
	return Number(value.toPrecision(12));
}

import { describe, expect, it } from 'vitest';
import { carry, COLUMNS, ladder, rects, ROWS, SQUARES, squaresOf, whole } from './slip.ts';

/** The numbers of the squares that rectangles cover, each as often as it is covered. */
function covered(from: number, to: number): number[] {
	return rects(from, to)
		.flatMap(({ x, y, width, height }) =>
			Array.from({ length: width * height }, (_, i) => {
				const column = x + (i % width);
				const row = ROWS - 1 - (y + Math.floor(i / width));
				return row * COLUMNS + column;
			})
		)
		.sort((a, b) => a - b);
}

describe('rects', () => {
	it('cover every square between two numbers once, for any two numbers', () => {
		for (let from = 0; from <= SQUARES; from += 17) {
			for (let to = from; to <= SQUARES; to += 13) {
				expect(covered(from, to)).toEqual(Array.from({ length: to - from }, (_, i) => from + i));
			}
		}
	});

	it('are at most three', () => {
		for (let from = 0; from <= SQUARES; from += 7) {
			for (let to = from; to <= SQUARES; to += 11) expect(rects(from, to).length).toBeLessThan(4);
		}
	});

	it('fill from bottom left', () => {
		expect(rects(0, 1)).toEqual([{ x: 0, y: ROWS - 1, width: 1, height: 1 }]);
	});

	it('do not leave the slip', () => {
		expect(covered(990, 5000)).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
	});
});

describe('ladder', () => {
	it('is the smallest power of ten with which the squares fit', () => {
		expect([1, 1000, 1001, 10_000, 10_001].map(ladder)).toEqual([1, 1, 10, 10, 100]);
	});
});

describe('whole', () => {
	it('rounds so that parts and sum agree', () => {
		expect(whole(1.4, 1.4)).toEqual({ sent: 1, came: 2 });
	});

	it('is not misled by binary fractions', () => {
		expect(whole(10 * (0.00003 / 0.00001), 76 * (0.00006 / 0.00001))).toEqual({
			sent: 30,
			came: 456
		});
	});
});

describe('carry', () => {
	it('keeps a full slip in sight until the next square is due', () => {
		expect(carry({ sent: 0, came: 1000 })).toEqual({ full: 0, rest: { sent: 0, came: 1000 } });
		expect(carry({ sent: 0, came: 1001 })).toEqual({ full: 1, rest: { sent: 0, came: 1 } });
	});

	it('takes what was sent away with the first slip', () => {
		expect(carry({ sent: 30, came: 1000 })).toEqual({ full: 1, rest: { sent: 0, came: 30 } });
	});

	it('spreads a long prompt over slips', () => {
		expect(carry({ sent: 1500, came: 100 })).toEqual({ full: 1, rest: { sent: 500, came: 100 } });
	});

	it('is empty at nothing', () => {
		expect(carry({ sent: 0, came: 0 })).toEqual({ full: 0, rest: { sent: 0, came: 0 } });
	});
});

describe('squaresOf', () => {
	const each = { sent: 3, came: 6 };

	it('finds the squares of a token after those that were sent', () => {
		expect(squaresOf(2, { sent: 10, came: 76 }, each)).toEqual({ from: 42, to: 48 });
	});

	it('finds none on a slip that is gone', () => {
		expect(squaresOf(0, { sent: 10, came: 400 }, each)).toBeUndefined();
	});

	it('covers all squares without a gap when a token is not a whole number of them', () => {
		const counts = { sent: 10, came: 50 };
		const odd = { sent: 0.7, came: 1.7 };
		for (let i = 1; i < 50; i++) {
			expect(squaresOf(i, counts, odd)?.from).toBe(squaresOf(i - 1, counts, odd)?.to);
		}
	});
});

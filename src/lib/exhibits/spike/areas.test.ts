import { expect, it } from 'vitest';
import { nearest, SLIP_AREA } from './areas.ts';

const court = { name: 'a tennis court', squareMetres: 261 };
const island = { name: 'an island', squareMetres: 59e6 };

it('60,000 slips are about a tennis court', () => {
	expect(60_000 * SLIP_AREA).toBeCloseTo(268.8, 1);
	expect(nearest(60_000 * SLIP_AREA, [island, court])).toBe(court);
});

it('names nothing that is off by more than a factor of 1.3', () => {
	expect(nearest(261 * 1.29, [court])).toBe(court);
	expect(nearest(261 * 1.31, [court])).toBeUndefined();
	expect(nearest(261 / 1.29, [court])).toBe(court);
	expect(nearest(261 / 1.31, [court])).toBeUndefined();
	expect(nearest(261, [])).toBeUndefined();
});

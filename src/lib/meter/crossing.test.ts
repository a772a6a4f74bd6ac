import { expect, it } from 'vitest';
import { crossing, secondsIntoDay, share } from './crossing.ts';

const bar = { low: 40, high: 80 };

it('the crossing is the bar divided by one asking, at both ends', () => {
	expect(crossing(bar, 0.5)).toEqual({ low: 80, high: 160 });
});

it('what takes nothing never crosses', () => {
	expect(crossing(bar, 0)).toEqual({ low: Infinity, high: Infinity });
});

it('a share is smallest against the high end of the bar', () => {
	expect(share(20, bar)).toEqual({ low: 0.25, high: 0.5 });
});

it('6,792 trainings a day cross 13 seconds after midnight', () => {
	expect(secondsIntoDay({ low: 60e6, high: 60e6 }, 6792 * 60e6)).toBeCloseTo(12.72, 2);
});

import { expect, test } from 'vitest';
import { learningRateAt } from './schedule.ts';

const schedule = { peak: 0.01, warmUp: 10, steps: 110, floor: 0.1 };

test('the rate rises to the peak, falls along a cosine and stays at the floor', () => {
	expect(learningRateAt(0, schedule)).toBeCloseTo(0.001, 12);
	expect(learningRateAt(9, schedule)).toBeCloseTo(0.01, 12);
	expect(learningRateAt(10, schedule)).toBeCloseTo(0.01, 12);
	expect(learningRateAt(60, schedule)).toBeCloseTo(0.0055, 12);
	expect(learningRateAt(110, schedule)).toBeCloseTo(0.001, 12);
	expect(learningRateAt(1000, schedule)).toBeCloseTo(0.001, 12);
});

import { describe, expect, it } from 'vitest';
import { coreTime } from './core-time.ts';

const rates = {
	watts: { low: 4, high: 20 },
	kilowattHour: { low: 0.08, high: 0.45 },
	coreHour: { low: 0.01, high: 0.1 }
};

describe('an hour of one core', () => {
	it('takes its watts in watt-hours, and what these cost', () => {
		const { wattHours, dollars } = coreTime(3600, rates);
		expect(wattHours).toEqual({ low: 4, high: 20 });
		expect(dollars.electricity.low).toBeCloseTo(0.00032, 12);
		expect(dollars.electricity.high).toBeCloseTo(0.009, 12);
		expect(dollars.rent).toEqual({ low: 0.01, high: 0.1 });
	});

	it('grows with the seconds, from nothing', () => {
		expect(coreTime(0, rates).wattHours).toEqual({ low: 0, high: 0 });
		expect(coreTime(18, rates).wattHours.high).toBeCloseTo(0.1, 12);
	});
});

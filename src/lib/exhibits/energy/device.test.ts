import { expect, test } from 'vitest';
import { assumedWatts, deviceAnswer, lastRun } from './device.ts';

const line = (change: object = {}) => ({
	at: 1,
	model: 'Pocket model',
	sent: 10,
	came: 137,
	ms: 66,
	...change
});

test('the last run of the pocket model that says how long it took', () => {
	expect(lastRun([])).toBeUndefined();
	expect(lastRun([line({ came: 5 }), line(), line({ model: 'Qwen3', ms: 900 })])).toEqual({
		sent: 10,
		came: 137,
		seconds: 0.066,
		here: true
	});
});

test.each([undefined, 0, -1, NaN, 1e12])('%s milliseconds are no run to say anything of', (ms) => {
	expect(lastRun([line({ ms })])).toBeUndefined();
});

test('66 milliseconds at 4 to 20 watts: an estimate, and called one', () => {
	const { energy, said, counted, name } = deviceAnswer(lastRun([line()])!, assumedWatts);
	// 0.066 s × 4 W / 3600
	expect(energy.wattHours).toEqual({
		low: expect.closeTo(0.0000733, 7),
		high: expect.closeTo(0.000367, 6)
	});
	expect([energy.estimate, said]).toEqual([true, 'estimated']);
	expect(name).toBe('This device, your last run');
	expect(counted).toBe(
		'0.066 seconds of one core at 4 to 20 watts, for 10 tokens in and 137 out; no screen, no network'
	);
	expect(deviceAnswer(lastRun([line()])!, { low: 8, high: 8 }).counted).toContain('at 8 watts');
});

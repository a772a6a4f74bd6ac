import { expect, test } from 'vitest';
import { axisOf } from './axis.ts';

test('a small window is the whole axis, however little is said', () => {
	expect(axisOf(256, 0)).toEqual({ top: 256, ticks: [0, 100, 200] });
	expect(axisOf(256, 250)).toEqual({ top: 256, ticks: [0, 100, 200] });
});

test.each([
	[4096, 40, 200],
	[4096, 300, 400],
	[4096, 1000, 1500],
	[131_072, 20_000, 30_000]
])(
	'under a window of %d that is far above, %d tokens have an axis of %d',
	(context, tallest, top) => {
		const axis = axisOf(context, tallest);
		expect(axis.top).toBe(top);
		expect(axis.ticks[0]).toBe(0);
		expect(axis.ticks.length).toBeLessThan(7);
		expect(Math.max(...axis.ticks)).toBeLessThan(top);
	}
);

test('near its end the window is drawn, and nothing stands above the axis', () => {
	expect(axisOf(4096, 1500).top).toBe(4096);
	expect(axisOf(256, 300).top).toBe(300);
});

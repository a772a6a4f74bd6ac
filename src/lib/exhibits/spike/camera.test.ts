import { describe, expect, it } from 'vitest';
import { way } from './camera.svelte.ts';

describe('the way from one scale to another', () => {
	const one = 163;
	const bar = 60e6;

	it('steps back by tens until it is there', () => {
		const to = { top: one * 2.5e9, askings: 2.5e9 };
		const frames = way({ top: bar, askings: 1 }, to, one, bar);
		expect(frames.map(({ top }) => top)).toEqual([60e6, 600e6, 6e9, 60e9, one * 2.5e9]);
		for (const { top, askings } of frames) expect(askings * one).toBeCloseTo(top, 3);
	});

	it('is one movement where nothing is far', () => {
		const to = { top: bar, askings: bar / one };
		expect(way({ top: bar, askings: 10_000 }, to, one, bar)).toEqual([to]);
		const back = { top: bar, askings: 1 };
		expect(way({ top: one * 2.5e9, askings: 2.5e9 }, back, one, bar)).toEqual([back]);
	});

	it('is one movement where there is nothing to step through', () => {
		const to = { top: 1e12, askings: 5 };
		expect(way({ top: bar, askings: 1 }, to, 0, bar)).toEqual([to]);
	});
});

import { expect, test } from 'vitest';
import { backTo } from './spent.ts';

const spent = (steps: number) => ({
	steps,
	tokens: steps * 512,
	learning: steps * 1e6,
	looking: steps * 1e3,
	learningMs: steps * 10,
	lookingMs: steps
});

test('steps and tokens go back to the kept state, and all that was spent stays', () => {
	expect(backTo(spent(30), spent(44))).toEqual({ ...spent(44), steps: 30, tokens: 30 * 512 });
});

test('of the GPU the steps go back as well, and its time stays', () => {
	const all = { ...spent(44), onGpu: { steps: 40, ms: 500 } };
	expect(backTo({ ...spent(30), onGpu: { steps: 26, ms: 300 } }, all).onGpu).toEqual({
		steps: 26,
		ms: 500
	});
	expect(backTo(spent(0), all).onGpu).toEqual({ steps: 0, ms: 500 });
});

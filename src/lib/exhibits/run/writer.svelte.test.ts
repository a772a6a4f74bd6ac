import { afterEach, expect, test, vi } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import * as doors from '#lib/engine/doors.ts';
import { warm } from './pocket.ts';
import { writer } from './writer.svelte.ts';

// What fetches the pocket model's weights, only watched.
vi.mock('#lib/engine/doors.ts', { spy: true });

const onGpu = { name: 'webllm', model: { name: 'On the GPU', parameters: 1 } } as Engine;

afterEach(() => {
	writer.use(undefined);
	vi.clearAllMocks();
});

/** As long as it takes to fetch the code that would fetch the weights. */
const later = () => new Promise((resolve) => setTimeout(resolve, 100));

test('whoever is about to press Run has the pocket model on its way', async () => {
	warm();
	await expect.poll(() => doors.warm).toHaveBeenCalledTimes(1);
});

test.each([
	['the wrapper of an exhibit', warm],
	['an exhibit', () => writer.warm()]
])('while a model on the GPU writes, %s fetches nothing of the pocket model', async (_, near) => {
	vi.mocked(doors.warm).mockReturnValue(undefined);
	writer.use(onGpu);
	near();
	await later();
	expect(doors.warm).not.toHaveBeenCalled();

	// chosen again, it is wanted again
	writer.pocket = true;
	near();
	await expect.poll(() => doors.warm).toHaveBeenCalledTimes(1);
});

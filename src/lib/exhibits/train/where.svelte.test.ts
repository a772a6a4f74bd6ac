import { afterEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { Paces } from '#lib/engine/training/protocol.ts';
import { Settings } from './settings.svelte.ts';
import type { Training } from './training.svelte.ts';
import Where from './Where.svelte';

afterEach(() => void vi.restoreAllMocks());

const offered = (gpu: unknown) =>
	vi.spyOn(Navigator.prototype, 'gpu', 'get').mockReturnValue(gpu as never);
const adapter = (info: object) => ({ requestAdapter: async () => ({ info }) });

async function show(paces?: Paces) {
	const settings = new Settings('train', true);
	const training = { paces } as unknown as Training;
	const page = await render(Where, { settings, training, locked: false, onsettle() {} });
	const text = () => page.container.textContent!.replace(/\s+/g, ' ');
	const choices = () => page.container.querySelector<HTMLElement>('.offered')!;
	return { settings, text, choices };
}

test.each([
	['without WebGPU', undefined],
	['that offers no GPU', { requestAdapter: async () => null }],
	['that fails over it', { requestAdapter: () => Promise.reject(new Error('no')) }]
])('a browser %s has the processor, in a sentence, and nothing to choose', async (_, gpu) => {
	offered(gpu);
	const { text, choices } = await show();
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(text()).toContain('as long as this browser offers no GPU to train on');
	expect(getComputedStyle(choices()).visibility).toBe('hidden');
});

test('a GPU is offered, and one that is only imitated is called so', async () => {
	offered(adapter({ vendor: 'example' }));
	const one = await show();
	await expect.poll(() => getComputedStyle(one.choices()).visibility).toBe('visible');
	expect(one.text()).not.toContain('only imitated');
	expect(one.text()).not.toContain('offers no GPU');

	offered(adapter({ vendor: 'google', architecture: 'swiftshader' }));
	const two = await show();
	await expect.poll(two.text).toContain('only imitated here, by the processor');
});

test('what was measured stands at each place, and which is the faster', async () => {
	offered(adapter({ vendor: 'example' }));
	const { text } = await show({ processor: 20, gpu: 5 });
	await expect.poll(text).toContain('here: the GPU');
	expect(text()).toMatch(/the processor 50 steps a second here/);
	expect(text()).toMatch(/the GPU 200 steps a second here/);
});

test('where one of them was measured nothing is said to be faster', async () => {
	offered(adapter({ vendor: 'example' }));
	const { text } = await show({ processor: 20 });
	await expect.poll(text).toContain('50 steps a second here');
	expect(text()).toContain('not measured yet');
	expect(text()).toContain('both are tried first, for a moment');
});

import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import record from './recorded.json';
import Spike from './Spike.svelte';
import { recordedView, type RecordedTraining } from './view.ts';

test('the bill has a line more where a GPU has a part in it, and one less where the next run has none', async () => {
	const view = recordedView(record as unknown as RecordedTraining);
	const write = (spent: typeof view.spent) => [
		{ name: 'steps', value: `${spent.steps}` },
		...(spent.onGpu ? [{ name: 'time of the GPU', value: '2 s' }] : []),
		{ name: 'electricity', value: '0.1', unit: 'Wh' }
	];
	const on = (steps: number, onGpu?: { steps: number; ms: number }) => ({
		view: { ...view, spent: { ...view.spent, steps, ...(onGpu ? { onGpu } : {}) } },
		over: false,
		write
	});
	const { rerender } = await render(Spike, on(1));
	const lines = () =>
		[...document.querySelectorAll('dl div')].map((one) =>
			one.textContent!.replace(/[ \n\t]+/g, ' ').trim()
		);
	expect(lines()).toEqual(['steps 1', 'electricity 0.1\u00a0Wh']);
	await rerender(on(2, { steps: 2, ms: 9 }));
	expect(lines()).toEqual(['steps 2', 'time of the GPU 2 s', 'electricity 0.1\u00a0Wh']);
	await rerender(on(3));
	expect(lines()).toEqual(['steps 3', 'electricity 0.1\u00a0Wh']);
});

import { expect, test } from 'vitest';
import { type Fate, watchGpus } from './lost.ts';

function scripted() {
	let lose = () => {};
	const events = new EventTarget();
	const gpu = {
		lost: new Promise<void>((resolve) => (lose = resolve)),
		addEventListener: events.addEventListener.bind(events)
	} as unknown as GPUDevice;
	class GPUAdapter {
		async requestDevice() {
			return gpu;
		}
	}
	const fail = (kind: 'GPUOutOfMemoryError' | 'GPUValidationError') => {
		const error = new { [kind]: class {} }[kind]();
		events.dispatchEvent(Object.assign(new Event('uncapturederror'), { error }));
	};
	return { scope: { GPUAdapter }, adapter: () => new GPUAdapter(), gpu, lose: () => lose(), fail };
}

test('a GPU that is taken for a model is watched: its loss, and its memory', async () => {
	const { scope, adapter, gpu, lose, fail } = scripted();
	const told: Fate[] = [];
	watchGpus(scope, () => (fate) => told.push(fate));
	expect(await adapter().requestDevice()).toBe(gpu);
	fail('GPUValidationError');
	expect(told).toEqual([]);
	fail('GPUOutOfMemoryError');
	lose();
	await gpu.lost;
	expect(told).toEqual(['memory', 'lost']);
});

test('a GPU that is taken only to look at it is not, and without GPUs nothing happens', async () => {
	const { scope, adapter, gpu, lose } = scripted();
	const { requestDevice } = scope.GPUAdapter.prototype;
	let asked = 0;
	const stop = watchGpus(scope, () => {
		asked++;
		return undefined;
	});
	await adapter().requestDevice();
	lose();
	await gpu.lost;
	expect(asked).toBe(1);
	stop();
	expect(scope.GPUAdapter.prototype.requestDevice).toBe(requestDevice);
	expect(watchGpus({}, () => () => {})).toBeTypeOf('function');
});

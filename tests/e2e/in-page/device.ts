/** @file For `device.spec.ts`: the check of the device in a page that has nothing else. */
import { models } from '#lib/engine/webllm/catalogue.ts';
import { checkDevice, type Device } from '#lib/engine/webllm/device.ts';
import { recommend, type Recommendation } from '#lib/engine/webllm/verdict.ts';

export type Advice = Recommendation & { device: Device; ms: number };

Object.assign(globalThis, {
	async advise(): Promise<Advice> {
		const began = performance.now();
		const device = await checkDevice();
		const ms = performance.now() - began;
		return { ...recommend(device, models), device, ms };
	}
});

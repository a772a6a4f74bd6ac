/** The real thing: Chromium's WebGPU on a software adapter, as the tests of this repository start it. */
import { expect, test } from 'vitest';
import { models } from './catalogue.ts';
import { checkDevice, type Device } from './device.ts';
import { recommend, refusal } from './verdict.ts';

test('the software adapter is found, taken, given back, named, and advised against', async () => {
	const device = await checkDevice();
	expect(device).toMatchObject({
		secure: true,
		webgpu: true,
		asked: 'found',
		adapter: { software: true, slowOnly: false },
		taken: 'works',
		keeps: true,
		persisted: false,
		phone: false
	});
	expect(device.adapter!.name).toMatch(/swiftshader/i);
	expect(device.free).toBeGreaterThan(0);

	expect(refusal(device)).toBeUndefined();
	const advice = recommend(device, models);
	expect(advice.model).toBeUndefined();
	expect(advice.offered.length).toBeGreaterThan(0);
	for (const { verdict } of advice.offered) expect(verdict.fits).toBe('try-anyway');
});

test('a worker comes to the same, as far as a worker can know it', async () => {
	const worker = new Worker(new URL('./testing/device-worker.ts', import.meta.url), {
		type: 'module'
	});
	const said = await new Promise<Device>((resolve, reject) => {
		worker.onmessage = ({ data }: MessageEvent<Device>) => resolve(data);
		worker.onerror = () => reject(new Error('The worker did not start.'));
	});
	worker.terminate();
	const here = await checkDevice();
	expect({ ...said, free: 0 }).toEqual({ ...here, free: 0 });
});

test('fifty checks leave no device behind', async () => {
	const made: GPUDevice[] = [];
	const { requestDevice } = GPUAdapter.prototype;
	GPUAdapter.prototype.requestDevice = async function (...asked) {
		const device = await requestDevice.apply(this, asked);
		made.push(device);
		return device;
	};
	try {
		for (let i = 0; i < 50; i++) await checkDevice();
	} finally {
		GPUAdapter.prototype.requestDevice = requestDevice;
	}
	expect(made.length).toBe(50);
	const reasons = await Promise.all(made.map(async ({ lost }) => (await lost).reason));
	expect(reasons.every((reason) => reason === 'destroyed')).toBe(true);
});

/** The real adapter, with some of what it says of itself changed: what it then refuses, it refuses for real. */
async function claiming(claims: Record<string, unknown>) {
	const adapter = (await navigator.gpu.requestAdapter())!;
	return checkDevice({
		isSecureContext: true,
		navigator: {
			gpu: {
				requestAdapter: async () =>
					new Proxy(adapter, {
						get(real, name) {
							if (typeof name === 'string' && name in claims) return claims[name];
							const value: unknown = Reflect.get(real, name, real);
							return typeof value === 'function' ? value.bind(real) : value;
						}
					})
			}
		}
	});
}

test('G6: an adapter that promises more than it has refuses when it is taken', async () => {
	const { limits, features } = (await navigator.gpu.requestAdapter())!;
	expect((await claiming({})).taken).toBe('works');

	// A limit out of reach: OperationError.
	expect(limits.maxComputeInvocationsPerWorkgroup).toBeLessThan(1024);
	const boast = new Proxy(limits, {
		get: (real, name) =>
			name === 'maxComputeInvocationsPerWorkgroup' ? 1024 : Reflect.get(real, name, real)
	});
	expect((await claiming({ limits: boast })).taken).toBe('refused');

	// A feature that is not there: TypeError.
	expect(features.has('shader-f16')).toBe(false);
	expect((await claiming({ features: new Set(['shader-f16']) })).taken).toBe('refused');
});

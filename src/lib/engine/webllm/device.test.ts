import { describe, expect, test, vi } from 'vitest';
import { checkDevice } from './device.ts';
import { largestPiece, required, shortOf, type LimitName } from './limits.ts';
import { good, plenty, scope, ScriptedAdapter } from './testing/gpus.ts';

const never = () => new Promise<never>(() => {});

test('a good device is described, taken as web-llm takes it, and given back', async () => {
	const adapter = new ScriptedAdapter();
	expect(await checkDevice(scope(adapter))).toEqual({
		...good,
		adapter: {
			...good.adapter,
			limits: Object.fromEntries(
				Object.keys(required).map((name) => [name, plenty[name as LimitName]])
			)
		}
	});
	expect(adapter.asked).toEqual({
		requiredLimits: {
			maxStorageBuffersPerShaderStage: 10,
			maxComputeWorkgroupStorageSize: 32_768,
			maxBufferSize: 2 ** 30,
			maxStorageBufferBindingSize: 2 ** 30,
			maxComputeInvocationsPerWorkgroup: 1024
		},
		requiredFeatures: ['shader-f16']
	});
	expect(adapter.open).toBe(0);
});

test('a small GPU is asked for what web-llm falls back to', async () => {
	const adapter = new ScriptedAdapter({
		limits: {
			maxBufferSize: 2 ** 29,
			maxStorageBufferBindingSize: 2 ** 28,
			maxComputeInvocationsPerWorkgroup: 300
		},
		features: ['subgroups']
	});
	const device = await checkDevice(scope(adapter));
	expect(device.taken).toBe('works');
	expect(device.adapter?.f16).toBe(false);
	expect(adapter.asked).toMatchObject({
		requiredLimits: {
			maxBufferSize: 2 ** 28,
			maxStorageBufferBindingSize: 2 ** 27,
			maxComputeInvocationsPerWorkgroup: 256
		},
		requiredFeatures: ['subgroups']
	});
});

describe('without a GPU', () => {
	test('an insecure page asks for none', async () => {
		const page = scope();
		const asking = vi.spyOn(page.navigator.gpu!, 'requestAdapter');
		const device = await checkDevice({ ...page, isSecureContext: false });
		expect(device).toMatchObject({ secure: false, asked: 'not-asked', taken: 'not-asked' });
		expect(asking).not.toHaveBeenCalled();
	});

	test('a browser without WebGPU has none', async () => {
		const device = await checkDevice(scope(null, { gpu: undefined }));
		expect(device).toMatchObject({ secure: true, webgpu: false, asked: 'not-asked' });
		expect(device.adapter).toBeUndefined();
	});

	test('a browser may have WebGPU and no adapter', async () => {
		const device = await checkDevice(scope(null));
		expect(device).toMatchObject({ webgpu: true, asked: 'none', taken: 'not-asked' });
	});

	test('a browser that throws when asked has none', async () => {
		const device = await checkDevice(
			scope(null, { gpu: { requestAdapter: () => Promise.reject(new Error('lost')) } })
		);
		expect(device.asked).toBe('none');
	});

	test('a browser that never answers is not waited for', async () => {
		const device = await checkDevice(scope(null, { gpu: { requestAdapter: never } }), 20);
		expect(device.asked).toBe('silent');
	});

	test('nothing at all is known of an empty place', async () => {
		expect(await checkDevice({})).toEqual({
			secure: false,
			webgpu: false,
			asked: 'not-asked',
			taken: 'not-asked',
			keeps: false,
			phone: false,
			unknown: ['storage', 'persistence', 'connection', 'memory']
		});
	});
});

test('an adapter that only comes when no fast one is wished for is marked', async () => {
	const slow = new ScriptedAdapter() as unknown as GPUAdapter;
	const device = await checkDevice(
		scope(null, {
			gpu: { requestAdapter: async (wish) => (wish?.powerPreference ? null : slow) }
		})
	);
	expect(device).toMatchObject({ asked: 'found', adapter: { slowOnly: true } });
});

test.each([
	['by its flag', { isFallbackAdapter: true }],
	['by the name SwiftShader', { architecture: 'swiftshader', vendor: 'google' }],
	['by the name llvmpipe', { description: 'llvmpipe (LLVM 15.0.6, 256 bits)' }],
	['by the name of Windows’', { description: 'Microsoft Basic Render Driver' }]
])('a software adapter is known %s', async (_, info) => {
	const device = await checkDevice(scope(new ScriptedAdapter({ info })));
	expect(device.adapter?.software).toBe(true);
});

test('a GPU without a name is one whose name the browser would not say', async () => {
	const info = { vendor: '', architecture: '', description: '' };
	const device = await checkDevice(scope(new ScriptedAdapter({ info })));
	expect(device.adapter?.name).toBe('');
	expect(device.unknown).toEqual(['adapter-name']);
});

test('an older browser has the flag on the adapter', async () => {
	const adapter = Object.assign(new ScriptedAdapter(), { isFallbackAdapter: true });
	expect((await checkDevice(scope(adapter))).adapter?.software).toBe(true);
});

test.each(Object.keys(required) as LimitName[])(
	'%s below what is needed is found',
	async (name) => {
		const adapter = new ScriptedAdapter({ limits: { [name]: required[name] - 1 } });
		const device = await checkDevice(scope(adapter));
		expect(shortOf(device.adapter!.limits)).toBe(name);
		expect(device.taken).toBe('not-asked');
		expect(adapter.asked).toBeUndefined();
		expect(shortOf({ ...plenty, [name]: required[name] })).toBeUndefined();
		expect(shortOf({ ...plenty, [name]: NaN })).toBe(name);
	}
);

test('the largest piece is 1 GiB where the GPU has it, else what web-llm falls back to', () => {
	expect(largestPiece(plenty)).toBe(2 ** 30);
	expect(largestPiece({ ...plenty, maxStorageBufferBindingSize: 2 ** 30 - 4 })).toBe(2 ** 27);
	expect(largestPiece({ ...plenty, maxBufferSize: 2 ** 29 })).toBe(2 ** 28);
});

describe('taking the GPU', () => {
	test.each([
		['OperationError', new DOMException('limit', 'OperationError')],
		['TypeError', new TypeError('feature')]
	])('may be refused with %s', async (_, error) => {
		const adapter = new ScriptedAdapter({ device: () => Promise.reject(error) });
		expect((await checkDevice(scope(adapter))).taken).toBe('refused');
	});

	test('may bring no answer, and what comes late is given back', async () => {
		let answer = (_: unknown) => {};
		const adapter = new ScriptedAdapter({
			device: () => new Promise((resolve) => (answer = resolve))
		});
		const began = performance.now();
		const device = await checkDevice(scope(adapter), 30);
		expect(device.taken).toBe('silent');
		expect(performance.now() - began).toBeLessThan(1000);
		answer(adapter.made());
		await vi.waitFor(() => expect(adapter.open).toBe(0));
	});
});

describe('storage', () => {
	test('a window whose caches throw keeps nothing', async () => {
		const page = Object.defineProperty(scope(), 'caches', {
			get() {
				throw new DOMException('The operation is insecure.', 'SecurityError');
			}
		});
		expect((await checkDevice(page)).keeps).toBe(false);
	});

	test.each([
		['throws', () => Promise.reject(new Error('no'))],
		['never answers', never]
	])('is not known where the estimate %s', async (_, estimate) => {
		const device = await checkDevice(scope(undefined, { storage: { estimate } }), 20);
		expect(device.free).toBeUndefined();
		expect(device.unknown).toEqual(['storage', 'persistence']);
	});

	test('is never less than nothing', async () => {
		const estimate = async () => ({ quota: 5, usage: 9 });
		expect((await checkDevice(scope(undefined, { storage: { estimate } }))).free).toBe(0);
	});
});

describe('a connection', () => {
	test.each([
		['is metered when data are to be saved', { saveData: true }, true],
		['is metered when it is a telephone’s', { saveData: false, type: 'cellular' }, true],
		['is not metered when it is a cable', { saveData: false, type: 'ethernet' }, false],
		['is not known without its type', { saveData: false }, undefined],
		['is not known where the browser says nothing', undefined, undefined]
	])('%s', async (_, connection, metered) => {
		const device = await checkDevice(
			scope(undefined, connection ? { connection } : { connection: {} })
		);
		expect(device.metered).toBe(metered);
		expect(device.unknown.includes('connection')).toBe(metered === undefined);
	});
});

test.each([
	['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148', 5, true],
	['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1.15', 5, true],
	['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1.15', 0, false],
	['Mozilla/5.0 (Linux; Android 16) Chrome/156.0.0.0', 5, true],
	['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0.0.0', 10, false]
])('%s with %i touch points: a phone or tablet? %s', async (userAgent, maxTouchPoints, phone) => {
	expect((await checkDevice(scope(undefined, { userAgent, maxTouchPoints }))).phone).toBe(phone);
});

test('a browser may say itself that it is a phone', async () => {
	const device = await checkDevice(scope(undefined, { userAgentData: { mobile: true } }));
	expect(device.phone).toBe(true);
});

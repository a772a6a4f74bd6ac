/** @file Scripted GPUs for tests: an adapter as a browser would give it, with one thing wrong at a time. */
import type { Device, Scope } from '../device.ts';

/** A good graphics chip's limits, as browsers report them. */
export const plenty = {
	maxStorageBuffersPerShaderStage: 10,
	maxComputeWorkgroupStorageSize: 32_768,
	maxBufferSize: 4_294_967_296,
	maxStorageBufferBindingSize: 2_147_483_644,
	maxComputeInvocationsPerWorkgroup: 1024
};

export type Scripted = {
	limits?: Partial<typeof plenty>;
	features?: string[];
	info?: Record<string, unknown>;
	/** What asking for the device does. */
	device?: () => Promise<unknown>;
};

/** What was asked of it, and whether what it gave was given back. */
export class ScriptedAdapter {
	readonly limits;
	readonly features: Set<string>;
	readonly info: Record<string, unknown>;
	asked: Record<string, unknown> | undefined;
	open = 0;
	#device;

	constructor({ limits = {}, features = ['shader-f16'], info = {}, device }: Scripted = {}) {
		this.limits = { ...plenty, ...limits };
		this.features = new Set(features);
		this.info = { vendor: 'acme', architecture: 'rocket', description: '', ...info };
		this.#device = device;
	}

	/** A device that counts whether it was destroyed. */
	made() {
		this.open++;
		return { destroy: () => this.open-- };
	}

	async requestDevice(asked: Record<string, unknown>) {
		this.asked = asked;
		return this.#device ? this.#device() : this.made();
	}
}

/** A secure page whose browser answers every question. */
export function scope(
	adapter: ScriptedAdapter | null = new ScriptedAdapter(),
	changes: Partial<NonNullable<Scope['navigator']>> = {}
): Scope & { navigator: NonNullable<Scope['navigator']> } {
	return {
		isSecureContext: true,
		caches: {},
		navigator: {
			gpu: { requestAdapter: async () => adapter as unknown as GPUAdapter | null },
			storage: {
				estimate: async () => ({ quota: 10e9, usage: 1e9 }),
				persisted: async () => false
			},
			userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36',
			connection: { saveData: false, type: 'wifi' },
			deviceMemory: 8,
			...changes
		}
	};
}

/** A device on which everything works. */
export const good: Device = {
	secure: true,
	webgpu: true,
	asked: 'found',
	adapter: { name: 'acme rocket', software: false, slowOnly: false, f16: true, limits: plenty },
	taken: 'works',
	free: 9e9,
	persisted: false,
	keeps: true,
	metered: false,
	memory: 8 * 2 ** 30,
	phone: false,
	unknown: []
};

/** The good device with another adapter. */
export function withAdapter(changes: Partial<NonNullable<Device['adapter']>>): Device {
	return { ...good, adapter: { ...good.adapter!, ...changes } };
}

/**
 * @file What this device can do, found out before anything is downloaded: in a page or in a worker, without a request, and
 * without keeping the GPU. It gathers facts; what they mean for a model is said in `verdict.ts`.
 */

import { required, shortOf, WISHED, type LimitName, type Limits } from './limits.ts';
import { findAdapter, isSoftware, nameOf, PATIENCE, SILENT, within } from '../adapter.ts';

export type Adapter = {
	/** What the browser calls it; empty where it does not say. */
	readonly name: string;
	/** Computed on the processor: tens of times slower. */
	readonly software: boolean;
	/** Offered only when asked without a wish for the fast one. web-llm asks for the fast one alone. */
	readonly slowOnly: boolean;
	/** 16-bit floating point. */
	readonly f16: boolean;
	readonly limits: Limits;
};

export type Device = {
	readonly secure: boolean;
	/** The browser has WebGPU in this place. */
	readonly webgpu: boolean;
	/** What became of asking for the GPU. `not-asked`: there is no sense in it. */
	readonly asked: 'found' | 'none' | 'silent' | 'not-asked';
	readonly adapter?: Adapter;
	/** Whether it works when it is taken as web-llm would take it. */
	readonly taken: 'works' | 'refused' | 'silent' | 'not-asked';
	/** Bytes that the browser says may still be stored. An estimate, often far off. */
	readonly free?: number;
	/** Whether the browser has promised to keep what is stored. */
	readonly persisted?: boolean;
	/** Whether files can be kept at all; not so in some private windows. */
	readonly keeps: boolean;
	/** The connection is paid by amount, or the reader asks to save data. */
	readonly metered?: boolean;
	/** Bytes of memory, rounded by the browser, never more than it likes to tell. */
	readonly memory?: number;
	/** A phone or a tablet. */
	readonly phone: boolean;
	/** What the browser would not say. */
	readonly unknown: readonly Unknown[];
};

export type Unknown = 'storage' | 'persistence' | 'connection' | 'memory' | 'adapter-name';

/** What is read of the page or the worker. Tests bring their own. */
export type Scope = {
	isSecureContext?: boolean;
	navigator?: {
		gpu?: Pick<GPU, 'requestAdapter'> | undefined;
		storage?: Partial<Pick<StorageManager, 'estimate' | 'persisted'>>;
		userAgent?: string;
		maxTouchPoints?: number;
		userAgentData?: { mobile?: boolean };
		connection?: { saveData?: boolean; type?: string };
		deviceMemory?: number; // GiB
	};
	readonly caches?: unknown;
};

/**
 * Never rejects, and comes back within a few times `patience`, whatever the GPU does. A GPU that it took is given back.
 * @param patience ms for each question to the browser
 */
export async function checkDevice(
	scope: Scope = globalThis as Scope,
	patience = PATIENCE
): Promise<Device> {
	const secure = scope.isSecureContext === true;
	const gpu = scope.navigator?.gpu;
	const [found, kept] = await Promise.all([
		secure && gpu ? findAdapter(gpu, patience) : { asked: 'not-asked' as const },
		storage(scope, patience)
	]);

	const { asked } = found;
	const adapter = 'gpu' in found ? describe(found.gpu, found.slowOnly) : undefined;
	const taken =
		'gpu' in found && adapter && shortOf(adapter.limits) === undefined
			? await take(found.gpu, patience)
			: 'not-asked';

	const metered = isMetered(scope);
	const memory = scope.navigator?.deviceMemory;
	const unknown: Unknown[] = [];
	if (kept.free === undefined) unknown.push('storage');
	if (kept.persisted === undefined) unknown.push('persistence');
	if (metered === undefined) unknown.push('connection');
	if (memory === undefined) unknown.push('memory');
	if (adapter?.name === '') unknown.push('adapter-name');

	return {
		secure,
		webgpu: Boolean(gpu),
		asked,
		...(adapter ? { adapter } : {}),
		taken,
		...kept,
		...(metered === undefined ? {} : { metered }),
		...(memory === undefined ? {} : { memory: memory * 2 ** 30 }),
		phone: isPhone(scope),
		unknown
	};
}

function describe(adapter: GPUAdapter, slowOnly: boolean): Adapter {
	return {
		name: nameOf(adapter),
		software: isSoftware(adapter),
		slowOnly,
		f16: adapter.features.has('shader-f16'),
		limits: Object.fromEntries(
			(Object.keys(required) as LimitName[]).map((name) => [name, Number(adapter.limits[name])])
		) as Limits
	};
}

/** Takes the GPU as web-llm will take it, and gives it back. */
async function take(adapter: GPUAdapter, patience: number): Promise<Device['taken']> {
	const { limits, features } = adapter;
	const most = (name: LimitName) => (limits[name] >= WISHED ? WISHED : required[name]);
	const invocations = [1024, 512, 256].find(
		(count) => count <= limits.maxComputeInvocationsPerWorkgroup
	);
	try {
		const asking = adapter.requestDevice({
			requiredLimits: {
				...required,
				maxBufferSize: most('maxBufferSize'),
				maxStorageBufferBindingSize: most('maxStorageBufferBindingSize'),
				...(invocations ? { maxComputeInvocationsPerWorkgroup: invocations } : {})
			},
			requiredFeatures: (['shader-f16', 'subgroups'] as const).filter((name) => features.has(name))
		});
		const device = await within(asking, patience, (late) => late.destroy());
		if (device === SILENT) return 'silent';
		device.destroy();
		return 'works';
	} catch {
		return 'refused';
	}
}

type Kept = { free?: number; persisted?: boolean; keeps: boolean };

async function storage(scope: Scope, patience: number): Promise<Kept> {
	const kept: Kept = { keeps: false };
	try {
		kept.keeps = Boolean(scope.caches); // in some private windows asking for it throws
	} catch {
		// It stays false.
	}
	const store = scope.navigator?.storage;
	const [estimate, persisted] = await Promise.all([
		quietly(() => store?.estimate?.(), patience),
		quietly(() => store?.persisted?.(), patience)
	]);
	if (estimate?.quota !== undefined && estimate.usage !== undefined) {
		kept.free = Math.max(0, estimate.quota - estimate.usage);
	}
	if (persisted !== undefined) kept.persisted = persisted;
	return kept;
}

/** An answer, or undefined where there is none in time. */
async function quietly<T>(
	ask: () => Promise<T> | undefined,
	patience: number
): Promise<T | undefined> {
	try {
		const answer = await within(Promise.resolve(ask()), patience);
		return answer === SILENT ? undefined : answer;
	} catch {
		return undefined;
	}
}

function isMetered({ navigator }: Scope): boolean | undefined {
	const { saveData, type } = navigator?.connection ?? {};
	if (saveData === true || type === 'cellular') return true;
	// Without a type it is not known: a telephone's hotspot looks like any Wi-Fi.
	return type === undefined ? undefined : false;
}

function isPhone({ navigator }: Scope): boolean {
	const { userAgentData, userAgent = '', maxTouchPoints = 0 } = navigator ?? {};
	if (userAgentData?.mobile) return true;
	// An iPad calls itself a Mac; no Mac has a touch screen.
	const iPad = /Macintosh/.test(userAgent) && maxTouchPoints > 1;
	return iPad || /Android|iPhone|iPad|iPod|Mobile/.test(userAgent);
}

/** @file The graphics chip that a browser offers, asked for in a way that comes back whatever the browser does. In a page or in a worker. */

/** A GPU that does not answer for so long is taken for one that never will. */
export const PATIENCE = 2_000; // ms

export const SILENT = Symbol('silent');

/** What `asking` comes to; `SILENT` where it takes longer than `patience`, and then `late` gets what comes after all. */
export async function within<T>(asking: Promise<T>, patience: number, late?: (value: T) => void) {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let over = false;
	asking.then(
		(value) => over && late?.(value),
		() => {}
	);
	const silence = new Promise<typeof SILENT>((resolve) => {
		timer = setTimeout(() => {
			over = true;
			resolve(SILENT);
		}, patience);
	});
	try {
		return await Promise.race([asking, silence]);
	} finally {
		clearTimeout(timer);
	}
}

export type Found =
	| { asked: 'none' | 'silent' }
	/** `slowOnly`: offered only when asked without a wish for the fast one. */
	| { asked: 'found'; gpu: GPUAdapter; slowOnly: boolean };

/**
 * Asks for the fast one first.
 *
 * @param patience ms for each question
 */
export async function findAdapter(
	gpu: Pick<GPU, 'requestAdapter'>,
	patience = PATIENCE
): Promise<Found> {
	for (const slowOnly of [false, true]) {
		try {
			const asking = gpu.requestAdapter(
				slowOnly ? undefined : { powerPreference: 'high-performance' }
			);
			const adapter = await within(asking, patience);
			if (adapter === SILENT) return { asked: 'silent' };
			if (adapter) return { asked: 'found', gpu: adapter, slowOnly };
		} catch {
			// A browser that throws here has none to give.
		}
	}
	return { asked: 'none' };
}

/** What the browser calls it; empty where it does not say. */
export function nameOf(adapter: GPUAdapter): string {
	const info = adapter.info as Partial<GPUAdapterInfo> | undefined;
	const words = [info?.vendor, info?.architecture, info?.device, info?.description];
	return [...new Set(words.filter(Boolean))].join(' ').slice(0, 120);
}

/** Whether it only imitates a graphics chip, on the processor. */
export function isSoftware(adapter: GPUAdapter): boolean {
	const info = adapter.info as Partial<GPUAdapterInfo> | undefined;
	const fallback = (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter;
	return (
		info?.isFallbackAdapter === true ||
		fallback === true ||
		/swiftshader|llvmpipe|lavapipe|softpipe|basic render/i.test(nameOf(adapter))
	);
}

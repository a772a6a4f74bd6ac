/**
 * @file Remembers, beyond the end of a page, that a model was being started: a system that runs out of memory closes the page, and
 * one that starts the same model at once would be closed again.
 */

const KEY = 'running-tab.gpu-starts';

/** Starts that did not end within so long a time are no loop. */
export const LOOP = 60_000; // ms
const MOST = 2;

export type Starts = {
	/** Whether the last starts ended with the end of the page. */
	looping(): boolean;
	/** To be called before a start. @returns what is to be called after it, however it went */
	begin(): () => void;
};

/**
 * @param memory of this tab; may throw, as in private windows
 * @param now milliseconds since a moment that is the same in every page of the visit
 */
export function starts(
	memory: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = () => sessionStorage,
	now: () => number = () => performance.timeOrigin + performance.now(),
	page:
		Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | undefined = globalThis.window
): Starts {
	const unfinished = (): number[] => {
		try {
			const times: unknown = JSON.parse(memory().getItem(KEY) ?? '[]');
			const recent = (time: unknown) => typeof time === 'number' && Math.abs(now() - time) < LOOP;
			return Array.isArray(times) ? times.filter(recent) : [];
		} catch {
			return [];
		}
	};
	const write = (times: number[]) => {
		try {
			if (times.length) memory().setItem(KEY, JSON.stringify(times.slice(-MOST)));
			else memory().removeItem(KEY);
		} catch {
			// where nothing can be remembered, a loop cannot be seen
		}
	};
	return {
		looping: () => unfinished().length >= MOST,
		begin() {
			const mine = now();
			write([...unfinished(), mine]);
			// one that ended shows that the device can; a page that is left, and not closed by the system, is told so
			const end = () => {
				page?.removeEventListener('pagehide', end);
				write([]);
			};
			page?.addEventListener('pagehide', end);
			return end;
		}
	};
}

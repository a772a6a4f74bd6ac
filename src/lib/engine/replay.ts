import type { Reason, RunEvent } from '#lib/events.ts';
import type { Engine } from './engine.ts';
import { readRecord } from './record.ts';

/** Longer without being asked counts as a pause: the recording stands still, and nothing bursts after. */
const PAUSE = 250; // ms

export type Clock = {
	/** Milliseconds, monotonic. */
	now(): number;
	/** Waits, or returns early when the signal is aborted. */
	wait(ms: number, signal: AbortSignal): Promise<void>;
};

/**
 * Plays a recorded run: the same events, each at the time it had. Like every engine it is pulled,
 * and Stop settles it as `cancelled` with the counts reached. What `run` is asked makes no
 * difference: a recording has one answer.
 *
 * @param record a `RunRecord`, or what a file claims to be one
 * @param options `speed` 2 plays in half the time; 0 or `Infinity` all at once. Events keep the
 * times of the recording at any speed.
 * @throws when it is no run record; the message is a sentence for readers
 */
export function replay(
	record: unknown,
	{ speed = 1, clock = pageClock }: { speed?: number; clock?: Clock } = {}
): Engine {
	const { engine, model, tokens, usage, reason } = readRecord(record);
	const { promptTokens, cachedTokens } = usage;
	const rate = speed > 0 ? speed : Infinity;

	return {
		name: engine,
		model,
		async *run(_request, signal): AsyncGenerator<RunEvent, void, void> {
			let reached = 0; // tokens
			let at = 0; // ms of the recording

			const settled = (reason: Reason, started = true): RunEvent => ({
				type: 'settled',
				at,
				usage: {
					...(started ? { promptTokens, cachedTokens } : { promptTokens: 0, cachedTokens: 0 }),
					outputTokens: reached,
					// of a run that was cut short, the part that had been computed by then
					...(reached === tokens.length
						? { prefillMs: usage.prefillMs, decodeMs: usage.decodeMs }
						: {
								prefillMs: Math.min(usage.prefillMs, at),
								decodeMs: Math.min(usage.decodeMs, Math.max(0, at - usage.prefillMs))
							})
				},
				reason,
				...(reason === 'failed' ? { error: 'The recorded run ended with a failure.' } : {})
			});

			if (signal.aborted) {
				yield settled('cancelled', false);
				return;
			}
			let start = clock.now();
			let given = start;
			yield { type: 'started', at, promptTokens, cachedTokens };

			for (const token of tokens) {
				const asked = clock.now();
				if (asked - given > PAUSE) start += asked - given;
				const due = start + token.at / rate;
				if (due > asked && !signal.aborted) await clock.wait(due - asked, signal);
				if (signal.aborted) {
					yield settled('cancelled');
					return;
				}
				reached++;
				at = token.at;
				given = clock.now();
				yield { type: 'token', ...token };
			}
			yield settled(isReason(reason) ? reason : 'finished');
		},
		dispose() {}
	};
}

function isReason(reason: string): reason is Reason {
	return ['finished', 'length', 'cancelled', 'failed'].includes(reason);
}

const pageClock: Clock = {
	now: () => performance.now(),
	wait: (ms, signal) =>
		new Promise((resolve) => {
			const done = () => {
				clearTimeout(timer);
				signal.removeEventListener('abort', done);
				resolve();
			};
			const timer = setTimeout(done, ms);
			signal.addEventListener('abort', done);
		})
};

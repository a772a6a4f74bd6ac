/** @file What a page's main thread did, and how long it was busy at a stretch, from a trace of the browser. */

/** Times are in microseconds; `tdur` is the processor's. */
export type TraceEvent = {
	name: string;
	ph: string;
	pid: number;
	tid: number;
	ts: number;
	dur?: number;
	tdur?: number;
	args?: { name?: string; data?: { type?: string; functionName?: string } };
};

/** Pauses shorter than this do not let the browser draw. */
const PAUSE = 500; // μs

/** What the main threads of pages did. The trace holds the category `__metadata`, which tells them from others. */
export function onMainThread(trace: Buffer): TraceEvent[] {
	const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
	const mains = new Set(
		traceEvents
			.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
			.map(({ pid, tid }) => `${pid} ${tid}`)
	);
	return traceEvents.filter(({ ph, pid, tid }) => ph === 'X' && mains.has(`${pid} ${tid}`));
}

/**
 * Tasks of the main thread, those that follow one another without a pause taken together, in
 * milliseconds of the clock. The trace holds the categories `toplevel` and `__metadata`.
 */
export function stretches(trace: Buffer): number[] {
	const tasks = onMainThread(trace)
		.filter(({ dur }) => dur !== undefined)
		.map(({ pid, ts, dur }) => ({ pid, from: ts, to: ts + dur! }))
		.sort((a, b) => a.pid - b.pid || a.from - b.from);

	const found: { pid: number; from: number; to: number }[] = [];
	for (const task of tasks) {
		const last = found.at(-1);
		if (last && last.pid === task.pid && task.from - last.to < PAUSE)
			last.to = Math.max(last.to, task.to);
		else found.push({ ...task });
	}
	return found.map(({ from, to }) => (to - from) / 1000);
}

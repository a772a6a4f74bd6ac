/** @file How long a page's main thread was busy at a stretch, from a trace of the browser. */

type Event = {
	name: string;
	ph: string;
	pid: number;
	tid: number;
	ts: number;
	dur?: number;
	args?: { name?: string };
};

/** Pauses shorter than this do not let the browser draw. */
const PAUSE = 500; // μs

/**
 * Tasks of the main thread, those that follow one another without a pause taken together, in
 * milliseconds of the clock. The trace holds the categories `toplevel` and `__metadata`.
 */
export function stretches(trace: Buffer): number[] {
	const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: Event[] };
	const mains = new Set(
		traceEvents
			.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
			.map(({ pid, tid }) => `${pid} ${tid}`)
	);
	const tasks = traceEvents
		.filter(
			({ ph, dur, pid, tid }) => ph === 'X' && dur !== undefined && mains.has(`${pid} ${tid}`)
		)
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

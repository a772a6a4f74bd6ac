/** @file Numbers of several people on one axis: what is drawn, and where. */

/** One row: what somebody says a thing is. */
export type Said = {
	/** The letter of an article; a source has none. */
	letter?: string;
	/** Who says it, or what it is. */
	name: string;
	/** What exactly is counted, where that is the point. */
	of?: string;
	/** In the unit of the axis. Without `low` it is open to the left, without `high` to the right. */
	low?: number | undefined;
	high?: number | undefined;
	/** The same in words. */
	words: string;
	/** The entry of the ledger. */
	id?: string;
};

export type Axis = {
	from: number;
	to: number;
	/** In equal steps of a factor; for dots only, never for bars. Needs `from` above 0. */
	log?: boolean;
	ticks: { at: number; words: string }[];
};

/** Where a value stands on the axis, in percent from its start, within 0 and 100. */
export function place({ from, to, log }: Axis, value: number): number {
	const on = log ? Math.log : (x: number) => x;
	const share = (on(value) - on(from)) / (on(to) - on(from));
	return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100;
}

/** The ends of a row in percent, and whether it goes on beyond them. */
export function span(axis: Axis, { low, high }: Pick<Said, 'low' | 'high'>) {
	return {
		start: low === undefined ? 0 : place(axis, low),
		end: high === undefined ? 100 : place(axis, high),
		openStart: low === undefined,
		openEnd: high === undefined
	};
}

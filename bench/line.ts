/** @file A line of the table: ours, a rival or bound measured in the same process, and what the one is to the other. */

export type Line = {
	what: string;
	unit: string;
	/** Medians of the runs. */
	ours: number;
	rival?: { name: string; value: number };
	/** What was measured elsewhere, quoted as such. */
	note?: string;
	/** All runs of ours, in the order in which they were made. */
	runs: number[];
};

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Five runs of each, by turns, so that a slow moment of the machine meets all of them. */
export async function byTurns<Name extends string>(
	contenders: Record<Name, () => number | Promise<number>>,
	times = 5
): Promise<Record<Name, number[]>> {
	const names = Object.keys(contenders) as Name[];
	const runs = Object.fromEntries(names.map((name) => [name, [] as number[]]));
	for (let time = 0; time < times; time++) {
		for (const name of names) runs[name].push(await contenders[name]());
	}
	return runs as Record<Name, number[]>;
}

/** Three significant digits, thousands apart. */
export function figure(value: number): string {
	const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
	return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** As a Markdown table. */
export function table(lines: Line[]): string {
	const rows = lines.map(({ what, unit, ours, rival, note, runs }) => [
		what,
		`${figure(ours)} ${unit}`,
		rival ? `${rival.name}: ${figure(rival.value)} ${unit}` : '–',
		rival ? `${figure(ours / rival.value)} ×` : '–',
		`${figure(Math.min(...runs))}–${figure(Math.max(...runs))}`,
		note ?? ''
	]);
	const head = ['', 'ours (median)', 'rival or bound', 'ratio', 'spread of ours', 'note'];
	return [head, head.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

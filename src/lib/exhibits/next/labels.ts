/**
 * @file Where labels stand that point at marks on a line: as near to their marks as they can, in the
 * same order, and never over one another.
 */

/** Labels that touch stand side by side, the whole group as near to its marks as can be. */
type Group = { marks: readonly number[]; middle: number };

/**
 * @param marks places on the line, 0 to 1, in order
 * @param width of a label, as a share of the line; all of them together must fit
 * @returns the middles of the labels, 0 to 1
 */
export function spread(marks: readonly number[], width: number): number[] {
	const groups: Group[] = [];
	for (const mark of marks) {
		let group = grouped([mark], width);
		for (let before = groups.at(-1); before; before = groups.at(-1)) {
			const needed = ((before.marks.length + group.marks.length) * width) / 2;
			if (group.middle - before.middle >= needed - 1e-12) break;
			groups.pop();
			group = grouped([...before.marks, ...group.marks], width);
		}
		groups.push(group);
	}
	return groups.flatMap(({ marks: { length }, middle }) =>
		Array.from({ length }, (_, i) => middle + (i - (length - 1) / 2) * width)
	);
}

function grouped(marks: readonly number[], width: number): Group {
	const half = (marks.length * width) / 2;
	const mean = marks.reduce((sum, mark) => sum + mark) / marks.length;
	return { marks, middle: Math.min(Math.max(mean, half), 1 - half) };
}

/** @file A guessed order: places of things in a row, as indices into the list they came in. */

/** `order` with the thing at place `from` moved to place `to`. */
export function moved(order: readonly number[], from: number, to: number): number[] {
	const next = order.toSpliced(from, 1);
	next.splice(Math.min(Math.max(to, 0), next.length), 0, order[from]);
	return next;
}

/** Whether `order` has each of `count` things once. */
export function isOrder(order: readonly number[], count: number): boolean {
	return (
		order.length === count && order.toSorted((a, b) => a - b).every((one, index) => one === index)
	);
}

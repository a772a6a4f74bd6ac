/** @file The axis of the roll: as high as the window, or, under a window that is far above, as high as the chat has need of. */

/** Under a window so many times as high as the chat, the chat would hardly be seen. */
const FAR = 3;
/** What the axis is at least, so that a first word is no tower. */
const LEAST = 200; // tokens

const steps = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];

/**
 * @param context tokens that the window holds
 * @param tallest tokens of the tallest column
 * @returns where the axis ends, and what is marked on it. It is the window's end, or below it.
 */
export function axisOf(context: number, tallest: number): { top: number; ticks: number[] } {
	const wanted = Math.max(LEAST, tallest * 1.25);
	const step = steps.find((step) => wanted / step <= 4) ?? steps[steps.length - 1];
	const top = context > FAR * wanted ? Math.ceil(wanted / step) * step : Math.max(context, tallest);
	const apart = top === context ? (steps.find((step) => top / step <= 4) ?? step) : step;
	const ticks = [];
	// the last one would stand under the words on the window
	for (let tick = 0; tick <= top - apart / 2; tick += apart) ticks.push(tick);
	return { top, ticks };
}

/** @file The axis: always linear, always from zero, three to five ticks by 1, 2 or 5. */
import { ticks as round } from 'd3';

export type Tick = { value: number; /** 0 at the baseline, 1 at the top. */ at: number };

/** The ticks of an axis from zero to `top`, zero among them. */
export function ticks(top: number): Tick[] {
	const at = (value: number) => ({ value, at: value / top });

	for (const wanted of [4, 3, 2]) {
		const values = round(0, top, wanted);
		if (values.length <= 5) return values.map(at);
	}
	return [0, top].map(at);
}

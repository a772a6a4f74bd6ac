import type { Frame } from './scene.ts';

const STEP = 600; // ms, a movement that is the explanation
const REST = 250; // ms between two steps

/**
 * The frames in which the picture goes from one scale to another. A long way back is gone in steps of
 * ten, so that at each the bar is visibly a tenth of what it was; everything else is one movement.
 *
 * @param one what one asking takes, in the unit of the axis
 * @param bar top of the training bar
 */
export function way(from: Frame, to: Frame, one: number, bar: number): Frame[] {
	if (to.top <= from.top * 10 || one <= 0) return [to];

	const frames: Frame[] = [];
	const start = Math.max(from.top, bar);
	if (from.askings * one < start) frames.push({ top: start, askings: start / one });
	for (let top = start * 10; top < to.top; top *= 10) frames.push({ top, askings: top / one });
	frames.push(to);
	return frames;
}

/** Moves through frames; at rest there is none, and the picture shows where it belongs. */
export class Camera {
	#now: Frame | undefined = $state.raw();
	#next: Frame | undefined = $state.raw();
	#request = 0;

	/** Where the picture is on its way. */
	get now(): Frame | undefined {
		return this.#now;
	}

	/** The frame of the step being made: its ticks are the ones to show. */
	get next(): Frame | undefined {
		return this.#next;
	}

	move(from: Frame, frames: Frame[]): void {
		this.end();
		if (!frames.length) return;

		let start = performance.now();
		let i = 0;
		this.#now = from;
		this.#next = frames[0];

		const paint = (time: number) => {
			const part = Math.min(Math.max((time - start) / STEP, 0), 1);
			this.#now = between(from, frames[i], eased(part));

			if (part === 1 && time - start >= STEP + (i < frames.length - 1 ? REST : 0)) {
				from = frames[i];
				start = time;
				if (++i === frames.length) return this.end();
				this.#next = frames[i];
			}
			this.#request = requestAnimationFrame(paint);
		};
		this.#request = requestAnimationFrame(paint);
	}

	/** Ends the movement at once: the picture is where it belongs. */
	end(): void {
		cancelAnimationFrame(this.#request);
		this.#now = this.#next = undefined;
	}
}

/** By ratio where the frame widens, so that a bar shrinks evenly; by difference where a column rises. */
function between(a: Frame, b: Frame, part: number): Frame {
	const top = a.top * (b.top / a.top) ** part;
	const full = a.top === b.top ? b.askings : (b.askings / b.top) * top;
	return {
		top,
		askings: a.top === b.top ? a.askings + (b.askings - a.askings) * part : mix(a, b, full, part)
	};
}

/** Where the top moves too, the column's share of it moves from one to the other. */
function mix(a: Frame, b: Frame, full: number, part: number): number {
	const [from, to] = [a.askings / a.top, b.askings / b.top];
	return (full / to) * (from + (to - from) * part);
}

function eased(t: number): number {
	return t < 0.5 ? 4 * t * t * t : 1 - (2 - 2 * t) ** 3 / 2;
}

/** @file The loss of every step, and the two lines that are drawn of it. Both grow at their end only. */

/** The lines have so many points at most: more cannot be told apart. */
const POINTS = 300;
/** The eye's line is an average that reaches back over so large a part of the run. */
const REACH = 0.01;
/** Side of the drawing, in its own units. */
const SIZE = 1000;

/** `smooth` is the average that is drawn as a line, `raw` the one step it stands at. */
export type Point = { step: number; raw: number; smooth: number };

export class Losses {
	/** Steps of the whole run: the width of the drawing. */
	readonly steps: number;
	/** Loss at the top of the drawing; its foot is zero. */
	readonly top: number;
	/** One in so many steps is a point. */
	readonly every: number;

	#points: Point[] = [];
	#all: Float32Array<ArrayBuffer>;
	#count = 0;
	#sum = 0;
	#weight = 0;
	#line = '';
	#dots = '';

	constructor(steps: number, top: number) {
		this.steps = steps;
		this.top = top;
		this.every = Math.max(1, Math.ceil(steps / POINTS));
		this.#all = new Float32Array(Math.max(1, Math.min(steps, 1024)));
	}

	/** The drawing of points that were recorded. */
	static of(points: readonly Point[], steps: number, top: number): Losses {
		const losses = new Losses(steps, top);
		for (const point of points) losses.#draw(point);
		return losses;
	}

	get points(): readonly Point[] {
		return this.#points;
	}

	/** Steps so far. */
	get count(): number {
		return this.#count;
	}

	/** A copy of every step's loss. */
	get all(): Float32Array<ArrayBuffer> {
		return this.#all.slice(0, this.#count);
	}

	/** The present average; undefined before the first step. */
	get level(): number | undefined {
		if (this.#weight) return this.#sum / this.#weight;
		return this.#points.at(-1)?.smooth;
	}

	/** Path of the average, up to the last step. Coordinates in thousandths of width and height. */
	get line(): string {
		const { level } = this;
		if (level === undefined || !this.#count) return this.#line;
		return `${this.#line}${this.#line ? 'L' : 'M'}${this.#at(this.#count, level)}`;
	}

	/** Path of the steps themselves: a point of no length each, for round ends. */
	get dots(): string {
		return this.#dots;
	}

	add(losses: ArrayLike<number>): void {
		this.#reserve(this.#count + losses.length);
		const keep = 1 - 1 / Math.max(1, this.steps * REACH);
		for (let i = 0; i < losses.length; i++) {
			const raw = losses[i];
			this.#all[this.#count++] = raw;
			if (!Number.isFinite(raw)) continue; // no number any more: nothing can be drawn of it
			this.#sum = this.#sum * keep + raw;
			this.#weight = this.#weight * keep + 1;
			if ((this.#count - 1) % this.every === 0) {
				this.#draw({ step: this.#count, raw, smooth: this.#sum / this.#weight });
			}
		}
	}

	/** Forgets all steps after so many: the run went back to a kept state. */
	cut(count: number): void {
		const kept = this.#all.slice(0, Math.min(count, this.#count));
		this.#points = [];
		this.#count = this.#sum = this.#weight = 0;
		this.#line = this.#dots = '';
		this.add(kept);
	}

	/** The average at the point nearest to a step. */
	near(step: number): number | undefined {
		const points = this.#points;
		if (!points.length) return undefined;
		// recorded points may lie further apart
		const apart = points.length > 1 ? points[1].step - points[0].step : 1;
		const index = Math.round((Math.max(step, 1) - points[0].step) / apart);
		return points[Math.min(Math.max(index, 0), points.length - 1)].smooth;
	}

	#draw(point: Point): void {
		this.#points.push(point);
		this.#line += `${this.#line ? 'L' : 'M'}${this.#at(point.step, point.smooth)}`;
		this.#dots += `M${this.#at(point.step, point.raw)}h0`;
	}

	#at(step: number, loss: number): string {
		return placeOf(step, loss, this);
	}

	#reserve(count: number): void {
		if (count <= this.#all.length) return;
		const larger = new Float32Array(Math.max(count, 2 * this.#all.length));
		larger.set(this.#all);
		this.#all = larger;
	}
}

export type Held = { step: number; loss: number };

/** Path of the loss on held-out text. */
export function heldLine(held: readonly Held[], frame: { steps: number; top: number }): string {
	return held
		.filter(({ loss }) => Number.isFinite(loss))
		.map(({ step, loss }, i) => `${i ? 'L' : 'M'}${placeOf(step, loss, frame)}`)
		.join('');
}

/** What is higher than the drawing stands at its edge. */
function placeOf(step: number, loss: number, { steps, top }: { steps: number; top: number }) {
	const x = (step / steps) * SIZE;
	const y = (1 - Math.min(Math.max(loss, 0), top) / top) * SIZE;
	return `${Number(x.toFixed(1))} ${Number(y.toFixed(1))}`;
}

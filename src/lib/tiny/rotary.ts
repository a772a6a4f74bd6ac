import type { Backend } from './backend.ts';
import { exp, log, sinCos } from './exact.ts';
import type { Matrix } from './matrix.ts';

/** The slowest pair turns by one radian in about so many positions. */
const ROTARY_BASE = 10000;

/** Cosines and sines of the rotary angles, [context × headWidth / 2] each. */
export interface Angles {
	cos: Matrix;
	sin: Matrix;
}

/** The angles of pair j at position p: p · base^(−2j / headWidth). */
export function rotaryAngles(backend: Backend, context: number, headWidth: number): Angles {
	const half = headWidth / 2;
	const cos = backend.allocate(context, half);
	const sin = backend.allocate(context, half);

	for (let j = 0; j < half; j++) {
		const frequency = exp((-log(ROTARY_BASE) * j) / half);
		for (let position = 0; position < context; position++) {
			const turned = sinCos(position * frequency);
			cos.values[position * half + j] = turned.cos;
			sin.values[position * half + j] = turned.sin;
		}
	}
	return { cos, sin };
}

/** y = x, turned; y += x, turned, with `adding`. `direction` is 1 or -1. */
export function rotate(
	x: Matrix,
	y: Matrix,
	angles: Angles,
	start: number,
	direction: number,
	adding: boolean
): void {
	const half = angles.cos.columns;
	const { values: from } = x;
	const { values: to } = y;
	const { values: cosines } = angles.cos;
	const { values: sines } = angles.sin;

	for (let row = 0; row < x.rows; row++) {
		const angle = (start + row) * half;

		for (let head = 0; head < x.columns; head += 2 * half) {
			const at = row * x.columns + head;

			for (let j = 0; j < half; j++) {
				const cos = cosines[angle + j];
				const sin = direction * sines[angle + j];
				const a = from[at + j];
				const b = from[at + j + half];
				const turnedA = a * cos - b * sin;
				const turnedB = a * sin + b * cos;
				to[at + j] = adding ? to[at + j] + turnedA : turnedA;
				to[at + j + half] = adding ? to[at + j + half] + turnedB : turnedB;
			}
		}
	}
}

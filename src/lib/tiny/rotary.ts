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

/**
 * exp, log, sin and cos that give the same bits in every engine.
 *
 * The language leaves the last digits of `Math.exp` and its like to the engine; add, multiply,
 * divide and round it does specify. These are textbook range reductions followed by Taylor series,
 * good to about 1e-15: far below the single precision that the model computes in.
 */

export const LOG2_E = 1.4426950408889634;
const LN_2 = 0.6931471805599453;
// ln 2 and pi/2 in two parts: the first has so few digits that n times it is exact
export const LN_2_HIGH = 0.6931471803691238;
export const LN_2_LOW = 1.9082149292705877e-10;
const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_LOW = 6.077100506506192e-11;

const SMALLEST_POWER = -1074; // 2^-1074 is the smallest double above zero

// marked as pure, so that a page that only counts operations does not carry this file
const powersOfTwo = /* @__PURE__ */ powers();

function powers(): Float64Array {
	const powers = new Float64Array(1024 - SMALLEST_POWER);
	powers[-SMALLEST_POWER] = 1;
	for (let n = 1; n < 1024; n++) {
		powers[n - SMALLEST_POWER] = 2 * powers[n - 1 - SMALLEST_POWER];
	}
	for (let n = -1; n >= SMALLEST_POWER; n--) {
		powers[n - SMALLEST_POWER] = powers[n + 1 - SMALLEST_POWER] / 2;
	}
	return powers;
}

/** e to the x. */
export function exp(x: number): number {
	if (!(x > -744.7)) return x === x ? 0 : x; // below half the smallest double, or nearly
	if (x > 709.7) return Infinity;

	const n = Math.floor(x * LOG2_E + 0.5);
	const r = x - n * LN_2_HIGH - n * LN_2_LOW; // |r| <= ln 2 / 2, x = n ln 2 + r

	let sum = 1 / 39916800;
	sum = 1 / 3628800 + r * sum;
	sum = 1 / 362880 + r * sum;
	sum = 1 / 40320 + r * sum;
	sum = 1 / 5040 + r * sum;
	sum = 1 / 720 + r * sum;
	sum = 1 / 120 + r * sum;
	sum = 1 / 24 + r * sum;
	sum = 1 / 6 + r * sum;
	sum = 1 / 2 + r * sum;
	sum = 1 + r * sum;
	sum = 1 + r * sum;

	return n < 1024
		? sum * powersOfTwo[n - SMALLEST_POWER]
		: 2 * sum * powersOfTwo[1023 - SMALLEST_POWER];
}

const bits = new DataView(new ArrayBuffer(8));

/** The natural logarithm of x. */
export function log(x: number): number {
	if (!(x > 0)) return x === 0 ? -Infinity : NaN;
	if (x === Infinity) return x;

	// x = 2^exponent * fraction, with the fraction near 1
	let exponent = 0;
	if (x < 2.2250738585072014e-308) {
		x *= 18014398509481984; // 2^54 lifts a subnormal number into the normal range
		exponent = -54;
	}
	bits.setFloat64(0, x);
	const high = bits.getUint32(0);
	exponent += (high >>> 20) - 1023;
	bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
	let fraction = bits.getFloat64(0);
	if (fraction > 1.4142135623730951) {
		fraction /= 2;
		exponent++;
	}

	// log(fraction) = 2 artanh(s) = 2 (s + s^3/3 + s^5/5 + ...)
	const s = (fraction - 1) / (fraction + 1);
	const square = s * s;
	let sum = 0;
	for (let odd = 23; odd >= 3; odd -= 2) sum = (sum + 1 / odd) * square;

	return exponent * LN_2 + 2 * (s + s * sum);
}

/** The sine and cosine of x radians, for |x| up to a few million. */
export function sinCos(x: number): { sin: number; cos: number } {
	const quarter = Math.floor(x / (HALF_PI_HIGH + HALF_PI_LOW) + 0.5);
	const r = x - quarter * HALF_PI_HIGH - quarter * HALF_PI_LOW; // |r| <= pi/4
	const square = r * r;

	let sin = 0;
	for (let n = 19; n >= 3; n -= 2) sin = ((sin + 1) * -square) / (n * (n - 1));
	sin = r + r * sin;

	let cos = 0;
	for (let n = 20; n >= 2; n -= 2) cos = ((cos + 1) * -square) / (n * (n - 1));
	cos = 1 + cos;

	switch (quarter & 3) {
		case 0:
			return { sin, cos };
		case 1:
			return { sin: cos, cos: -sin };
		case 2:
			return { sin: -sin, cos: -cos };
		default:
			return { sin: -cos, cos: sin };
	}
}

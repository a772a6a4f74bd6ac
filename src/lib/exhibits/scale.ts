/** @file The axis: always linear, always from zero, three to five ticks by 1, 2 or 5. */

export type Tick = { value: number; /** 0 at the baseline, 1 at the top. */ at: number };

/**
 * The ticks of an axis from zero to `top`, zero among them. As d3's `ticks` gives them; the twenty lines
 * it takes would bring two kilobytes of others into the page.
 */
export function ticks(top: number): Tick[] {
	const power = Math.floor(Math.log10(top / 5));
	// with an exponent, so that a step below one is the nearest number to what is written
	const steps = [power, power + 1].flatMap((n) => [1, 2, 5].map((digit) => [digit, n] as const));
	const [digit, exponent] = steps.find(
		([digit, n]) => top / Number(`${digit}e${n}`) < 5 - 1e-9
	) ?? [1, 0];
	const count = Math.floor(top / Number(`${digit}e${exponent}`) + 1e-9);
	return Array.from({ length: count + 1 }, (_, i) => {
		const value = Number(`${digit * i}e${exponent}`);
		return { value, at: value / top };
	});
}

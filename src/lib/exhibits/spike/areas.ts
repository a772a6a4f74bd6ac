/** @file How much ground the slips would cover, laid out edge to edge. */

/** A place and its size, from the ledger. */
export type Landmark = { name: string; squareMetres: number };

/** A slip is 320 x 200 CSS pixels, a 96th of an inch each: the size of a bank card. */
export const SLIP_AREA = ((320 * 0.0254) / 96) * ((200 * 0.0254) / 96); // m²

/** How far a landmark may be off and still give an idea. */
const NEAR = 1.3;

/** The landmark whose area is nearest to `squareMetres`, if it is within a factor of 1.3. */
export function nearest(
	squareMetres: number,
	landmarks: readonly Landmark[]
): Landmark | undefined {
	const off = (landmark: Landmark) => Math.abs(Math.log(landmark.squareMetres / squareMetres));
	const [best] = [...landmarks].sort((a, b) => off(a) - off(b));
	return best && off(best) <= Math.log(NEAR) ? best : undefined;
}

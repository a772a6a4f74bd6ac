/** @file The height of a guessed line, a share of the bar from 0 to 1. */

/** Under this share (about 4 px) nothing drawn would be true; a dot marks the place. */
export const least = 0.018;

/** `38 % of the bar`. */
export function height(share: number): string {
	const percent = Math.round(share * 100);
	return percent === 0 ? 'too small to see' : `${percent} % of the bar`;
}

/**
 * The 64 squares that a SHA-256 makes, row by row: one for each of its hexadecimal digits, true (dark)
 * where the digit is 8 or more. Other weights make another pattern.
 * @throws RangeError when it is no SHA-256
 */
export function squaresOf(sha256: string): boolean[] {
	if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('not a SHA-256 in hexadecimal');
	return [...sha256].map((digit) => parseInt(digit, 16) >= 8);
}

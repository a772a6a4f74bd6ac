/**
 * @file A recorded strip in few characters: the log-probabilities of the whole vocabulary as 16-bit
 * integers in base64. A unit is 1/1500, so that a share comes back within a thousandth of itself.
 */

const UNIT = 1500;
const LOWEST = -32768;

export function pack(logprobs: ArrayLike<number>): string {
	const bytes = new Uint8Array(2 * logprobs.length);
	const view = new DataView(bytes.buffer);
	for (let i = 0; i < logprobs.length; i++) {
		view.setInt16(2 * i, Math.max(Math.round(logprobs[i] * UNIT), LOWEST), true);
	}
	return btoa(String.fromCharCode(...bytes));
}

/** @throws when it is no base64 */
export function unpack(text: string): Float32Array {
	const binary = atob(text);
	const view = new DataView(Uint8Array.from(binary, (c) => c.charCodeAt(0)).buffer);
	return Float32Array.from(
		{ length: binary.length >> 1 },
		(_, i) => view.getInt16(2 * i, true) / UNIT
	);
}

/**
 * @file SHA-256 as 64 hexadecimal digits. `crypto.subtle` exists only on https and localhost; a
 * class that opens the site from a laptop over plain http checks its weights by the version below.
 */

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const subtle = globalThis.crypto?.subtle;
	const digest = subtle ? await subtle.digest('SHA-256', bytes) : digestOf(bytes).buffer;
	return hexOf(new Uint8Array(digest));
}

function hexOf(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** FIPS 180-4, sections 5.1.1, 5.3.3 and 6.2. 32 bytes. */
export function digestOf(message: Uint8Array): Uint8Array<ArrayBuffer> {
	const bits = 8 * message.length;
	const padded = new Uint8Array((message.length + 9 + 63) & ~63);
	padded.set(message);
	padded[message.length] = 0x80;
	const view = new DataView(padded.buffer);
	view.setUint32(padded.length - 8, Math.floor(bits / 4294967296));
	view.setUint32(padded.length - 4, bits >>> 0);

	const state = Uint32Array.from(initial);
	const w = new Uint32Array(64);
	for (let block = 0; block < padded.length; block += 64) {
		for (let t = 0; t < 16; t++) w[t] = view.getUint32(block + 4 * t);
		for (let t = 16; t < 64; t++) {
			const s0 = turn(w[t - 15], 7) ^ turn(w[t - 15], 18) ^ (w[t - 15] >>> 3);
			const s1 = turn(w[t - 2], 17) ^ turn(w[t - 2], 19) ^ (w[t - 2] >>> 10);
			w[t] = w[t - 16] + s0 + w[t - 7] + s1;
		}

		let [a, b, c, d, e, f, g, h] = state;
		for (let t = 0; t < 64; t++) {
			const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
			const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[t] + w[t]) | 0;
			const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
			const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
			[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
		}
		[a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] += word));
	}

	const digest = new DataView(new ArrayBuffer(32));
	state.forEach((word, i) => digest.setUint32(4 * i, word));
	return new Uint8Array(digest.buffer);
}

function turn(word: number, places: number): number {
	return (word >>> places) | (word << (32 - places));
}

/** The first 32 bits of the fractional part of a root of a prime. Exact: `cbrt` would not be. */
const primes = [
	2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
	101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193,
	197, 199, 211, 223, 227, 229, 233, 239, 241, 251, 257, 263, 269, 271, 277, 281, 283, 293, 307, 311
];
const initial = primes.slice(0, 8).map((prime) => rootBits(prime, 2));
const constants = primes.map((prime) => rootBits(prime, 3));

function rootBits(prime: number, degree: 2 | 3): number {
	// the largest root with root^degree <= prime * 2^(32 degree), found bit by bit
	const target = BigInt(prime) << BigInt(32 * degree);
	let root = 0n;
	for (let bit = 1n << 37n; bit; bit >>= 1n) {
		if ((root + bit) ** BigInt(degree) <= target) root += bit;
	}
	return Number(root & 0xffffffffn);
}

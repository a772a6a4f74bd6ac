/**
 * @file MD5 that takes its message in pieces. It protects from no attacker; but it is what a model's own list of files
 * gives for each shard, and finds a flipped bit where nobody has published anything better.
 */
import { BlockHash } from '../../block-hash.ts';

/** RFC 1321, 3.4. */
const turns = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const constants = new Int32Array([
	0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
	0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
	0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
	0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
	0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
	0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
	0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
	0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391
]);

export class Md5 extends BlockHash {
	readonly #state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
	readonly #w = new Int32Array(16);

	override digest(): Uint8Array<ArrayBuffer> {
		this.pad(true);
		const digest = new DataView(new ArrayBuffer(16));
		this.#state.forEach((word, i) => digest.setInt32(4 * i, word, true));
		return new Uint8Array(digest.buffer);
	}

	protected override blocks(bytes: Uint8Array, from: number, to: number): void {
		const [w, state] = [this.#w, this.#state];
		for (let block = from; block < to; block += 64) {
			for (let t = 0, i = block; t < 16; t++, i += 4) {
				w[t] = bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
			}
			let [a, b, c, d] = [state[0], state[1], state[2], state[3]];
			for (let t = 0; t < 64; t++) {
				const round = t >> 4;
				let f: number;
				let word: number;
				if (round === 0) {
					f = (b & c) | (~b & d);
					word = t;
				} else if (round === 1) {
					f = (d & b) | (~d & c);
					word = 5 * t + 1;
				} else if (round === 2) {
					f = b ^ c ^ d;
					word = 3 * t + 5;
				} else {
					f = c ^ (b | ~d);
					word = 7 * t;
				}
				const sum = (a + f + constants[t] + w[word & 15]) | 0;
				const places = turns[4 * round + (t & 3)];
				a = d;
				d = c;
				c = b;
				b = (b + ((sum << places) | (sum >>> (32 - places)))) | 0;
			}
			state[0] += a;
			state[1] += b;
			state[2] += c;
			state[3] += d;
		}
	}
}

import { log } from './exact.ts';

/**
 * A seeded generator of random numbers: xoshiro128** of Blackman and Vigna
 * (https://prng.di.unimi.it/xoshiro128starstar.c), its state filled by splitmix32.
 * The same seed gives the same numbers everywhere; `state` can be saved and restored.
 */
export class Random {
	#state = new Uint32Array(4);

	/** @param seed an integer, of which 32 bits count */
	constructor(seed: number) {
		let word = seed >>> 0;
		for (let i = 0; i < 4; i++) {
			word = (word + 0x9e3779b9) >>> 0;
			let mixed = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
			mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
			this.#state[i] = mixed ^ (mixed >>> 15);
		}
	}

	/** Four 32-bit words: all there is to know. */
	get state(): number[] {
		return [...this.#state];
	}

	set state(words: number[]) {
		if (words.length !== 4) throw new Error('The state of a generator is four words');
		this.#state.set(words);
	}

	/** An integer, 0 to 2^32 - 1. */
	uint32(): number {
		const s = this.#state;
		const product = Math.imul(s[1], 5);
		const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
		const shifted = s[1] << 9;

		s[2] ^= s[0];
		s[3] ^= s[1];
		s[1] ^= s[2];
		s[0] ^= s[3];
		s[2] ^= shifted;
		s[3] = (s[3] << 11) | (s[3] >>> 21);
		return result;
	}

	/** A number in [0, 1). */
	next(): number {
		return this.uint32() / 4294967296;
	}

	/** An integer, 0 to count - 1. */
	below(count: number): number {
		return Math.floor(this.next() * count);
	}

	/** A number from the normal distribution of mean 0 and deviation 1 (Marsaglia's polar method). */
	normal(): number {
		for (;;) {
			const x = 2 * this.next() - 1;
			const y = 2 * this.next() - 1;
			const square = x * x + y * y;
			// y would give a second number; dropping it keeps `state` complete
			if (square > 0 && square < 1) return x * Math.sqrt((-2 * log(square)) / square);
		}
	}
}

export function seededRandom(seed: number): Random {
	return new Random(seed);
}

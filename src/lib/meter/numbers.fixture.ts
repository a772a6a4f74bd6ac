/** Whole numbers below 2^32 that are the same in every run: a linear congruential generator, its weak low bits mixed. */
export function numbers(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return (state ^ (state >>> 15)) >>> 0;
	};
}
